# SPDX-License-Identifier: GPL-2.0-or-later
"""Two domain controllers of one domain: dc1 as it is alone, and dc2.

dc2 has joined the domain as another controller, or as a read-only one, in a
site of its own.  That takes a minute, so both are kept in the cache as they
were when all that one knew had come to the other.  Each has a network namespace
and its own state; a file in the share stops one of them, see script().
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

from . import ad, cache, chroot, netns, samba, say
from .paths import BUILD, CACHE

ROLES = {"ad2": "DC", "rodc": "RODC"}   # --server, and what Samba calls dc2
HOST = "dc2.lab.test"
ADDRESSES = {"dc1": netns.SERVER, "dc2": "10.99.0.5"}
SECOND = Path(__file__).with_name("second.sh")
PLACE = "/mnt/plan"                     # of SECOND and of what it leaves

# The one that answers is the one that is asked: what is silent costs a second.
RESOLV_CONF = f"""\
search {ad.REALM.lower()}
nameserver {ADDRESSES["dc1"]}
nameserver {ADDRESSES["dc2"]}
options timeout:1 attempts:2
"""

# $1 is its name.  The shell is the first process of the namespace: what it kills
# besides itself is all that a controller started.
LIFE = r"""
until ip -4 address show dev %(port)s | grep -q inet; do sleep 0.1; done
while :; do
    samba --foreground --no-process-group --debug-stdout &
    until [ -e /srv/share/%(name)s.stop ]; do
        kill -0 $! || exit 1
        sleep 0.2
    done
    kill $!
    wait $!
    kill -s KILL -- -1
    touch /srv/share/%(name)s.stopped
    while [ -e /srv/share/%(name)s.stop ]; do sleep 0.2; done
    rm /srv/share/%(name)s.stopped
