#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A CLOSE that has time is sent with others, and before anything could notice.
. "$(dirname "$0")/lib.sh"
test_dir

# One for each file, one for the content, and a few for all that is closed.
create_hundred() {
	for i in $(seq 100); do echo "$i" > "$dir/new$i"; done
}
expect_messages 215 "100 files" create_hundred
expect_equal "files" "$(cat "$server_dir"/new* | wc -l)" 100

# By itself, soon
echo alone > "$dir/alone"
sleep 1.5
expect_messages 0 "nothing is left to be sent" true

# Before what needs it: names that are free again, folders that can be moved
echo x > "$dir/file"
run rm "$dir/file"
[ ! -e "$server_dir/file" ] || fail "the name is taken still"
run mkdir "$dir/folder"
echo x > "$dir/folder/file"
run mv "$dir/folder" "$dir/moved"
echo y > "$dir/moved/file"
run mv "$dir/moved/file" "$dir/moved/other"
echo z > "$dir/moved/file"
run mv "$dir/moved/file" "$dir/moved/other"
expect_equal "content" "$(cat "$server_dir/moved/other")" z
echo again > "$dir/moved/other"
expect_equal "read again" "$(cat "$dir/moved/other")" again
echo AGAIN > "$dir/moved/OTHER"
expect_equal "by another case" "$(cat "$server_dir"/moved/[Oo]*)" AGAIN
run rm -r "$dir/moved"
[ ! -e "$server_dir/moved" ] || fail "the folder is there still"

# Times are what they stay
echo x > "$dir/file"
before=$(stat -c %Y.%y "$dir/file")
echo y > "$dir/listed"
listed=$(find "$dir" -name listed -printf '%T@')
sleep 2.5
expect_equal "time of the file" "$(stat -c %Y.%y "$dir/file")" "$before"
expect_equal "time in the listing" \
	"$(find "$dir" -name listed -printf '%T@')" "$listed"

# Somebody else wants to have it for himself
other_client /tmp/second
echo x > "$dir/wanted"
run rm "/tmp/second/${dir##*/}/wanted"
[ ! -e "$server_dir/wanted" ] || fail "the other one could not remove it"

# The end of a mount does not leave any
unc_mount "$UNC_SHARE" /tmp/third || fail "no third mount"
echo x > "/tmp/third/${dir##*/}/last"
run umount /tmp/third
run rm "$dir/last"
[ ! -e "$server_dir/last" ] || fail "open after unmounting"
