#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Connections, sessions, leases, signals, late answers and umount -f in an order
# that a seed gives, while programs write, read, lock, list and rename.
# MODEL_SEED: which, else a new one; MODEL_STEPS: how long.
# daily: none
# timeout: 300
. "$(dirname "$0")/lib.sh"

mnt=/tmp/model
seed=${MODEL_SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
steps=${MODEL_STEPS:-8}
note "MODEL_SEED=$seed MODEL_STEPS=$steps"
fault_server
fault_mount $mnt timeout=5,actimeo=0
mkdir "$UNC_SHARE_DIR/model" && chmod 777 "$UNC_SHARE_DIR/model"
at_end "rm -rf '$UNC_SHARE_DIR/model'"
python3 "$(dirname "$0")/model.py" $mnt "$UNC_SHARE_DIR" $fault_fifo "$seed" \
	"$steps" "mount -t uncfs //$UNC_HOST/$UNC_SHARE $mnt -o $(fault_options timeout=5,actimeo=0)" \
	> /tmp/model.out || {
	tail -n 40 /tmp/model.out >&2
	fail "again: MODEL_SEED=$seed MODEL_STEPS=$steps"
}
tail -n 3 /tmp/model.out >&2
in_time 20 "umount" umount $mnt || fail "the mount is in use"
wait_for 10 no_connections "$fault_address"
nobody_hangs
