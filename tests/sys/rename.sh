#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Names change, also over existing ones and between directories.
# daily: debug
. "$(dirname "$0")/lib.sh"
test_dir

echo a > "$dir/a"
echo b > "$dir/b"
run mkdir "$dir/sub"
run mv -T "$dir/a" "$dir/c"
expect_equal "new name" "$(cat "$server_dir/c")" a
[ ! -e "$dir/a" ] || fail "old name is still there"
run mv -T "$dir/c" "$dir/b"
expect_equal "over an existing file" "$(cat "$server_dir/b")" a
expect_equal "the same here" "$(cat "$dir/b")" a
run mv -T "$dir/b" "$dir/sub/b"
expect_equal "in another directory" "$(cat "$server_dir/sub/b")" a
run mv -T "$dir/sub" "$dir/bus"
expect_equal "below a renamed directory" "$(cat "$dir/bus/b")" a
expect_errno ENOENT python3 -c 'import os, sys
os.rename(sys.argv[1], sys.argv[2])' "$dir/none" "$dir/any"

# RENAME_NOREPLACE
echo c > "$dir/c"
run mv -n -T "$dir/c" "$dir/bus/b"
expect_equal "not replaced" "$(cat "$dir/bus/b")" a

# The way editors save: write beside it, rename over it
echo new > "$dir/.c.tmp"
run mv -T "$dir/.c.tmp" "$dir/c"
expect_equal "saved" "$(cat "$dir/c")" new
