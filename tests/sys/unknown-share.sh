#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A share that the server does not have: ENOENT from the tree.
. "$(dirname "$0")/lib.sh"

expect_mount_fail ENOENT tree "//$UNC_HOST/no-such-share" \
	"credentials=$UNC_CREDENTIALS"
expect_text "the share's name" "$mount_output" no-such-share
expect_text "the server's word" "$mount_output" BAD_NETWORK_NAME
expect_mount_fail ENOENT root "//$UNC_HOST/$UNC_SHARE/no/such/folder" \
	"credentials=$UNC_CREDENTIALS"
