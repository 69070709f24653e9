#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A fresh machine joins by each method, 10 ms away from its controller; less than
# ten seconds of that is waiting.  It mounts SYSVOL as itself, with nobody logged in,
# and does so again when it was booted anew.
#
#   scripts/lab run --server ad --delay 10 -- tests/sys/runner tests/long/domain-join.sh
#
# The lab boots a second guest beside the same controller.  What a disk would have
# kept goes from the first to it by /lab/disk, one folder for each method.
# timeout: 400
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

join_by() {		# METHOD
	case $1 in
	offline) set -- join --offline /tmp/provisioned ;;
	*) set -- join --computer "$computer" --method "$1" \
		--user "$UNC_ADMIN" "$realm" ;;
	esac
	python "$method" "$@" <<-END || fail "no join by $method"
	import resource, subprocess, sys, time
	method, *words = sys.argv[1:]
	begin = time.monotonic()
	subprocess.run(["unc", "domain", *words], check=True,
	               stdout=subprocess.DEVNULL)
	took = time.monotonic() - begin
	used = resource.getrusage(resource.RUSAGE_CHILDREN)
	waited = took - used.ru_utime - used.ru_stime
	print(f"TABLE: join by {method}: {took:.1f} s, {waited:.1f} s waiting")
	assert waited < 10
	END
}

# By an administrator's machine, which is not to be this one.
provision() {
	run unc domain provision --root /tmp/admin --computer "$computer" \
		--save /tmp/provisioned --user "$UNC_ADMIN" "$realm"
}

fresh() {		# a machine that was never in a domain
	rm -rf $kept /tmp/admin
	mkdir -p /etc/krb5.conf.d
	unc domain test > /tmp/out 2>&1 && fail "a member without having joined"
	expect_text "no member" "$(cat /tmp/out)" "in no domain"
}

sysvol() {
	run mount -t uncfs //dc1/sysvol $mnt -o sec=krb5,machine
	unc status | grep -q "session $computer\\\$@$UNC_REALM by krb5" ||
		fail "$(unc status)"
	expect_text "policies" "$(ls $mnt/"$realm"/Policies)" \
		"{31B2F340-016D-11D2-945F-00C04FB984F9}"
	run umount $mnt
}

joined() {		# METHOD
	method=$1 computer=$(echo "by-$1" | tr a-z A-Z)
	fresh
	[ "$method" != offline ] || provision
	join_by "$method"
	run unc domain test
	sysvol
	mkdir -p $disk/"$method"
	# shellcheck disable=SC2086 # a list of files
	run cp -a --parents $kept $disk/"$method"
}

booted() {		# METHOD: with the disk of that machine
	method=$1 computer=$(echo "by-$1" | tr a-z A-Z)
	fresh
	run cp -a $disk/"$method"/. /
	run unc domain test
	sysvol
	echo "TABLE: by $method: mounted as the machine, again after a reboot"
}

methods="ldap samr offline"
if [ -e $disk ]; then
	for one in $methods; do
		booted "$one"
	done
	exit
fi

# In no domain: said so, and no other way taken.
mount -t uncfs //dc1/sysvol $mnt -o machine 2> /tmp/out &&
	fail "mounted by a machine that is in no domain"
expect_text "no member" "$(cat /tmp/out)" "unc domain join"
for one in $methods; do
	joined "$one"
done
run touch /lab/reboot
