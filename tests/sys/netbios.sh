#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# NetBIOS sessions: port 139, what is done where nobody listens on 445, names,
# and every answer that a server can give to the call.
# daily: none
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
mnt=/tmp/netbios
work=/tmp/netbios.work
old=127.0.0.9		# has 139 alone
odd=127.0.0.10		# answers oddly
mkdir -p $work
at_end "rm -rf $work"
test_dir
random_file $work/random 1

# data_pass OPTIONS: whole files both ways, more than a session carries at once
data_pass() {
	unc_mount "$UNC_SHARE" $mnt "$1" || fail "no mount with $1"
	ss -Htn "dport = :139" | grep -q . || fail "not on port 139 with $1"
	run cp $work/random "$mnt/${dir##*/}/file"
	same_files $work/random "$server_dir/file"
	run umount $mnt
	run mount -t uncfs "//$UNC_HOST/$UNC_SHARE" $mnt \
		-o "credentials=$UNC_CREDENTIALS,$1"
	same_files $work/random "$mnt/${dir##*/}/file"
	run umount $mnt
}

data_pass port=139,vers=2.1
data_pass port=139,vers=3.1.1,sign,servern=files,netbiosname=guest-1
data_pass nbsessinit,seal

real=$(getent ahostsv4 "$UNC_HOST" | awk 'NR == 1 { print $1 }')
socat "TCP-LISTEN:139,bind=$old,fork,reuseaddr" "TCP:$real:139" &
at_end "kill $!; wait $! 2> /dev/null"
python3 "$here/nbss.py" $odd "$real" > $work/ports 2> $work/log &
at_end "kill $!; wait $! 2> /dev/null"
wait_for 30 grep -q ready $work/ports
wait_for 10 nc -z $old 139

# nobody on 445
data_pass ip=$old
expect_mount_fail ECONNREFUSED connect "//$UNC_HOST/$UNC_SHARE" \
	"credentials=$UNC_CREDENTIALS,ip=$old,nonbsessinit"

port_of() {
	sed -n "s/^$1 //p" $work/ports
}

# refuses ERRNO NAME TEXT [OPTIONS]
refuses() {
	expect_mount_fail "$1" connect "//$UNC_HOST/$UNC_SHARE" \
		"credentials=$UNC_CREDENTIALS,ip=$odd,port=$(port_of "$2"),nbsessinit,timeout=2${4:-}"
	expect_text "$2" "$mount_output" "$3"
	[ $mount_seconds -lt 15 ] || fail "$2 took $mount_seconds s"
}

refuses ECONNREFUSED refused-80 "the name it was called by"
refuses EACCES refused-81 "callers of our name"
refuses ENXIO refused-82 "has the called name" ,servern=nobody
refuses EBUSY refused-83 "no room"
refuses EREMOTEIO refused-8f "does not say why"
refuses EREMOTEIO refused-55 "RFC 1002"
for odd_answer in long short flags smb; do
	refuses EPROTO $odd_answer "no NetBIOS session"
done
refuses ETIMEDOUT silent "no NetBIOS session"
refuses ELOOP loop "sent from one"

# sent elsewhere; and called by its own name, then by the one of all
for way in retarget refused-82; do
	run mount -t uncfs "//$UNC_HOST/$UNC_SHARE" $mnt -o \
		"credentials=$UNC_CREDENTIALS,ip=$odd,port=$(port_of $way),nbsessinit"
	same_files $work/random "$mnt/${dir##*/}/file"
	run umount $mnt
done
