#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Passwords that SAMR sets over its pipe (SamrSetInformationUser2), with AES and, if
# that is asked for, RC4: of a machine that joins, and of users. What the policy of
# the domain refuses is not tried in another way.
# lab: --server ad
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

realm=$(echo "$UNC_REALM" | tr A-Z a-z)
root=/tmp/people
export PASSWD="$UNC_PASSWORD" KRB5CCNAME=/tmp/people.cc
at_end "rm -rf $root; kdestroy -q 2> /dev/null"

by_admin() {		# COMMAND...: what it did is in /tmp/steps
	unc "$@" --verbose -R $root -u "$UNC_ADMIN@$UNC_REALM" > /tmp/steps 2>&1
}

did() {			# PATTERN: one of the steps
	grep -Eq "$1" /tmp/steps || { cat /tmp/steps >&2; fail "no step $1"; }
}

did_not() {		# PATTERN
	! grep -Eq "$1" /tmp/steps || { cat /tmp/steps >&2; fail "a step $1"; }
}

logs_on() {		# USER PASSWORD
	echo "$2" | kinit "$1" > /tmp/out 2>&1 || fail "$1: $(cat /tmp/out)"
}

# A machine, in the order of [MS-SYS]: IPC$, SAMR, the password, the account
by_admin domain join --computer PIPED --method samr "$realm" ||
	fail "$(cat /tmp/steps)"
did "RpcBind: samr, ncacn_np:$UNC_HOST: 0x0"
did "SamrSetInformationUser2: 31, AES: 0x0"
did_not "Kpasswd"
run unc domain test -R $root

export NEW_PASSWORD=First-1.lab
by_admin user add pia || fail "$(cat /tmp/steps)"
did "SamrSetInformationUser2: 31, AES: 0x0"
did_not "Kpasswd"
logs_on pia First-1.lab

NEW_PASSWORD=Second-2.lab by_admin user set pia --password --ciphers rc4 ||
	fail "$(cat /tmp/steps)"
did "SamrSetInformationUser2: 26, RC4: 0x0"
did_not "AES|Kpasswd"
logs_on pia Second-2.lab

NEW_PASSWORD=Third-3.lab by_admin user set pia --password --ciphers any ||
	fail "$(cat /tmp/steps)"
did "SamrSetInformationUser2: 31, AES: 0x0"
did_not "RC4"
logs_on pia Third-3.lab

# The machine, too, may be asked to do it: it is refused for want of the right.
! NEW_PASSWORD=Fourth-4.lab unc user set pia --password -v -R $root > /tmp/steps 2>&1 ||
	fail "a machine set a user's password"
did "it needs the right .Reset password"
logs_on pia Third-3.lab

samba-tool domain passwordsettings set --min-pwd-length=14 -H "ldap://$UNC_HOST" \
	-U "$UNC_ADMIN%$UNC_PASSWORD" > /tmp/out 2>&1 || fail "$(cat /tmp/out)"
at_end "samba-tool domain passwordsettings set --min-pwd-length=default -H 'ldap://$UNC_HOST' -U '$UNC_ADMIN%$UNC_PASSWORD' > /tmp/out 2>&1"
! NEW_PASSWORD=Short-1 by_admin user add shorty || fail "a password that is too short"
did "SamrSetInformationUser2: 31, AES: 0xc000006c"
did_not "Kpasswd|RC4"
! by_admin user show shorty || fail "half a user is left"

# What the local security authority says, over its own pipe
by_admin domain info || fail "$(cat /tmp/steps)"
grep -Eq "^lsa_domain +$realm *$" /tmp/steps || fail "$(cat /tmp/steps)"
grep -Eq "^lsa_sid +S-1-5-21-" /tmp/steps || fail "$(cat /tmp/steps)"
run unc user delete pia -R $root -u "$UNC_ADMIN@$UNC_REALM"
run unc domain leave --delete -R $root -u "$UNC_ADMIN@$UNC_REALM"
