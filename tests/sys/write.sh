#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is written arrives at the server, what the server has is read.
. "$(dirname "$0")/lib.sh"
test_dir

echo "hello, world" > "$dir/small" || fail "cannot write"
expect_equal "small file" "$(cat "$server_dir/small")" "hello, world"

random_file /tmp/big 3
run cp /tmp/big "$dir/big"
same_files /tmp/big "$server_dir/big"
same_files /tmp/big "$dir/big"

# Odd places and lengths, in the middle and over the end
run dd if=/dev/zero of=/tmp/big bs=7777 seek=3 count=2 conv=notrunc status=none
run dd if=/dev/zero of="$dir/big" bs=7777 seek=3 count=2 conv=notrunc status=none
same_files /tmp/big "$server_dir/big"
printf tail | dd of=/tmp/big bs=1 seek=3145727 conv=notrunc status=none
printf tail | dd of="$dir/big" bs=1 seek=3145727 conv=notrunc status=none
same_files /tmp/big "$server_dir/big"

# A new file at the server, never seen here
run cp /tmp/big "$server_dir/theirs"
same_files "$dir/theirs" /tmp/big

# Behind the end: a hole of zeros
printf x | dd of="$dir/hole" bs=1 seek=1000000 status=none
expect_equal "size with a hole" "$(stat -c %s "$server_dir/hole")" 1000001
head -c 1000000 /dev/zero | cmp -n 1000000 - "$dir/hole" || fail "hole is not zero"
