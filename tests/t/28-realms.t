#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Kerberos across two realms without a domain, and PKINIT, without a guest.
. "$(dirname "$0")/lib.sh"

[ -e build/user/cli/unc ] || skip_all "user space is not built"
exec "$lab" in-root --quiet -- unshare --net --mount tests/ad/realms build/user
