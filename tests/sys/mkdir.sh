#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Directories are made and removed; full ones are not removed.
. "$(dirname "$0")/lib.sh"
test_dir

run mkdir "$dir/a" "$dir/a/b"
[ -d "$server_dir/a/b" ] || fail "not there at the server"
expect_errno EEXIST mkdir "$dir/a"
expect_errno ENOTEMPTY rmdir "$dir/a"
run touch "$dir/file"
expect_errno ENOTDIR rmdir "$dir/file"
expect_errno EISDIR unlink "$dir/a"
expect_errno ENOENT rmdir "$dir/none"
run rmdir "$dir/a/b" "$dir/a"
[ ! -e "$server_dir/a" ] || fail "still there at the server"
run mkdir -p "$dir/x/y/z"
run rm -r "$dir/x"
[ ! -e "$server_dir/x" ] || fail "still there at the server"
