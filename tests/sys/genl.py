# SPDX-License-Identifier: GPL-2.0-or-later
"""The generic netlink family "uncfs" by hand: messages, attributes, an agent.

Numbers are those of kmod/uapi/uncfs.h.
"""

import select
import socket
import struct
import time

CTRL, GETFAMILY, FAMILY_NAME, FAMILY_ID = 0x10, 3, 2, 1
NLM_F_REQUEST, NLM_F_ACK, NLM_F_DUMP = 1, 4, 0x300
NLMSG_ERROR, NLMSG_DONE = 2, 3
HELLO, REQUEST, ANSWER, CANCEL, STATUS = 1, 2, 3, 4, 5
RESOLVE, AUTH, AUTH_END = 1, 2, 3
(VERSION, COOKIE, KIND, DEADLINE, ERROR, STAGE, MESSAGE) = range(2, 9)
(HOST, ADDRESSES, ADDRESS, EXCHANGE, UID, SEC, USER, DOMAIN, PASSWORD, TOKEN,
 DONE, SESSION_KEY, MECH, PRINCIPAL) = range(11, 25)


def attribute(kind, data):
    pad = -len(data) % 4
    return struct.pack("HH", 4 + len(data), kind) + data + b"\0" * pad


def attributes(data):
    """{kind: value} of what attribute() makes."""
    found, at = {}, 0
    while at + 4 <= len(data):
        size, kind = struct.unpack_from("HH", data, at)
        if size < 4:
            break
        found[kind & 0x3fff] = data[at + 4:at + size]
        at += (size + 3) & ~3
    return found


def message(family, flags, command, payload, seq):
    body = struct.pack("BBH", command, 1, 0) + payload
    return struct.pack("IHHII", 16 + len(body), family,
                       NLM_F_REQUEST | flags, seq, 0) + body


def messages(data):
    """(kind, sequence number, what follows the header) of each in a datagram."""
    at = 0
    while at + 16 <= len(data):
        size, kind, _, seq = struct.unpack_from("IHHI", data, at)
        yield kind, seq, data[at + 16:at + size]
        at += max((size + 3) & ~3, 16)


def open_socket():
    sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
    sock.bind((0, 0))
    return sock


def family_id(sock):
    sock.send(message(CTRL, 0, GETFAMILY,
                      attribute(FAMILY_NAME, b"uncfs\0"), 1))
    for _, _, body in messages(sock.recv(65536)):
        found = attributes(body[4:])
        if FAMILY_ID in found:
            return struct.unpack("H", found[FAMILY_ID])[0]
    raise SystemExit("no family")


class Agent:
    """Speaks to the kernel as uncd does, and says what it is told to say."""

    def __init__(self):
        self.sock = open_socket()
        self.family = family_id(self.sock)
        self.seq = 1
        self.waiting = []

    def close(self):
        self.sock.close()

    def _receive(self, seconds):
        """One datagram's messages: requests are kept, results returned."""
        results = {}
        if not select.select([self.sock], [], [], max(seconds, 0))[0]:
            return results
        for kind, seq, body in messages(self.sock.recv(1 << 18)):
            if kind == NLMSG_ERROR:
                results[seq] = -struct.unpack_from("i", body)[0]
            elif kind == self.family:
                self.waiting.append((body[0], attributes(body[4:])))
        return results

    def command(self, command, payload):
        """The errno that the kernel answers with, or 0."""
        self.seq += 1
        self.sock.send(message(self.family, NLM_F_ACK, command, payload,
                               self.seq))
        limit = time.monotonic() + 10
        while time.monotonic() < limit:
            results = self._receive(limit - time.monotonic())
            if self.seq in results:
                return results[self.seq]
        raise SystemExit("the kernel does not answer the agent")

    def hello(self):
        return self.command(HELLO, attribute(VERSION, struct.pack("I", 1)))

    def answer(self, cookie, *parts, error=0):
        """Answers with @parts, made by attribute()."""
        return self.command(ANSWER, attribute(COOKIE, cookie) + attribute(
            ERROR, struct.pack("i", error)) + b"".join(parts))

    def next(self, seconds):
        """(command, attributes) of the next message, or None."""
        if not self.waiting:
            self._receive(seconds)
        return self.waiting.pop(0) if self.waiting else None


def address(text, port=0):
    """An attribute with an IPv4 address."""
    return attribute(ADDRESS, struct.pack("=H", socket.AF_INET) + struct.pack(
        "!H", port) + socket.inet_aton(text) + bytes(8))


def addresses(*list_of_them):
    return attribute(ADDRESSES | 0x8000, b"".join(list_of_them))
