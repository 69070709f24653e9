#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Snapshots of a server: listed, entered by name, mounted.
# daily: none
. "$(dirname "$0")/lib.sh"

share=/tmp/snapshots
mnt=/tmp/mnt-snapshots
mkdir -p $share
mount -t tmpfs -o mode=777 tmpfs $share || fail "no tmpfs"
at_end "umount $share"
own_server $share $mnt "vfs objects = shadow_copy2
	shadow:snapdir = .snapshots
	shadow:sort = desc"
dir=$mnt/work
run mkdir $dir
old=@GMT-2025.02.28-01.02.03
new=@GMT-2026.01.31-23.59.58
for name in "$old" "$new"; do
	mkdir -p "$share/.snapshots/$name/work/sub" ||
		fail "cannot make the snapshots"
	echo "as of $name" > "$share/.snapshots/$name/work/file"
	echo deep > "$share/.snapshots/$name/work/sub/$name.txt"
done
mkdir "$dir/sub"
echo now > "$dir/file"

expect_equal "listed" "$(unc snapshots "$dir" | tr '\n' ' ')" "$new $old "
expect_equal "as JSON" "$(unc snapshots --json "$dir" |
	python3 -c 'import json, sys
print([(s["name"], s["seconds"]) for s in json.load(sys.stdin)][1])')" \
	"('$old', 1740704523)"
expect_errno ENOENT unc snapshots "$dir/none"
expect_text "on another file system" "$(unc snapshots /tmp 2>&1)" "no directory"

# By the name of a snapshot in a path
expect_equal "now" "$(cat "$dir/file")" now
expect_equal "old" "$(cat "$dir/$old/file")" "as of $old"
expect_equal "new" "$(cat "$dir/$new/file")" "as of $new"
expect_equal "from the root" \
	"$(cat "$mnt/$new/work/file")" "as of $new"
expect_equal "below" "$(cat "$dir/sub/$old/$old.txt")" deep
expect_equal "directory" "$(ls "$dir/$old/sub")" "$old.txt"
expect_equal "now, again" "$(cat "$dir/file")" now
[ "$(stat -c %i "$dir/file")" != "$(stat -c %i "$dir/$old/file")" ] ||
	fail "a file and its snapshot have one inode"
expect_fail sh -c 'echo x > "$1"' sh "$dir/$old/file"
expect_errno ENOENT ls "$dir/@GMT-2024.01.01-00.00.00/sub"

# Mounted
mount_own() {	# OPTION
	mkdir -p /tmp/snapshot
	mount -t uncfs //127.0.0.1/own /tmp/snapshot \
		-o "credentials=$UNC_CREDENTIALS,port=4450,$1"
}

mount_own "snapshot=$old" || fail "not mounted"
at_end "! is_mounted /tmp/snapshot || umount /tmp/snapshot"
expect_equal "mounted" "$(cat /tmp/snapshot/work/file)" "as of $old"
expect_text "shown" "$(grep ' /tmp/snapshot ' /proc/mounts)" "snapshot=$old"
expect_text "read-only" "$(touch /tmp/snapshot/x 2>&1)" "Read-only"
expect_fail mount -o remount,rw /tmp/snapshot
run umount /tmp/snapshot
expect_fail mount_own snapshot=yesterday
