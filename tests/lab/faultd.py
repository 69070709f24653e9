#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A server that answers rightly, and then wrongly on command.

    faultd.py [NETNS/]ADDRESS[:PORT] SERVER[:PORT] FIFO

With a NETNS of ip-netns(8) it listens there; the server is here.  What is right
comes from a real server, to which everything is passed on; what is wrong is done
here.  Commands are lines written into FIFO; each is answered on
standard output by the same line after "did", when it is in force, or "what?".
A rule that was applied prints "RULE COMMAND".  NAME is a command of [MS-SMB2]
such as CREATE, N how often (1 unless told).

    silent | speak          hold all answers | let them go
    deaf | hear             hold all requests | let them go
    reset                   end all connections, by RST
    refuse | accept         end every new connection at once | no more
    pending NAME [N]        STATUS_PENDING; the answer is held until `release`,
                            or until CANCEL, which is answered as it should be
    hold NAME [N]           the answer is held until `release`
    release                 what is held goes out, late as it is
    cut NAME [N]            reset when the server has done it, before the answer
    cut-before NAME [N]     reset before the server hears of it
    status NAME CODE [N]    refused with that NTSTATUS (hexadecimal)
    watch NAME [N]          nothing is done, but said when one is asked for
    expire                  the session has expired, until it is renewed
    forget                  handles are not given back after a reconnect
    remember                ... are again
    other                   files have another creation time from now on
    ca                      shares are continuously available: durable handles
                            are said to be persistent.  Not for 3.1.1, and where
                            messages are not signed; the server stays as it is
    break STATE             the last lease that was granted is broken to STATE
    again                   the last answer is sent once more
    calm                    all rules are forgotten, all that is held goes out
    quit
