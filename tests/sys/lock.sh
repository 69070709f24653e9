#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# flock, POSIX and OFD locks: between programs as on a local disk, and between
# two mounts, which are two clients to the server, by locks of the server.  The
# second one goes by another name, and so by a connection of its own: within one
# connection Samba does not let go of the locks of its own file system when two
# handles had the same range shared.
. "$(dirname "$0")/lib.sh"
test_dir

other_client /tmp/b
run unc_mount "$UNC_SHARE" /tmp/nobrl nobrl
other=/tmp/b/${dir##*/}
grep -q "^//[^ ]* /tmp/nobrl .*nobrl" /proc/mounts || fail "nobrl is not shown"
run python3 "$(dirname "$0")/lock.py" "$dir" "$other" "/tmp/nobrl/${dir##*/}"
