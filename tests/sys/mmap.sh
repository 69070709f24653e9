#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Mapped files: reading, shared writing, and both beside read() and write().
# daily: debug
. "$(dirname "$0")/lib.sh"
test_dir

random_file /tmp/data 1
run cp /tmp/data "$dir/file"
run python3 - "$dir/file" /tmp/data <<'END'
import mmap, os, sys

with open(sys.argv[1], "r+b") as file, open(sys.argv[2], "r+b") as local:
    want = bytearray(local.read())
    size = len(want)
    with mmap.mmap(file.fileno(), size) as shared:
        if shared[:] != want:
            sys.exit("mapping and file differ")
        for place in (0, 4095, 65536, size - 5):
            shared[place:place + 5] = b"mmap!"
            want[place:place + 5] = b"mmap!"
        if os.pread(file.fileno(), 5, 65536) != b"mmap!":
            sys.exit("read() does not see the mapping's writes")
        os.pwrite(file.fileno(), b"write", 8192)
        want[8192:8197] = b"write"
        if shared[8192:8197] != b"write":
            sys.exit("the mapping does not see write()")
        shared.flush()
    local.seek(0)
    local.write(want)
END
same_files /tmp/data "$server_dir/file"

# A mapping outlives its descriptor, and is written back when it ends
run python3 - "$dir/file" <<'END'
import mmap, os, sys
fd = os.open(sys.argv[1], os.O_RDWR)
shared = mmap.mmap(fd, 4096)
os.close(fd)
shared[:4] = b"late"
shared.close()
END
sync
expect_equal "written late" "$(head -c 4 "$server_dir/file")" late

# A private mapping changes nothing
run python3 - "$dir/file" <<'END'
import mmap, sys
with open(sys.argv[1], "rb") as file:
    with mmap.mmap(file.fileno(), 4096, access=mmap.ACCESS_COPY) as private:
        private[:4] = b"mine"
END
expect_equal "still" "$(head -c 4 "$dir/file")" late
