#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A network namespace has one agent; a second one is sent away.
# lab: --fs none
# daily: none
. "$(dirname "$0")/lib.sh"

module_load
agent_start
output=$(timeout 20 uncd 2>&1) && fail "a second agent ended without error"
expect_text "message" "$output" "another agent"
unc_mount "$UNC_SHARE" /tmp/mnt || fail "the first one does not serve any more"
run umount /tmp/mnt

# Its place is free when it ends
agent_stop
agent_start
unc_mount "$UNC_SHARE" /tmp/mnt || fail "the next one does not serve"
run umount /tmp/mnt

# Not for everybody
agent_stop
output=$(setpriv --reuid 1000 --regid 1000 --clear-groups \
	timeout 20 uncd 2>&1) && fail "an agent without rights"
expect_text "message" "$output" "root"
