# SPDX-License-Identifier: GPL-2.0-or-later
"""Things that take long to make, kept under a key of what went into them.

An entry is a file or a folder that is made under a temporary name beside its
final one and renamed when it is complete.  So a name that exists is whole,
whatever happened to the process that made it, and nobody needs to check.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil

from . import say


def key(*parts):
    """A short key of strings and bytes; the separator keeps 'ab','c' != 'a','bc'."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else str(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def lock(path, why):
    """Hold `path`.lock; the kernel drops it when this process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{path}.lock", "a", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say.info(f"waiting for another run: {why}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def make(path, why, fill):
    """Return `path`; when it is missing, fill(temporary) makes it first."""
    if path.exists():
        return path
    with lock(path, why):
        if path.exists():
            return path
        # Whoever left this name died: the lock is ours.
        partial = path.with_name(f"{path.name}.partial")
        remove(partial)
        say.info(why)
        fill(partial)
        os.sync()
        partial.rename(path)
    return path
