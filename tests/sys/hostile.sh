#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Truncated and lying packets: mounting fails with the right error and stage
# within its deadline, and leaves nothing behind.  CASES: only these.
# timeout: 600
. "$(dirname "$0")/lib.sh"

address=127.0.0.2
deadline=3
slack=20	# for a loaded machine; without a deadline it would be for ever
[ "$UNC_KERNEL" = stock ] || slack=40
here=$(dirname "$0")
python3 "$here/hostile.py" $address > /tmp/hostile.ports 2> /tmp/hostile.log &
server=$!
at_end "kill $server; wait $server 2> /dev/null"
login "$UNC_PASSWORD" hostile.lab.test
wait_for 30 grep -q '^ready$' /tmp/hostile.ports

# shellcheck disable=SC2086 # CASES is a list
python3 "$here/hostile_mounts.py" $address $deadline $((deadline + slack)) \
	/tmp/hostile.ports ${CASES:-} > /tmp/hostile.wrong ||
	fail "wrong answers: $(cat /tmp/hostile.wrong)"
note "$(cat /tmp/hostile.wrong)"

wait_for 10 no_connections hostile
[ ! -s /tmp/hostile.log ] || fail "the server broke: $(cat /tmp/hostile.log)"
# The share that was there before is as it was
echo alive > "$UNC_MNT/alive" || fail "the share is dead"
run rm "$UNC_MNT/alive"
