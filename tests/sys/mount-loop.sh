#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Mounting and unmounting again and again leaves nothing behind.
# COUNT: how often; 1000 for the long form.
# timeout: 1800
. "$(dirname "$0")/lib.sh"

count=${COUNT:-10}
mkdir -p /tmp/loop
at_end "umount /tmp/loop 2> /dev/null; rmdir /tmp/loop"
before=$(connections)
cycle=0
while [ $cycle -lt $count ]; do
	# Every other time on a connection of its own, made and torn down
	opts=
	[ $((cycle % 2)) = 1 ] || opts=,vers=3.0.2
	run mount -t uncfs "//$UNC_HOST/$UNC_SHARE" /tmp/loop \
		-o "credentials=$UNC_CREDENTIALS$opts"
	[ $((cycle % 8)) != 0 ] || {
		echo $cycle > /tmp/loop/cycle
		expect_equal "cycle" "$(cat /tmp/loop/cycle)" $cycle
		run rm /tmp/loop/cycle
	}
	run umount /tmp/loop
	cycle=$((cycle + 1))
done
sleep 1
expect_equal "connections left" "$(connections)" "$before"
