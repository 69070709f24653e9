#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A server that lies: one port for each way of doing so.

    hostile.py ADDRESS       serve until killed; prints "PORT CASE STAGES TEXTS"
                             for each, being what a client should say as
                             patterns for grep -E, then "ready"

Every connection gets the case's answer to its NEGOTIATE, and silence after it,
unless the case says otherwise.
"""

import errno
import os
import socket
import struct
import sys
import threading
import uuid

FIRST_PORT = 4500

NOT_SUPPORTED, PENDING, ACCESS_DENIED = 0xC00000BB, 0x103, 0xC0000022
MORE_PROCESSING = 0xC0000016
RESPONSE, ASYNC, SIGNED = 1, 2, 8
NEGOTIATE, SESSION_SETUP, TREE_CONNECT = 0, 1, 3

# SPNEGO NegTokenInit2 that offers NTLM and nothing else, [MS-SPNG] 2.2.1
SPNEGO = bytes.fromhex(
    "601c06062b0601050502a0123010a00e300c060a2b06010401823702020a")


def frame(message, length=None):
    return struct.pack(">I", len(message) if length is None else length) + \
        message


def header(mid, command=NEGOTIATE, status=0, flags=RESPONSE, credit=1,
           follows=0, session=0):
    """[MS-SMB2] 2.2.1.2"""
    return struct.pack("<4sHHIHHIIQIIQ16x", b"\xfeSMB", 64, 1, status, command,
                       credit, flags, follows, mid, 0, 0, session)


def context(kind, data, length=None):
    packed = struct.pack("<HHI", kind, len(data) if length is None else length,
                         0) + data
    return packed + b"\0" * (-len(packed) % 8)


PREAUTH = context(1, struct.pack("<HHH", 1, 32, 1) + os.urandom(32))
CIPHER = context(2, struct.pack("<HH", 1, 2))
SIGNING = context(8, struct.pack("<HH", 1, 1))


def body(dialect=0x311, contexts=(PREAUTH, CIPHER, SIGNING), blob=SPNEGO,
         size=65, sizes=1 << 20, **lies):
    """[MS-SMB2] 2.2.4; LIES: fields whose true value is replaced"""
    true = {"count": len(contexts), "blob_offset": 128, "blob_len": len(blob),
            "ctx_offset": (128 + len(blob) + 7) // 8 * 8}
    true.update(lies)
    fixed = struct.pack(
        "<HHHH16sIIIIQQHHI", size, 1, dialect, true["count"],
        uuid.uuid4().bytes, 0x7F, sizes, sizes, sizes, 0, 0,
        true["blob_offset"], true["blob_len"], true["ctx_offset"])
    return fixed + blob + b"\0" * (-len(blob) % 8) + b"".join(contexts)


def good(mid, **lies):
    return header(mid) + body(**lies)


# ---- The cases: each returns what goes out after a request came in ----------

CASES = []      # (name, errnos, stages, function(mid))


def case(name, errnos, stage="negotiate"):
    def add(function):
        CASES.append((name, errnos, stage, function))
        return function
    return add


def lie(name, errnos, message):
    """A well-framed message that MESSAGE(mid) makes."""
    case(name, errnos)(lambda mid: frame(message(mid)))


lie("empty", "EIO", lambda mid: b"")
lie("one-byte", "EIO", lambda mid: b"\xfe")
lie("half-header", "EIO", lambda mid: header(mid)[:33])
lie("no-body", "EIO,EPROTO", header)
lie("noise", "EIO", lambda mid: b"\xa5" * 300)
lie("smb1", "EIO", lambda mid: b"\xffSMBr" + b"\0" * 60)
lie("sealed-noise", "EIO", lambda mid: b"\xfdSMB" + b"\x5a" * 200)
lie("compressed", "EIO", lambda mid: b"\xfcSMB" + b"\x5a" * 200)
lie("a-request", "EIO", lambda mid: header(mid, flags=0) + body())
lie("other-command", "EIO", lambda mid: header(mid, command=9) + body())
lie("other-mid", "ETIMEDOUT", lambda mid: good(mid + 77))
lie("next-beyond", "EIO", lambda mid: header(mid, follows=0x7FFFFF8) + body())
lie("next-backward", "EIO", lambda mid: header(mid, follows=8) + body())
lie("body-size", "EPROTO", lambda mid: good(mid, size=64))
lie("blob-beyond", "EPROTO", lambda mid: good(mid, blob_len=60000))
lie("blob-offset", "EPROTO", lambda mid: good(mid, blob_offset=0xFFF0))
lie("blob-in-header", "EPROTO", lambda mid: good(mid, blob_offset=4))
lie("context-beyond", "EPROTO", lambda mid: good(mid, ctx_offset=0xFFFFFFF8))
lie("context-count", "EPROTO", lambda mid: good(mid, count=65535))
lie("context-length", "EPROTO", lambda mid: good(
    mid, contexts=(context(1, b"\0" * 40, 65535), CIPHER)))
lie("no-preauth", "EPROTO", lambda mid: good(mid, contexts=(CIPHER,)))
lie("two-preauth", "EPROTO", lambda mid: good(mid, contexts=(PREAUTH,) * 2))
lie("unknown-hash", "EPROTO", lambda mid: good(mid, contexts=(
    context(1, struct.pack("<HHH", 1, 0, 9)), CIPHER)))
lie("unknown-cipher", "EPROTO", lambda mid: good(mid, contexts=(
    PREAUTH, context(2, struct.pack("<HH", 1, 99)))))
lie("two-ciphers", "EPROTO", lambda mid: good(mid, contexts=(
    PREAUTH, context(2, struct.pack("<HHH", 2, 1, 2)))))
lie("dialect-202", "EPROTO", lambda mid: good(mid, dialect=0x202))
lie("dialect-wild", "EPROTO", lambda mid: good(mid, dialect=0x2FF))
lie("dialect-none", "EPROTO", lambda mid: good(mid, dialect=0))
lie("sizes-zero", "EPROTO", lambda mid: good(mid, sizes=0))
lie("refused", "EPROTONOSUPPORT", lambda mid: header(
    mid, status=NOT_SUPPORTED) + struct.pack("<HHIB", 9, 0, 0, 0))
lie("denied", "EACCES", lambda mid: header(
    mid, status=ACCESS_DENIED) + struct.pack("<HHIB", 9, 0, 0, 0))
lie("pending", "ETIMEDOUT", lambda mid: header(
    mid, status=PENDING, flags=RESPONSE | ASYNC) +
    struct.pack("<HHIB", 9, 0, 0, 0))

for _cut in (70, 100, 127, 140, 170):
    lie(f"cut-at-{_cut}", "EPROTO,EIO",
        lambda mid, cut=_cut: good(mid)[:cut])


@case("silent", "ETIMEDOUT")
def silent(_):
    return b""


@case("closed", "ECONNABORTED,ECONNRESET")
def closed(_):
    return None


@case("stream-noise", "EIO")
def stream_noise(_):
    return b"HTTP/1.1 400 Bad Request\r\n\r\n"


@case("frame-huge", "EIO")
def frame_huge(mid):
    return frame(good(mid), 0xFFFFFF)


@case("frame-longer", "ETIMEDOUT")
def frame_longer(mid):
    return frame(good(mid), 2000)


@case("frame-shorter", "EIO,EPROTO")
def frame_shorter(mid):
    return frame(good(mid), 80)


@case("trickle", "ETIMEDOUT")
def trickle(mid):
    return iter(frame(good(mid))[:30])


@case("no-credits", "ETIMEDOUT", "session")
def no_credits(mid):
    return frame(header(mid, credit=0) + body())


def setup(name, errnos, message, stage="session"):
    """The truth, up to SESSION_SETUP, which MESSAGE(mid) answers."""
    @case(name, errnos, stage)
    def answer(mid):
        return frame(good(mid)) if mid == 0 else frame(message(mid))


def token(mid, data, **lies):
    """A SESSION_SETUP response, [MS-SMB2] 2.2.6"""
    status = lies.pop("status", MORE_PROCESSING)
    fields = {"size": 9, "offset": 72, "length": len(data)}
    fields.update(lies)
    return header(mid, SESSION_SETUP, status, session=0x1234) + struct.pack(
        "<HHHH", fields["size"], 0, fields["offset"], fields["length"]) + data


setup("setup-no-body", "EIO,EPROTO", lambda mid: header(
    mid, SESSION_SETUP, MORE_PROCESSING, session=0x1234))
setup("setup-beyond", "EIO,EPROTO",
      lambda mid: token(mid, SPNEGO, length=60000))
setup("setup-offset", "EIO,EPROTO",
      lambda mid: token(mid, SPNEGO, offset=0xFFFF))
setup("setup-noise", "EACCES,EPROTO,EIO,EINVAL,EBADMSG",
      lambda mid: token(mid, os.urandom(300)), "mechanism|session")
setup("setup-success", "EACCES,EPROTO,EIO,EBADMSG",
      lambda mid: token(mid, b"", status=0), "mechanism|session")


# ---- Serving ----------------------------------------------------------------

def take(conn, size):
    data = b""
    while len(data) < size:
        more = conn.recv(size - len(data))
        if not more:
            raise ConnectionError
        data += more
    return data


def send(conn, answer):
    if isinstance(answer, bytes):
        conn.sendall(answer)
        return
    for byte in answer:     # a trickle, as slow as keeps a client hoping
        conn.sendall(bytes([byte]))
        threading.Event().wait(0.4)


def talk(conn, function):
    try:
        with conn:
            while True:
                size = struct.unpack(">I", take(conn, 4))[0]
                message = take(conn, size)
                answer = function(struct.unpack_from("<Q", message, 24)[0])
                if answer is None:
                    return
                send(conn, answer)
    except (ConnectionError, OSError, struct.error):
        pass


def serve(listener, function):
    while True:
        conn, _ = listener.accept()
        threading.Thread(target=talk, args=(conn, function),
                         daemon=True).start()


def main():
    for number, (name, errnos, stage, function) in enumerate(CASES):
        port = FIRST_PORT + number
        listener = socket.create_server((sys.argv[1], port))
        threading.Thread(target=serve, args=(listener, function),
                         daemon=True).start()
        texts = "|".join(os.strerror(getattr(errno, word))
                         for word in errnos.split(","))
        print(port, name, stage, texts, flush=True)
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
