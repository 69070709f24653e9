#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A full disk: whoever wrote is told by fsync or close, each of them once, and
# what reached the server stays right; room is made sure of by fallocate.
# The server is one of this machine's own, on 3 MiB of tmpfs.
# kernel: stock
. "$(dirname "$0")/lib.sh"

small=/tmp/small
mkdir -p $small
mount -t tmpfs -o size=3m,mode=777 tmpfs $small || fail "no tmpfs"
at_end "umount $small"
own_server $small /tmp/mnt-small

run python3 - /tmp/mnt-small $small <<'END'
import errno, os, sys

here, server = sys.argv[1:]


def error(call, *args):
    try:
        call(*args)
        return None
    except OSError as failure:
        return errno.errorcode[failure.errno]


def expect(what, got, wanted):
    if got != wanted:
        sys.exit(f"disk-full.sh:{sys._getframe(1).f_lineno}: {what}:"
                 f" {str(got)[:60]}, not {str(wanted)[:60]}")


flags = os.O_RDWR | os.O_CREAT
one, two, three = (os.open(f"{here}/file", flags) for _ in range(3))
block = bytes(range(256)) * 4096
expect("written", sum(os.write(one, block) for _ in range(5)), 5 << 20)
expect("fsync of the writer", error(os.fsync, one), "ENOSPC")
expect("once", error(os.fsync, one), None)
expect("fsync of another", error(os.fsync, two), "ENOSPC")
expect("once", error(os.close, two), None)
expect("close of a third", error(os.close, three), "ENOSPC")
os.ftruncate(one, 0)
expect("room again", os.pwrite(one, block, 0), 1 << 20)
expect("fsync", error(os.fsync, one), None)
expect("close", error(os.close, one), None)
expect("there", open(f"{server}/file", "rb").read(), block)
os.unlink(f"{here}/file")

four = os.open(f"{here}/file", flags)
os.write(four, block * 4)
expect("close alone", error(os.close, four), "ENOSPC")
os.unlink(f"{here}/file")

five = os.open(f"{here}/file", flags)
expect("fallocate", error(os.posix_fallocate, five, 0, 1 << 30), "ENOSPC")
expect("size", os.fstat(five).st_size, 0)
six = os.open(f"{here}/direct", flags | os.O_SYNC)
expect("O_SYNC", error(os.write, six, block * 4), "ENOSPC")
os.close(five)
os.close(six)
END
