#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A file that is removed or replaced while it is open stays what it was for
# whoever has it open, and its name is free at once.
# daily: debug
. "$(dirname "$0")/lib.sh"
test_dir

exec 3<> "$dir/file"
echo first >&3
run rm "$dir/file"
[ ! -e "$dir/file" ] || fail "the name is still there"
echo other > "$dir/file"
expect_equal "new file of that name" "$(cat "$dir/file")" other
echo second >&3
expect_equal "links of the removed one" "$(stat -Lc %h /proc/self/fd/3)" 0
expect_equal "what the open one holds" "$(cat /proc/self/fd/3 2> /dev/null ||
	python3 -c 'import os; print(os.pread(3, 99, 0).decode(), end="")')" \
	"first
second"
exec 3>&-

exec 3<> "$dir/file"
echo third > "$dir/new"
run mv -T "$dir/new" "$dir/file"
expect_equal "renamed over" "$(cat "$dir/file")" third
read -r line <&3
expect_equal "what was replaced" "$line" other
exec 3>&-

# A folder is empty once the last of its removed files is closed
run mkdir "$dir/sub"
exec 3> "$dir/sub/file"
run rm "$dir/sub/file"
exec 3>&-
run rmdir "$dir/sub"
expect_equal "left over" "$(ls -A "$server_dir")" file
