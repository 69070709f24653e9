# SPDX-License-Identifier: GPL-2.0-or-later
"""Take SMB2 PDUs out of a pcap file (direct TCP, Ethernet, IPv4).

    pcap_smb2.py FILE                     list them
    pcap_smb2.py FILE NUMBER "ORIGIN"     one, as a .hex file for this folder
"""

import collections
import pathlib
import struct
import sys
import textwrap

Pdu = collections.namedtuple("Pdu", "stream to_server command status flags "
                             "message_id data whole")


def segments(path):
    """Yield (source, target, sequence, bytes, flags) of every TCP segment."""
    data = path.read_bytes()
    at = 24
    while at < len(data):
        size = struct.unpack_from("<I", data, at + 8)[0]
        frame = data[at + 16:at + 16 + size]
        at += 16 + size
        ip = frame[14:]
        if frame[12:14] != b"\x08\x00" or ip[9] != 6:
            continue
        total = struct.unpack_from(">H", ip, 2)[0] or len(ip)
        tcp = ip[(ip[0] & 15) * 4:total]
        ports = struct.unpack_from(">HH", tcp)
        yield ((ip[12:16], ports[0]), (ip[16:20], ports[1]),
               struct.unpack_from(">I", tcp, 4)[0], tcp[(tcp[12] >> 4) * 4:],
               tcp[13])


def messages(path):
    """Yield (stream, to_server, message) in the order they were complete."""
    have, expect = {}, {}
    for source, target, seq, payload, flags in segments(path):
        way = (source, target)
        if flags & 2:
            have[way], expect[way] = bytearray(), (seq + 1) & 0xffffffff
        if way not in have or not payload:
            continue
        if seq != expect[way]:
            if (seq - expect[way]) & 0x80000000:
                continue    # seen before
            del have[way]   # lost: nothing more of this direction
            continue
        have[way] += payload
        expect[way] = (seq + len(payload)) & 0xffffffff
        while len(have[way]) >= 4:
            size = struct.unpack_from(">I", have[way])[0]
            if len(have[way]) < size + 4:
                break
            yield way, target[1] == 445, bytes(have[way][4:size + 4])
            del have[way][:size + 4]


def pdus(path):
    """Yield every plain PDU, and whole messages of other kinds as command -1."""
    for way, to_server, message in messages(path):
        if message[:4] != b"\xfeSMB":
            yield Pdu(way, to_server, -1, 0, 0, 0, message, message)
            continue
        at, step = 0, 1
        while step:
            status, command, _, flags, step, mid = struct.unpack_from(
                "<IHHIIQ", message, at + 8)
            end = at + step if step else len(message)
            yield Pdu(way, to_server, command, status, flags, mid,
                      message[at:end], message)
            at = end


def hex_file(origin, data):
    """Text of a .hex file."""
    lines = ["# " + line for line in textwrap.wrap(origin, 76)]
    lines += textwrap.wrap(data.hex(), 64)
    return "\n".join(lines) + "\n"


def main():
    found = list(pdus(pathlib.Path(sys.argv[1])))
    if len(sys.argv) == 4:
        print(hex_file(sys.argv[3], found[int(sys.argv[2])].data), end="")
        return
    for number, pdu in enumerate(found):
        print(number, "to server" if pdu.to_server else "to client",
              f"command {pdu.command} status {pdu.status:#x} mid "
              f"{pdu.message_id} {len(pdu.data)} bytes")


if __name__ == "__main__":
    main()
