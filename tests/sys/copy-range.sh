#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# copy_file_range copies on the server, without the data coming here, in any
# ranges; reflinks work or are refused clearly, and cp falls back.
. "$(dirname "$0")/lib.sh"
test_dir

run python "$dir" "$server_dir" <<'END'
import errno, fcntl, os, sys

from expecting import expect

here, server = sys.argv[1:]
FICLONE, FIDEDUPERANGE = 0x40049409, 0xc0189436


def received():
    with open("/sys/class/net/eth0/statistics/rx_bytes") as counter:
        return int(counter.read())


size = (5 << 20) + 12345
data = os.urandom(size)
a = os.open(f"{here}/a", os.O_RDWR | os.O_CREAT)
os.write(a, data)           # dirty when the copy begins
b = os.open(f"{here}/b", os.O_RDWR | os.O_CREAT)
before = received()
done = 0
while done < size:
    n = os.copy_file_range(a, b, size - done, done, done)
    if not n:
        break
    done += n
expect("copied", done, size)
expect("little came here", received() - before < 300000, True)
expect("size", os.fstat(b).st_size, size)
expect("at the server", open(f"{server}/b", "rb").read(), data)
expect("here", os.pread(b, size, 0), data)

# A part, over dirty and cached pages of the target
want = bytearray(data)
os.pwrite(b, b"d" * 10000, 90000)
want[90000:100000] = b"d" * 10000
expect("part", os.copy_file_range(a, b, 5001, 777, 95000), 5001)
want[95000:100001] = data[777:5778]
expect("here", os.pread(b, size, 0), bytes(want))
os.fsync(b)
expect("at the server", open(f"{server}/b", "rb").read(), bytes(want))

# Within one file; beyond its end; behind the end of the target
expect("one file", os.copy_file_range(a, a, 100000, 0, size), 100000)
expect("here", os.pread(a, size + 100000, 0), data + data[:100000])
expect("to the end", os.copy_file_range(a, b, 1 << 20, size + 99999, 0), 1)
expect("nothing", os.copy_file_range(a, b, 10, size + 100000, 0), 0)
expect("hole", os.copy_file_range(a, b, 10, 0, size + 5000), 10)
expect("here", os.pread(b, 6000, size), bytes(5000) + data[:10])
try:
    os.copy_file_range(a, a, 1000, 0, 500)
    sys.exit("an overlapping copy was made")
except OSError as error:
    expect("overlapping", error.errno, errno.EINVAL)

# Reflinks: where the server's file system has none it says so
c = os.open(f"{here}/c", os.O_RDWR | os.O_CREAT)
try:
    fcntl.ioctl(c, FICLONE, a)
    expect("clone", os.pread(c, size, 0), data)
except OSError as error:
    expect("clone", error.errno in (errno.EOPNOTSUPP, errno.EINVAL), True)
    expect("target stays", os.fstat(c).st_size, 0)
END
run cp --reflink=auto "$dir/a" "$dir/d"
same_files "$dir/a" "$server_dir/d"
expect_fail cp --reflink=always /bin/ls "$dir/e"
