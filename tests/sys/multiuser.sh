#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One mount, every user as themselves: by their own tickets, in their own
# sessions on one connection; who has none is kept out and disturbs nobody.
# lab: --server ad
. "$(dirname "$0")/lib.sh"

mnt=/mnt/multi
cd /		# the users may not be let into the checkout's folder
lab_user alice 1001
lab_user bob 1002
lab_user carol 1003
run chmod 777 "$UNC_SHARE_DIR"
at_end "chmod 755 '$UNC_SHARE_DIR'"
ticket "$UNC_USER" root
unc_mount "$UNC_SHARE" $mnt sec=krb5,multiuser || fail "no mount"
grep -q " $mnt .*,multiuser" /proc/mounts || fail "the option is not shown"

# Each has a ticket but carol.
ticket alice
ticket bob
for user in alice bob; do
	run as $user sh -c "echo $user > $mnt/$user"
	expect_equal "owner of $user's file" \
		"$(stat -c %u "$UNC_SHARE_DIR/$user")" "$(id -u $user)"
done
at_end "rm -f '$UNC_SHARE_DIR/alice' '$UNC_SHARE_DIR/bob' '$UNC_SHARE_DIR/carol'"
expect_equal "connections" "$(connections "$UNC_HOST")" 1
unc status > /tmp/status
for user in alice bob; do
	grep -q "session $user@$UNC_REALM by krb5" /tmp/status ||
		fail "no session of $user: $(cat /tmp/status)"
done

# What one may read, and has read, is not for the other.
run chmod 600 "$UNC_SHARE_DIR/alice"
expect_equal "alice's file" "$(as alice cat $mnt/alice)" alice
expect_errno EACCES as bob cat $mnt/alice
as alice sh -c "exec 5>> $mnt/alice; while [ ! -e /tmp/go-on ]; do sleep 0.1; done" &
holder=$!
at_end "touch /tmp/go-on; wait $holder"
sleep 0.5
expect_errno EACCES as bob truncate -s 0 $mnt/alice
touch /tmp/go-on
wait $holder
expect_equal "alice's file" "$(cat "$UNC_SHARE_DIR/alice")" alice

# No ticket: not let in, and told so; with one, at once or nearly.
expect_errno EACCES as carol ls $mnt
dmesg | grep -q "user 1003: mechanism: Kerberos: no usable ticket" ||
	fail "the kernel log does not say why"
run as alice ls $mnt > /dev/null
ticket carol carol -l 1s
sleep 2
expired() {
	as carol ls $mnt 2>&1 | grep -q "Key has expired"
}
wait_for 5 expired
ticket carol
wait_for 5 as carol ls $mnt > /dev/null 2>&1
run as carol sh -c "echo carol > $mnt/carol"
expect_equal "owner of carol's file" \
	"$(stat -c %u "$UNC_SHARE_DIR/carol")" 1003
