#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A wrong password, or user: EACCES from the session, and nothing stays.
. "$(dirname "$0")/lib.sh"

printf 'username=%s\npassword=%s\n' "$UNC_USER" not-this-one > /tmp/wrong
printf 'username=%s\npassword=%s\n' nobody-knows "$UNC_PASSWORD" > /tmp/nobody
at_end "rm -f /tmp/wrong /tmp/nobody"
before=$(connections)
# Its own policy, so its own connection
for file in /tmp/wrong /tmp/nobody; do
	expect_mount_fail EACCES session "//$UNC_HOST/$UNC_SHARE" \
		"credentials=$file,vers=3.0"
	expect_text "the server's word" "$mount_output" LOGON_FAILURE
	[ $mount_seconds -lt 15 ] || fail "took $mount_seconds s"
done
wait_for 5 test "$(connections)" = "$before"
# The right one still works
unc_mount "$UNC_SHARE" /tmp/mnt vers=3.0 || fail "the right password fails"
run umount /tmp/mnt
