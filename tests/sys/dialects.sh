#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Each dialect that vers= asks for is the one that is spoken.
. "$(dirname "$0")/lib.sh"

random_file /tmp/data 1
for vers in 2.1 3.0 3.0.2 3.1.1; do
	mkdir -p /tmp/mnt
	unc_mount "$UNC_SHARE" /tmp/mnt "vers=$vers" || fail "vers=$vers"
	case $vers in
	2.1) signing=HMAC-SHA256 ;;
	3.1.1) signing=AES-GMAC ;;
	*) signing=AES-CMAC ;;
	esac
	status=$(unc status | grep -F "SMB $vers,") || fail "unc status knows no SMB $vers"
	expect_text "signing of $vers" "$status" $signing
	expect_text "options" "$(grep ' /tmp/mnt ' /proc/mounts)" "vers=$vers"
	run cp /tmp/data "/tmp/mnt/data-$vers"
	same_files /tmp/data "/tmp/mnt/data-$vers"
	same_files /tmp/data "$UNC_SHARE_DIR/data-$vers"
	run rm "/tmp/mnt/data-$vers"
	run umount /tmp/mnt
done
