#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Who one can be, on which server, by which protection: each cell mounts, writes
# and reads, or is refused for the right reason.  MATRIX=whole: all 90 cells; without,
# one for each identity, in which every server meets every protection.
# lab: --server ad
# daily: none
# kernel: stock
# timeout: 900
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/../ad/member"

mnt=/mnt/matrix
mkdir -p $mnt /tmp/matrix
at_end "! is_mounted $mnt || umount $mnt"
cp /etc/krb5.conf /tmp/krb5.conf
at_end "cp /tmp/krb5.conf /etc/krb5.conf; rm -rf /tmp/matrix"
run chmod 777 "$UNC_SHARE_DIR"
at_end "chmod 755 '$UNC_SHARE_DIR'"

# ---- Servers ------------------------------------------------------------------

smbd_start 'guest ok = yes' '[global]' 'map to guest = bad user'
member_start 'map to guest = bad user' || fail "no member server"
at_end member_stop

server() {	# NAME: sets $share, $server_opts, $served
	case $1 in
	alone)	share=//$smbd_address/own served=$smbd_dir
		server_opts=port=$smbd_port ;;
	member)	share=//$member_host/share served=$member_dir server_opts= ;;
	dc)	share=//$UNC_HOST/$UNC_SHARE served=$UNC_SHARE_DIR server_opts= ;;
	esac
}

# ---- Identities ---------------------------------------------------------------

printf 'username=carol@%s\npassword=%s\n' "$UNC_REALM" "$UNC_PASSWORD" \
	> /tmp/matrix/carol
chmod 600 /tmp/matrix/carol

kcm_up() {
	/usr/libexec/sssd/sssd_kcm --logger=stderr \
		> /tmp/matrix/kcm 2>&1 &
	at_end "kill $!; wait $!"
	wait_for 20 nc -zU /run/.heim_org.h5l.kcm-socket
}

cache() {	# NAME: where the library keeps tickets by default; one of alice's
	sed "/libdefaults/a default_ccache_name = $1" /tmp/krb5.conf \
		> /etc/krb5.conf
	case $1 in
	DIR:*) mkdir -p -m 700 "${1#DIR:}" ;;
	KCM:*) kcm_up ;;
	esac
	ticket alice root
}

# as_whom IDENTITY: sets $opts, $principal (a pattern)
as_whom() {
	case $1 in
	NTLMv2)		opts=sec=ntlmssp,credentials=$UNC_CREDENTIALS
			principal="$UNC_USER by ntlmssp" ;;
	password)	opts=sec=krb5,credentials=/tmp/matrix/carol
			principal="carol@$UNC_REALM by krb5" ;;
	keytab)		opts="sec=krb5,user=bob,keytab=$UNC_KEYTABS/bob.keytab"
			principal="bob@$UNC_REALM by krb5" ;;
	machine)	opts="sec=krb5,user=GUEST\$,keytab=$UNC_KEYTABS/GUEST\$.keytab"
			principal="GUEST\\\$@$UNC_REALM by krb5" ;;
	guest)		opts=guest principal="anonymous by" ;;
	anonymous)	opts=sec=none principal="anonymous by" ;;
	*)		opts=sec=krb5 principal="alice@$UNC_REALM by krb5" ;;
	esac
}

# ---- Cells --------------------------------------------------------------------

# Why a cell cannot work; nothing if it must.
no_way() {	# IDENTITY SERVER PROTECTION
	case $1.$2.$3 in
	guest.dc.*|anonymous.dc.*)
		echo "refused the share|refused the session|guest" ;;
	guest.*.vers=2.1|anonymous.*.vers=2.1) ;;
	guest.*|anonymous.*)
		echo "took the user for a guest" ;;
	NTLMv2.*) ;;
	*.alone.*)
		echo "does not offer Kerberos" ;;
	esac
}

io() {		# WHAT: a file there and back, and gone
	echo "$1" > $mnt/cell && [ "$(cat "$served/cell")" = "$1" ] &&
		[ "$(cat $mnt/cell)" = "$1" ] && rm $mnt/cell
}

cell() {	# IDENTITY SERVER PROTECTION: adds to $row
	server "$2"
	why=$(no_way "$1" "$2" "$3")
	if mount -v -t uncfs "$share" $mnt -o "$opts,$3,$server_opts" \
		> /tmp/matrix/mount 2>&1; then
		[ -z "$why" ] || fail "$1 $2 $3: mounted, not: $why"
		unc status | grep -q "session .*$principal" ||
			fail "$1 $2 $3: $(unc status)"
		io "$1 $2 $3" || fail "$1 $2 $3: no I/O"
		run umount $mnt
		row="$row ok"
	else
		[ "$why" ] && grep -Eq "$why" /tmp/matrix/mount ||
			fail "$1 $2 $3: $(cat /tmp/matrix/mount)"
		row="$row -"
	fi
}

protections="vers=3.1.1,sign vers=3.1.1,seal vers=2.1"
servers="alone member dc"
daily="
NTLMv2.alone.vers=3.1.1,sign	password.dc.vers=3.1.1,seal
keytab.member.vers=3.1.1,sign	machine.dc.vers=2.1
guest.alone.vers=2.1		anonymous.member.vers=2.1
FILE.dc.vers=3.1.1,sign		DIR.member.vers=3.1.1,seal
KEYRING.alone.vers=3.1.1,seal	KCM.member.vers=3.1.1,seal
"
is_chosen() {	# CELL
	[ "${MATRIX:-}" != whole ] || return 0
	case $daily in
	*"$1"[[:space:]]*) ;;
	*) return 1 ;;
	esac
}

table() {
	# shellcheck disable=SC2086 # the columns are words
	printf "TABLE: %-10s %8s %8s %8s %8s %8s %8s %8s %8s %8s\n" $*
}

of_identity() {
	as_whom "$1"
	row=
	for server in $servers; do
		for how in $protections; do
			if is_chosen "$1.$server.$how"; then
				cell "$1" "$server" "$how"
			else
				row="$row ."
			fi
		done
	done
	table "$1" "$row"
}

table as alone alone alone member member member dc dc dc
table . signed sealed 2.1 signed sealed 2.1 signed sealed 2.1
for identity in NTLMv2 password keytab machine guest anonymous; do
	of_identity $identity
done
for kind in FILE:/tmp/matrix/tickets DIR:/tmp/matrix/dir KEYRING:persistent:%{uid} \
	KCM:; do
	cache $kind
	of_identity "${kind%%:*}"
	kdestroy -q
done
