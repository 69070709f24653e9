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

# The NEGOTIATE of SMB 1 that offers SMB 2 leads to the same dialects, and is sent
# only where it is asked for.
fault_server
for opts in vers=2.0 vers=2.1 vers=3.1.1 vers=default; do
	fault_mount /tmp/mnt "multiprotocol,$opts"
	expect_equal "what was sent first" \
		"$(grep -c '^SMB1 NEGOTIATE' $fault_log)" 1
	: > $fault_log
	case $opts in
	*2.0) spoken=2.0.2 ;;
	*2.1) spoken=2.1 ;;
	*) spoken=3.1.1 ;;
	esac
	unc status | grep -F "($fault_address)" | grep -qF "SMB $spoken," ||
		fail "multiprotocol,$opts: $(unc status)"
	expect_text "options" "$(grep ' /tmp/mnt ' /proc/mounts)" ,multiprotocol
	run cp /tmp/data /tmp/mnt/data
	same_files /tmp/data "$UNC_SHARE_DIR/data"
	run rm /tmp/mnt/data
	run umount /tmp/mnt
done
fault_mount /tmp/mnt vers=2.1
expect_equal "without being asked" "$(grep -c SMB1 $fault_log)" 0
run umount /tmp/mnt
