# SPDX-License-Identifier: GPL-2.0-or-later
"""/dev/npipe by its ioctls, kmod/uapi/uncfs.h.

Connects as older programs do, whose structure ends before the dialect; with the
environment variable SMB1_PORT by SMB 1 to that port.
"""

import ctypes
import fcntl
import os
import struct

CONNECT = struct.Struct("<QIiII")
CONNECT_BY = struct.Struct("<QIiIIII")
SMB1 = 0x100
TRANSCEIVE = struct.Struct("<QQIIII")
PEEK = struct.Struct("<IIII")
READ = struct.Struct("<QII")
KEY_LEN = 16
BYTE, MESSAGE = 0, 1


def code(direction, number, size):
    return direction << 30 | size << 16 | 0xC5 << 8 | number


IOC_CONNECT = code(1, 1, CONNECT.size)
IOC_CONNECT_BY = code(1, 1, CONNECT_BY.size)
IOC_TRANSCEIVE = code(3, 2, TRANSCEIVE.size)
IOC_PEEK = code(2, 3, PEEK.size)
IOC_MODE = code(0, 4, 0)
IOC_READ = code(3, 5, READ.size)
IOC_SESSION_KEY = code(2, 6, KEY_LEN)

STATE_CONNECTED, STATE_CLOSING = 3, 4


def device(flags=os.O_RDWR):
    return os.fdopen(os.open("/dev/npipe", flags), "r+b", buffering=0)


def attach(file, path, key=0, sec=0, wait_ms=0):
    """UNC_IOC_PIPE_CONNECT"""
    raw = path if isinstance(path, bytes) else path.encode()
    room = ctypes.create_string_buffer(raw, max(len(raw), 1))
    arg = ctypes.addressof(room), len(raw), key, sec, wait_ms
    port = int(os.environ.get("SMB1_PORT", 0))
    if port:
        fcntl.ioctl(file, IOC_CONNECT_BY, CONNECT_BY.pack(*arg, SMB1, port))
    else:
        fcntl.ioctl(file, IOC_CONNECT, CONNECT.pack(*arg))


def connect(path, key=0, flags=os.O_RDWR):
    """An open file that is the pipe //HOST/pipe/NAME."""
    file = device(flags)
    try:
        attach(file, path, key)
    except OSError:
        file.close()
        raise
    return file


def transceive(file, message, room=65536):
    """(answer, more)"""
    data = ctypes.create_string_buffer(message, max(len(message), 1))
    answer = ctypes.create_string_buffer(max(room, 1))
    arg = bytearray(TRANSCEIVE.pack(
        ctypes.addressof(data), ctypes.addressof(answer), len(message), room,
        0, 0))
    fcntl.ioctl(file, IOC_TRANSCEIVE, arg)
    fields = TRANSCEIVE.unpack(arg)
    return answer.raw[:fields[3]], fields[4]


def peek(file):
    """{state, available, messages, message_len}"""
    arg = bytearray(PEEK.size)
    fcntl.ioctl(file, IOC_PEEK, arg)
    return dict(zip(("state", "available", "messages", "message_len"),
                    PEEK.unpack(arg)))


def mode(file, value):
    fcntl.ioctl(file, IOC_MODE, value)


def read(file, room=65536):
    """(data, more)"""
    data = ctypes.create_string_buffer(room)
    arg = bytearray(READ.pack(ctypes.addressof(data), room, 0))
    fcntl.ioctl(file, IOC_READ, arg)
    _, size, more = READ.unpack(arg)
    return data.raw[:size], more


def session_key(file):
    arg = bytearray(KEY_LEN)
    fcntl.ioctl(file, IOC_SESSION_KEY, arg)
    return bytes(arg)
