#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# unc domain beside the lab's domain controller, without a guest.
. "$(dirname "$0")/lib.sh"

[ -e build/user/cli/unc ] || skip_all "user space is not built"
exec "$lab" in-root --quiet --server ad -- tests/ad/domain build/user
