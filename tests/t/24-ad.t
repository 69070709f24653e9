#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The lab's domain, and what user space does in it, without a guest.
. "$(dirname "$0")/lib.sh"

exec "$lab" in-root --quiet --server ad -- tests/lab/ad-check.sh
