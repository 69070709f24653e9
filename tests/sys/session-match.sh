#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Two mounts share a session when server, credential, mechanism and policy are the
# same, field by field; a name alone opens nothing.
# daily: none
# kernel: stock
. "$(dirname "$0")/lib.sh"

mnt=/tmp/match
share=//$UNC_HOST/$UNC_SHARE
mkdir -p $mnt /tmp/matching
at_end "! is_mounted $mnt || umount $mnt; rm -rf /tmp/matching"

sessions() {
	unc sessions "$UNC_HOST" | grep -c ntlmssp
}

credentials() {	# FILE USER PASSWORD DOMAIN
	printf 'username=%s\npassword=%s\ndomain=%s\n' "$2" "$3" "$4" \
		> "/tmp/matching/$1"
	chmod 600 "/tmp/matching/$1"
}

# with WHAT OPTIONS COUNT: how many sessions there are then
with() {
	run mount -t uncfs "$share" $mnt -o "$2"
	expect_equal "sessions with $1" "$(sessions)" "$3"
	run touch $mnt/matching
	run rm $mnt/matching
	run umount $mnt
	wait_for 5 back_to_one
}
back_to_one() {
	[ "$(sessions)" = 1 ]
}

expect_equal "sessions at the beginning" "$(sessions)" 1
credentials same "$UNC_USER" "$UNC_PASSWORD" "$UNC_DOMAIN"
credentials domain "$UNC_USER" "$UNC_PASSWORD" ELSEWHERE
credentials wrong "$UNC_USER" "no-$UNC_PASSWORD" "$UNC_DOMAIN"
with "the same from another file" credentials=/tmp/matching/same 1
with "another mechanism" "credentials=/tmp/matching/same,sec=ntlmssp" 2
with "another policy" "credentials=/tmp/matching/same,seal" 2
with "another domain" credentials=/tmp/matching/domain 2

# While the right one is logged on.
expect_mount_fail EACCES session "$share" credentials=/tmp/matching/wrong
expect_text "the server was asked" "$mount_output" LOGON_FAILURE
expect_equal "sessions in the end" "$(sessions)" 1
