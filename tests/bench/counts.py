# SPDX-License-Identifier: GPL-2.0-or-later
"""SMB messages between the markers of a packet capture."""

import dataclasses
import struct

SMB_PORTS = (445, 139)
COMMANDS = ("NEGOTIATE SESSION_SETUP LOGOFF TREE_CONNECT TREE_DISCONNECT CREATE "
            "CLOSE FLUSH READ WRITE LOCK IOCTL CANCEL ECHO QUERY_DIRECTORY "
            "NOTIFY QUERY_INFO SET_INFO BREAK").split()
ECHO = "ECHO"


@dataclasses.dataclass
class Message:
    """One SMB message: what a program may have to wait for."""
    client: bool        # from the client
    size: int
    commands: list


@dataclasses.dataclass
class Count:
    """What one operation cost."""
    messages: int = 0   # from the client
    waits: int = 0      # times that the client sent because it had heard
    bytes: int = 0      # both ways
    commands: list = dataclasses.field(default_factory=list)


class Stream:
    """One direction of a TCP connection, cut into messages."""

    def __init__(self, client):
        self.client = client
        self.next = None
        self.early = {}
        self.data = b""

    def segment(self, number, data):
        """Messages that this segment completes."""
        if self.next is None:
            self.next = number
        self.early[number] = data
        while self.early:
            begin = min(self.early, key=lambda n: (n - self.next + 2**31) % 2**32)
            ahead = (begin - self.next + 2**31) % 2**32 - 2**31
            if ahead > 0:
                break
            data = self.early.pop(begin)[-ahead:]
            self.data += data
            self.next = (self.next + len(data)) % 2**32
        yield from self.messages()

    def messages(self):
        while len(self.data) >= 4:
            size = int.from_bytes(self.data[1:4], "big")
            if len(self.data) < 4 + size:
                return
            body, self.data = self.data[4:4 + size], self.data[4 + size:]
            yield Message(self.client, size, commands(body))


def commands(body):
    """Names of the commands of a message."""
    found, at = [], 0
    while body[at:at + 4] == b"\xfeSMB":
        number, = struct.unpack_from("<H", body, at + 12)
        following, = struct.unpack_from("<I", body, at + 20)
        found.append(COMMANDS[number] if number < len(COMMANDS) else "?")
        if not following:
            break
        at += following
    return found or ["?"]


def packets(path):
    """The IP packets of a capture, each as (protocol, source and destination
    addresses, payload of IP)."""
    with open(path, "rb") as file:
        order = "<" if file.read(4) in (b"\xd4\xc3\xb2\xa1",
                                        b"\x4d\x3c\xb2\xa1") else ">"
        file.read(20)
        while len(head := file.read(16)) == 16:
            frame = file.read(struct.unpack(order + "8xI4x", head)[0])
            kind, = struct.unpack_from(">H", frame, 12)
            if kind == 0x0800:
                size = (frame[14] & 15) * 4
                total, = struct.unpack_from(">H", frame, 16)
                yield (frame[23], frame[26:30], frame[30:34],
                       frame[14 + size:14 + total])
            elif kind == 0x86dd:
                total, = struct.unpack_from(">H", frame, 18)
                yield frame[20], frame[22:38], frame[38:54], frame[54:54 + total]


def events(path):
    """Markers (str) and messages of a capture, in their order."""
    streams = {}
    for protocol, source, target, data in packets(path):
        ports = struct.unpack_from(">HH", data)
        if protocol == 17 and ports[1] == 9:
            yield data[8:].decode()
        if protocol != 6 or not set(ports) & set(SMB_PORTS):
            continue
        payload = data[(data[12] >> 4) * 4:]
        number, = struct.unpack_from(">I", data, 4)
        key = (source, target, ports)
        if data[13] & 2:    # SYN
            streams[key] = Stream(ports[1] in SMB_PORTS)
            streams[key].next = (number + 1) % 2**32
        elif payload and key in streams:
            yield from streams[key].segment(number, payload)


def count(path):
    """{(system, operation): Count} of a capture."""
    found, now, heard = {}, None, True
    for event in events(path):
        if isinstance(event, str):
            word, system, name = event.split("\t")
            now = Count() if word == "begin" else None
            heard = True
            if now:
                found[system, name] = now
        elif now and event.commands != [ECHO]:
            now.bytes += event.size
            if event.client:
                now.messages += 1
                now.waits += heard
                now.commands.append("+".join(event.commands))
                heard = False
            else:
                heard = True
    return found
