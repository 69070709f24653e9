# SPDX-License-Identifier: GPL-2.0-or-later
"""The system tests of one kernel, as one TAP stream.

Tests whose `# lab:` lines are equal share guests (tests/sys/runner runs them
there); this module makes the groups, cuts what is too long for one guest, runs
as many guests as there are places, and puts their results under one numbering.
"""

import concurrent.futures
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from . import slots
from .paths import TOP

# Tests in one guest: few, so that no place is idle for long at the end, but boots
# cost half a minute on debug.
BATCH = {"stock": 28, "debug": 16}
SYS = TOP / "tests/sys"
RESULT = re.compile(r"(not ok|ok) \d+ - (\S+)(.*)")


def header(path, word):
    """The value of a `# word: value` line at the top of a test."""
    for line in path.read_text().splitlines()[:40]:
        if line.startswith(f"# {word}:"):
            return line.split(":", 1)[1].strip()
    return ""


def for_kernel(kernel):
    """The tests that make sense on this kernel."""
    for path in sorted(SYS.glob("*.sh")):
        if path.name != "lib.sh" and header(path, "kernel") in ("", kernel):
            yield path


def daily(path):
    """The kernels on which it runs without --full."""
    return (header(path, "daily") or header(path, "kernel") or "stock").split()


def chosen(paths, kernel):
    """What of them shall run, and what is left to `scripts/test --full`."""
    names = os.environ.get("LAB_TESTS", "").split()
    if names:
        return [path for path in paths
                if any(name in path.stem for name in names)], []
    if os.environ.get("LAB_FULL"):
        return paths, []
    today = [path for path in paths if kernel in daily(path)]
    return today, [path for path in paths if path not in today]


def batches(paths, kernel):
    """What each guest shall run: (options of scripts/lab run, tests)."""
    groups = {}
    for path in paths:
        groups.setdefault(header(path, "lab"), []).append(path)
    # Those with a domain take longest, and those without options can be cut:
    # the former first, so that no place is idle while the last one ends.
    for options, paths in sorted(groups.items(), reverse=True):
        guests = -(-len(paths) // BATCH[kernel])
        for guest in range(guests):
            yield options, paths[guest::guests]


class Tap:
    """Numbers the results of all groups in one row."""

    def __init__(self):
        self.number = 0
        self.failed = False

    def result(self, verdict, name, rest=""):
        self.number += 1
        self.failed |= verdict != "ok"
        print(f"{verdict} {self.number} - {name}{rest}", flush=True)


def boot(kernel, options, paths):
    """One guest's output and the lab's status."""
    lab = subprocess.run(
        [str(TOP / "scripts/lab"), "run", "--quiet", "--kernel", kernel,
         "--timeout", "1200", *shlex.split(options), "--",
         "tests/sys/runner", *(f"tests/sys/{path.name}" for path in paths)],
        cwd=TOP, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
        check=False)
    return lab.stdout.splitlines(), lab.returncode


def report(tap, options, paths, output, status):
    """The results of one guest; a test it has no result for has failed."""
    missing = [path.stem for path in paths]
    for line in output:
        match = RESULT.match(line)
        if match and match[2] in missing:
            missing.remove(match[2])
            tap.result(match[1], match[2], match[3])
        elif line.startswith("#"):
            print(line, flush=True)
    for name in missing:
        tap.result("not ok", name, f" (no result, lab status {status})")
    # Failed tests make the runner exit 1; all else is the lab's or kernel's.
    if status not in (0, 1):
        tap.result("not ok", "guest" + (f" with {options}" if options else ""),
                   f" ended with lab status {status}")


def main():
    kernel = sys.argv[1]
    paths, late = chosen(list(for_kernel(kernel)), kernel)
    if late:
        print("# by scripts/test --full also:",
              *(path.stem for path in late), flush=True)
    guests = list(batches(paths, kernel))
    if not guests:
        print(f"1..0 # SKIP no system test asked for on the {kernel} kernel")
        return 0
    tap = Tap()
    with concurrent.futures.ThreadPoolExecutor(slots.places()) as pool:
        running = {pool.submit(boot, kernel, *guest): guest
                   for guest in guests}
        for done in concurrent.futures.as_completed(running):
            report(tap, *running[done], *done.result())
    print(f"1..{tap.number}")
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
