#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Truncated and lying packets: mounting fails with the right error and stage
# within its deadline, and leaves nothing behind.  CASES: only these.
# timeout: 600
. "$(dirname "$0")/lib.sh"

address=127.0.0.2
deadline=3
slack=20	# for a loaded machine; without a deadline it would be for ever
[ "$UNC_KERNEL" = stock ] || slack=40
mkdir -p /tmp/hostile
at_end "rmdir /tmp/hostile"
python3 "$(dirname "$0")/hostile.py" $address > /tmp/hostile.ports 2> /tmp/hostile.log &
server=$!
at_end "kill $server; wait $server 2> /dev/null"
wait_for 30 grep -q '^ready$' /tmp/hostile.ports

: > /tmp/hostile.wrong
mounts() {	# PORT NAME STAGES TEXTS
	start=$(date +%s)
	said=$(timeout -k 5 60 mount -v -t uncfs //hostile.lab.test/share \
		/tmp/hostile -o "credentials=$UNC_CREDENTIALS,ip=$address,port=$1,timeout=$deadline" 2>&1)
	rc=$?
	took=$(($(date +%s) - start))
	problem=
	[ $rc != 0 ] || problem="mounted"
	[ $rc != 124 ] || problem="no end"
	[ $took -le $((deadline + slack)) ] || problem="$problem, took $took s"
	echo "$said" | grep -qE "($3):" || problem="$problem, wants stage $3"
	echo "$said" | grep -qE "$4" || problem="$problem, wants $4"
	[ -z "$problem" ] || echo "$2: $problem: $said" >> /tmp/hostile.wrong
}

# A few at a time: most of them wait for a deadline
running=0
while read -r port name stages texts; do
	[ "$port" != ready ] || break
	case " ${CASES:-$name} " in
	*" $name "*) ;;
	*) continue ;;
	esac
	mounts "$port" "$name" "$stages" "$texts" < /dev/null &
	jobs="${jobs:-} $!"
	running=$((running + 1))
	[ $((running % 6)) != 0 ] || { wait $jobs; jobs=; }
done < /tmp/hostile.ports
wait ${jobs:-}
note "$running cases"
[ $running -gt 0 ] || fail "no case was tried"

wait_for 10 no_connections hostile
! is_mounted /tmp/hostile || fail "something is mounted"
[ ! -s /tmp/hostile.log ] || fail "the server broke: $(cat /tmp/hostile.log)"
[ ! -s /tmp/hostile.wrong ] || fail "wrong answers:
$(cat /tmp/hostile.wrong)"
# The share that was there before is as it was
echo alive > "$UNC_MNT/alive" || fail "the share is dead"
run rm "$UNC_MNT/alive"
