# SPDX-License-Identifier: GPL-2.0-or-later
# Helpers for the tests of unc domain beside a controller, which are called with
# the build folder, or without one where unc is installed.
. "$(dirname "$0")/../t/lib.sh"
unc=${1:+$1/cli/}unc
realm=$(echo "$UNC_REALM" | tr A-Z a-z)

says() {		# PATTERN COMMAND...: its output, on one line, has this
	pattern=$1; shift
	"$@" > /tmp/out 2>&1
	tr -s '\n ' ' ' < /tmp/out | grep -Eq -- "$pattern" ||
		{ cat /tmp/out; return 1; }
}

fails() {		# PATTERN COMMAND...: it fails and says this
	pattern=$1; shift
	! "$@" > /tmp/out 2>&1 &&
		tr -s '\n ' ' ' < /tmp/out | grep -Eq -- "$pattern" ||
		{ cat /tmp/out; return 1; }
}

asking() {		# COMMAND...: of the controller, as the administrator
	_command=$1; shift
	$unc "$_command" "$@" -u "$UNC_ADMIN@$UNC_REALM"
}

logs_on() {		# USER PASSWORD: gets a ticket
	echo "$2" | KRB5CCNAME=/tmp/cc.$1 kinit "$1" > /tmp/out 2>&1 ||
		{ cat /tmp/out; return 1; }
}

refused() {		# PATTERN USER PASSWORD: gets none, for this reason
	! echo "$3" | KRB5CCNAME=/tmp/cc.$2 kinit "$2" > /tmp/out 2>&1 &&
		grep -Eq "$1" /tmp/out || { cat /tmp/out; return 1; }
}

new_password() {	# NEW OLD COMMAND...
	_new=$1 _old=$2; shift 2
	NEW_PASSWORD=$_new PASSWD=$_old "$@"
}

# In this order, others between
sequence() {		# FILE WORD...
	_file=$1; shift
	python3 - "$_file" "$@" <<'END'
import sys
lines = iter(open(sys.argv[1]).read().splitlines())
for word in sys.argv[2:]:
    assert any(f" {word}: " in line for line in lines), f"no {word} in its place"
END
}

# ---- Computers ------------------------------------------------------------------

export PASSWD=$UNC_PASSWORD KRB5CCNAME=/tmp/ccache
echo "$UNC_PASSWORD" | kinit "$UNC_ADMIN" > /tmp/out
admin="-u $UNC_ADMIN"
ldap=ldap://$UNC_HOST

join() {		# COMPUTER OPTION...: with its files below /tmp/COMPUTER
	name=$1; shift
	# shellcheck disable=SC2086 # options
	$unc domain join -R "/tmp/$name" -C "$name" $admin "$@" "$realm"
}

on() {			# COMPUTER COMMAND OPTION...
	name=$1 command=$2; shift 2
	$unc domain "$command" -R "/tmp/$name" "$@"
}

account() {		# NAME: its attributes, by the administrator
	ldapsearch -N -Q -LLL -o ldif-wrap=no -Y GSSAPI -H "$ldap" \
		-b dc=lab,dc=test "(sAMAccountName=$1\$)" > /tmp/account 2>&1
	sed -n '/^dn: /,$p' /tmp/account | grep -v '^#' | grep .
}

on_server() {		# NAME: the same, out of the controller's own database
	ldbsearch -H "${UNC_SHARE_DIR%/share}/samba/lib/private/sam.ldb" \
		-b dc=lab,dc=test "(sAMAccountName=$1\$)" > /tmp/ldb 2>&1
	sed -n '/^dn: /,/^$/p' /tmp/ldb | grep .
}

gone() {		# FOLDER...: has no secret and no keys
	[ ! -e "$1/var/lib/uncfs/machine.json" ] &&
		! klist -k "$1/etc/krb5.keytab" 2> /dev/null | grep -q @
}

by_adcli() {		# COMPUTER
	says "validated join to domain $realm" adcli testjoin --verbose \
		--domain "$realm" --host-keytab "/tmp/$1/etc/krb5.keytab"
}

samba_member() {	# NAME: a configuration of its own for net
	mkdir -p "/tmp/samba/$1"
	printf '%s\n' "[global]" "workgroup = $UNC_DOMAIN" "realm = $UNC_REALM" \
		"security = ads" "netbios name = $1" "private dir = /tmp/samba/$1" \
		"lock directory = /tmp/samba/$1" "state directory = /tmp/samba/$1" \
		"cache directory = /tmp/samba/$1" > "/tmp/samba/$1.conf"
}

net_join() {		# NAME: an account by Samba's own hand
	samba_member "$1"
	says "Joined" net ads join -s "/tmp/samba/$1.conf" --no-dns-updates \
		-U "$UNC_ADMIN%$UNC_PASSWORD"
}

# Samba's client with our secret: it must find the account good
by_net() {		# COMPUTER
	python3 -c "import json
print(json.load(open('/tmp/$1/var/lib/uncfs/machine.json'))['password'])" |
		net changesecretpw -f -s "/tmp/samba/$1.conf" > /tmp/out 2>&1
	says "Join is OK" net ads testjoin -s "/tmp/samba/$1.conf"
}

# ---- Two controllers ------------------------------------------------------------

dc_stop() {		# dc1|dc2
	touch "$UNC_SHARE_DIR/$1.stop"
	until [ -e "$UNC_SHARE_DIR/$1.stopped" ]; do sleep 0.1; done
}

dc_answers() {		# dc1|dc2
	$unc domain find -f -n "$1.$realm" "$realm" > /dev/null 2>&1 &&
		nc -z "$1.$realm" 445 && nc -z "$1.$realm" 88 &&
		nc -z "$1.$realm" 464
}

dc_start() {		# dc1|dc2
	rm "$UNC_SHARE_DIR/$1.stop"
	until dc_answers "$1"; do sleep 0.5; done
}

replicate() {		# TO FROM
	samba-tool drs replicate "$1" "$2" dc=lab,dc=test \
		-U "$UNC_ADMIN%$UNC_PASSWORD" > /tmp/out 2>&1 ||
		{ cat /tmp/out; return 1; }
}
