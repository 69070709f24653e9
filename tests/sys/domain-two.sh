#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Two controllers: what is copied to the SYSVOL of one is found at the other, and
# what of it there is when one of them is gone (scenario 11 of [MS-SYS] section 5).
# lab: --server ad2
# kernel: stock
# daily: none
# timeout: 400
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
cd /
"$here/../ad/scenario-11-sysvol" > /tmp/scenario 2>&1 ||
	fail "$(cat /tmp/scenario)"
sed -n 's/^ok [0-9]* - /TABLE: /p' /tmp/scenario
