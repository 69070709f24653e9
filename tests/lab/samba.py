# SPDX-License-Identifier: GPL-2.0-or-later
"""Samba as file server, run from the lab root in the run's own namespaces."""

import socket
import subprocess
import time

from . import chroot, netns, rpcecho, say

HOST = "files.lab.test"
SHARE = "share"
USER = "tester"
PASSWORD = "Secret-1.lab"      # nothing but a lab's guest can reach it

# Near Samba's defaults on purpose: what the tests see is what users meet.  But
# calls of RPC can be tried at every level of authentication.  The file that is
# included is not there, unless a test makes it (server_conf).
SMB_CONF = """\
[global]
    netbios name = FILES
    workgroup = LAB
    server role = standalone server
    disable netbios = yes
    smb ports = 445 139
    load printers = no
    printcap name = /dev/null
    log level = 1
    log file = /var/log/samba/smbd.log
    map to guest = never
    allow dcerpc auth level connect = yes
    include = /srv/share/server.conf
{extra}

[{share}]
    path = /srv/share
    read only = no
    valid users = {user}
"""


class Samba:
    """smbd with all its state under one folder of the run."""

    what = "smbd"
    ports = (445,)
    address = netns.SERVER
    prefix = ()     # of the command

    def __init__(self, root, folder, share, extra):
        self.root = root
        self.folder = folder
        self.share = share
        self.extra = "\n".join("    " + line.strip()
                               for line in extra.splitlines())
        self.process = None

    def binds(self):
        state = {"etc": "/etc/samba", "lib": "/var/lib/samba",
                 "cache": "/var/cache/samba", "log": "/var/log/samba"}
        for name in state:
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "lib/private").mkdir(mode=0o700, exist_ok=True)
        return [(self.folder / name, to) for name, to in state.items()] + \
            [(self.share, "/srv/share"), self.rpcecho()]

    def rpcecho(self):
        return rpcecho.make(self.root), rpcecho.FOLDER

    def configure(self):
        (self.folder / "etc/smb.conf").write_text(SMB_CONF.format(
            extra=self.extra, share=SHARE, user=USER))

    def script(self):
        """One entry into the root for both: it costs more than they do."""
        return (f"printf '%s\\n%s\\n' '{PASSWORD}' '{PASSWORD}' |"
                f" smbpasswd -s -a {USER} >/dev/null &&"
                f" {rpcecho.script(self.extra)} &&"
                " exec smbd --foreground --no-process-group")

    def start(self):
        self.folder.mkdir(exist_ok=True)
        binds = self.binds()
        self.configure()
        with open(self.folder / "log/stderr", "wb") as errors:
            self.process = subprocess.Popen(
                [*self.prefix, *chroot.command(
                    self.root, ["sh", "-c", self.script()], binds)],
                env=chroot.ENV, stdin=subprocess.DEVNULL, stdout=errors,
                stderr=errors)

    def up(self):
        """It takes connections on all of its ports."""
        try:
            for port in self.ports:
                socket.create_connection((self.address, port), 1).close()
        except OSError:
            return False
        return True

    def wait(self, seconds=180):
        """Return when it is up."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit and self.process.poll() is None:
            if self.up():
                return
            time.sleep(0.05)
        log = (self.folder / "log/stderr").read_text(errors="replace")
        raise say.LabError(f"{self.what} did not start:\n" + log)
