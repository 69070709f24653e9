# SPDX-License-Identifier: GPL-2.0-or-later
"""As many guests at a time as there are processors, on the whole machine.

An emulated guest keeps a processor busy.  One more than there are makes all of
them slower, and too many make deadlines in the guest pass that have nothing to
do with what is tested; so a further run waits until one of the others ends.
"""

import contextlib
import fcntl
import os
import time

from . import say
from .paths import CACHE


def places():
    """How many guests may run at a time."""
    return max(2, os.cpu_count() or 1)


def take():
    """An open, locked file: one of the places; None if all are taken."""
    for number in range(places()):
        place = open(CACHE / f"guest-{number}.lock", "a", encoding="ascii")
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return place
        except BlockingIOError:
            place.close()
    return None


@contextlib.contextmanager
def one():
    """Hold a place; the kernel gives it back when this process dies."""
    CACHE.mkdir(parents=True, exist_ok=True)
    place = take()
    if not place:
        say.info("waiting for another guest to end")
    while not place:
        time.sleep(0.5)
        place = take()
    with place:
        yield
