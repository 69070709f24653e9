# SPDX-License-Identifier: GPL-2.0-or-later
"""Random messages for the generic netlink family "uncfs".

$1 is how many.  Half are noise, half nearly right: known attributes of random
length and content.  None may be answered with success but a dump for root, and
what the kernel itself sends (REQUEST, CANCEL) nobody may send to it.
"""

import errno
import os
import random
import socket
import struct
import sys

CTRL, GETFAMILY, FAMILY_NAME, FAMILY_ID = 0x10, 3, 2, 1
NLM_F_REQUEST, NLM_F_ACK, NLM_F_DUMP = 1, 4, 0x300
NLMSG_ERROR, NLMSG_DONE = 2, 3
COMMANDS, ATTRIBUTES = 8, 45
HELLO, REQUEST, ANSWER, CANCEL, STATUS = 1, 2, 3, 4, 5


def attribute(kind, data):
    pad = -len(data) % 4
    return struct.pack("HH", 4 + len(data), kind) + data + b"\0" * pad


def message(family, flags, command, payload, seq):
    body = struct.pack("BBH", command, 1, 0) + payload
    return struct.pack("IHHII", 16 + len(body), family,
                       NLM_F_REQUEST | flags, seq, 0) + body


def family_id(sock):
    sock.send(message(CTRL, 0, GETFAMILY,
                      attribute(FAMILY_NAME, b"uncfs\0"), 1))
    data = sock.recv(65536)
    at = 20
    while at < len(data):
        size, kind = struct.unpack_from("HH", data, at)
        if kind == FAMILY_ID:
            return struct.unpack_from("H", data, at + 4)[0]
        at += (size + 3) & ~3
    raise SystemExit("no family")


def noise(rng):
    return rng.randbytes(rng.choice((0, 1, 3, 4, 7, 8, 20, 300, 4000)))


def nearly(rng):
    parts = []
    for _ in range(rng.randrange(1, 8)):
        size = rng.choice((0, 1, 2, 4, 4, 8, 8, 16, 28, 64, 512, 700))
        kind = rng.randrange(0, ATTRIBUTES)
        if rng.random() < 0.1:
            kind |= 0x8000      # nested
        parts.append(attribute(kind, rng.randbytes(size)))
    return b"".join(parts)


def verdicts(sock):
    """Error codes of what came back; a dump's messages count as 0."""
    found = []
    while True:
        try:
            data = sock.recv(65536, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return found
        except OSError as error:        # ENOBUFS: too many at once
            found.append(error.errno)
            continue
        at = 0
        while at + 20 <= len(data):
            size, kind = struct.unpack_from("IH", data, at)
            if kind in (NLMSG_ERROR, NLMSG_DONE):
                found.append(-struct.unpack_from("i", data, at + 16)[0])
            at += max((size + 3) & ~3, 16)


def main():
    rng = random.Random(os.getuid() * 1000003 + 1)
    sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
    sock.bind((0, 0))
    family = family_id(sock)
    root = os.getuid() == 0
    seen = {}
    for number in range(int(sys.argv[1])):
        command = rng.randrange(0, COMMANDS)
        dump = command == STATUS and rng.random() < 0.5
        payload = noise(rng) if number % 2 else nearly(rng)
        sock.send(message(family, NLM_F_DUMP if dump else NLM_F_ACK, command,
                          payload, number + 2))
        for error in verdicts(sock):
            seen[error] = seen.get(error, 0) + 1
            if error == 0 and not (root and dump):
                raise SystemExit(f"command {command} was taken")
    names = {errno.errorcode.get(e, str(e)): n for e, n in seen.items()}
    print("TABLE:", "root" if root else "nobody", names)
    if not root and "EPERM" not in names:
        raise SystemExit("nobody was refused for want of privilege")


if __name__ == "__main__":
    main()
