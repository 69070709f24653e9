#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A port on which nobody listens: ECONNREFUSED from connecting.
. "$(dirname "$0")/lib.sh"

expect_mount_fail ECONNREFUSED connect "//$UNC_HOST/$UNC_SHARE" \
	"credentials=$UNC_CREDENTIALS,port=4"
[ $mount_seconds -lt 15 ] || fail "took $mount_seconds s"
wait_for 5 no_connections :4
