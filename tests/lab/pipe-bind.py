#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Exchange a DCE/RPC bind and bind_ack over a pipe that is a file.

usage: pipe-bind.py FILE      e.g. /mnt/ipc/srvsvc

Nothing here knows SMB: open, write, read are all it takes.  [C706] chapter 12
has the layout of the messages.
"""

import os
import struct
import sys
import uuid

SRVSVC = (uuid.UUID("4b324fc8-1670-01d3-1278-5a47bf6ee188"), 3, 0)
NDR = (uuid.UUID("8a885d04-1ceb-11c9-9fe8-08002b104860"), 2, 0)
BIND, BIND_ACK = 11, 12
FIRST_AND_LAST = 3
LITTLE_ENDIAN_ASCII = b"\x10\0\0\0"


def syntax(interface):
    identity, major, minor = interface
    return identity.bytes_le + struct.pack("<HH", major, minor)


def bind(call_id):
    context = struct.pack("<HBB", 0, 1, 0) + syntax(SRVSVC) + syntax(NDR)
    body = struct.pack("<HHIBBH", 4280, 4280, 0, 1, 0, 0) + context
    head = struct.pack("<BBBB4sHHI", 5, 0, BIND, FIRST_AND_LAST,
                       LITTLE_ENDIAN_ASCII, 16 + len(body), 0, call_id)
    return head + body


def check(answer, call_id):
    """Raise ValueError when this is not the bind_ack that accepts us."""
    if len(answer) < 28:
        raise ValueError(f"only {len(answer)} bytes came back")
    kind = answer[2]
    length, _, call = struct.unpack_from("<HHI", answer, 8)
    if kind != BIND_ACK or call != call_id or length != len(answer):
        raise ValueError(f"type {kind}, call {call}, length {length}")
    name_length, = struct.unpack_from("<H", answer, 24)
    name = answer[26:26 + name_length].rstrip(b"\0").decode("ascii")
    results = (26 + name_length + 3) & ~3
    result, = struct.unpack_from("<H", answer, results + 4)
    if result != 0:
        raise ValueError(f"the server refused the interface: {result}")
    return name


def main():
    pipe = os.open(sys.argv[1], os.O_RDWR)
    request = bind(1)
    os.write(pipe, request)
    answer = os.read(pipe, 4280)
    name = check(answer, 1)
    os.close(pipe)
    print(f"sent a bind of {len(request)} bytes, got a bind_ack of "
          f"{len(answer)} bytes from {name}")


if __name__ == "__main__":
    main()
