#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A server that demands signatures gets them.
# lab: --smb-conf 'server signing = mandatory'
# timeout: 300
# daily: none
. "$(dirname "$0")/lib.sh"

test_dir
expect_text "session" "$(unc status | grep session)" signed
random_file /tmp/data 2
run cp /tmp/data "$dir/data"
same_files /tmp/data "$server_dir/data"
same_files /tmp/data "$dir/data"
run dd if=/tmp/data of="$dir/direct" bs=128k oflag=direct status=none
same_files /tmp/data "$server_dir/direct"
run cp -rL "$(some_tree)" "$dir/tree"
run diff -r "$(some_tree)" "$dir/tree"
for vers in 2.1 3.0 3.0.2; do
	unc_mount "$UNC_SHARE" /tmp/mnt "vers=$vers" || fail "vers=$vers"
	expect_text "vers=$vers" "$(unc status | grep -F -A 1 "SMB $vers,")" signed
	run cmp /tmp/data "/tmp/mnt/${dir##*/}/data"
	run umount /tmp/mnt
done
