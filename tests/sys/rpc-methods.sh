#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The methods that a file server serves over named pipes, rpcecho among them, at
# every level of authentication.
# kernel: stock
# timeout: 600
# daily: none
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")/../rpc" && pwd)
login
PYTHONDONTWRITEBYTECODE=1 python3 "$here/files.py" np > /tmp/methods ||
	fail "$(grep -v '^ok' /tmp/methods)"
sed -n 's/^ok.* - \([0-9]* methods called\)$/TABLE: \1/p' /tmp/methods
