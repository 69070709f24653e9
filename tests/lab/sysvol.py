# SPDX-License-Identifier: GPL-2.0-or-later
"""The second controller's SYSVOL is that of the first, a moment later.

Samba leaves that to others; where it serves domains, rsync from the controller
with the role of the primary one, called now and then, is usual.
"""

import subprocess

from . import chroot

PLACE = "/mnt/sysvol"                   # of both, in the root
VANISHED = 24                           # rsync: while it was reading
FOLLOW = f"""
while :; do
    rsync -aAX --delete {PLACE}/dc1/ {PLACE}/dc2/
    status=$?
    case $status in 0|{VANISHED}) sleep 2 ;; *) exit $status ;; esac
done
"""


def follow(root, folder):
    """Go on with it as long as the run lives; FOLDER has what they keep."""
    binds = [(folder / name / "lib/sysvol", f"{PLACE}/{name}")
             for name in ("dc1", "dc2")]
    with open(folder / "sysvol", "wb") as said:
        return subprocess.Popen(
            chroot.command(root, ["sh", "-c", FOLLOW], binds), env=chroot.ENV,
            stdin=subprocess.DEVNULL, stdout=said, stderr=said)
