#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The C examples of man pages compile as they stand there.  TAP.

    test_examples.py CC INCLUDE PAGE...
    test_examples.py --c PAGE, --sh PAGE    print those in C, or for the shell
"""

import re
import subprocess
import sys


def plain(block):
    return block.replace("\\e", "\\").replace("\\-", "-")


def blocks(page, section="NAME"):
    """What stands between .nf and .fi from this section on."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    text = text[text.index(f"\n.SH {section}"):]
    return [plain(block) for block in
            re.findall(r"^\.nf\n(.*?)^\.fi$", text, re.M | re.S)]


def examples(page):
    """C code of a page: with an #include <...> of a system header."""
    return [block for block in blocks(page) if "#include <fcntl.h>" in block]


def shell(page):
    return [block for block in blocks(page, "EXAMPLES")
            if "#include" not in block]


def main():
    count = failed = 0
    if sys.argv[1] in ("--c", "--sh"):
        found = (examples if sys.argv[1] == "--c" else shell)(sys.argv[2])
        print("\n".join(found))
        return 0 if found else 1
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
