# SPDX-License-Identifier: GPL-2.0-or-later
"""What a call of a system test ends with, and what it should end with."""

import errno
import sys


def outcome(call, *args, **more):
    """What the call returns, or the name of the errno it fails with."""
    try:
        return call(*args, **more)
    except OSError as failure:
        return errno.errorcode[failure.errno]


def expect(what, got, wanted):
    """Ends the test if they differ; says in which line."""
    if got != wanted:
        line = sys._getframe(1).f_lineno
        sys.exit(f"line {line} of the Python part: {what}:"
                 f" {got!r:.400}, not {wanted!r:.400}")
