#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Hosts without address: EHOSTUNREACH from resolving.
. "$(dirname "$0")/lib.sh"

expect_mount_fail EHOSTUNREACH resolve //no-such-host.lab.test/share \
	"credentials=$UNC_CREDENTIALS"
expect_text "the host's name" "$mount_output" no-such-host.lab.test
[ $mount_seconds -lt 30 ] || fail "took $mount_seconds s"
wait_for 5 no_connections no-such-host
