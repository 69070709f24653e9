#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Without an agent nothing hangs: mounting says who is missing.
# lab: --fs none
. "$(dirname "$0")/lib.sh"

module_load
expect_mount_fail EUNATCH agent "//$UNC_HOST/$UNC_SHARE" \
	"credentials=$UNC_CREDENTIALS"
expect_text "who is missing" "$mount_output" uncd
[ $mount_seconds -lt 20 ] || fail "took $mount_seconds s"
# An address spares resolving, not authenticating
address=$(getent ahostsv4 "$UNC_HOST" | sed -n '1s/ .*//p')
expect_mount_fail EUNATCH agent "//$UNC_HOST/$UNC_SHARE" \
	"credentials=$UNC_CREDENTIALS,ip=$address"
wait_for 5 no_connections

# It comes late: the same mount works
agent_start
unc_mount "$UNC_SHARE" /tmp/mnt || fail "no mount with an agent"
run umount /tmp/mnt

# It goes away: what is mounted goes on, new sessions fail, and nobody hangs
unc_mount "$UNC_SHARE" /tmp/mnt || fail "no second mount"
agent_stop
run touch /tmp/mnt/file
run rm /tmp/mnt/file
expect_mount_fail EUNATCH agent "//$UNC_HOST/$UNC_SHARE" \
	"credentials=$UNC_CREDENTIALS,vers=3.0"
run umount /tmp/mnt
