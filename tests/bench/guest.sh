#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The guest's part of scripts/bench: SYSTEM... are uncfs, cifs, cifs-tuned, in the
# order in which they are counted.  FULL=--full in the environment for all, DELAYS
# for each of these round-trip times in ms.
here=$(cd "$(dirname "$0")" && pwd)
umount "$UNC_MNT"
export HOME=/tmp PYTHONDONTWRITEBYTECODE=1
[ -z "${DELAYS:-}" ] || modprobe -q sch_netem || exit 1

measure() {	# SYSTEM [OPTION...]
	system=$1; shift
	case $system in
	uncfs) how="mount -t uncfs //$UNC_HOST/$UNC_SHARE $UNC_MNT -o $UNC_OPTS" ;;
	cifs*)
		modprobe cifs || exit 1
		how="mount -t cifs //$UNC_HOST/$UNC_SHARE $UNC_MNT -o credentials=$UNC_CREDENTIALS"
		;;
	esac
	[ "$system" != cifs-tuned ] ||
		how="$how,nostrictsync,actimeo=60,closetimeo=60,mfsymlinks"
	# shellcheck disable=SC2086 # FULL may be empty
	echo "$how" | python3 "$here/operations.py" "$UNC_MNT" "$UNC_SHARE_DIR" \
		"$system" "$UNC_HOST" ${FULL:-} "$@" || exit 1
}

for system; do
	[ "${DELAYS:-}" ] || measure "$system"
	for delay in ${DELAYS:-}; do
		tc qdisc replace dev eth0 root netem delay "${delay}ms" limit 20000
		measure "$system" --delay "$delay"
	done
done
