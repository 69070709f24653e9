#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A server that demands encryption gets it.
# timeout: 300
. "$(dirname "$0")/lib.sh"

server_conf_share 'smb encrypt = required'
test_dir
expect_text "session" "$(unc status | grep session)" encrypted
random_file /tmp/data 2
run cp /tmp/data "$dir/data"
same_files /tmp/data "$server_dir/data"
same_files /tmp/data "$dir/data"
run dd if=/tmp/data of="$dir/direct" bs=128k oflag=direct status=none
same_files /tmp/data "$server_dir/direct"
for vers in 3.0 3.0.2; do
	unc_mount "$UNC_SHARE" /tmp/mnt "vers=$vers" || fail "vers=$vers"
	expect_text "vers=$vers" "$(unc status | grep -F -A 1 "SMB $vers,")" encrypted
	run cmp /tmp/data "/tmp/mnt/${dir##*/}/data"
	run umount /tmp/mnt
done
expect_mount_fail EACCES session "//$UNC_HOST/$UNC_SHARE" \
	"credentials=$UNC_CREDENTIALS,vers=2.1"
