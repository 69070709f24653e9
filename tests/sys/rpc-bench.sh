#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a call of 1 KiB over a pipe costs: one round trip, and at most 1.2 times
# what write(2) and read(2) of the same bytes take.  scripts/bench-rpc makes
# more calls and holds them against rpcclient's.
# kernel: stock
. "$(dirname "$0")/lib.sh"

calls=${CALLS:-200}
bench=$(cd "$(dirname "$0")/../.." && pwd)/build/user/tests/rpc/echo_bench

traced() {	# KIND: the commands of $calls calls, into /tmp/trace
	trace_begin unc_part_send
	"$bench" "$UNC_HOST" "$1" "$calls" > /tmp/bench
	_rc=$?
	trace_end > /tmp/trace
	return $_rc
}

sent() {	# COMMAND: how often
	grep -c "cmd=$1 " /tmp/trace
}

best() {	# KIND: microseconds a call, the least of all tries so far
	run "$bench" "$UNC_HOST" "$1" $((calls / 5)) >> "/tmp/times.$1"
	sort -n "/tmp/times.$1" | head -n 1
}

is_close() {	# A B: A is at most 1.2 times B
	awk "BEGIN { exit !($1 <= 1.2 * $2) }"
}

not_above() {	# WHAT A B
	is_close "$2" "$3" ||
		fail "$1: $2 us, which is more than 1.2 times $3 us"
}

milliseconds() {	# of that many calls by rpcclient
	_begin=$(date +%s%N)
	run rpcclient -U "$UNC_USER%$UNC_PASSWORD" "$UNC_HOST" -c \
		"$(yes 'echodata 1024' | head -n "$1" | paste -sd ';')" > /tmp/out
	echo $((($(date +%s%N) - _begin) / 1000000))
}

login

# One more to begin with, and the bind; 8 is READ, 9 WRITE, 11 IOCTL.
traced call || fail "calls"
expect_equal "TRANSCEIVEs" "$(sent 11)" $((calls + 2))
expect_equal "READs and WRITEs" "$(sent 8) $(sent 9)" "0 0"
traced raw || fail "raw calls"
expect_equal "raw: READs, WRITEs" "$(sent 8) $(sent 9)" \
	"$((calls + 2)) $((calls + 2))"

# Others use the processors, too: by turns, and more often if they seem to.
rm -f /tmp/times.*
for try in $(seq 20); do
	call=$(best call)
	raw=$(best raw)
	[ "$try" -lt 3 ] || ! is_close "$call" "$raw" || break
done
echo "TABLE: a call of 1 KiB: $call us, 1 round trip; raw write and read:" \
	"$raw us, 2 round trips"
not_above "a call" "$call" "$raw"
[ "${RPCCLIENT:-}" ] || exit 0

one=$(milliseconds 1)
many=$(milliseconds $((calls + 1)))
theirs=$(((many - one) * 1000 / calls))
echo "TABLE: by rpcclient: $theirs us"
not_above "a call" "$call" "$theirs"
