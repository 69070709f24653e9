#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# unc doctor, where it needs the kernel or a clock that is wrong; all else of it
# is in tests/ad/live, without a guest.
# lab: --server ad
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

server=//$UNC_HOST
doctor() {
	echo "$UNC_PASSWORD" | unc doctor "$@" > /tmp/doctor 2>&1
	doctor_rc=$?
	report=$(tr -s '\n ' ' ' < /tmp/doctor)
}

ticket "$UNC_USER" root
doctor "$server/$UNC_SHARE"
expect_equal "exit status" $doctor_rc 0
expect_text "the way to its end" "$report" "tree ok $server/$UNC_SHARE list ok 0 entries"
doctor "$server/nosuch"
expect_equal "exit status" $doctor_rc 1
expect_text "a share that is not there" "$report" "tree failed tree: "
doctor -s -u "$UNC_DOMAIN\\$UNC_USER" "$server/$UNC_SHARE"
expect_text "by password" "$report" "by ntlmssp tree ok"

# Mount and the kernel's log name the stage and the cause that doctor does.
one_cause() {		# ERROR STAGE PATTERN HOST OPTIONS DOCTOR'S OPTION...
	error=$1 stage=$2 cause=$3 host=$4 options=$5
	shift 5
	doctor "$@" "//$host"
	expect_text "doctor" "$report" "$stage failed *$cause"
	mark="doctor.sh: $stage at $host"
	echo "$mark" > /dev/kmsg
	expect_mount_fail "$error" "$stage" "//$host/$UNC_SHARE" "$options"
	expect_text "mount" "$mount_output" "$cause"
	expect_equal "lines in the kernel's log" \
		"$(dmesg | sed "1,/$mark/d" |
			grep -c "//$host/$UNC_SHARE: $stage: .*$cause")" 1
}

credentials() {		# USER [PASSWORD]
	printf 'username=%s\npassword=%s\n' "$1" "${2:-$UNC_PASSWORD}" \
		> /tmp/other
	chmod 600 /tmp/other
}

# The name of a machine of the domain: its tickets are not for this server.
other=guest.lab.test
cp /etc/hosts /tmp/hosts
at_end "cp /tmp/hosts /etc/hosts"
getent hosts "$UNC_HOST" | sed "s/ .*/ $other/" >> /etc/hosts
one_cause EACCES session "its keytab lacks the key of this service" $other \
	sec=krb5
credentials "$UNC_DOMAIN\\disabled"
one_cause EKEYREVOKED session "ask the administrator to enable" "$UNC_HOST" \
	sec=ntlmssp,credentials=/tmp/other -s -u "$UNC_DOMAIN\\disabled"
credentials "disabled@$UNC_REALM"
one_cause EACCES kdc "the account is disabled, locked" "$UNC_HOST" \
	sec=krb5,credentials=/tmp/other --sec krb5 -s -u "disabled@$UNC_REALM"
kdestroy -q
one_cause ENOKEY mechanism "get a ticket" "$UNC_HOST" \
	sec=krb5,vers=3.0

# A clock that is wrong, and a library that does not make up for it.
cp /etc/krb5.conf /tmp/krb5.conf
at_end "cp /tmp/krb5.conf /etc/krb5.conf"
sed "/libdefaults/a kdc_timesync = 0" /tmp/krb5.conf > /etc/krb5.conf
kdestroy -q
shift_clock() {
	date -s "@$(($(date +%s) + $1))" > /dev/null
}
shift_clock 1000
at_end "shift_clock -1000"
doctor -s -u "$UNC_USER@$UNC_REALM" "$server"
expect_text "the clock" "$report" "the server's clock is "
expect_text "Kerberos" "$report" "the clocks of this machine and the domain differ"
printf 'username=%s@%s\npassword=%s\n' "$UNC_USER" "$UNC_REALM" \
	"$UNC_PASSWORD" > /tmp/skewed
chmod 600 /tmp/skewed
expect_mount_fail EACCES kdc "$server/$UNC_SHARE" sec=krb5,credentials=/tmp/skewed
expect_text "mount says it too" "$mount_output" "the clocks of this machine"
