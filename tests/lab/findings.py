# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel complained about while the command ran."""

import re
from pathlib import Path

from .paths import VM


def patterns(path):
    """One extended regular expression a line; tests/sys/runner greps them."""
    return re.compile("|".join(line for line in
                               Path(path).read_text().splitlines() if line))


COMPLAINTS = patterns(VM / "complaints")
HARMLESS = patterns(VM / "harmless")


def dmesg(text):
    """The reports in a kernel log, each with the lines around it."""
    lines = text.splitlines()
    found, shown = [], -1
    for number, line in enumerate(lines):
        if number > shown and COMPLAINTS.search(line) and \
                not HARMLESS.search(line):
            shown = number + 40
            found.append("\n".join(lines[max(0, number - 3):shown]))
    return found
