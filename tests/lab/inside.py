# SPDX-License-Identifier: GPL-2.0-or-later
"""One run, seen from inside its namespaces: network, servers, guest.

Started by run.py as the first process of a process namespace.  When this
process ends, in whatever way, the kernel ends the servers and the guest.
"""

import json
import os
import signal
import sys
from pathlib import Path

from . import ad, chroot, client, findings, kernel, netns, pair, paths, samba
from . import say, sysvol
from .guest import Guest, Lost
from .status import Status


class Run:
    """What run.py prepared, as the parts that start things need it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.id = self.folder.name
        self.options = json.loads((self.folder / "run.json").read_text())
        self.root = Path(self.options["root"])
        self.guest = self.folder / "guest"
        self.layer = self.folder / "layer"
        self.share = self.folder / "share"
        self.top = paths.TOP
        self.binds = self.options["binds"]


def console_tail(run, lines=60):
    text = (run.folder / "console").read_text(errors="replace")
    return "\n".join(text.splitlines()[-lines:])


def read(path):
    return path.read_text(errors="replace") if path.exists() else ""


def complaints(run):
    """All that the kernel or the teardown had to say against the run."""
    found = findings.dmesg(read(run.guest / "dmesg"))
    found += [text for name in ("kmemleak", "problems")
              if (text := read(run.guest / name))]
    return found


SERVERS = {"samba": samba.Samba, "ad": ad.Controller, "ad2": pair.Pair,
           "rodc": pair.ReadOnly}


def start_server(run):
    kind = SERVERS.get(run.options["server"])
    network = getattr(kind, "network", netns.up)
    network()
    if not kind:
        return None
    server = kind(run.root, run.folder / "samba", run.share,
                  run.options["smb_conf"])
    server.start()
    if run.options["server"] in pair.ROLES:
        sysvol.follow(run.root, server.folder)
    keytabs = server.folder / "keytabs"
    if keytabs.exists():
        keytabs.rename(run.guest / "keytabs")
    return server


def in_root(run):
    """The command beside its server, without a guest."""
    server = start_server(run)
    env = {**client.environment(run.options["server"]),
           "UNC_SHARE_DIR": str(run.share),
           "UNC_KEYTABS": str(run.guest / "keytabs")}
    etc = [(path, f"/etc/{path.name}")
           for path in (run.guest / "etc").iterdir()]
    server.wait()
    return chroot.run(run.root, run.options["command"], env=env,
                      binds=[(run.top, run.top), *etc], cwd=run.top).returncode


def wants_reboot(run):
    """A command that asked for it begins again in a new guest, beside the same
    server; what it wants to keep of this one it has put into /lab/disk."""
    asked = run.guest / "reboot"
    if not asked.exists():
        return False
    asked.unlink()
    return True


def boot(run):
    """Start everything; return the command's exit status."""
    machine = kernel.get(run.options["kernel"], run.root)
    server = start_server(run)
    dump = None
    if run.options["capture"]:
        dump = netns.capture(run.options["capture"])
    guest = Guest(run, run.root, machine)
    guest.start()
    try:
        if server:
            server.wait()
        rc = guest.result()
        while wants_reboot(run) and rc == 0:
            guest = Guest(run, run.root, machine)
            guest.start()
            rc = guest.result()
        return rc
    finally:
        if dump:
            dump.send_signal(signal.SIGINT)
            dump.wait()


def judge(run, rc):
    """The lab's exit status for a command that ended with rc."""
    found = complaints(run)
    for text in found:
        say.warn("the kernel or the teardown reports:\n" + text)
    # A failed command keeps its own status: it tells more.
    return rc if rc or not found else Status.REPORTED


def main():
    run = Run(sys.argv[1])
    say.quiet = run.options["quiet"]
    # The first process of a namespace gets no signal it has no handler for.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: os._exit(Status.INTERRUPTED))
    try:
        if run.options["mode"] == "in-root":
            return in_root(run)
        return judge(run, boot(run))
    except Lost as error:
        say.warn("the end of the guest's console:\n" + console_tail(run))
        say.warn(f"the machine was lost: {error}")
        return Status.LOST
    except say.LabError as error:
        say.warn(str(error))
        for text in complaints(run):
            say.warn("the kernel reports:\n" + text)
        return Status.FAILED


if __name__ == "__main__":
    sys.exit(main())
