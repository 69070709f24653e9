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

from genl import (NLM_F_ACK, NLM_F_DUMP, NLMSG_DONE, NLMSG_ERROR, STATUS,
                  attribute, family_id, message, messages, open_socket)

COMMANDS, ATTRIBUTES = 8, 45


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
        found += [-struct.unpack_from("i", body)[0]
                  for kind, _, body in messages(data)
                  if kind in (NLMSG_ERROR, NLMSG_DONE)]


def main():
    rng = random.Random(os.getuid() * 1000003 + 1)
    sock = open_socket()
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
