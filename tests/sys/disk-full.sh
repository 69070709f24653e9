#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A full disk: whoever wrote is told by fsync or close, each of them once, and
# what reached the server stays right; room is made sure of by fallocate.
# The server is one of this machine's own, on 3 MiB of tmpfs.
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

small=/tmp/small
mkdir -p $small
mount -t tmpfs -o size=3m,mode=777 tmpfs $small || fail "no tmpfs"
at_end "umount $small"
own_server $small /tmp/mnt-small

run python /tmp/mnt-small $small <<'END'
import os, sys

from expecting import expect, outcome

here, server = sys.argv[1:]


flags = os.O_RDWR | os.O_CREAT
one, two, three = (os.open(f"{here}/file", flags) for _ in range(3))
block = bytes(range(256)) * 4096


def write_all(fd, data):
    """On a busy machine a part of the first ones may be under way already."""
    while data:
        data = data[os.write(fd, data):]


expect("written", outcome(write_all, one, block * 5), None)
expect("fsync of the writer", outcome(os.fsync, one), "ENOSPC")
expect("once", outcome(os.fsync, one), None)
expect("fsync of another", outcome(os.fsync, two), "ENOSPC")
expect("once", outcome(os.close, two), None)
expect("close of a third", outcome(os.close, three), "ENOSPC")
os.ftruncate(one, 0)
expect("room again", os.pwrite(one, block, 0), 1 << 20)
expect("fsync", outcome(os.fsync, one), None)
expect("close", outcome(os.close, one), None)
expect("there", open(f"{server}/file", "rb").read(), block)
os.unlink(f"{here}/file")

four = os.open(f"{here}/file", flags)
os.write(four, block * 4)
expect("close alone", outcome(os.close, four), "ENOSPC")
os.unlink(f"{here}/file")

five = os.open(f"{here}/file", flags)
expect("fallocate", outcome(os.posix_fallocate, five, 0, 1 << 30), "ENOSPC")
expect("size", os.fstat(five).st_size, 0)
six = os.open(f"{here}/direct", flags | os.O_SYNC)
expect("O_SYNC", outcome(os.write, six, block * 4), "ENOSPC")
os.close(five)
os.close(six)
END
