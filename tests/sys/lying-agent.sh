#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An agent that gives garbage, never ends, hangs, dies at each leg, answers twice,
# late, or for somebody else: each mount fails in time and says why, or works as
# soon as the truth is told; and the next agent finds nothing amiss.
# lab: --fs none
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

module_load
address=$(getent ahostsv4 "$UNC_HOST" | sed -n '1s/ .*//p')
python "$address" < "$(dirname "$0")/lying_agent.py" || fail "see above"
expect_equal "mounts left" "$(grep -c " uncfs " /proc/mounts)" 0
wait_for 5 no_connections
agent_start
unc_mount "$UNC_SHARE" /tmp/mnt || fail "an honest agent does not serve"
run umount /tmp/mnt
