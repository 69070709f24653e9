#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Sessions outlive their tickets: one that can be renewed is, before the server
# asks; one that cannot stops its user, and nobody else, until there is another.
#
# Samba's KDC takes a ticket of two minutes or less for one to change a password
# with and serves nothing by it, so this takes six minutes and is not among the
# tests of every day:
#
#   scripts/lab run --server ad -- tests/sys/runner tests/long/renewal.sh
#
# timeout: 700
. "$(dirname "$0")/../sys/lib.sh"

mnt=/mnt/renewal
cd /
lab_user alice 1001
lab_user bob 1002
run chmod 777 "$UNC_SHARE_DIR"
at_end "chmod 755 '$UNC_SHARE_DIR'; rm -f '$UNC_SHARE_DIR/alice' '$UNC_SHARE_DIR/bob'"
ticket "$UNC_USER" root
unc_mount "$UNC_SHARE" $mnt sec=krb5,multiuser || fail "no mount"

authentications() {	# of this user, so far
	grep -c "done by krb5 as $1@" /lab/uncd.log
}

# Alice's ticket lives for five minutes, and may be renewed.
before=$(authentications alice)
ticket alice alice -l 300s -r 20m
as alice sh -ec "
	exec 5>> $mnt/alice
	end=\$((\$(date +%s) + 330))
	while [ \$(date +%s) -lt \$end ]; do
		echo line >&5
		ls $mnt > /dev/null
		sync $mnt/alice
		sleep 0.5
	done" > /tmp/alice 2>&1 &
worker=$!

# Bob's for 130 seconds, and that is it; his file stays open.
ticket bob bob -l 130s
as bob sh -c "exec 5>> $mnt/bob; echo one >&5
	while [ ! -e /tmp/bob-again ]; do sleep 0.2; done
	echo two >&5; sync $mnt/bob" > /tmp/bob 2>&1 &
holder=$!
at_end "touch /tmp/bob-again; wait"
ended() {
	as bob ls $mnt 2>&1 | grep -q "Key has expired"
}
wait_for 160 ended
run ls $mnt > /dev/null
ticket bob
wait_for 5 as bob ls $mnt > /dev/null 2>&1
touch /tmp/bob-again
wait $holder || fail "bob's file: $(cat /tmp/bob)"
expect_equal "bob's file" "$(cat "$UNC_SHARE_DIR/bob")" "one
two"

wait $worker || fail "alice: $(cat /tmp/alice)"
expect_equal "alice's errors" "$(grep -v 'session keyring' /tmp/alice)" ""
[ $(($(authentications alice) - before)) -ge 3 ] ||
	fail "alice's session was not renewed: $(tail -n 20 /lab/uncd.log)"
expect_equal "connections" "$(connections "$UNC_HOST")" 1
