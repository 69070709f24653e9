#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A megabyte there and back through pipes, fragment by fragment and at once:
pipe_echo.py PIPE...

PIPE is rpcecho of a mounted IPC$, or //HOST/pipe/rpcecho for /dev/npipe.
"""

import os
import random
import struct
import sys
import threading
import time

import npipe
import rpc_bind

MIB = 1 << 20
ECHO_DATA, SINK_DATA, SOURCE_DATA = 1, 2, 3
HEADER = rpc_bind.HEADER


def check(what, good):
    if not good:
        sys.exit(f"FAIL: {what}")


def pipe(path):
    if path.startswith("//"):
        return npipe.connect(path)
    return open(path, "r+b", buffering=0)


def fragments(opnum, stub, size, call_id):
    """The PDUs of one request, [C706] 12.6.4.9."""
    room = size - HEADER.size - 8
    parts = [stub[at:at + room] for at in range(0, len(stub), room)]
    for number, part in enumerate(parts):
        pdu = bytearray(rpc_bind.request(opnum, part, call_id))
        pdu[3] = (number == 0) | (number == len(parts) - 1) << 1
        struct.pack_into("<I", pdu, HEADER.size, len(stub))
        yield bytes(pdu)


class Answers:
    """PDUs out of a stream of bytes."""

    def __init__(self, file):
        self.file = file
        self.held = b""

    def pdu(self):
        while not 0 < rpc_bind.length(self.held) <= len(self.held):
            more = os.read(self.file.fileno(), 65536)
            check("the pipe goes on", more)
            self.held += more
        size = rpc_bind.length(self.held)
        found, self.held = self.held[:size], self.held[size:]
        return found

    def stub(self, call_id):
        """Of one answer, all its fragments together."""
        parts = []
        while True:
            pdu = self.pdu()
            check(f"a response, not {pdu[2]}", pdu[2] == rpc_bind.RESPONSE)
            check("of this call", struct.unpack_from("<I", pdu, 12)[0] ==
                  call_id)
            parts.append(pdu[HEADER.size + 8:])
            if pdu[3] & 2:
                return b"".join(parts)


def bound(path):
    file = pipe(path)
    file.write(rpc_bind.bind("rpcecho"))
    answers = Answers(file)
    return file, answers, rpc_bind.bind_ack(answers.pdu())["max_recv"]


def data(size):
    return random.Random(size).randbytes(size)


def sized(some):
    """in: the length, the array's own, the array"""
    return struct.pack("<II", len(some), len(some)) + some


def piece_by_piece(path):
    """One write(2) a fragment; the answers wait until all is written."""
    some = data(MIB)
    file, answers, size = bound(path)
    with file:
        for pdu in fragments(ECHO_DATA, sized(some), size, 7):
            check("written whole", os.write(file.fileno(), pdu) == len(pdu))
        check("a megabyte came back", answers.stub(7)[4:4 + MIB] == some)


def all_at_once(path):
    """One write(2) of everything, as far as it goes."""
    some = data(MIB - 8192)
    file, answers, size = bound(path)
    with file:
        rest = b"".join(fragments(ECHO_DATA, sized(some), size, 8))
        while rest:
            rest = rest[os.write(file.fileno(), rest):]
        check("it came back", answers.stub(8)[4:4 + len(some)] == some)


def both_ways(path, calls=24):
    """Writers and readers of one pipe, with messages of many fragments."""
    file, answers, size = bound(path)
    sizes = [1000 * (number % 7) + 1 for number in range(calls)]

    def writer():
        for number, length in enumerate(sizes):
            for pdu in fragments(ECHO_DATA, sized(data(length)), size,
                                 100 + number):
                os.write(file.fileno(), pdu)
    with file:
        running = threading.Thread(target=writer)
        running.start()
        for number, length in enumerate(sizes):
            check(f"call {number}", answers.stub(100 + number)
                  [4:4 + length] == data(length))
        running.join()


for path in sys.argv[1:]:
    for test in (piece_by_piece, all_at_once, both_ways):
        began = time.monotonic()
        test(path)
        print(f"{path} {test.__name__}: {time.monotonic() - began:.1f} s",
              file=sys.stderr)
