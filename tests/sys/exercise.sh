#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Random writes, reads, mappings, direct I/O, truncation and reopening, three
# files at a time, agree with a copy in memory and with the server.
# timeout: 240
# daily: debug
. "$(dirname "$0")/lib.sh"
test_dir

exercise=$(cd "$(dirname "$0")/../.." && pwd)/build/user/tests/exercise
operations=400
[ "$UNC_KERNEL" != debug ] || operations=150
pids=
for seed in 1 2 3; do
	"$exercise" "$dir/f$seed" "$server_dir/f$seed" $seed $operations &
	pids="$pids $!"
done
for pid in $pids; do
	wait "$pid" || fail "see above"
done
