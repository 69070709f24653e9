#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every command of unc has its help, its place in unc(1) and its completion.

    test_cli.py UNC

TAP.
"""

import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/rpc"))
sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from tap import done, ok

UNC = sys.argv[1]
MAN = (TOP / "Documentation/man/unc.1").read_text(encoding="utf-8")
COMPLETION = (TOP / "userspace/cli/unc.bash-completion").read_text(
    encoding="utf-8")


def run(*args):
    return subprocess.run([UNC, *args], capture_output=True, text=True,
                          check=False, timeout=30)


def complete(*words):
    """What bash offers for the last of the words."""
    script = (f"source {TOP}/userspace/cli/unc.bash-completion; "
              f"COMP_WORDS=(unc {' '.join(words)} ''); "
              f"COMP_CWORD={len(words) + 1}; _unc; "
              "printf '%s\\n' \"${COMPREPLY[@]}\"")
    return subprocess.run(["bash", "-c", script], capture_output=True,
                          text=True, check=False).stdout.split()


def test_command(name, sections):
    help_text = run(name, "--help")
    ok(help_text.returncode == 0 and
       help_text.stdout.startswith(f"usage: unc {name}"), f"{name} --help",
       help_text.stdout + help_text.stderr)
    ok(name in sections, f"unc(1) tells of {name}")
    ok(run(name, "--nonsense").returncode == 2,
       f"{name}: an option that is not there is wrong usage")
    options = set(re.findall(r"--[a-z][-a-z0-9]*", help_text.stdout))
    offered = set(complete(name))
    ok("--help" in offered and offered >= options,
       f"{name}: its options are offered", f"{options - offered} are not")


def main():
    commands = re.findall(r"^  (\w+) ", run("--help").stdout, re.MULTILINE)
    sections = set(re.findall(r"\w+", " ".join(
        re.findall(r"^\.SS unc (.*)$", MAN, re.MULTILINE))))
    ok(len(commands) > 10, f"unc --help lists {len(commands)} commands")
    ok(set(commands) <= set(complete()), "bash offers all of them",
       f"not {set(commands) - set(complete())}")
    for name in commands:
        test_command(name, sections)
    return done()


sys.exit(main())
