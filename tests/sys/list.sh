#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the server has appears in a listing, and nothing else.
. "$(dirname "$0")/lib.sh"
test_dir

run touch "$server_dir/one" "$server_dir/two words" "$server_dir/ümläut €"
run mkdir "$server_dir/folder"
run touch "$dir/three"
expect_equal listing "$(LC_ALL=C ls "$dir")" "$(LC_ALL=C ls "$server_dir")"
expect_equal count "$(ls "$dir" | wc -l)" 5
expect_equal "dot files" "$(ls -a "$dir" | head -n 2 | tr '\n' ' ')" ". .. "
expect_equal "kind of a folder" "$(stat -c %F "$dir/folder")" directory
expect_equal "kind of a file" "$(stat -c %F "$dir/one")" "regular empty file"
expect_errno ENOENT ls "$dir/nothing"
expect_errno ENOENT cat "$dir/nothing/below"
expect_errno ENOTDIR cat "$dir/one/below"
