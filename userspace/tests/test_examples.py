#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The C examples of man pages compile as they stand there.  TAP.

    test_examples.py CC INCLUDE PAGE...
"""

import re
import subprocess
import sys


def examples(page):
    """C code of a page: what stands between .nf and .fi with an #include <...>
    of a system header."""
    with open(page, encoding="utf-8") as file:
        blocks = re.findall(r"^\.nf\n(.*?)^\.fi$", file.read(), re.M | re.S)
    for block in blocks:
        if "#include <fcntl.h>" in block:
            yield block.replace("\\e", "\\").replace("\\-", "-")


def main():
    count = failed = 0
    cc, include, pages = sys.argv[1], sys.argv[2], sys.argv[3:]
    for page in pages:
        for code in examples(page):
            run = subprocess.run(
                [cc, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I",
                 include, "-xc", "-"], input=code, text=True, check=False,
                capture_output=True)
            count += 1
            failed += run.returncode != 0
            print(f"{'not ' if run.returncode else ''}ok {count} - {page}")
            for line in run.stderr.splitlines():
                print(f"# {line}")
    if not count:
        print("not ok 1 - no example was found")
        failed = count = 1
    print(f"1..{count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
