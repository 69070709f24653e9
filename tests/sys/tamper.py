#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A man in the middle: passes SMB on to a real server and changes some of it.

    tamper.py ADDRESS SERVER     serve until killed; prints "PORT ATTACK" for
                                 each, then "ready"

Each attack has a port.  A message that was changed is told on stderr, so that
a test can see that its attack took place.  Attacks that are to begin later than
the mount wait for the file /tmp/tamper.armed.
"""

import os
import socket
import struct
import sys
import threading

from hostile import (NEGOTIATE, RESPONSE, SESSION_SETUP, SIGNED, TREE_CONNECT,
                     frame, take)

FIRST_PORT = 4600
ARMED = "/tmp/tamper.armed"
SIZE = 64               # of a header
LOGOFF, CREATE, CLOSE, READ, WRITE, IOCTL, CANCEL = 2, 5, 6, 8, 9, 11, 12
FILE_CREATE = 2         # CreateDisposition
VALIDATE_NEGOTIATE = 0x00140204
INVALID_DEVICE_REQUEST, BAD_NETWORK_NAME = 0xC0000010, 0xC00000CC
SESSION_EXPIRED, SESSION_DELETED = 0xC000035C, 0xC0000203


def get(form, message, at):
    return struct.unpack_from(form, message, at)[0]


def command(message):
    return get("<H", message, 12)


def pdus(message):
    """(start, end) of each PDU of a plain message."""
    at = 0
    while True:
        follows = get("<I", message, at + 20)
        yield at, at + follows if follows else len(message)
        if not follows:
            return
        at += follows


class Pass:
    """Changes nothing; an attack overrides one of the two."""

    def __init__(self):
        self.last_mid = 0

    def tell(self, what):
        print(f"{type(self).__name__}: {what}", file=sys.stderr, flush=True)

    def request(self, message):
        """What goes to the server, or (None, what the client is answered)."""
        return message, None

    def reply(self, message):
        return message


def refusal(request, status, flags=RESPONSE):
    """An answer that a server gives instead of doing what was asked."""
    head = bytearray(request[:SIZE])
    struct.pack_into("<IHHII", head, 8, status, command(request), 1, flags, 0)
    head[48:64] = bytes(16)
    return bytes(head) + struct.pack("<HHIB", 9, 0, 0, 0)


# ---- Attacks on NEGOTIATE ---------------------------------------------------

class Without311(Pass):
    """The server never hears of 3.1.1; its answer is true."""

    def request(self, message):
        if command(message) != NEGOTIATE:
            return message, None
        count = get("<H", message, SIZE + 2)
        known = [get("<H", message, SIZE + 36 + 2 * i) for i in range(count)]
        fewer = [number for number in known if number < 0x311]
        body = bytearray(message[SIZE:SIZE + 36])
        struct.pack_into("<H", body, 2, len(fewer))
        body[28:36] = bytes(8)
        self.tell(f"{len(known)} dialects became {len(fewer)}")
        return message[:SIZE] + body + struct.pack(f"<{len(fewer)}H",
                                                   *fewer), None


class NegotiateReply(Pass):
    """The client is lied to about what the server is."""

    def reply(self, message):
        if command(message) != NEGOTIATE:
            return message
        message = bytearray(message)
        self.lie(message)
        self.tell("NEGOTIATE response")
        return bytes(message)


class WithoutEncryption(NegotiateReply):
    """3.0: the server seems not to know encryption."""

    def lie(self, message):
        struct.pack_into("<I", message, SIZE + 24,
                         get("<I", message, SIZE + 24) & ~0x40)


class WithoutSigning(NegotiateReply):
    """The server seems not to demand what it demands, or the other way."""

    def lie(self, message):
        message[SIZE + 2] ^= 2


class OlderDialect(NegotiateReply):
    """3.0 in place of 3.0.2, whose keys are the same."""

    def lie(self, message):
        struct.pack_into("<H", message, SIZE + 4, 0x300)


class WithoutValidation(WithoutEncryption):
    """The same, and the question whether it is true gets an unsigned no."""

    def request(self, message):
        if command(message) == IOCTL and \
                get("<I", message, SIZE + 4) == VALIDATE_NEGOTIATE:
            self.tell("secure negotiate")
            return None, refusal(message, INVALID_DEVICE_REQUEST)
        return message, None


class WorseCipher(Pass):
    """3.1.1: the server hears of the last cipher only."""

    def request(self, message):
        if command(message) != NEGOTIATE:
            return message, None
        message = bytearray(message)
        at = get("<I", message, SIZE + 28)
        for _ in range(get("<H", message, SIZE + 32)):
            kind, size = struct.unpack_from("<HH", message, at)
            if kind == 2:
                count = get("<H", message, at + 8)
                worst = get("<H", message, at + 8 + 2 * count)
                for i in range(count):
                    struct.pack_into("<H", message, at + 10 + 2 * i, worst)
                self.tell(f"{count} ciphers became {worst}")
            at += (8 + size + 7) // 8 * 8
        return bytes(message), None


class OtherSalt(NegotiateReply):
    """3.1.1: nothing is changed that has a meaning."""

    def lie(self, message):
        at = get("<I", message, SIZE + 60)
        for _ in range(get("<H", message, SIZE + 6)):
            kind, size = struct.unpack_from("<HH", message, at)
            if kind == 1:
                message[at + 8 + size - 1] ^= 1
            at += (8 + size + 7) // 8 * 8


# ---- Attacks on what is signed or encrypted ---------------------------------

class ReadReply(Pass):
    """The data of a READ; @change gets the PDU."""

    def reply(self, message):
        if command(message) != READ or get("<I", message, 8):
            return message
        message = bytearray(message)
        message[SIZE + 16] ^= 0x20
        self.change(message)
        self.tell("READ response")
        return bytes(message)

    def change(self, message):
        pass


class ForgedRead(ReadReply):
    """Other data, the signature as it was."""


class UnsignedRead(ReadReply):
    """Other data, and no signature."""

    def change(self, message):
        struct.pack_into("<I", message, 16, get("<I", message, 16) & ~SIGNED)
        message[48:64] = bytes(16)


class ZeroSignature(ReadReply):
    """Other data, said to be signed."""

    def change(self, message):
        message[48:64] = bytes(16)


class PlainAnswer(Pass):
    """A plain answer to the first encrypted request: TREE_CONNECT."""

    def request(self, message):
        if message[:4] == b"\xfdSMB":
            mid = self.last_mid + 1
            forged = struct.pack(
                "<4sHHIHHIIQIIQ16x", b"\xfeSMB", 64, 1, BAD_NETWORK_NAME,
                TREE_CONNECT, 33, RESPONSE, 0, mid, 0, 0,
                get("<Q", message, 44))
            self.tell(f"plain answer to message {mid}")
            return None, forged + struct.pack("<HHIB", 9, 0, 0, 0)
        self.last_mid = get("<Q", message, 24)
        return message, None


# ---- Credits ----------------------------------------------------------------

class Credits(Pass):
    """A server that never lets the client have more than a few credits."""

    most = 0

    def __init__(self):
        super().__init__()
        self.have = 1
        self.lock = threading.Lock()

    def request(self, message):
        with self.lock:
            for at, _ in pdus(message):
                if command(message[at:]) != CANCEL:
                    self.have -= max(1, get("<H", message, at + 6))
        return message, None

    def reply(self, message):
        message = bytearray(message)
        with self.lock:
            for at, _ in pdus(message):
                granted = get("<H", message, at + 14)
                if not get("<I", message, at + 16) & SIGNED:
                    granted = min(granted, max(0, self.most - self.have))
                    struct.pack_into("<H", message, at + 14, granted)
                self.have += granted
        if self.have <= self.most and os.path.exists(ARMED):
            os.unlink(ARMED)
            self.tell(f"{self.have} credits")
        return bytes(message)


class FewCredits(Credits):
    most = 8


class OneCredit(Credits):
    most = 1


# ---- Sessions ---------------------------------------------------------------

class Expired(Pass):
    """From the next CREATE on the session is too old, until it is renewed.

    With "new" in the file it is the next that makes something new.
    """

    status = SESSION_EXPIRED
    kind = CREATE
    served = (SESSION_SETUP, LOGOFF, CLOSE, CANCEL)

    def __init__(self):
        super().__init__()
        self.over = None        # SessionId that is served no longer

    def request(self, message):
        session = get("<Q", message, 40)
        if command(message) == self.kind and self.is_meant(message):
            os.unlink(ARMED)
            self.over = session
            self.tell(f"command {self.kind} refused")
        if session == self.over and command(message) not in self.served:
            return None, b"".join(self.answers(message))
        return message, None

    def reply(self, message):
        if command(message) == SESSION_SETUP and not get("<I", message, 8) \
                and get("<Q", message, 40) == self.over:
            self.over = None
            self.tell("renewed")
        return message

    def is_meant(self, message):
        try:
            with open(ARMED, encoding="ascii") as armed:
                new = armed.read().strip() == "new"
        except FileNotFoundError:
            return False
        return not new or get("<I", message, SIZE + 36) == FILE_CREATE

    def answers(self, message):
        for at, end in pdus(message):
            answer = bytearray(refusal(message[at:end], self.status))
            if end < len(message):
                answer += bytes(-len(answer) % 8)
                struct.pack_into("<I", answer, 20, len(answer))
            yield bytes(answer)


class ExpiredRead(Expired):
    """The next READ is refused."""

    kind = READ


class ExpiredWrite(Expired):
    """The next WRITE is refused."""

    kind = WRITE


class Deleted(Expired):
    """The server does not know the session any more."""

    status = SESSION_DELETED
    served = (CANCEL,)


ATTACKS = (Pass, Without311, WithoutEncryption, WithoutSigning, OlderDialect,
           WithoutValidation, WorseCipher, OtherSalt, ForgedRead, UnsignedRead,
           ZeroSignature, PlainAnswer, FewCredits, OneCredit, Expired, ExpiredRead,
           ExpiredWrite, Deleted)


# ---- Passing on -------------------------------------------------------------

def shut(*ends):
    for end in ends:
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def receive(end):
    return take(end, struct.unpack(">I", take(end, 4))[0] & 0xFFFFFF)


def requests(client, server, attack):
    try:
        while True:
            onward, answer = attack.request(receive(client))
            if onward is not None:
                server.sendall(frame(onward))
            if answer is not None:
                client.sendall(frame(answer))
    except (ConnectionError, OSError):
        shut(client, server)


def replies(client, server, attack):
    try:
        while True:
            message = receive(server)
            if message[:4] == b"\xfeSMB":
                message = attack.reply(message)
            client.sendall(frame(message))
    except (ConnectionError, OSError):
        shut(client, server)


def serve(listener, server_address, kind):
    while True:
        client, _ = listener.accept()
        server = socket.create_connection((server_address, 445))
        attack = kind()
        for function in (requests, replies):
            threading.Thread(target=function, args=(client, server, attack),
                             daemon=True).start()


def main():
    for number, kind in enumerate(ATTACKS):
        port = FIRST_PORT + number
        listener = socket.create_server((sys.argv[1], port))
        threading.Thread(target=serve, args=(listener, sys.argv[2], kind),
                         daemon=True).start()
        print(port, kind.__name__, flush=True)
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
