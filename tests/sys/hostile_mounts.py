#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Mounts from each port of hostile.py, and says what was wrong with how it failed.

    hostile_mounts.py ADDRESS DEADLINE PATIENCE PORTS [CASE...]

DEADLINE is that of the mount, in seconds, PATIENCE what it may take; PORTS is
what hostile.py printed.  By the calls that mount(8) makes, in one process: half
a hundred mounts would spend their time on starting programs.
"""

import concurrent.futures
import ctypes
import os
import re
import sys
import time

FSOPEN, FSCONFIG = 430, 431
SET_STRING, CREATE = 1, 6
AT_ONCE = 8     # most of them wait for a deadline

LIBC = ctypes.CDLL(None, use_errno=True)


def fsconfig(context, command, key=None, value=None):
    """Return: 0 or an errno."""
    failed = LIBC.syscall(FSCONFIG, context, command, key, value, 0)
    return ctypes.get_errno() if failed else 0


def messages(context):
    lines = []
    try:
        while line := os.read(context, 4096):
            lines.append(line.decode())
    except OSError:     # ENODATA: that was all
        return "; ".join(lines)


def attempt(options):
    """What a mount says, and the errno it fails with; 0 if it does not."""
    context = LIBC.syscall(FSOPEN, b"uncfs", 0)
    if context < 0:
        raise OSError(ctypes.get_errno(), "fsopen")
    try:
        for key, value in options.items():
            error = fsconfig(context, SET_STRING, key.encode(), value.encode())
            if error:
                return messages(context), error
        error = fsconfig(context, CREATE)
        return messages(context), error
    finally:
        os.close(context)


def problems(address, deadline, patience, case):
    """What is wrong with one mount, as sentences."""
    port, name, stages, texts = case
    begin = time.monotonic()
    said, error = attempt({
        "source": "//hostile.lab.test/share", "ip": address, "port": port,
        "timeout": deadline})
    took = time.monotonic() - begin
    if not error:
        yield f"{name}: mounted"
    if took > float(patience):
        yield f"{name}: took {took:.1f} s"
    if not re.search(f"({stages}):", said):
        yield f"{name}: wants stage {stages}: {said}"
    if not re.search(texts, os.strerror(error)):
        yield f"{name}: wants {texts}: {os.strerror(error)}"


def main():
    address, deadline, patience, ports, *chosen = sys.argv[1:]
    with open(ports, encoding="utf-8") as lines:
        cases = [line.rstrip("\n").split(" ", 3) for line in lines
                 if line != "ready\n"]
    cases = [case for case in cases if not chosen or case[1] in chosen]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        wrong = [text for texts in pool.map(
            lambda case: list(problems(address, deadline, patience, case)),
            cases) for text in texts]
    print("\n".join(wrong) if wrong else f"{len(cases)} cases")
    return 1 if wrong or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
