# SPDX-License-Identifier: GPL-2.0-or-later
"""Samba as file server, run from the lab root in the run's own namespaces."""

import socket
import subprocess
import time

from . import chroot, netns, say

HOST = "files.lab.test"
SHARE = "share"
USER = "tester"
PASSWORD = "Secret-1.lab"      # nothing but a lab's guest can reach it

# Near Samba's defaults on purpose: what the tests see is what users meet.
SMB_CONF = """\
[global]
    netbios name = FILES
    workgroup = LAB
    server role = standalone server
    disable netbios = yes
    smb ports = 445
    load printers = no
    printcap name = /dev/null
    log level = 1
    log file = /var/log/samba/smbd.log
    map to guest = never
{extra}

[{share}]
    path = /srv/share
    read only = no
    valid users = {user}
"""


class Samba:
    """smbd with all its state under one folder of the run."""

    def __init__(self, root, folder, share, extra):
        self.root = root
        self.folder = folder
        self.share = share
        self.extra = extra
        self.process = None

    def binds(self):
        state = {"etc": "/etc/samba", "lib": "/var/lib/samba",
                 "cache": "/var/cache/samba", "log": "/var/log/samba"}
        for name in state:
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "lib/private").mkdir(mode=0o700, exist_ok=True)
        return [(self.folder / name, to) for name, to in state.items()] + \
            [(self.share, "/srv/share")]

    def start(self):
        binds = self.binds()
        extra = "\n".join("    " + line.strip()
                          for line in self.extra.splitlines())
        (self.folder / "etc/smb.conf").write_text(SMB_CONF.format(
            extra=extra, share=SHARE, user=USER))
        # One entry into the root for both: it costs more than they do.
        script = (f"printf '%s\\n%s\\n' '{PASSWORD}' '{PASSWORD}' |"
                  f" smbpasswd -s -a {USER} >/dev/null &&"
                  " exec smbd --foreground --no-process-group")
        with open(self.folder / "log/stderr", "wb") as errors:
            self.process = subprocess.Popen(
                chroot.command(self.root, ["sh", "-c", script], binds),
                env=chroot.ENV, stdin=subprocess.DEVNULL, stdout=errors,
                stderr=errors)

    def wait(self, seconds=30):
        """Return when it takes connections."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            try:
                socket.create_connection((netns.SERVER, 445), 1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        log = (self.folder / "log/stderr").read_text(errors="replace")
        raise say.LabError("smbd did not start:\n" + log)
