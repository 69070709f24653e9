# SPDX-License-Identifier: GPL-2.0-or-later
"""A packet capture as talks: what a client and a server said to each other."""

import dataclasses
import struct

from bench.counts import Stream, packets

TCP, UDP = 6, 17
SYN, SYN_ACK = 2, 18


@dataclasses.dataclass
class Message:
    """Complete with the packet of this number."""
    number: int
    client: bool        # from the client
    data: bytes


@dataclasses.dataclass
class Talk:
    """A connection, or the datagrams between two sockets."""
    protocol: int
    port: int           # of the server
    pieces: list = dataclasses.field(default_factory=list)

    def said(self, client):
        """All that one side said."""
        return b"".join(piece.data for piece in self.pieces
                        if piece.client == client)

    def messages(self, size_of):
        """The pieces, cut where size_of(bytes) says that a message ends; it
        gets eight bytes at least, as all headers here have."""
        if self.protocol == UDP:
            yield from self.pieces
            return
        have = {True: b"", False: b""}
        for piece in self.pieces:
            data = have[piece.client] + piece.data
            while len(data) >= 8 and len(data) >= (size := size_of(data)):
                yield Message(piece.number, piece.client, data[:size])
                data = data[size:]
            have[piece.client] = data
        if any(have.values()):
            raise ValueError(f"port {self.port}: the end of a message is missing")


class Direction(Stream):
    """The bytes of one direction, in their order."""

    def messages(self):
        data, self.data = self.data, b""
        if data:
            yield data


def datagram(talks, number, ends, data):
    (source, target), ports = ends, struct.unpack_from(">HH", data)
    answered = talks.get((UDP, target, source, ports[1], ports[0]))
    if answered:
        answered.pieces.append(Message(number, False, data[8:]))
        return
    key = (UDP, source, target, *ports)
    talks.setdefault(key, Talk(UDP, ports[1])).pieces.append(
        Message(number, True, data[8:]))


def segment(talks, directions, number, ends, data):
    (source, target), ports = ends, struct.unpack_from(">HH", data)
    way, back = ((TCP, source, target, *ports),
                 (TCP, target, source, ports[1], ports[0]))
    sequence, = struct.unpack_from(">I", data, 4)
    if data[13] & SYN_ACK in (SYN, SYN_ACK):
        if data[13] & SYN_ACK == SYN:
            talks[way] = Talk(TCP, ports[1])
        directions[way] = Direction(data[13] & SYN_ACK == SYN)
        directions[way].next = (sequence + 1) % 2**32
        return
    payload = data[(data[12] >> 4) * 4:]
    if payload and way in directions:
        talk = talks[way if directions[way].client else back]
        for part in directions[way].segment(sequence, payload):
            talk.pieces.append(Message(number, directions[way].client, part))


def talks_of(path):
    """All of a capture, in the order in which they began."""
    talks, directions = {}, {}
    for number, (protocol, *ends, data) in enumerate(packets(path)):
        if protocol == UDP:
            datagram(talks, number, ends, data)
        elif protocol == TCP:
            segment(talks, directions, number, ends, data)
    return [talk for talk in talks.values() if talk.pieces]
