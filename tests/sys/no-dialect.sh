#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A server that speaks none of the dialects we allow.
. "$(dirname "$0")/lib.sh"

server_conf_share 'server max protocol = SMB2_10'
expect_mount_fail EPROTONOSUPPORT negotiate "//$UNC_HOST/$UNC_SHARE" \
	"credentials=$UNC_CREDENTIALS,vers=3.1.1"
expect_text "a hint" "$mount_output" "vers="
[ $mount_seconds -lt 15 ] || fail "took $mount_seconds s"
# What it does speak is in use on the share that is mounted
status=$(unc status | grep -F "$UNC_HOST")
expect_text dialect "$status" "SMB 2.1,"
echo 2.1 > "$UNC_MNT/file" || fail "cannot write"
expect_equal "file" "$(cat "$UNC_SHARE_DIR/file")" 2.1
run rm "$UNC_MNT/file"
# Encryption needs 3.0
expect_mount_fail EOPNOTSUPP negotiate "//$UNC_HOST/$UNC_SHARE" \
	"credentials=$UNC_CREDENTIALS,seal"
