#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fallocate in all its modes and lseek to holes and data, compared with a copy
# in memory and with what the server has.
. "$(dirname "$0")/lib.sh"
test_dir

run python "$dir" "$server_dir" <<'END'
import ctypes, os, sys

from expecting import expect, outcome

here, server = sys.argv[1:]
libc = ctypes.CDLL(None, use_errno=True)
KEEP, PUNCH, COLLAPSE, ZERO, INSERT, UNSHARE = 1, 2, 8, 16, 32, 64


def fallocate(fd, mode, start, length):
    if libc.fallocate(fd, mode, ctypes.c_long(start), ctypes.c_long(length)):
        raise OSError(ctypes.get_errno(), "fallocate")


class File:
    def __init__(self, name, data):
        self.name, self.want = name, bytearray(data)
        self.fd = os.open(f"{here}/{name}", os.O_RDWR | os.O_CREAT)
        os.write(self.fd, data)

    def check(self, what):
        size = len(self.want)
        if os.fstat(self.fd).st_size != size:
            sys.exit(f"{what}: size {os.fstat(self.fd).st_size}, not {size}")
        for where, data in (("here", os.pread(self.fd, size + 9, 0)),
                            ("there", (os.fsync(self.fd), open(
                                f"{server}/{self.name}", "rb").read())[1])):
            if data != self.want:
                at = next((i for i, (a, b) in enumerate(zip(data, self.want))
                           if a != b), min(len(data), size))
                sys.exit(f"{what}: differs {where} at {at} of {len(data)}")

    def blocks(self):
        return os.stat(f"{server}/{self.name}").st_blocks * 512


data = os.urandom(1 << 20)
f = File("punch", data)
before = (f.check("written"), f.blocks())[1]
fallocate(f.fd, PUNCH | KEEP, 65536, 131072)
f.want[65536:196608] = bytes(131072)
fallocate(f.fd, PUNCH | KEEP, 300001, 7)
f.want[300001:300008] = bytes(7)
fallocate(f.fd, PUNCH | KEEP, (1 << 20) - 100, 1 << 20)
f.want[-100:] = bytes(100)
f.check("punched")
expect("room was given back", before - f.blocks() >= 65536, True)
expect("data", os.lseek(f.fd, 0, os.SEEK_DATA), 0)
expect("hole", os.lseek(f.fd, 0, os.SEEK_HOLE), 65536)
expect("within the hole", os.lseek(f.fd, 70000, os.SEEK_HOLE), 70000)
expect("data behind it", os.lseek(f.fd, 65536, os.SEEK_DATA), 196608)
expect("no data", outcome(os.lseek, f.fd, 1 << 20, os.SEEK_DATA), "ENXIO")
expect("beyond", outcome(os.lseek, f.fd, 1 << 21, os.SEEK_HOLE), "ENXIO")
# What is dirty counts as data
os.pwrite(f.fd, b"x" * 4096, 131072)
f.want[131072:135168] = b"x" * 4096
expect("dirty data", os.lseek(f.fd, 65536, os.SEEK_DATA), 131072)
f.check("written into the hole")

# Room: the hole is filled, the file grows or not
used = f.blocks()
fallocate(f.fd, 0, 65536, 65536)
f.check("hole filled")
expect("filled", f.blocks() > used, True)
fallocate(f.fd, KEEP, 0, 3 << 20)
f.check("keeps its size")
fallocate(f.fd, 0, 0, (1 << 20) + 5000)
f.want += bytes(5000)
f.check("grown")
os.posix_fallocate(f.fd, 0, 2 << 20)
f.want += bytes((2 << 20) - len(f.want))
f.check("posix_fallocate")

f = File("zero", data)
fallocate(f.fd, ZERO, 1000, 50000)
f.want[1000:51000] = bytes(50000)
fallocate(f.fd, ZERO | KEEP, (1 << 20) - 10, 100)
f.want[-10:] = bytes(10)
f.check("zeroed")
fallocate(f.fd, ZERO, 1 << 20, 777)
f.want += bytes(777)
f.check("zeroed and grown")

f = File("move", data)
fallocate(f.fd, COLLAPSE, 4096, 8192)
del f.want[4096:12288]
f.check("collapsed")
fallocate(f.fd, INSERT, 8192, 65536)
f.want[8192:8192] = bytes(65536)
f.check("inserted")
expect("collapse to the end",
       outcome(fallocate, f.fd, COLLAPSE, 0, len(f.want)), "EINVAL")
expect("insert at the end",
       outcome(fallocate, f.fd, INSERT, len(f.want), 4096), "EINVAL")
expect("unshare", outcome(fallocate, f.fd, UNSHARE, 0, 4096), "ENOTSUP")

# Sparse from the start, and large
f = os.open(f"{here}/large", os.O_RDWR | os.O_CREAT)
try:
    size = 15 << 40
    os.ftruncate(f, size)
except OSError:
    size = 1 << 40      # the server's file system has its limits
    os.ftruncate(f, size)
fallocate(f, PUNCH | KEEP, 0, 4096)     # so that it is sparse
os.pwrite(f, b"end", size - 3)
os.pwrite(f, b"middle", size // 2)
os.fsync(f)
expect("size", os.stat(f"{server}/large").st_size, size)
expect("end", os.pread(f, 10, size - 3), b"end")
expect("nothing", os.pread(f, 10, size // 4), bytes(10))
expect("few blocks", os.stat(f"{server}/large").st_blocks < 100000, True)
at = os.lseek(f, 0, os.SEEK_DATA)
expect("first data", size // 2 - 65536 * 2 < at <= size // 2, True)
END
