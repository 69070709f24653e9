#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One run of fio that outlives many tickets: it sees no error, the session stays
# on its connection and is authenticated again in place.
#
# The tickets are for the file service and live for twelve seconds; somebody gets
# a new one in time, as k5start(1) does.  That the agent renews the ones that can
# be renewed is renewal.sh.
#
#   scripts/lab run --server ad -- tests/sys/runner tests/long/renewal-fio.sh
#
# lab: --server ad
# timeout: 400
. "$(dirname "$0")/../sys/lib.sh"

seconds=${RENEWAL_SECONDS:-60}
life=12
mnt=/mnt/renewal
stop=/tmp/renewal.stop
cd /
lab_user alice 1001
rm -f $stop
run chmod 777 "$UNC_SHARE_DIR"
at_end "chmod 755 '$UNC_SHARE_DIR'; rm -f '$UNC_SHARE_DIR'/job.*"
ticket "$UNC_USER" root
unc_mount "$UNC_SHARE" $mnt sec=krb5,multiuser || fail "no mount"

authentications() {
	grep -c "done by krb5 as alice@" /lab/uncd.log
}

# The one of TCP, by its port here.
connection() {
	ss -Htn state established '( dport = :445 )' | awk '{ print $3 }'
}

# The new ticket takes the old one's place at once.
keep() {
	as alice sh -c "
		while [ ! -e $stop ]; do
			sleep 4
			echo '$UNC_PASSWORD' | kinit -c /tmp/alice.new -l ${life}s \
				-S 'cifs/$UNC_HOST' alice > /dev/null &&
				mv /tmp/alice.new /tmp/krb5cc_1001
		done"
}

ticket alice alice -S "cifs/$UNC_HOST" -l ${life}s
at_end "touch $stop; wait"
run as alice ls $mnt > /dev/null
before=$(authentications)
connection=$(connection)
began=$(date +%s)
[ "$connection" ] || fail "no connection: $(ss -tn)"
keep 2> /tmp/renewal.kinit & keeper=$!

as alice fio --name=job --directory=$mnt --rw=randwrite --direct=1 --bs=16k \
	--size=$((seconds * 128))k --rate=128k,128k --numjobs=2 --verify=crc32c \
	--verify_fatal=1 --do_verify=1 --randrepeat=0 --ioengine=psync \
	--group_reporting --fallocate=none > /tmp/renewal.fio 2>&1 ||
	fail "fio: $(cat /tmp/renewal.fio)"
touch $stop
wait $keeper
took=$(($(date +%s) - began))
renewals=$(($(authentications) - before))
echo "TABLE: $took s of fio, tickets of $life s, $renewals renewals"
[ $took -ge $seconds ] || fail "fio took $took s"
[ $renewals -ge $((seconds / life)) ] ||
	fail "$renewals renewals in $took s: $(tail -n 20 /lab/uncd.log)"
expect_equal "the connection" "$(connection)" "$connection"