"""

import os
import pathlib
import socket
import struct
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "sys"))

# pylint: disable=wrong-import-position
from hostile import ASYNC, RESPONSE, SESSION_SETUP, frame  # noqa: E402
from tamper import (CANCEL, CREATE, LOGOFF, SIZE, command,  # noqa: E402
                    get, pdus, receive, refusal, shut)

NAMES = {name: number for number, name in enumerate(
    "NEGOTIATE SESSION_SETUP LOGOFF TREE_CONNECT TREE_DISCONNECT CREATE CLOSE"
    " FLUSH READ WRITE LOCK IOCTL CANCEL ECHO QUERY_DIRECTORY CHANGE_NOTIFY"
    " QUERY_INFO SET_INFO OPLOCK_BREAK".split())}
WORDS = {number: name for name, number in NAMES.items()}

PENDING, CANCELLED = 0x103, 0xC0000120
SESSION_EXPIRED, NAME_NOT_FOUND = 0xC000035C, 0xC0000034
OPLOCK_BREAK = NAMES["OPLOCK_BREAK"]
ALL_ONES = 0xFFFFFFFFFFFFFFFF
CREATION_TIME = SIZE + 8        # in a CREATE response
TREE_CONNECT = NAMES["TREE_CONNECT"]
TREE_CAPABILITIES = SIZE + 8    # in a TREE_CONNECT response
AVAILABLE, PERSISTENT = 0x10, 0x2
# Where Flags are, from the name of the context: DH2Q, DH2C
DURABLE_FLAGS = {b"DH2Q": 12, b"DH2C": 40}
NEVER_EXPIRED = (SESSION_SETUP, LOGOFF, CANCEL)


def say(*words):
    print(*words, flush=True)


def mid_of(message):
    return get("<Q", message, 24)


def chain(answers):
    """One message of several answers."""
    answers = [bytearray(answer) for answer in answers]
    for answer in answers[:-1]:
        answer += bytes(-len(answer) % 8)
        struct.pack_into("<I", answer, 20, len(answer))
    return b"".join(answers)


def interim(request):
    """STATUS_PENDING, [MS-SMB2] 3.3.4.2; AsyncIds follow from MessageIds."""
    answer = bytearray(refusal(request, PENDING, RESPONSE | ASYNC))
    struct.pack_into("<Q", answer, 32, mid_of(request) + 7000)
    return bytes(answer)


def lease_of(message):
    """The lease key that a CREATE response grants, or None."""
    at = message.find(b"RqLs", SIZE)
    return message[at + 8:at + 24] if at > 0 else None


def with_bits(message, at, bits, on):
    """The message with these bits of 32 set, or not set."""
    message = bytearray(message)
    old = get("<I", message, at)
    struct.pack_into("<I", message, at, old | bits if on else old & ~bits)
    return bytes(message)


def without_persistence(message):
    """A CREATE as a server is asked that has no such handles."""
    for name, flags in DURABLE_FLAGS.items():
        at = message.find(name, SIZE)
        if at > 0 and get("<I", message, at + flags) & PERSISTENT:
            say("persistent", name.decode())
            message = with_bits(message, at + flags, PERSISTENT, False)
    return message


class Rules:
    """What is done wrong now; shared by all connections."""

    def __init__(self):
        self.lock = threading.RLock()
        self.once = []          # [RULE, command, times, NTSTATUS]
        self.flags = set()      # silent deaf refuse expire forget other ca
        self.links = []
        self.lease = None

    def applies(self, rule, number):
        """Takes one application of a rule, if there is one."""
        with self.lock:
            for entry in self.once:
                if entry[0] == rule and entry[1] == number and entry[2] > 0:
                    entry[2] -= 1
                    say(rule, WORDS[number])
                    return entry
        return None

    def has(self, flag):
        return flag in self.flags


class Link:
    """One connection of the client, and one to the server for it."""

    def __init__(self, rules, client, server):
        self.rules = rules
        self.client = client
        self.server = server
        self.held = []          # answers that are to go out later
        self.kept_back = []     # requests, while deaf
        self.waiting = {}       # MessageId: request that was said to be pending
        self.swallowed = set()  # MessageIds of answers that nobody waits for
        self.last = None
        self.writing = threading.Lock()

    # ---- Towards the client

    def to_client(self, message):
        with self.writing:
            self.client.sendall(frame(message))

    def answer(self, message):
        """An answer of the server, or ours."""
        with self.rules.lock:
            if self.rules.has("silent"):
                self.held.append(message)
                return
        self.to_client(message)

    def from_server(self, message):
        if message[:4] != b"\xfeSMB":
            self.answer(message)
            return
        number, mid = command(message), mid_of(message)
        status = get("<I", message, 8)
        final = not (status == PENDING and get("<I", message, 16) & ASYNC)
        if final and mid in self.swallowed:
            self.swallowed.discard(mid)
            return
        if final and self.rules.applies("cut", number):
            self.reset()
            return
        message = self.altered(message)
        with self.rules.lock:
            if final and (mid in self.waiting or
                          self.rules.applies("hold", number)):
                self.held.append(message)
                return
        self.last = message
        self.answer(message)

    def available(self, message):
        """What a continuously available share says."""
        if command(message) == TREE_CONNECT:
            return with_bits(message, TREE_CAPABILITIES, AVAILABLE, True)
        at = message.find(b"DH2Q", SIZE) if command(message) == CREATE else -1
        if at < 0:
            return message
        return with_bits(message, at + DURABLE_FLAGS[b"DH2Q"], PERSISTENT, True)

    def altered(self, message):
        if not get("<I", message, 8) and self.rules.has("ca"):
            message = self.available(message)
        if command(message) != CREATE or get("<I", message, 8):
            return message
        self.rules.lease = lease_of(message) or self.rules.lease
        if not self.rules.has("other"):
            return message
        message = bytearray(message)
        message[CREATION_TIME + 3] ^= 0x55
        return bytes(message)

    def release(self):
        with self.rules.lock:
            held, self.held = self.held, []
            self.waiting.clear()
        for message in held:
            self.to_client(message)

    # ---- Towards the server

    def from_client(self, message):
        with self.rules.lock:
            if self.rules.has("deaf"):
                self.kept_back.append(message)
                return
        self.request(message)

    def request(self, message):
        if message[:4] != b"\xfeSMB":
            if message[:5] == b"\xffSMB\x72":
                say("SMB1 NEGOTIATE")
            self.server.sendall(frame(message))
            return
        number = command(message)
        self.rules.applies("watch", number)
        if number == CANCEL and self.cancelled(message):
            return
        if self.rules.applies("cut-before", number):
            self.reset()
            return
        refused = self.refused(message, number)
        if refused is not None:
            self.answer(refused)
            return
        if self.rules.applies("pending", number):
            self.waiting[mid_of(message)] = message
            self.answer(interim(message))
        if number == CREATE and self.rules.has("ca"):
            message = without_persistence(message)
        self.server.sendall(frame(message))

    def cancelled(self, message):
        """Is it for one that we said was pending?  Then it gets its end."""
        wanted = get("<Q", message, 32) - 7000 \
            if get("<I", message, 16) & ASYNC else mid_of(message)
        with self.rules.lock:
            request = self.waiting.pop(wanted, None)
            if request is None:
                return False
            self.swallowed.add(wanted)
            self.held = [m for m in self.held if mid_of(m) != wanted]
        say("cancelled", WORDS[command(request)])
        self.answer(self.refusals(request, CANCELLED))
        return True

    def refused(self, message, number):
        """What the client is answered instead, or None."""
        rule = self.rules.applies("status", number)
        if rule:
            return self.refusals(message, rule[3])
        if self.rules.has("expire"):
            if number == SESSION_SETUP:
                self.rules.flags.discard("expire")
            elif number not in NEVER_EXPIRED:
                return self.refusals(message, SESSION_EXPIRED)
        if number == CREATE and self.rules.has("forget") and \
                (b"DH2C" in message or b"DHnC" in message):
            say("forgotten CREATE")
            return self.refusals(message, NAME_NOT_FOUND)
        return None

    @staticmethod
    def refusals(message, status):
        return chain(refusal(message[at:end], status)
                     for at, end in pdus(message))

    def hear(self):
        with self.rules.lock:
            kept, self.kept_back = self.kept_back, []
        for message in kept:
            self.request(message)

    # ---- Both

    def reset(self):
        """RST, so that the client hears of it at once."""
        for end in (self.client, self.server):
            try:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                               struct.pack("ii", 1, 0))
            except OSError:
                pass
        self.close()

    def close(self):
        with self.rules.lock:
            if self in self.rules.links:
                self.rules.links.remove(self)
        shut(self.server)
        # Closing, not shutting down, is what sends RST.
        self.client.close()

    def pump(self, end, function):
        try:
            while True:
                function(receive(end))
        except (OSError, struct.error):
            self.close()

    def start(self):
        for end, function in ((self.client, self.from_client),
                              (self.server, self.from_server)):
            threading.Thread(target=self.pump, args=(end, function),
                             daemon=True).start()


# ---- Commands ---------------------------------------------------------------

def break_lease(rules, state):
    """[MS-SMB2] 2.2.23.2; the server knows nothing of it."""
    if not rules.lease:
        return
    head = struct.pack("<4sHHIHHIIQIIQ16x", b"\xfeSMB", 64, 0, 0, OPLOCK_BREAK,
                       0, RESPONSE, 0, ALL_ONES, 0, 0, 0)
    notice = struct.pack("<HHI16sIIIII", 44, 2, 1, rules.lease, 7, int(state, 0),
                         0, 0, 0)
    for link in list(rules.links):
        link.answer(head + notice)


def again(link):
    if link.last:
        link.answer(link.last)


def every(rules, function):
    for link in list(rules.links):
        try:
            function(link)
        except OSError:
            link.close()


def calm(rules):
    with rules.lock:
        rules.once.clear()
        rules.flags.clear()
    every(rules, Link.hear)
    every(rules, Link.release)


def obey(rules, words):
    """False for what is no command."""
    flags = {"silent": "speak", "deaf": "hear", "refuse": "accept",
             "expire": None, "forget": "remember", "other": None, "ca": None}
    verb, args = words[0], words[1:]
    if verb in flags:
        rules.flags.add(verb)
    elif verb in flags.values():
        rules.flags -= {flag for flag, end in flags.items() if end == verb}
        every(rules, Link.hear if verb == "hear" else Link.release)
    elif verb in ("pending", "hold", "cut", "cut-before", "watch"):
        times = int(args[1]) if len(args) > 1 else 1
        rules.once.append([verb, NAMES[args[0]], times, 0])
    elif verb == "status":
        times = int(args[2]) if len(args) > 2 else 1
        rules.once.append([verb, NAMES[args[0]], times, int(args[1], 16)])
    elif verb == "break":
        break_lease(rules, args[0])
    elif verb in ("reset", "release", "again"):
        every(rules, {"reset": Link.reset, "release": Link.release,
                      "again": again}[verb])
    elif verb == "calm":
        calm(rules)
    else:
        return False
    return True


def serve(listener, server, rules):
    while True:
        client, _ = listener.accept()
        if rules.has("refuse"):
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                              struct.pack("ii", 1, 0))
            client.close()
            continue
        try:
            link = Link(rules, client, socket.create_connection(server))
        except OSError:
            client.close()
            continue
        with rules.lock:
            rules.links.append(link)
        link.start()


def place(text, port):
    host, _, number = text.partition(":")
    return host, int(number or port)


def listen(where):
    """A socket stays in the namespace that it was made in."""
    netns, slash, address = where.rpartition("/")
    if not slash:
        return socket.create_server(place(address, 445))
    with open("/proc/self/ns/net", "rb") as here, \
            open(f"/run/netns/{netns}", "rb") as there:
        os.setns(there.fileno())
        listener = socket.create_server(place(address, 445))
        os.setns(here.fileno())
    return listener


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    rules = Rules()
    listener = listen(sys.argv[1])
    threading.Thread(target=serve, daemon=True, args=(
        listener, place(sys.argv[2], 445), rules)).start()
    say("ready")
    while True:
        with open(sys.argv[3], encoding="ascii") as fifo:
            for line in fifo:
                words = line.split()
                if words == ["quit"]:
                    return
                try:
                    known = bool(words) and obey(rules, words)
                except (IndexError, KeyError, ValueError):
                    known = False
                say("did" if known else "what?", *words)


if __name__ == "__main__":
    main()
