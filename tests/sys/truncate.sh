#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Files grow with zeros and shrink, by name and by handle.
. "$(dirname "$0")/lib.sh"
test_dir

random_file /tmp/data 1
run cp /tmp/data "$dir/file"

for size in 500000 4096 4095 1 70000 1048577 0 12; do
	run truncate -s $size /tmp/data
	run truncate -s $size "$dir/file"
	expect_equal "size at the server" "$(stat -c %s "$server_dir/file")" $size
	expect_equal "size here" "$(stat -c %s "$dir/file")" $size
	same_files /tmp/data "$dir/file"
	same_files /tmp/data "$server_dir/file"
done

# Dirty pages beyond the new end must not come back
run python3 - "$dir/dirty" <<'END'
import os, sys
fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
os.write(fd, b"a" * 100000)
os.ftruncate(fd, 10)
os.ftruncate(fd, 50000)
os.pwrite(fd, b"b", 60000)
os.close(fd)
END
{ printf aaaaaaaaaa; head -c 59990 /dev/zero; printf b; } > /tmp/want
same_files /tmp/want "$server_dir/dirty"

echo again > "$dir/dirty"
expect_equal "O_TRUNC" "$(cat "$server_dir/dirty")" again
