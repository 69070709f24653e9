#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A server that ignores case: one file however it is spelled, no leftovers
# under other spellings, and names that change in nothing but their case.
. "$(dirname "$0")/lib.sh"
test_dir

rename() {
	python3 -c 'import os, sys; os.rename(sys.argv[1], sys.argv[2])' "$@"
}

echo text > "$dir/Foo"
expect_equal "FOO" "$(cat "$dir/FOO")" text
expect_equal "inodes" "$(stat -c %i "$dir/foo")" "$(stat -c %i "$dir/Foo")"
run rm "$dir/fOO"
[ ! -e "$dir/Foo" ] || fail "Foo is still there"
[ ! -e "$dir/FOO" ] || fail "FOO is still there"
[ ! -e "$dir/foo" ] || fail "foo is still there"

# A path with directories in other case
mkdir "$dir/Some"
echo deep > "$dir/Some/File"
expect_equal "some/file" "$(cat "$dir/some/file")" deep
expect_equal "SOME/FILE" "$(cat "$dir/SOME/FILE")" deep
run mv "$dir/some/file" "$dir/SOME/moved"
expect_equal "listing" "$(ls "$dir/some")" moved
expect_errno EEXIST mkdir "$dir/SOME"
run rm "$dir/SoMe/MOVED"
run rmdir "$dir/sOmE"
[ ! -e "$dir/Some" ] || fail "Some is still there"

# Nothing but the case changes
echo case > "$dir/lower"
[ -e "$dir/LOWER" ] || fail "not found as LOWER"
run rename "$dir/lower" "$dir/LOWER"
expect_equal "on the server" "$(ls "$server_dir")" LOWER
expect_equal "listed" "$(ls "$dir")" LOWER
expect_equal "content" "$(cat "$dir/LOWER")" case
mkdir "$dir/sub"
echo in > "$dir/sub/file"
run rename "$dir/sub" "$dir/Sub"
expect_equal "directories" "$(ls "$server_dir")" "$(printf 'LOWER\nSub')"
expect_equal "below it" "$(cat "$dir/Sub/file")" in
run rename "$dir/Sub" "$dir/SUB"
expect_equal "once more" "$(ls "$dir")" "$(printf 'LOWER\nSUB')"

# Over a file of another spelling
echo new > "$dir/other"
run rename "$dir/other" "$dir/Lower"
expect_equal "replaced" "$(cat "$dir/lower")" new
expect_equal "the only one" "$(ls "$dir" | grep -ci lower)" 1

# Opened to be created
echo appended >> "$dir/LoWeR"
expect_equal "appended" "$(tr '\n' ' ' < "$dir/lower")" "new appended "
expect_equal "no second file" "$(ls "$server_dir" | grep -ci lower)" 1
run rm "$dir/lower"
for name in lower Lower LOWER LoWeR; do
	[ ! -e "$dir/$name" ] || fail "$name is still there"
done
