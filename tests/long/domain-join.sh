#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A fresh machine joins by each method, 10 ms away from its controller; less than
# ten seconds of that is waiting.  It mounts SYSVOL as itself, with nobody logged in,
# and does so again when it was booted anew.
#
#   scripts/lab run --server ad --delay 10 -- tests/sys/runner tests/long/domain-join.sh
#
# The lab boots a second guest beside the same controller.  What a disk would have
# kept goes from the first to it by /lab/disk.
. "$(dirname "$0")/../sys/lib.sh"

kept="/etc/krb5.keytab /etc/krb5.conf.d /var/lib/uncfs"
disk=/lab/disk
realm=$(echo "$UNC_REALM" | tr A-Z a-z)
mnt=/mnt/sysvol
mkdir -p $mnt
export PASSWD="$UNC_PASSWORD"

# Nothing that knows the realm but what the join writes
cp /etc/krb5.conf /tmp/krb5.conf
at_end "cp /tmp/krb5.conf /etc/krb5.conf"
mkdir -p /etc/krb5.conf.d
echo "includedir /etc/krb5.conf.d/" > /etc/krb5.conf

joined() {	# METHOD: tells how long it waited
	python "$1" "$realm" "$UNC_ADMIN" <<-END || fail "no join by $1"
	import resource, subprocess, sys, time
	method, realm, admin = sys.argv[1:]
	begin = time.monotonic()
	subprocess.run(["unc", "domain", "join", "--computer", "LINUX1", "--method",
	                method, "--user", admin, realm], check=True,
	               stdout=subprocess.DEVNULL)
	took = time.monotonic() - begin
	used = resource.getrusage(resource.RUSAGE_CHILDREN)
	waited = took - used.ru_utime - used.ru_stime
	print(f"TABLE: join by {method}: {took:.1f} s, {waited:.1f} s waiting")
	assert waited < 10
	END
	run unc domain test
}

sysvol() {
	run mount -t uncfs //dc1/sysvol $mnt -o sec=krb5,machine
	unc status | grep -q "session LINUX1\\\$@$UNC_REALM by krb5" ||
		fail "$(unc status)"
	expect_text "policies" "$(ls $mnt/"$realm"/Policies)" \
		"{31B2F340-016D-11D2-945F-00C04FB984F9}"
	run umount $mnt
}

if [ -e $disk ]; then
	run cp -a $disk/. /
	run unc domain test
	sysvol
	echo "TABLE: mounted as the machine, again after a reboot"
	exit
fi

# In no domain: said so, and no other way taken.
mount -t uncfs //dc1/sysvol $mnt -o machine 2> /tmp/out &&
	fail "mounted by a machine that is in no domain"
expect_text "no member" "$(cat /tmp/out)" "unc domain join"
joined samr
run unc domain leave --delete --user "$UNC_ADMIN"
joined ldap
sysvol
mkdir $disk
# shellcheck disable=SC2086 # a list of files
run cp -a --parents $kept $disk
run touch /lab/reboot
