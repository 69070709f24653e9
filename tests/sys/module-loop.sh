#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The module loads and unloads any number of times, used or unused.
# COUNT: how often; 50 for the long form.
# lab: --fs none
# timeout: 900
. "$(dirname "$0")/lib.sh"

count=${COUNT:-4}
[ "$UNC_KERNEL" = stock ] || count=${COUNT:-4}
mkdir -p /tmp/loop
uncd > /tmp/uncd.log 2>&1 &
agent=$!
at_end agent_stop
cycle=0
while [ $cycle -lt $count ]; do
	module_insert
	[ -c /dev/npipe ] || fail "no /dev/npipe"
	if [ $((cycle % 5)) = 3 ]; then
		# The agent finds the module by itself, each time.
		wait_for 20 grep -q "agent of this network" /tmp/uncd.log
		run mount -t uncfs "//$UNC_HOST/$UNC_SHARE" /tmp/loop \
			-o "credentials=$UNC_CREDENTIALS"
		run touch /tmp/loop/file
		run rm /tmp/loop/file
		run umount /tmp/loop
	fi
	module_unload
	: > /tmp/uncd.log
	cycle=$((cycle + 1))
done
! grep -q uncfs /proc/filesystems || fail "the file system is still there"
[ ! -e /dev/npipe ] || fail "/dev/npipe is still there"
kill -0 $agent || fail "the agent has died"
