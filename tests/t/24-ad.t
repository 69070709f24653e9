#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The lab's domain, and what user space does in it, without a guest.
. "$(dirname "$0")/lib.sh"

[ -e build/user/cli/unc ] || skip_all "user space is not built"
exec "$lab" in-root --quiet --server ad -- tests/ad/live build/user
