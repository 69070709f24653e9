#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A man in the middle: what he changes is found out, by the layer that is there
# to find it, and what he withholds does not hang us.  ATTACKS: only these.
# timeout: 400
. "$(dirname "$0")/lib.sh"

address=127.0.0.3
mnt=/tmp/tamper
log=/tmp/tamper.log
armed=/tmp/tamper.armed
wrong=0

mkdir -p $mnt
rm -f $armed /tmp/tamper.ports
at_end "rm -f '$UNC_SHARE_DIR/data' '$UNC_SHARE_DIR/other' '$UNC_SHARE_DIR/copy'"
server=$(getent ahostsv4 "$UNC_HOST" | awk '{ print $1; exit }')
python3 "$(dirname "$0")/tamper.py" $address "$server" > /tmp/tamper.ports 2> $log &
proxy=$!
at_end "kill $proxy; wait $proxy 2> /dev/null"
wait_for 30 grep -q '^ready$' /tmp/tamper.ports

options() {	# ATTACK OPTS: to mount through it
	port=$(awk -v attack="$1" '$2 == attack { print $1 }' /tmp/tamper.ports)
	echo "credentials=$UNC_CREDENTIALS,ip=$address,port=$port,timeout=20,actimeo=0,$2"
}

wanted() {
	case " ${ATTACKS:-$1} " in *" $1 "*) ;; *) return 1 ;; esac
	note "$1 $2"
	: > $log
}

took_place() {
	grep -q "^$1: " $log || bad "$1: the attack did not take place: $(cat $log)"
}

# Goes on with the other attacks; the end tells.
bad() {
	note "WRONG: $*"
	wrong=$((wrong + 1))
}

# ---- What NEGOTIATE says, changed: mounting fails where it is found out

refused() {	# ATTACK OPTS STAGE
	wanted "$1" "$2" || return
	if said=$(mount -v -t uncfs "//$UNC_HOST/$UNC_SHARE" $mnt \
		-o "$(options "$1" "$2")" 2>&1); then
		bad "$1 $2: mounted"
		umount $mnt
	else
		case $said in
		*"$3"*) ;;
		*) bad "$1 $2: wants '$3': $said" ;;
		esac
	fi
	took_place "$1"
}

found="secure negotiate failed"
unsigned="not signed by the session's key"
refused Without311 vers=3 "$found"
refused Without311 vers=default "$found"
refused WithoutEncryption vers=3.0 "$found"
refused WithoutSigning vers=3.0.2 "$found"
refused WithoutSigning vers=2.1 "$found"
refused WithoutValidation vers=3.0 "$found"
refused WorseCipher vers=3.1.1 "$unsigned"
refused WithoutSigning vers=3.1.1 "$unsigned"
refused OtherSalt vers=3.1.1 "$unsigned"

# ---- Answers that are less protected than the questions

plain() {	# The forged answer would be "no such share"
	wanted PlainAnswer seal || return
	for vers in 3.0 3.1.1; do
		said=$(mount -v -t uncfs "//$UNC_HOST/$UNC_SHARE" $mnt \
			-o "$(options PlainAnswer "seal,vers=$vers")" 2>&1) &&
			bad "PlainAnswer: mounted"
		errno_text EIO
		case $said in
		*"tree"*"$errno_text"*) ;;
		*) bad "PlainAnswer $vers: wants $errno_text: $said" ;;
		esac
		took_place PlainAnswer
	done
}

forged() {	# ATTACK VERS
	wanted "$1" "sign,vers=$2" || return
	mount -t uncfs "//$UNC_HOST/$UNC_SHARE" $mnt \
		-o "$(options "$1" "sign,vers=$2")" || {
		bad "$1 $2: not mounted"
		return
	}
	echo genuine > "$UNC_SHARE_DIR/data"
	if text=$(cat $mnt/data 2> /dev/null); then
		bad "$1 $2: read '$text'"
	fi
	took_place "$1"
	# What the server says by other commands is still believed
	[ "$(stat -c %s $mnt/data)" = 8 ] || bad "$1 $2: the mount is dead"
	umount $mnt || bad "$1 $2: umount"
}

plain
for vers in 2.1 3.0 3.1.1; do
	forged ForgedRead $vers
