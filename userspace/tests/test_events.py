#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`unc events` of a channel, from a server that is made here: it has one event,
the example of [MS-EVEN6] 4.8, and its answers are packed by hand.  TAP.

    test_events.py UNC VECTORS.h
"""

import json
import os
import pathlib
import re
import socket
import struct
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "tests/rpc"))
sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from tap import done, ok

UNC, VECTORS = sys.argv[1:]
NO_MORE_ITEMS = 259
HANDLE = b"\0" * 4 + b"handle of a que."


def example():
    text = pathlib.Path(VECTORS).read_text(encoding="utf-8")
    body = text.split("binxml_templates[] = {")[1].split("}")[0]
    return bytes(int(byte, 16) for byte in re.findall(r"0x(\w\w)", body))


def result(event):
    """A result set of one (2.2.17), without a bookmark."""
    size = 20 + len(event) + 4
    return struct.pack("<5I", size, 16, 16, size, len(event)) + event + \
        struct.pack("<I", 0)


def pointer(referent, elements, code):
    """A pointer to a conformant array."""
    data = b"".join(struct.pack(code, e) for e in elements)
    return struct.pack("<2I", referent, len(elements)) + data + \
        b"\0" * (-len(data) % 4)


class Server(threading.Thread):
    """One client at a time; `broken` changes where it says its event is."""

    def __init__(self, events, broken=0):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.events, self.broken = events, broken
        self.asked = []

    def run(self):
        while True:
            client, _ = self.socket.accept()
            with client:
                self.serve(client)

    def serve(self, client):
        left = list(self.events)
        while True:
            header = client.recv(16, socket.MSG_WAITALL)
            if len(header) < 16:
                return
            kind, length, call = header[2], *struct.unpack("<H2xI", header[8:])
            body = client.recv(length - 16, socket.MSG_WAITALL)
            if kind == 11:
                answer = self.bind(body)
            else:
                answer = self.call(body, left)
            self.send(client, {11: 12, 0: 2}[kind], call, answer)

    def send(self, client, kind, call, body):
        """Fragments of the size that was agreed."""
        room = 4000 if kind == 2 else len(body)
        for at in range(0, len(body) or 1, room):
            part = body[at:at + room]
            flags = (at == 0) | (at + room >= len(body)) << 1
            if kind == 2:
                part = struct.pack("<IHBx", len(body) - at, 0, 0) + part
            client.sendall(struct.pack("<4BIHHI", 5, 0, kind, flags, 0x10,
                                       len(part) + 16, 0, call) + part)

    def bind(self, body):
        """The first context is accepted, the features are not known."""
        contexts = body[8]
        syntax = body[8 + 4 + 24:8 + 4 + 44]
        return struct.pack("<HHIH2s", 4280, 4280, 7, 2, b"x\0") + \
            struct.pack("<I", contexts) + b"\0\0\0\0" + syntax + \
            (struct.pack("<HH", 2, 2) + b"\0" * 20) * (contexts - 1)

    def call(self, body, left):
        opnum = struct.unpack("<H", body[6:8])[0]
        self.asked.append((opnum, body[8:]))
        if opnum == 5:          # EvtRpcRegisterLogQuery
            return HANDLE + HANDLE + struct.pack("<2I3II", 0, 0, 0, 0, 0, 0)
        if not left:            # EvtRpcQueryNext
            return struct.pack("<5II", 0, 0, 0, 0, 0, NO_MORE_ITEMS)
        data = left.pop(0)
        return struct.pack("<I", 1) + pointer(1, [self.broken], "<I") + \
            pointer(2, [len(data)], "<I") + struct.pack("<I", len(data)) + \
            pointer(3, data, "<B") + struct.pack("<I", 0)


def events(server, *options):
    return subprocess.run(
        [UNC, "events", *options, f"ncacn_ip_tcp:127.0.0.1[{server.port}]",
         "Microsoft-Windows-Wevttest/Operational"], capture_output=True,
        text=True, check=False, timeout=60, env=dict(os.environ, TZ="UTC"))


def started(*args):
    server = Server(*args)
    server.start()
    return server


def main():
    event = result(example())
    server = started([event, event])
    run = events(server, "--json")
    rows = json.loads(run.stdout) if run.returncode == 0 else []
    ok(len(rows) == 2, "two events, one in each answer", run.stderr)
    row = dict(rows[0]) if rows else {}
    whole = row.pop("event", {})
    ok(row == {"number": 6, "time": "2006-06-14T21:40:54.625Z",
               "type": "critical", "source": "Microsoft-Windows-Wevttest",
               "id": 100, "category": 100,
               "computer": "michaelm4-lh.ntdev.corp.microsoft.com",
               "user": "S-1-5-21-397955417-626881126-188441444-2967838",
               "text": "1 | 2"}, "its columns", row)
    ok(whole.get("System", {}).get("Opcode") == "1", "and all of it", whole)
    path = "Microsoft-Windows-Wevttest/Operational".encode("utf-16-le")
    ok(path in server.asked[0][1] and
       struct.pack("<I", 0x201) in server.asked[0][1],
       "the newest first, of the channel", server.asked[0])
    ok(server.asked[1][1].startswith(HANDLE), "of the query's handle")
    run = events(started([event] * 3), "--count", "1")
    ok(run.returncode == 0 and run.stdout.count("2006-06-14") == 1 and
       "1 | 2" in run.stdout, "a table, and not more than asked for",
       run.stdout + run.stderr)
    run = events(started([event], 1 << 20))
    ok(run.returncode == 1 and "eventDataIndices" in run.stderr,
       "an event that is not in the buffer", run.stderr)
    run = events(started([event[:300]]))
    ok(run.returncode == 1 and "of an event is wrong" in run.stderr,
       "an event that is cut short", run.stderr)
    run = events(started([]))
    ok(run.returncode == 0 and "2006" not in run.stdout, "no event at all",
       run.stdout + run.stderr)
    return done()


sys.exit(main())
