#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Name services against Samba's nmbd and against forgers, in namespaces that
# end with the test.
. "$(dirname "$0")/lib.sh"

[ -e build/user/tests/names/names_job ] || skip_all "user space is not built"
exec "$lab" in-root --quiet -- unshare --net tests/names/live build/user
