#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Under leases what is known of files needs no asking, also after they were
# closed, and what another client does is seen at once.
. "$(dirname "$0")/lib.sh"
test_dir
unc_mount "$UNC_SHARE" /tmp/first lease || fail "no first mount"
dir=/tmp/first/${dir##*/}
second_mount lease

# A file that was closed is opened, read and looked at without a message.
echo one > "$dir2/file"
expect_equal "first" "$(cat "$dir/file")" one
sleep 1.5
cd "$dir" || fail cd
expect_messages 0 "read again" cat file
expect_messages 0 "stat" stat file
cd / || fail cd

# The other one writes: at once.
echo two > "$dir2/file"
soon "after a change" two cat "$dir/file"
echo longer >> "$dir2/file"
soon "size" 11 stat -c %s "$dir/file"
soon "after an append" longer tail -n 1 "$dir/file"
truncate -s 3 "$dir2/file"
soon "after truncating" two cat "$dir/file"

# A handle for writing that stays open does not hide that.
exec 5<> "$dir/file"
soon "while open for writing" two cat "$dir/file"
truncate -s 1 "$dir2/file"
soon "truncated there" t cat "$dir/file"
truncate -s 5 "$dir2/file"
soon "and made longer" 74000000000a sh -c "{ cat '$dir/file'; echo; } | od -An -tx1 | tr -d ' \n'"
exec 5>&-
echo two > "$dir2/file"

# Both append through handles that stay open.
exec 5>> "$dir/log" 6>> "$dir2/log"
for i in 1 2 3; do
	echo "here $i" >&5
	sleep 0.2
	echo "there $i" >&6
	sleep 0.2
done
expect_equal "appended" "$(tr '\n' ',' < "$server_dir/log")" \
	"here 1,there 1,here 2,there 2,here 3,there 3,"
exec 5>&- 6>&-

# What is written here is read here without asking, and seen there.
random_file "$dir/data" 2
cd "$dir" || fail cd
expect_messages 4 "own data again" cat data
cd / || fail cd
same_files "$dir/data" "$dir2/data"
same_files "$dir/data" "$server_dir/data"

# A handle that is kept is in nobody's way.
cat "$dir/file" > /dev/null
mv "$dir2/file" "$dir2/moved" || fail "cannot be renamed there"
gone "$dir/file"
soon "moved" two cat "$dir/moved"
rm "$dir2/moved" || fail "cannot be removed there"
gone "$dir/moved"
sleep 1.1	# without a lease of the folder that is believed for a second
echo new > "$dir2/moved"
soon "made anew" new cat "$dir/moved"
cat "$dir/moved" > /dev/null
rm "$dir/moved" || fail "cannot be removed here"
gone "$dir2/moved"
[ ! -e "$server_dir/moved" ] || fail "removed here, and still at the server"

# A folder can be renamed though files in it are kept open.
mkdir "$dir/sub"
echo deep > "$dir/sub/file"
cat "$dir/sub/file" > /dev/null
mv "$dir/sub" "$dir/other" || fail "a folder with kept files is not renamed"
expect_equal "below" "$(cat "$dir/other/file")" deep

# A write that is still here goes to the server when somebody else reads.
exec 3> "$dir/late"
printf 'unsent' >&3
soon "not closed yet" unsent cat "$dir2/late"
exec 3>&-
