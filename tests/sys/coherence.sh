#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What changes at the server is seen by whoever opens the file afterwards, and
# by stat and readdir a moment later; what is written here is there after close.
#
# What is changed at the server without SMB breaks no lease, so none is asked for.
. "$(dirname "$0")/lib.sh"
test_dir
second_mount nolease
dir=$dir2

echo one > "$dir/file"
expect_equal "at the server after close" "$(cat "$server_dir/file")" one
expect_equal "here" "$(cat "$dir/file")" one
echo two > "$server_dir/file"
expect_equal "same size, next open" "$(cat "$dir/file")" two
echo longer text > "$server_dir/file"
expect_equal "longer, next open" "$(cat "$dir/file")" "longer text"
echo x > "$server_dir/file"
expect_equal "shorter, next open" "$(cat "$dir/file")" x

# Seen without opening
echo "12345678" > "$server_dir/file"
sleep 2
expect_equal "size" "$(stat -c %s "$dir/file")" 9
echo new > "$server_dir/other"
sleep 2
expect_equal "names" "$(ls "$dir" | tr '\n' ' ')" "file other "

# Another file of the same name
expect_equal "before" "$(cat "$dir/other")" new
rm "$server_dir/other"
echo newer > "$server_dir/third"
mv "$server_dir/third" "$server_dir/other"
expect_equal "replaced at the server" "$(cat "$dir/other")" newer

# A file becomes a folder
rm "$server_dir/other"
mkdir -m 777 "$server_dir/other"
sleep 2
run touch "$dir/other/inside"
[ -e "$server_dir/other/inside" ] || fail "not in the new folder"
