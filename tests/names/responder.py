#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers name queries on one interface: honest machines and forgers.

    responder.py INTERFACE ADDRESS [llmnr]

With "llmnr" it leaves NetBIOS to others.  What it does depends on the name that is asked for: see NB and LL below.  Says
"ready" when all sockets are open.  The client is at 10.98.0.2, a name server
that knows nb-redirect at 10.98.0.1; 10.98.0.66 and 192.0.2.9 are other
addresses of the interface.
"""

import asyncio
import socket
import struct
import sys

NBNS, LLMNR = 137, 5355
FORGED = "10.98.0.66"


def nb_name(text, suffix=0x20):
    raw = text.upper().ljust(15).encode() + bytes([suffix])
    half = bytes(65 + n for byte in raw for n in (byte >> 4, byte & 15))
    return bytes([len(half)]) + half + b"\0"


def dns_name(text):
    return bytes([len(text)]) + text.encode() + b"\0"


def nb_answer(query, flags=0x8580, address=FORGED, count=1, name=None):
    record = struct.pack(">HHIH", 0x20, 1, 60, 6 * count)
    for number in range(count):
        last = socket.inet_aton(address)
        record += b"\0\0" + last[:3] + bytes([last[3] + number])
    return query[:2] + struct.pack(">HHHHH", flags, 0, 1, 0, 0) + \
        (name or query[12:46]) + record


def llmnr_answer(query, address, flags=0x8000):
    end = query.index(b"\0", 12) + 5
    data = b""
    if query[end - 3] == 1:     # A
        data = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 30, 4) + \
            socket.inet_aton(address)
    return query[:2] + struct.pack(">HHHHH", flags, 1, bool(data), 0, 0) + \
        query[12:end] + data


class Service(asyncio.DatagramProtocol):
    """One UDP port; behaviours are (name, function of service, query, from)."""

    def __init__(self, me):
        self.me, self.behaviours, self.seen = me, [], {}

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, query, source):
        for name, act in self.behaviours:
            if len(query) > 12 and not query[2] & 0xf8 and \
                    query[12:12 + len(name)].lower() == name.lower():
                self.seen[name] = self.seen.get(name, 0) + 1
                act(self, query, source)

    def send(self, message, to):
        self.transport.sendto(message, to)


def honest(self, query, source):
    self.send(nb_answer(query, address=self.me), source)


def wrong_id(self, query, source):
    """All ids but the right one: a forger who sees nothing and guesses."""
    good = struct.unpack(">H", query[:2])[0]
    for step in range(1, 400):
        guess = struct.pack(">H", (good + step) & 0xffff)
        self.send(nb_answer(guess + query[2:]), source)


def wrong_port(_self, query, source):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.sendto(nb_answer(query), source)


def wrong_name(self, query, source):
    self.send(nb_answer(query, name=nb_name("OTHER")), source)


def wrong_host(_self, query, source):
    """From port 137 of an address that is not on the link."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("192.0.2.9", NBNS))
        other.sendto(nb_answer(query), source)


def two(self, query, source):
    """Two machines with different addresses claim the name."""
    self.send(nb_answer(query, address=self.me), source)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((FORGED, NBNS))
        other.sendto(nb_answer(query), source)


def loops(self, query, source):
    """Compression pointers that lead nowhere, then the truth."""
    for name in (b"\xc0\x0c", b"\xc0\x0e\xc0\x0c", b"\xc0\xff", b"\x01a\xc0\x0c"):
        self.send(nb_answer(query, name=name), source)
    self.send(query[:2] + b"\xff" * 30, source)
    honest(self, query, source)


def loopback(self, query, source):
    self.send(nb_answer(query, address="127.0.0.1"), source)


def second_try(self, query, source):
    if self.seen[query[12:46]] > 1:
        honest(self, query, source)


def wait(self, query, source):
    """Says that it takes a second, and answers after one and a half tries."""
    self.send(query[:2] + struct.pack(">HHHHH", 0xbc00, 0, 1, 0, 0) +
              query[12:46] + struct.pack(">HHIH", 10, 1, 1, 2) + b"\1\0",
              source)
    asyncio.get_running_loop().call_later(0.5, honest, self, query, source)


def redirect(self, query, source):
    self.send(query[:2] + struct.pack(">HHHHH", 0x8400, 0, 0, 1, 1) +
              query[12:46] + struct.pack(">HHIH", 2, 1, 0, 2) + b"\xc0\x0c" +
              b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 0, 4) +
              socket.inet_aton("10.98.0.1"), source)


def truncated(self, query, source):
    self.send(nb_answer(query, flags=0x8780, address=self.me), source)


def llmnr_honest(self, query, source):
    self.send(llmnr_answer(query, self.me), source)


def llmnr_conflict(self, query, source):
    self.send(llmnr_answer(query, self.me, 0x8400), source)


def llmnr_tentative(self, query, source):
    self.send(llmnr_answer(query, FORGED, 0x8100), source)


def llmnr_truncated(self, query, source):
    self.send(llmnr_answer(query, FORGED, 0x8200), source)


def llmnr_two(self, query, source):
    """As the tools that answer every name in the owner's stead."""
    llmnr_honest(self, query, source)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((FORGED, LLMNR))
        other.sendto(llmnr_answer(query, FORGED), source)


NB = {"nb-honest": honest, "nb-id": wrong_id, "nb-port": wrong_port,
      "nb-name": wrong_name, "nb-host": wrong_host, "nb-two": two,
      "nb-loops": loops, "nb-lo": loopback, "nb-second": second_try,
      "nb-wait": wait, "nb-redirect": redirect, "nb-truncated": truncated}
LL = {"ll-honest": llmnr_honest, "ll-conflict": llmnr_conflict,
      "ll-tentative": llmnr_tentative, "ll-truncated": llmnr_truncated,
      "ll-two": llmnr_two}


async def stream(reader, writer):
    """The same questions over TCP, answered in full."""
    query = await reader.readexactly(
        struct.unpack(">H", await reader.readexactly(2))[0])
    me, port = writer.get_extra_info("sockname")
    if port == NBNS:
        answer = nb_answer(query, address=me, count=3)
    else:
        answer = llmnr_answer(query, me)
    writer.write(struct.pack(">H", len(answer)))
    await asyncio.sleep(0.05)   # in two parts
    writer.write(answer)
    await writer.drain()
    writer.close()


def listen(interface, me, port):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    sock.bind(("0.0.0.0", port))
    if port == LLMNR:
        group = struct.pack("4s4si", socket.inet_aton("224.0.0.252"),
                            socket.inet_aton(me),
                            socket.if_nametoindex(interface))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
    return sock


async def main(interface, me, only=""):
    loop = asyncio.get_running_loop()
    for port, behaviours, encode in ((NBNS, NB, nb_name),
                                     (LLMNR, LL, dns_name)):
        if only == "llmnr" and port != LLMNR:
            continue
        service = Service(me)
        service.behaviours = [(encode(n), act) for n, act in
                              behaviours.items()]
        await loop.create_datagram_endpoint(
            lambda s=service: s, sock=listen(interface, me, port))
        await asyncio.start_server(stream, me, port)
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main(*sys.argv[1:]))
