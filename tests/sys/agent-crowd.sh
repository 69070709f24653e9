#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Requests beyond what the agent takes: bounded, and fair between users.
# CROWD: how many at once; 10000 for the long form.
# lab: --fs none
# kernel: stock
# timeout: 300
# daily: none
. "$(dirname "$0")/lib.sh"

module_load
agent_start
PYTHONPATH=$(dirname "$0") python3 "$(dirname "$0")/agent_crowd.py" $agent \
	"${CROWD:-900}" 100 || { kill -CONT $agent; fail "see above"; }
unc_mount "$UNC_SHARE" /tmp/mnt || fail "the agent does not serve any more"
run umount /tmp/mnt
