#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The long form of tests/sys/two-clients.sh: 10,000 operations.
#
#   scripts/lab run --timeout 3600 -- tests/sys/runner tests/long/two-clients.sh
#
# timeout: 3000
SEEDS="1 2 3 4" OPERATIONS=2500 SECONDS_MAX=700 \
	exec "$(dirname "$0")/../sys/two-clients.sh"
