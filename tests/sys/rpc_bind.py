#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A DCE/RPC bind over an open pipe, and what the server says to it.

    rpc_bind.py FILE [INTERFACE]     FILE: a pipe of a mounted IPC$
    rpc_bind.py //HOST/pipe/NAME [INTERFACE]     through /dev/npipe

Prints "bind_ack max_xmit=N max_recv=N port=NAME result=N", the result being 0
for an accepted presentation context.  For other programs: bind(), bind_ack().
"""

import struct
import sys
import uuid

INTERFACES = {
    "srvsvc": ("4b324fc8-1670-01d3-1278-5a47bf6ee188", 3),
    "wkssvc": ("6bffd098-a112-3610-9833-46c3f87e345a", 1),
    "lsarpc": ("12345778-1234-abcd-ef00-0123456789ab", 0),
    "samr": ("12345778-1234-abcd-ef00-0123456789ac", 1),
    "rpcecho": ("60a15ec5-4de8-11d7-a637-005056a20182", 1),
}
NDR = ("8a885d04-1ceb-11c9-9fe8-08002b104860", 2)

BIND, BIND_ACK, FAULT, REQUEST, RESPONSE = 11, 12, 3, 0, 2
FIRST_AND_LAST = 3
LITTLE_ENDIAN = b"\x10\0\0\0"
HEADER = struct.Struct("<BBBB4sHHI")


def packet(kind, body, call_id):
    """One fragment, [C706] 12.6.3.1."""
    return HEADER.pack(5, 0, kind, FIRST_AND_LAST, LITTLE_ENDIAN,
                       HEADER.size + len(body), 0, call_id) + body


def syntax(name, version):
    return uuid.UUID(name).bytes_le + struct.pack("<I", version)


def bind(interface="srvsvc", call_id=1):
    """A bind with one presentation context, [C706] 12.6.4.3."""
    body = struct.pack("<HHI", 4280, 4280, 0)
    body += struct.pack("<B3xHBx", 1, 0, 1)
    body += syntax(*INTERFACES[interface]) + syntax(*NDR)
    return packet(BIND, body, call_id)


def request(opnum, stub=b"", call_id=2):
    """A call of a method, [C706] 12.6.4.9."""
    return packet(REQUEST, struct.pack("<IHH", len(stub), 0, opnum) + stub,
                  call_id)


def length(data):
    """Length of the fragment that DATA begins with; 0 if it cannot be seen."""
    return HEADER.unpack_from(data)[5] if len(data) >= HEADER.size else 0


def bind_ack(data):
    """The fields of a bind_ack; ValueError for anything else."""
    if len(data) < HEADER.size + 10:
        raise ValueError(f"{len(data)} bytes are no bind_ack")
    version, _, kind, _, _, size, _, call_id = HEADER.unpack_from(data)
    if (version, kind) != (5, BIND_ACK):
        raise ValueError(f"version {version} packet of type {kind}")
    if size != len(data):
        raise ValueError(f"{len(data)} bytes, its header says {size}")
    xmit, recv, _, port_len = struct.unpack_from("<HHIH", data, HEADER.size)
    place = HEADER.size + 10
    port = data[place:place + port_len].rstrip(b"\0").decode("ascii")
    place = (place + port_len + 3) // 4 * 4
    results, result = struct.unpack_from("<B3xH", data, place)
    if results != 1:
        raise ValueError(f"{results} results for one context")
    return {"call_id": call_id, "max_xmit": xmit, "max_recv": recv,
            "port": port, "result": result}


def main():
    path = sys.argv[1]
    interface = sys.argv[2] if len(sys.argv) > 2 else "srvsvc"
    if path.startswith("//"):
        import npipe
        file = npipe.connect(path)
    else:
        file = open(path, "r+b", buffering=0)
    with file:
        file.write(bind(interface))
        ack = bind_ack(file.read(65536))
    print("bind_ack", *(f"{name}={ack[name]}" for name in
                        ("max_xmit", "max_recv", "port", "result")))
    return 0 if ack["result"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
