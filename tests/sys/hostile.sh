#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Truncated and lying packets: mounting fails with the right error and stage
# within its deadline, and leaves nothing behind.  CASES: only these.
# timeout: 600
. "$(dirname "$0")/lib.sh"

# For a loaded machine; a mount without deadline would take for ever.
slack=20
[ "$UNC_KERNEL" = stock ] || slack=40
mkdir -p /tmp/hostile
at_end "rmdir /tmp/hostile"
wrong=$(python3 "$(dirname "$0")/hostile.py" try 127.0.0.2 3 $slack ${CASES:-}) ||
	fail "wrong answers:
$wrong"
wait_for 10 no_connections hostile
! is_mounted /tmp/hostile || fail "something is mounted"
# The share that was there before is as it was
echo alive > "$UNC_MNT/alive" || fail "the share is dead"
run rm "$UNC_MNT/alive"
