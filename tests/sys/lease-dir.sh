#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Under the lease of a directory its listing, the names in it and those that are
# not need no asking; changes made here do not end it, changes of others do.
. "$(dirname "$0")/lib.sh"
test_dir
unc_mount "$UNC_SHARE" /tmp/first lease || fail "no first mount"
dir=/tmp/first/${dir##*/}
second_mount lease

mkdir "$dir/d"
for i in $(seq 100); do
	echo "$i" > "$dir2/d/f$i"
done
cd "$dir" || fail cd
at_end "cd /"

expect_messages 2 "list, cold" ls d
sleep 1.5
expect_messages 0 "list again" ls -U d
expect_messages 0 "stat" stat d/f*
expect_messages 1 "absent, first" test ! -e d/absent
sleep 1.5
expect_messages 0 "absent, again" test ! -e d/absent

# Others
touch "$dir2/d/absent"
soon "made there" d/absent ls -d d/absent
rm "$dir2/d/f7"
gone d/f7
mv "$dir2/d/f8" "$dir2/d/g8"
soon "renamed there" d/g8 ls -d d/g8
gone d/f8
expect_equal "names" "$(ls d | grep -c .)" 100

# Where nobody lists: the lease of a directory comes with the first lookup in it.
mkdir -p "$server_dir/e/f"
echo there > "$server_dir/e/f/file"
chown -R 1000:1000 "$server_dir/e"
expect_messages 3 "deep, cold" stat e/f/file
sleep 1.5
expect_messages 0 "deep, again" stat e/f/file
expect_messages 1 "absent there" test ! -e e/f/absent
sleep 1.5
expect_messages 0 "absent there, again" test ! -e e/f/absent
touch "$dir2/e/f/absent"
soon "made there" e/f/absent ls -d e/f/absent
mv "$dir2/e/f/file" "$dir2/e/f/other"
gone e/f/file
run rm -r "$dir2/e"
gone e

# Own changes keep the lease: other names stay known.
ls -l d > /dev/null
touch d/mine
mkdir d/sub
mv d/f9 d/g9
rm d/f10
sleep 1.5
expect_messages 0 "names after own changes" stat d/f11 d/sub
expect_messages 0 "a name removed here" test ! -e d/f10
expect_equal "list after own changes" "$(ls d | tr '\n' ' ')" \
	"$(ls "$server_dir/d" | tr '\n' ' ')"