done
forged UnsignedRead 3.1.1
forged UnsignedRead 2.1
forged ZeroSignature 3.1.1

# ---- Few credits

through() {	# ATTACK OPTS: mounted, or it was not wanted
	wanted "$1" "$2" || return
	run mount -t uncfs "//$UNC_HOST/$UNC_SHARE" $mnt -o "$(options "$1" "$2")"
}

# Takes what the server gave out at first, by reading.
drain() {
	touch $armed
	_tries=100
	while [ -e $armed ]; do
		stat $mnt > /dev/null
		dd if=$mnt/data of=/dev/null bs=1M iflag=direct 2> /dev/null
		_tries=$((_tries - 1))
		[ $_tries -gt 0 ] || fail "credits do not get fewer"
	done
}

seconds() {	# COMMAND...: how long it takes, in $took; its status
	_begin=$(date +%s)
	timeout -k 5 60 "$@"
	_rc=$?
	took=$(($(date +%s) - _begin))
	return $_rc
}

random_file /tmp/random 3
cp /tmp/random "$UNC_SHARE_DIR/data"
if through FewCredits vers=3.1.1; then
	drain
	seconds cmp /tmp/random $mnt/data || bad "FewCredits: reading, $took s"
	seconds cp /tmp/random $mnt/copy || bad "FewCredits: writing, $took s"
	cmp /tmp/random "$UNC_SHARE_DIR/copy" || bad "FewCredits: other data"
	seconds ls -l $mnt > /dev/null || bad "FewCredits: listing, $took s"
	[ "$(connections " 8 credits")" = 1 ] || bad "FewCredits: $(unc status)"
	seconds umount $mnt || bad "FewCredits: umount, $took s"
	took_place FewCredits
fi
# One is enough to read, but not for CREATE, QUERY_INFO and CLOSE in one flight
if through OneCredit vers=3.1.1,nolease; then
	exec 3< $mnt/data
	drain 2> /dev/null
	seconds cmp /tmp/random - <&3 || bad "OneCredit: reading, $took s"
	exec 3<&-
	errno_text ENOBUFS
	seconds stat $mnt/data > /tmp/said 2>&1 && bad "OneCredit: stat succeeded"
	grep -qF "$errno_text" /tmp/said ||
		bad "OneCredit: wants $errno_text: $(cat /tmp/said)"
	[ "$took" -lt 10 ] || bad "OneCredit: stat took $took s"
	seconds umount $mnt || bad "OneCredit: umount, $took s"
	[ "$took" -lt 10 ] || bad "OneCredit: umount took $took s"
	took_place OneCredit
fi

# ---- Sessions that end

for attack in Expired Deleted; do
	through $attack vers=3.1.1 || continue
	echo before > "$UNC_SHARE_DIR/data"
	before=$(unc status | grep -c '^  session')
	touch $armed
	[ "$(cat $mnt/data)" = before ] || bad "$attack: reading"
	took_place $attack
	: > $log
	echo new > $armed
	mkdir $mnt/other || bad "$attack: mkdir, which must not be done twice"
	took_place $attack
	rmdir $mnt/other
	[ "$(unc status | grep -c '^  session')" = "$before" ] ||
		bad "$attack: sessions are left: $(unc status)"
	seconds umount $mnt || bad "$attack: umount, $took s"
done

# What is open stays open while the session authenticates again.
for vers in 3.1.1 2.1; do
	through ExpiredRead "vers=$vers" || break
	# longer than what comes along with the handle
	{ head -c 100000 /dev/zero; echo before; } > "$UNC_SHARE_DIR/data"
	exec 3< $mnt/data
	touch $armed
	[ "$(tail -c 7 <&3)" = before ] || bad "ExpiredRead $vers"
	exec 3<&-
	took_place ExpiredRead
	umount $mnt || bad "ExpiredRead: umount"
done
if through ExpiredWrite vers=3.1.1; then
	touch $armed
	echo written > $mnt/copy || bad "ExpiredWrite"
	[ "$(cat "$UNC_SHARE_DIR/copy")" = written ] || bad "ExpiredWrite: lost"
	took_place ExpiredWrite
	umount $mnt || bad "ExpiredWrite: umount"
fi

wait_for 10 no_connections $address
[ $wrong = 0 ] || fail "$wrong went wrong"
