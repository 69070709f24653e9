#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Times are set, kept by the server, and move with writes.
. "$(dirname "$0")/lib.sh"
test_dir

run touch "$dir/file"
run touch -m -d '2001-02-03 04:05:06.5 UTC' "$dir/file"
expect_equal "mtime here" "$(stat -c %.1Y "$dir/file")" 981173106.5
expect_equal "mtime at the server" "$(stat -c %.1Y "$server_dir/file")" 981173106.5
run touch -a -d '2011-12-13 14:15:16 UTC' "$dir/file"
expect_equal "mtime unchanged" "$(stat -c %Y "$dir/file")" 981173106
expect_equal "atime here" "$(stat -c %X "$dir/file")" 1323785716

echo data >> "$dir/file"
now=$(date +%s)
age=$((now - $(stat -c %Y "$dir/file")))
[ $age -ge -60 ] && [ $age -le 60 ] || fail "mtime is $age s old after a write"

run touch -d '1999-01-01 UTC' "$dir"
expect_equal "mtime of a directory" "$(stat -c %Y "$server_dir")" 915148800

# statx: a birth time, as old as the file
birth=$(stat -c %W "$dir/file")
age=$((now - birth))
[ $age -ge -60 ] && [ $age -le 120 ] || fail "birth time is $birth"
