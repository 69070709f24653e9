#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The methods that a file server serves over TCP, rpcecho among them, at every
# level.
. "$(dirname "$0")/lib.sh"

[ -e build/user/cli/unc ] || skip_all "user space is not built"
exec "$lab" in-root --quiet --server samba \
	--smb-conf 'rpc start on demand helpers = no' -- \
	env PYTHONDONTWRITEBYTECODE=1 UNC="$PWD/build/user/cli/unc" \
	python3 "$PWD/tests/rpc/files.py" tcp
