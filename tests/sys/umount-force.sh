#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# umount -f gets away from a server that has fallen silent, at once, and
# programs that wait for it get an error.
# lab: --fs none
. "$(dirname "$0")/lib.sh"

module_load
agent_start
unc_mount "$UNC_SHARE" /tmp/mnt
run touch /tmp/mnt/file
at_end "rm -f '$UNC_SHARE_DIR/file'"
cd /tmp/mnt || fail cd
net_silent
sh -c 'cat file; echo $? > /tmp/status' 2> /tmp/waiter &
cd / || fail cd
sleep 1
[ ! -e /tmp/status ] || fail "reading ended before umount -f: $(cat /tmp/status /tmp/waiter)"
start=$(date +%s%N)
# A program is still in it: the first only frees the program
umount -f /tmp/mnt 2> /dev/null
wait_for 5 test -s /tmp/status
[ "$(cat /tmp/status)" != 0 ] || fail "a read from a dead mount succeeded"
! is_mounted /tmp/mnt || run umount -f /tmp/mnt
took=$((($(date +%s%N) - start) / 1000000))
note "umount -f took $took ms"
[ $took -lt 6000 ] || fail "umount -f took $took ms"
wait_for 5 no_connections
net_back
unc_mount "$UNC_SHARE" /tmp/mnt
[ -e /tmp/mnt/file ] || fail "the file is not there in a new mount"
run umount /tmp/mnt
