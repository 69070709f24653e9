#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# inotify tells what others do in a directory, and what is done here once.
# daily: none
. "$(dirname "$0")/lib.sh"
test_dir
mkdir "$dir/sub"
echo old > "$dir/file"
other_client /tmp/second
dir2=/tmp/second/${dir##*/}
run python3 "$(dirname "$0")/inotify.py" "$dir" "$dir2"
rmdir "$dir/sub" || fail "a directory that was watched cannot be removed"
run umount /tmp/second
