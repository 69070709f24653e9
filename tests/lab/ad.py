# SPDX-License-Identifier: GPL-2.0-or-later
"""Samba as Active Directory domain controller: KDC, LDAP, DNS, files.

The domain is made once (half a minute) and kept in the cache; each run gets a
copy of it and may do with it what it likes.
"""

import json
import subprocess
from pathlib import Path

from . import cache, chroot, netns, rpcecho, samba, say
from .paths import BUILD, CACHE

REALM = "LAB.TEST"
DOMAIN = "LAB"
HOST = "dc1.lab.test"
PROVISION = Path(__file__).with_name("provision.py")
KEPT = {"etc": "/etc/samba", "lib": "/var/lib/samba"}
SCRATCH = {"cache": "/var/cache/samba", "log": "/var/log/samba",
           "run": "/run/samba"}
# Those that a client asks, the slowest to come up among them.
PORTS = (53, 88, 135, 389, 445, 464, 3268)


def user(uid, change=False, disabled=False):
    return {"uid": uid, "change": change, "disabled": disabled}


# All passwords are samba.PASSWORD.  `locked` is as good as any until somebody
# tries `lockout` wrong ones.
PLAN = {
    "realm": REALM, "domain": DOMAIN, "host": HOST,
    "address": netns.SERVER, "password": samba.PASSWORD, "gid": 1000,
    "lockout": 5,
    "users": {
        samba.USER: user(1000), "alice": user(1001), "bob": user(1002),
        "carol": user(1003), "expired": user(1010, change=True),
        "disabled": user(1011, disabled=True), "locked": user(1012),
    },
    "groups": {"team": ["alice", "bob"], "staff": ["team", "carol"]},
    "computers": ["GUEST"],
}

# Of every machine in the domain
KRB5_CONF = f"""\
[libdefaults]
    default_realm = {REALM}
    dns_lookup_realm = false
    dns_lookup_kdc = true
    rdns = false

[domain_realm]
    .{REALM.lower()} = {REALM}
    {REALM.lower()} = {REALM}
"""

SERVICES = "s3fs, rpc, ldap, cldap, kdc, winbindd, dns, nbt"

# Over what provisioning wrote; the services are those that a client can see.
SMB_CONF = """
[global]
    server services = {services}
    dns forwarder =
    prefork children = 1
    load printers = no
    printcap name = /dev/null
    log level = 1
    log file = /var/log/samba/log.%m
    interfaces = lo {tap}
    bind interfaces only = yes
    idmap_ldb:use rfc2307 = yes
    eventlog list = Lab
    allow dcerpc auth level connect = yes
    allow dcerpc auth level connect:lsarpc = yes
    allow dcerpc auth level connect:samr = yes
    allow dcerpc auth level connect:netlogon = yes
{extra}

[{share}]
    path = /srv/share
    read only = no
"""

def pack(folder, names, tarball):
    """All of it: sysvol's ACLs are extended attributes."""
    subprocess.run(["tar", "-C", str(folder), "--xattrs", "--xattrs-include=*",
                    "-I", "zstd -q -1", "--warning=no-file-ignored",
                    "-cf", str(tarball), *names],
                   check=True)


def unpack(tarball, folder):
    subprocess.run(["tar", "-C", str(folder), "--xattrs", "--xattrs-include=*",
                    "-I", "zstd", "-xpf", str(tarball)], check=True)


def provision(root, partial):
    """Make the domain and pack it."""
    work = partial.with_name(partial.name + ".work")
    cache.remove(work)
    state = {**KEPT, **SCRATCH, "plan": "/mnt/plan", "keytabs": "/mnt/keytabs"}
    for name in state:
        (work / name).mkdir(parents=True)
    (work / "lib/private").mkdir(mode=0o700)
    (work / "plan/plan.json").write_text(json.dumps(PLAN))
    (work / "plan/provision.py").write_text(PROVISION.read_text())
    chroot.logged(root, ["unshare", "--net", "python3", "/mnt/plan/provision.py",
                         "/mnt/plan/plan.json", "/mnt/keytabs"],
                  BUILD / "provision.log", "making the domain",
                  binds=[(work / name, to) for name, to in state.items()])
    pack(work, [*KEPT, "keytabs"], partial)
    cache.remove(work)


def prepare(root):
    """The packed domain, made when it is not in the cache yet."""
    key = cache.key("1", root.name, json.dumps(PLAN), PROVISION.read_text())
    return cache.make(CACHE / f"ad-{key}.tar.zst",
                      "making the domain lab.test (half a minute)",
                      lambda partial: provision(root, partial))


class Controller(samba.Samba):
    """dc1, with a copy of the domain in a folder of the run."""

    what = "the domain controller"
    ports = PORTS
    interface = netns.TAP
    services = SERVICES

    def unpack(self):
        unpack(prepare(self.root), self.folder)

    def binds(self):
        self.unpack()
        for name in SCRATCH:
            (self.folder / name).mkdir()
        return [(self.folder / name, to) for name, to in
                {**KEPT, **SCRATCH}.items()] + \
            [(self.share, "/srv/share"), self.rpcecho()]

    def configure(self):
        with open(self.folder / "etc/smb.conf", "a", encoding="ascii") as conf:
            conf.write(SMB_CONF.format(extra=self.extra, share=samba.SHARE,
                                       tap=self.interface,
                                       services=self.services))

    def script(self):
        return (f"{rpcecho.script(self.extra)} &&"
                " exec samba --foreground --no-process-group --debug-stdout")

    def wait(self, seconds=180):
        """It is many processes, and the machine may have others to run."""
        super().wait(seconds)

    def up(self):
        """smbd maps users to numbers by winbindd, which is up last."""
        return (self.folder / "run/winbindd/pipe").exists() and super().up()
