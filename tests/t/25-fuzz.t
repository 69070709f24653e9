#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every libFuzzer target for a short while: finds what a change broke, not
# what a night of fuzzing would.
. "$(dirname "$0")/lib.sh"

[ -e tests/fuzz/Makefile ] || skip_all "no tests/fuzz yet"
exec "$lab" in-root --quiet -- make -s -C tests/fuzz "O=$top/build/fuzz" \
	smoke "SECONDS=${FUZZ_SECONDS:-60}"
