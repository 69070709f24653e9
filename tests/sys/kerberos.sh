#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Kerberos from wherever a credential may be, by every kind of protection; and
# never anything else when Kerberos was asked for.
# lab: --server ad
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

mnt=/mnt/krb5
share=//$UNC_HOST/$UNC_SHARE
cp /etc/krb5.conf /tmp/krb5.conf
at_end "cp /tmp/krb5.conf /etc/krb5.conf"
run chmod 777 "$UNC_SHARE_DIR"
at_end "chmod 755 '$UNC_SHARE_DIR'; rm -f '$UNC_SHARE_DIR/by-kerberos'"
mkdir -p $mnt
at_end "! is_mounted $mnt || umount $mnt"

# works WHAT PRINCIPAL OPTIONS: mounts, with the next protection, and does I/O;
# identity-matrix.sh has all with all.  PROTECTIONS: these instead, and each of
# them; for instance vers=1.0
works() {
	turn=$(((${turn:-0} + 1) % 3))
	case $turn in
	0) protections=vers=2.1 ;;
	1) protections=vers=3.1.1,sign ;;
	2) protections=vers=3.1.1,seal ;;
	esac
	for how in ${PROTECTIONS:-$protections}; do
		run mount -t uncfs "$share" $mnt -o "sec=krb5,$how,$3"
		unc status | grep -q "session $2@$UNC_REALM by krb5" ||
			fail "$1, $how: $(unc status)"
		run sh -c "echo '$1' > $mnt/by-kerberos"
		expect_equal "$1, $how" "$(cat "$UNC_SHARE_DIR/by-kerberos")" "$1"
		run rm $mnt/by-kerberos
		run umount $mnt
	done
}

cache() {	# where the library keeps tickets by default
	sed "/libdefaults/a default_ccache_name = $1" /tmp/krb5.conf \
		> /etc/krb5.conf
}

# With no ticket: an error that says so, and no NTLM behind one's back.
expect_mount_fail ENOKEY mechanism "$share" sec=krb5
expect_text "reason" "$mount_output" kinit

for kind in FILE:/tmp/krb5cc_%{uid} DIR:/tmp/krb5dir KEYRING:persistent:%{uid}; do
	cache "$kind"
	mkdir -p -m 700 /tmp/krb5dir
	ticket alice root
	works "$kind" alice port=445
	kdestroy -q
done
cp /tmp/krb5.conf /etc/krb5.conf

printf 'username=carol@%s\npassword=%s\n' "$UNC_REALM" "$UNC_PASSWORD" \
	> /tmp/carol
chmod 600 /tmp/carol
works password carol credentials=/tmp/carol
works keytab bob "user=bob,keytab=$UNC_KEYTABS/bob.keytab"
works machine 'GUEST\$' "user=GUEST\$,keytab=$UNC_KEYTABS/GUEST\$.keytab"
ticket carol root -c FILE:/tmp/carols
works ccache carol user=carol,ccache=FILE:/tmp/carols

# The same from what unc login keeps, by which mounts need no word.
keyctl link @u @s 2> /dev/null
at_end "unc logout $UNC_HOST > /dev/null 2>&1"
run unc login --keytab "$UNC_KEYTABS/bob.keytab" "bob@$UNC_HOST"
works "unc login --keytab" bob port=445
run unc logout "$UNC_HOST"
run unc login --ccache FILE:/tmp/carols "carol@$UNC_HOST"
works "unc login --ccache" carol port=445
