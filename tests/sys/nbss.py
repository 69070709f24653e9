#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Servers that answer a NetBIOS session request in all the ways there are.

usage: nbss.py ADDRESS REAL-ADDRESS.  Prints a line "NAME PORT" for each, then
"ready".  REAL-ADDRESS is where a retarget leads to, port 139.
"""

import contextlib
import socket
import struct
import sys
import threading

PORT = 1390
REQUEST = 68
ABSENT = b"\x83\0\0\1\x82"    # yet it is there for who calls anybody


def encoded(name):
    raw = name.ljust(15).encode() + b"\x20"
    return b"".join(bytes((65 + (c >> 4), 65 + (c & 15))) for c in raw)


def retarget(address, port):
    return b"\x84\0\0\6" + socket.inet_aton(address) + struct.pack(">H", port)


def answers(address, real):
    """Name: what is sent for the called name (None: nothing at all)."""
    table = {f"refused-{code:02x}": bytes((0x83, 0, 0, 1, code))
             for code in (0x80, 0x81, 0x82, 0x83, 0x8f, 0x55)}
    table["retarget"] = retarget(real, 139)
    table["long"] = b"\x82\0\xff\xff" + b"x" * 100
    table["short"] = b"\x84\0\0\2ab"
    table["flags"] = b"\x82\xff\0\0"
    table["smb"] = b"\0\0\0\x04\xfeSMB"
    table["silent"] = None
    table["loop"] = retarget(address, PORT + len(table))
    return table


def serve(listener, answer, real):
    while True:
        client, _ = listener.accept()
        request = client.recv(4 + REQUEST, socket.MSG_WAITALL)
        said = answer
        if len(request) < 4 + REQUEST or request[0] != 0x81:
            said = b"no request"
        elif answer == ABSENT and request[5:37] == encoded("*SMBSERVER"):
            said = retarget(real, 139)
        with contextlib.suppress(OSError):  # it may be gone already
            if said:
                client.sendall(said)
                client.shutdown(socket.SHUT_WR)
            client.recv(1)
        client.close()


def main():
    address, real = sys.argv[1:]
    for number, (name, answer) in enumerate(answers(address, real).items()):
        listener = socket.create_server((address, PORT + number))
        threading.Thread(target=serve, args=(listener, answer, real),
                         daemon=True).start()
        print(name, PORT + number)
    print("ready", flush=True)
    threading.Event().wait()


main()
