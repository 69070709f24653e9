#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The long form of tests/sys/model.sh: SEEDS, each for MODEL_STEPS.
#
#   scripts/lab run --kernel debug --timeout 3600 -- tests/sys/runner tests/long/model.sh
#
# timeout: 1700
for seed in ${SEEDS:-1 2 3 4 5 6 7 8}; do
	MODEL_SEED=$seed MODEL_STEPS=${MODEL_STEPS:-60} \
		"$(dirname "$0")/../sys/model.sh" || exit
done
