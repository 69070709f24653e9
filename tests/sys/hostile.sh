#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Truncated and lying packets: mounting fails with the right error and stage
# within its deadline, and leaves nothing behind.  CASES: only these.
# timeout: 600
. "$(dirname "$0")/lib.sh"

address=127.0.0.2
deadline=3
slack=6
[ "$UNC_KERNEL" = stock ] || slack=15
mkdir -p /tmp/hostile
at_end "rmdir /tmp/hostile"
python3 "$(dirname "$0")/hostile.py" $address > /tmp/hostile.ports 2> /tmp/hostile.log &
server=$!
at_end "kill $server; wait $server 2> /dev/null"
wait_for 30 grep -q '^ready$' /tmp/hostile.ports

says_one_of() {	# OUTPUT ERRNO,ERRNO: is one of these its error?
	python3 -c 'import errno, os, sys
texts = [os.strerror(getattr(errno, name)) for name in sys.argv[2].split(",")]
sys.exit(not any(text in sys.argv[1] for text in texts))' "$1" "$2"
}

wrong=0
mounts() {	# PORT NAME ERRNOS STAGES
	start=$(date +%s)
	said=$(timeout -k 5 60 mount -v -t uncfs //hostile.lab.test/share \
		/tmp/hostile -o "credentials=$UNC_CREDENTIALS,ip=$address,port=$1,timeout=$deadline" 2>&1)
	rc=$?
	took=$(($(date +%s) - start))
	problem=
	[ $rc != 0 ] || problem="mounted"
	[ $rc != 124 ] || problem="no end"
	[ $took -le $((deadline + slack)) ] || problem="$problem, took $took s"
	says_one_of "$said" "$3" || problem="$problem, wants $3"
	echo "$said" | grep -qE "($4):" || problem="$problem, wants stage $4"
	[ -z "$problem" ] || {
		note "$2: $problem: $said"
		wrong=$((wrong + 1))
	}
}

while read -r port name errnos stages; do
	[ "$port" != ready ] || break
	case " ${CASES:-$name} " in
	*" $name "*) mounts "$port" "$name" "$errnos" "$stages" < /dev/null ;;
	esac
done < /tmp/hostile.ports

wait_for 10 no_connections hostile
! mountpoint -q /tmp/hostile || fail "something is mounted"
[ ! -s /tmp/hostile.log ] || fail "the server broke: $(cat /tmp/hostile.log)"
expect_equal "wrong answers" $wrong 0
# The share that was there before is as it was
echo alive > "$UNC_MNT/alive" || fail "the share is dead"
run rm "$UNC_MNT/alive"
