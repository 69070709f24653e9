#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A user of a multiuser mount who has done nothing for ten minutes is logged off the
# server, and logged on again when he comes back; who has a file open is not.
# IDLE_SECONDS: after so long instead, by idletimeo=.
#
#   scripts/lab run --server ad --timeout 1000 -- tests/sys/runner tests/long/idle.sh
#
# timeout: 900
. "$(dirname "$0")/../sys/lib.sh"

mnt=/mnt/idle
seconds=${IDLE_SECONDS:-600}
rm -f /tmp/idle-over
cd /
lab_user alice 1001
lab_user bob 1002
run chmod 777 "$UNC_SHARE_DIR"
at_end "chmod 755 '$UNC_SHARE_DIR'; rm -f '$UNC_SHARE_DIR/idle'"
ticket "$UNC_USER" root
unc_mount "$UNC_SHARE" $mnt "sec=krb5,multiuser${IDLE_SECONDS:+,idletimeo=$IDLE_SECONDS}" ||
	fail "no mount"
ticket alice
ticket bob
run as alice ls $mnt
as bob sh -c "exec 5> $mnt/idle; while [ ! -e /tmp/idle-over ]; do sleep 1; done" &
at_end "touch /tmp/idle-over; wait"

is_on() {
	unc sessions "$UNC_HOST" | grep -q "$1@$UNC_REALM"
}
is_off() {
	! is_on "$1"
}

wait_for 20 is_on bob
run as alice ls $mnt
is_on alice || fail "alice is not there"
begin=$(date +%s)
wait_for $((seconds * 2 + 20)) is_off alice
took=$(($(date +%s) - begin))
[ $took -ge $((seconds * 9 / 10)) ] || fail "alice was logged off after $took s"
is_on bob || fail "bob was logged off with a file open"
run as alice ls $mnt
is_on alice || fail "alice is not back"
echo "TABLE: logged off after $took s"
