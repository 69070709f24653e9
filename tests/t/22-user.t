#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests that the user-space build brings along: one `meson test`, as TAP."""

import json
import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BUILD = TOP / "build/user"
LOG = BUILD / "meson-logs/testlog.json"
GOOD = ("OK", "EXPECTEDFAIL")


def tests():
    """What Meson wrote of each test, one JSON object a line."""
    if LOG.exists():
        for line in LOG.read_text().splitlines():
            yield json.loads(line)


def main():
    os.chdir(TOP)
    if not (BUILD / "build.ninja").exists():
        print("1..0 # SKIP user space is not built")
        return 0
    LOG.unlink(missing_ok=True)
    done = subprocess.run(
        ["scripts/lab", "in-root", "--quiet", "--", "meson", "test", "-C",
         str(BUILD), "--no-rebuild"], stdin=subprocess.DEVNULL, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    number = failed = 0
    for test in tests():
        number += 1
        name, result = test["name"], test["result"]
        if result == "SKIP":
            print(f"ok {number} - {name} # SKIP")
        elif result in GOOD:
            print(f"ok {number} - {name}")
        else:
            failed += 1
            print(f"not ok {number} - {name} # {result}")
            text = test.get("stdout", "") + test.get("stderr", "")
            for line in text.splitlines()[-80:]:
                print(f"#   {line}", file=sys.stderr)
    if done.returncode and not failed:
        failed = 1
        number += 1
        print(f"not ok {number} - meson test: status {done.returncode}")
        for line in done.stdout.splitlines()[-40:]:
            print(f"#   {line}", file=sys.stderr)
    print(f"1..{number}" if number else "1..0 # SKIP there are no tests")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
