# SPDX-License-Identifier: GPL-2.0-or-later
"""Small helpers around processes of the host."""

import time

from . import chroot
from .paths import TOP


def wait_for(condition, seconds):
    limit = time.monotonic() + seconds
    while not condition() and time.monotonic() < limit:
        time.sleep(0.1)


def in_root(base, command, debug_kernel):
    """Run a command in the lab root with this checkout bound, writable."""
    binds = [(TOP, TOP)]
    if debug_kernel.exists():
        binds.append((debug_kernel, debug_kernel))
    return chroot.run(base, command, binds=binds, cwd=TOP).returncode
