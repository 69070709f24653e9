#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Garbage for the netlink family, from root and from nobody: nothing breaks, the
# agent serves on, and nobody is let in.
# daily: none
. "$(dirname "$0")/lib.sh"

cp "$(dirname "$0")/netlink_fuzz.py" "$(dirname "$0")/genl.py" /tmp/
run python3 /tmp/netlink_fuzz.py 3000
run setpriv --reuid 65534 --regid 65534 --clear-groups \
	python3 /tmp/netlink_fuzz.py 3000
unc_mount "$UNC_SHARE" /mnt/after || fail "the agent does not serve any more"
run umount /mnt/after
