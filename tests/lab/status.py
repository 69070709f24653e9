# SPDX-License-Identifier: GPL-2.0-or-later
"""Exit statuses of the lab's own, apart from those of the command."""


class Status:
    """High, and clear of what shells and most programs use."""
    USAGE = 2
    NOT_YET = 120       # asked for something that a later version brings
    REPORTED = 121      # the command passed; the kernel or teardown did not
    LOST = 122          # the machine ended without a result
    FAILED = 123        # the lab could not be set up; the command did not run
    TIMEOUT = 124       # the command's time was up (status of timeout(1))
    INTERRUPTED = 130
