#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# After fsync the server has the data, though the file is still open.
. "$(dirname "$0")/lib.sh"
test_dir

run python3 - "$dir/file" "$server_dir/file" <<'END'
import os, sys

here, there = sys.argv[1:]
fd = os.open(here, os.O_RDWR | os.O_CREAT)
data = os.urandom(300000)
os.write(fd, data)
os.fsync(fd)
if open(there, "rb").read() != data:
    sys.exit("fsync returned and the server has other data")
os.pwrite(fd, b"more", 100)
os.fdatasync(fd)
if open(there, "rb").read()[100:104] != b"more":
    sys.exit("fdatasync returned and the server has other data")
os.close(fd)
fd = os.open(here, os.O_RDWR | os.O_SYNC)
os.pwrite(fd, b"sync", 200)
if open(there, "rb").read()[200:204] != b"sync":
    sys.exit("O_SYNC: the server has other data")
END