done
"""


class Member(ad.Controller):
    """One of them; its state was unpacked by whoever made it."""

    interface = netns.PORT
    services = ad.SERVICES + ", drepl, kcc"
    prefix = ("unshare", "--net", "--uts")

    def __init__(self, name, root, folder, share, extra):
        super().__init__(root, folder / name, share, extra)
        self.name = name
        self.address = ADDRESSES[name]
        self.what = f"the domain controller {name}"

    def unpack(self):
        pass

    def etc(self):
        """It asks itself for names, and the other one."""
        folder = self.folder / "client"
        folder.mkdir(exist_ok=True)
        others = [a for a in ADDRESSES.values() if a != self.address]
        for name, text in {
                "hosts": f"127.0.0.1 localhost\n{self.address} "
                         f"{self.name}.lab.test {self.name}\n",
                "resolv.conf": "".join(f"nameserver {address}\n" for address in
                                       [self.address, *others]),
                "krb5.conf": ad.KRB5_CONF}.items():
            (folder / name).write_text(text)
        return [(path, f"/etc/{path.name}") for path in folder.iterdir()]

    def binds(self):
        return super().binds() + self.etc()

    def script(self):
        return (f"hostname {self.name}; " +
                LIFE % {"port": netns.PORT, "name": self.name})

    def start(self):
        super().start()
        ours = netns.namespace("self")
        while netns.namespace(self.process.pid) == ours:
            time.sleep(0.01)
        netns.machine(self.process.pid, self.name, self.address)

    def stop(self):
        (self.share / f"{self.name}.stop").touch()
        limit = time.monotonic() + 60
        while not (self.share / f"{self.name}.stopped").exists():
            if time.monotonic() > limit:
                raise say.LabError(f"{self.what} does not stop")
            time.sleep(0.1)
        self.process.kill()
        self.process.wait()


class Joining(Member):
    """dc2 while it is made: it has nothing yet."""

    role = "DC"

    def binds(self):
        (self.folder / "etc").mkdir(parents=True)
        (self.folder / "lib/private").mkdir(parents=True)
        (self.folder / "lib/private").chmod(0o700)
        plan = self.share.parent / "plan"
        plan.mkdir()
        shutil.copy(SECOND, plan)
        return super().binds() + [(plan, PLACE)]

    def configure(self):
        """Behind what joining writes."""
        super().configure()
        conf = self.folder / "etc/smb.conf"
        conf.rename(self.share.parent / "plan/smb.conf")

    def script(self):
        return (f"hostname {self.name}; sh {PLACE}/second.sh {self.role} "
                f"{netns.PORT} {self.address} '{samba.PASSWORD}' &&" +
                LIFE % {"port": netns.PORT, "name": self.name})

    def replicated(self):
        """The shell beside the controller has seen it."""
        return (self.share.parent / "plan/done").exists()


class Pair:
    """Both, as inside.py starts and awaits a server."""

    role = "ad2"
    network = staticmethod(netns.bridge)

    def __init__(self, root, folder, share, extra):
        self.root = root
        self.folder = folder
        self.members = [Member(name, root, folder, share, extra)
                        for name in ADDRESSES]

    def start(self):
        self.folder.mkdir()
        ad.unpack(prepare(self.root, self.role), self.folder)
        for member in self.members:
            member.start()

    def wait(self):
        for member in self.members:
            member.wait()


class ReadOnly(Pair):
    """dc2 has no passwords and cannot be written."""

    role = "rodc"


# ---- Making it ---------------------------------------------------------------


def settle(folder):
    """What Samba does not replicate, and smb.conf as it was before our part."""
    ours = ad.SMB_CONF.partition("{")[0]
    for name in ADDRESSES:
        conf = folder / name / "etc/smb.conf"
        conf.write_text(conf.read_text().split(ours)[0])
    one, two = folder / "dc1/lib", folder / "dc2/lib"
    shutil.copy(one / "private/idmap.ldb", two / "private/idmap.ldb")
    shutil.rmtree(two / "sysvol")
    subprocess.run(["cp", "-a", str(one / "sysvol"), str(two)], check=True)


def make(root, folder, role):
    """In namespaces of its own: both run until one has what the other has."""
    netns.bridge()
    share = folder / "share"
    share.mkdir()
    (folder / "dc1").mkdir()
    ad.unpack(ad.prepare(root), folder / "dc1")
    first = Member("dc1", root, folder, share, "")
    first.start()
    first.wait()
    second = Joining("dc2", root, folder, share, "")
    second.role = ROLES[role]
    second.start()
    limit = time.monotonic() + 300
    while not second.replicated():
        if second.process.poll() is not None or time.monotonic() > limit:
            raise say.LabError("dc2 could not join: see the end of " +
                               str(second.folder / "log/stderr"))
        time.sleep(0.2)
    first.stop()
    second.stop()
    settle(folder)
    (folder / "dc1/keytabs").rename(folder / "keytabs")


def fill(root, partial, role):
    work = BUILD / f"make-{role}"
    cache.remove(work)
    work.mkdir(parents=True)
    log = BUILD / f"make-{role}.log"
    with open(log, "wb") as out:
        done = subprocess.run(
            [*chroot.DIE_WITH_US, *chroot.NAMESPACES, "--net", "--mount-proc",
             sys.executable, "-m", "lab.pair", str(root), str(work), role],
            stdout=out, stderr=out, check=False, cwd=Path(__file__).parents[1])
    if done.returncode:
        raise say.LabError(f"making two controllers failed: see {log} and "
                           f"{work}/dc*/log/stderr")
    names = [f"{name}/{part}" for name in ADDRESSES for part in ad.KEPT]
    ad.pack(work, [*names, "keytabs"], partial)
    cache.remove(work)


def prepare(root, role):
    """The packed pair, made when it is not in the cache yet."""
    key = cache.key("1", ad.prepare(root).name, role, SECOND.read_text(),
                    Path(__file__).read_text())
    return cache.make(CACHE / f"{role}-{key}.tar.zst",
                      "making a second controller (a minute or two)",
                      lambda partial: fill(root, partial, role))


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
