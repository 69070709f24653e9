# SPDX-License-Identifier: GPL-2.0-or-later
"""What the lab says itself, apart from the output of the command it runs."""

import os
import sys
import time

# One zero for the whole run: inside.py inherits it.
START = float(os.environ.setdefault("LAB_START", str(time.monotonic())))
quiet = False


class LabError(Exception):
    """The lab could not do its part; the command was not at fault."""

    def __init__(self, message, status=None):
        super().__init__(message)
        self.status = status


def info(text):
    """Progress, on stderr: stdout belongs to the command in the guest."""
    if not quiet:
        print(f"lab: [{time.monotonic() - START:6.1f}] {text}",
              file=sys.stderr, flush=True)


def warn(text):
    print(f"lab: {text}", file=sys.stderr, flush=True)


class NotYet(LabError):
    """Asked for something a later issue brings."""

    def __init__(self, what):
        super().__init__(f"{what}: not available yet")
