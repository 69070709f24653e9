#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The domain controller of the lab, asked by programs that are not ours: run by
# tests/t/24-ad.t beside it.  Prints TAP.
. "$(dirname "$0")/../t/lib.sh"
export KRB5CCNAME=/tmp/ccache

says() {		# PATTERN COMMAND...: its output has this
	pattern=$1; shift
	"$@" > /tmp/out 2>&1
	grep -Eq -- "$pattern" /tmp/out || { cat /tmp/out; return 1; }
}

password() {
	echo "$UNC_PASSWORD" | kinit "$1"
}

keytab() {
	kinit -kt "$UNC_KEYTABS/$1.keytab" "$1"
}

ldap() {
	ldapsearch -N -Q -LLL -Y GSSAPI -H "ldap://$UNC_HOST" -b dc=lab,dc=test \
		"$@"
}

ok "DNS: the controller's name" says "10.99.0.1 +$UNC_HOST" getent hosts "$UNC_HOST"
ok "KDC, found by DNS: a ticket for a password" password "$UNC_USER"
ok "and for a keytab" keytab alice
ok "and for a machine's" keytab 'GUEST$'
ok "an account that is disabled" says "revoked" password disabled
ok "a password that is expired" says "expired" password expired
ok "LDAP with Kerberos: a user's groups" says "memberOf: CN=team" \
	ldap '(sAMAccountName=alice)' memberOf
ok "files with Kerberos" says "blocks of size" \
	smbclient --use-kerberos=required --use-krb5-ccache="$KRB5CCNAME" \
	-c ls "//$UNC_HOST/$UNC_SHARE"
ok "files with NTLM" says "blocks of size" \
	smbclient -U "$UNC_DOMAIN/$UNC_USER%$UNC_PASSWORD" -c ls \
	"//$UNC_HOST/$UNC_SHARE"
ok "RPC: the accounts" says "user:\[carol\]" \
	rpcclient -U "$UNC_DOMAIN/$UNC_USER%$UNC_PASSWORD" "$UNC_HOST" \
	-c enumdomusers
tap_end
