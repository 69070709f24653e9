#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Random operations of every kind that moves bytes (fsx.c) on two files at a
# time agree with a copy in memory and with the server.  scripts/soak-fsx does
# as many as you like.
# timeout: 240
# daily: debug
. "$(dirname "$0")/lib.sh"
test_dir

fsx=$(cd "$(dirname "$0")/../.." && pwd)/build/user/tests/fsx
pids=
for seed in 1 2; do
	"$fsx" -n 10000 -t 8 -s $seed "$dir/f$seed" "$server_dir/f$seed" \
		> /tmp/fsx.$seed &
	pids="$pids $!"
done
for pid in $pids; do
	wait "$pid" || fail "see above"
done
for seed in 1 2; do
	echo "TABLE: seed $seed: $(cat /tmp/fsx.$seed)"
	expect_equal "what could not be done" \
		"$(sed 's/^[0-9]* operations//' /tmp/fsx.$seed)" ""
done
