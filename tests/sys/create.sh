#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# New files, exclusive creation, and names that exist in another case.
. "$(dirname "$0")/lib.sh"
test_dir

run touch "$dir/new"
expect_equal "size at the server" "$(stat -c %s "$server_dir/new")" 0
expect_equal "size here" "$(stat -c %s "$dir/new")" 0
expect_errno EEXIST python3 -c 'import os, sys
os.open(sys.argv[1], os.O_CREAT | os.O_EXCL | os.O_WRONLY)' "$dir/new"
run touch "$dir/new"
expect_errno ENOENT touch "$dir/no/such/folder"
expect_errno EISDIR sh -c 'echo x > "$1"' sh "$dir"

# Made by somebody else: seen by opening it, not only by listing
echo theirs > "$server_dir/theirs"
expect_equal "file of the server's" "$(cat "$dir/theirs")" theirs

name=$(printf '%0255d' 0)
run touch "$dir/$name"
[ -e "$server_dir/$name" ] || fail "a long name did not arrive"
expect_errno ENAMETOOLONG touch "$dir/${name}1"
