#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A host that has an address but does not answer: an error within the timeout.
. "$(dirname "$0")/lib.sh"

expect_mount_fail EHOSTUNREACH connect "//$UNC_HOST/$UNC_SHARE" \
	"credentials=$UNC_CREDENTIALS,ip=${LAB_NOBODY:-$(ip -4 -o address show dev eth0 |
		sed 's/.*inet \([0-9.]*\)\.[0-9]*\/.*/\1.251/')}"
[ $mount_seconds -lt 20 ] || fail "took $mount_seconds s"
