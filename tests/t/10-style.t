#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The rules that a script can check: every scripts/check-*, in the lab root,
# so that the host needs none of what they use.
. "$(dirname "$0")/lib.sh"

for check in scripts/check-*; do
	[ -x "$check" ] || continue
	ok "${check#scripts/}" "$lab" in-root --quiet -- "$check"
done
tap_end
