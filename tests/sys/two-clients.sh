#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Two clients of one tree see what the other one does: random operations, compared
# with a model (two_clients.py).  Nothing is believed for a time (actimeo=0), so
# what is not asked for each time is what leases are for.  The long form:
# tests/long/two-clients.sh.
# timeout: 240
. "$(dirname "$0")/lib.sh"
test_dir

opts=actimeo=0,lease
unc_mount "$UNC_SHARE" /tmp/a $opts || fail "no first client"
other_client /tmp/b $opts
name=${dir##*/}
for seed in ${SEEDS:-1}; do
	run mkdir "$dir/$seed"
	PYTHONPATH=$(dirname "$0") run python3 "$(dirname "$0")/two_clients.py" \
		-n "${OPERATIONS:-300}" -t "${SECONDS_MAX:-8}" -s "$seed" \
		"$server_dir/$seed" "/tmp/a/$name/$seed" \
		"/tmp/b/$name/$seed" > /tmp/two
	echo "TABLE: seed $seed: $(cat /tmp/two)"
done
