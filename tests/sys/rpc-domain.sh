#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# More than a hundred methods that a domain controller serves, over named pipes,
# each interface at one level of authentication; rpc-domain-levels.sh has all.
# lab: --server ad
# daily: none
# kernel: stock
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")/../rpc" && pwd)
UNC_USER=$UNC_ADMIN login
PYTHONDONTWRITEBYTECODE=1 python3 "$here/domain.py" "${METHODS:-quick}" \
	> /tmp/methods || fail "$(grep -v '^ok' /tmp/methods)"
sed -n 's/^ok.* - \([0-9]* methods called\)$/TABLE: \1/p' /tmp/methods
