#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Three users at work on one multiuser mount; the ticket of one of them ends
# meanwhile.  Only he is told so (EKEYEXPIRED), and with another ticket he goes
# on, by the file that he has open, without a remount.
#
# Carol's ticket is one for the file service and lives for seconds: a KDC gives
# no further ones by a ticket that short.
# lab: --server ad
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

mnt=/mnt/ends
work=/tmp/ends
cd /
lab_user alice 1001
lab_user bob 1002
lab_user carol 1003
rm -rf $work
mkdir -m 777 $work
run chmod 777 "$UNC_SHARE_DIR"
at_end "chmod 755 '$UNC_SHARE_DIR'; rm -f '$UNC_SHARE_DIR'/ends.*; rm -rf $work"
ticket "$UNC_USER" root
unc_mount "$UNC_SHARE" $mnt sec=krb5,multiuser || fail "no mount"

# $work/USER.log gets "ok" or what went wrong, for each round of one line into a
# file that stays open, sent to the server, read back by name, and a listing.
at_work() {
	as "$1" sh -c "
		round=0
		exec 5>> $mnt/ends.$1 || exit
		while [ ! -e $work/stop ]; do
			round=\$((round + 1))
			{ echo \$round >&5 && sync $mnt/ends.$1 &&
			ls $mnt && cat $mnt/ends.$1; } > /dev/null 2> $work/$1.say &&
				echo ok || tr '\n' ' ' < $work/$1.say
			sleep 0.2
		done" >> $work/$1.log 2> /dev/null &
}

ticket alice
ticket bob
at_end "touch $work/stop; wait"
at_work alice
at_work bob
ticket carol carol -S "cifs/$UNC_HOST" -l 10s
at_work carol

says() {	# USER TEXT: in his last rounds
	tail -n 2 $work/$1.log | grep -q "$2"
}

for user in carol alice bob; do
	wait_for 8 says $user ok
done
unc status > $work/status
for user in alice bob carol; do
	grep -q "session $user@$UNC_REALM by krb5" $work/status ||
		fail "no session of $user: $(cat $work/status)"
	unc sessions "$UNC_HOST" |
		grep -q "$(id -u $user) *$user@$UNC_REALM *krb5" ||
		fail "$user: $(unc sessions)"
done

# It ends; the others go on.
wait_for 20 says carol "Key has expired"
rounds() {	# USER: how many so far
	grep -c . $work/$1.log
}
more_than() {	# USER COUNT
	[ "$(rounds $1)" -gt "$2" ]
}
for user in alice bob; do
	wait_for 8 more_than $user "$(rounds $user)"
done

# Another ticket, and nothing else.
ticket carol
wait_for 10 says carol ok
touch $work/stop
wait
for user in alice bob; do
	expect_equal "what $user was told" "$(sort -u $work/$user.log)" ok
done
expect_equal "what carol was told" "$(grep -v -c -e '^ok$' -e 'Key has expired' \
	$work/carol.log)" 0
same_files $mnt/ends.carol "$UNC_SHARE_DIR/ends.carol"
expect_equal "connections" "$(connections "$UNC_HOST")" 1
