#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A day in the domain: those of the scenarios of [MS-SYS] section 5 that need a
# mount, each a script of tests/ad.  The others are run by tests/t/27-domain.t.
# lab: --server ad
# kernel: stock
# daily: none
# timeout: 600
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
cd /
failed=
for number in 04 05 06 07 08 09 10 11; do
	for scenario in "$here"/../ad/scenario-$number-*; do
		[ -x "$scenario" ] || fail "scenario $number is missing"
		begin=$(date +%s)
		if ! "$scenario" > /tmp/scenario 2>&1; then
			failed="$failed $number"
			cat /tmp/scenario
		fi
		echo "TABLE: ${scenario##*/scenario-}:" \
			"$(grep -c '^ok' /tmp/scenario) steps," \
			"$(($(date +%s) - begin)) s"
	done
done
[ ! "$failed" ] || fail "scenarios$failed"
