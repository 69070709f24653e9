# SPDX-License-Identifier: GPL-2.0-or-later
"""Run a command inside the lab root.

Every call gets mount and process namespaces of its own.  Whatever happens to
the lab, the kernel ends the processes and forgets the mounts with them: there
is nothing to clean up, and nothing of the host that could be left changed.
"""

import os
import subprocess
from pathlib import Path

from . import say

# Ends the child when the lab is killed; unshare passes that on to the first
# process of the new process namespace, and the kernel to all of the rest.
DIE_WITH_US = ["setpriv", "--pdeathsig", "KILL"]
NAMESPACES = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]

# $1 root, $2 folder to start in, $3 number of binds, then the binds as
# FROM TO pairs, then the command.  The root is shared by every run, so it is
# read-only here but for what is mounted over it.
ENTER = r"""
set -e
root=$1 dir=$2 binds=$3; shift 3
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
while [ "$binds" -gt 0 ]; do
    # A checkout may be in /tmp, which is new and empty here.
    [ -e "$root$2" ] || mkdir -p "$root$2"
    mount --bind "$1" "$root$2"; shift 2
    binds=$((binds - 1))
done
exec chroot "$root" /usr/bin/env -C "$dir" "$@"
"""

ENV = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
       "HOME": "/tmp", "LANG": "C.UTF-8", "TERM": os.environ.get("TERM", "dumb")}


def mountpoint(root, target):
    """Make the place for a bind mount; the root itself is writable here."""
    place = root / str(target).lstrip("/")
    if not place.exists():
        place.mkdir(parents=True, exist_ok=True)


def command(root, argv, binds=(), cwd="/"):
    """The full command line; binds are (on the host, in the root): folders, or
    files that the root has."""
    pairs = []
    for source, target in binds:
        mountpoint(root, target)
        pairs += [str(source), str(target)]
    return [*DIE_WITH_US, *NAMESPACES, "sh", "-c", ENTER, "lab", str(root),
            str(cwd), str(len(pairs) // 2), *pairs, *map(str, argv)]


def run(root, argv, binds=(), cwd="/", env=None, **options):
    """subprocess.run() in the root, with a small fixed environment."""
    return subprocess.run(command(root, argv, binds, cwd),
                          env={**ENV, **(env or {})}, check=False, **options)


def logged(root, argv, log, what, **options):
    """Run; on failure say what failed and show the end of the log."""
    log = Path(log)
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "wb") as out:
        done = run(root, argv, stdin=subprocess.DEVNULL, stdout=out,
                   stderr=subprocess.STDOUT, **options)
    if done.returncode:
        tail = log.read_text(errors="replace").splitlines()[-60:]
        raise say.LabError(f"{what} failed:\n" + "\n".join(tail) +
                           f"\nlab: the whole log is {log}")
