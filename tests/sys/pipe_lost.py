#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What is left of a pipe when its connection is lost: pipe_lost.py HOST"""

import errno
import os
import select
import subprocess
import sys
import threading

import npipe
import rpc_bind

path = f"//{sys.argv[1]}/pipe/srvsvc"


def check(what, good):
    if not good:
        sys.exit(f"FAIL: {what}")


def error_of(what, *args):
    try:
        what(*args)
    except OSError as error:
        return errno.errorcode[error.errno]
    return "none"


def cut():
    """The kernel's connections to the server end, as if it had gone."""
    subprocess.run(["ss", "-K", "dport", "=", "445"], check=True,
                   stdout=subprocess.DEVNULL)


with npipe.connect(path) as waits, npipe.connect(path) as idle:
    npipe.transceive(idle, rpc_bind.bind())
    found = []
    reader = threading.Thread(target=lambda: found.append(
        error_of(os.read, waits.fileno(), 100)))
    reader.start()
    reader.join(0.5)
    check("it waits", not found)
    cut()
    reader.join(30)
    check(f"who waited: {found}", found == ["EPIPE"])
    for name, *call in (("read", os.read, idle.fileno(), 100),
                        ("write", os.write, idle.fileno(), b"x"),
                        ("transceive", npipe.transceive, idle, b"x"),
                        ("peek", npipe.peek, idle),
                        ("read again", os.read, idle.fileno(), 100)):
        error = error_of(*call)
        check(f"{name}: {error}", error == "EPIPE")
    poller = select.poll()
    poller.register(idle, select.POLLIN)
    events = poller.poll(1000)
    check(f"poll: {events}", events and events[0][1] & select.POLLHUP)
with npipe.connect(path) as file:
    answer, _ = npipe.transceive(file, rpc_bind.bind())
    check("a new one", rpc_bind.bind_ack(answer)["result"] == 0)
