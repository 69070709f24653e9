#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the server does wrong after the mount (tests/lab/faultd.py): errors come in
# time, signals end what waits, and what cannot come back says so.  ONLY: names
# of cases, to try these alone.
# daily: none
# timeout: 200
. "$(dirname "$0")/lib.sh"

mnt=/tmp/faults
slow=1		# on the debug kernel everything takes longer
[ "$UNC_KERNEL" = stock ] || slow=3
fault_server

wanted() {
	case " ${ONLY:-$1} " in *" $1 "*) ;; *) return 1 ;; esac
	note "case $1"
}

not_alive() {
	! kill -0 "$1" 2> /dev/null
}

clean_up() {
	fault calm
	nobody_hangs
	run umount $mnt
	rm -rf "${UNC_SHARE_DIR:?}"/fault.*
}

# A soft mount does not wait for ever: in flight till the deadline, and then for
# the server to come back, as long again.
if wanted soft; then
	fault_mount $mnt soft,timeout=2,actimeo=0,nolease
	echo text > "$UNC_SHARE_DIR/fault.soft"
	fault refuse
	fault reset
	errno_text EHOSTDOWN
	in_time $((4 * slow)) "soft, connection lost" \
		cat $mnt/fault.soft > /tmp/said 2>&1 && fail "read from nobody"
	grep -q "Host is down" /tmp/said || fail "soft: $(cat /tmp/said)"
	fault accept
	wait_for 10 cmp -s $mnt/fault.soft "$UNC_SHARE_DIR/fault.soft"
	fault silent
	in_time $((6 * slow)) "soft, server silent" \
		stat $mnt/fault.soft > /tmp/said 2>&1 && fail "heard from nobody"
	fault speak
	wait_for 10 cmp -s $mnt/fault.soft "$UNC_SHARE_DIR/fault.soft"
	clean_up
fi

# STATUS_PENDING is no answer; a signal sends CANCEL and ends the wait at once.
if wanted pending; then
	fault_mount $mnt nolease,actimeo=0
	echo text > "$UNC_SHARE_DIR/fault.pending"
	fault pending CREATE
	stat $mnt/fault.pending > /dev/null 2>&1 & waiter=$!
	wait_for 10 fault_was pending CREATE
	kill -0 $waiter 2> /dev/null || fail "STATUS_PENDING was taken for an answer"
	kill -KILL $waiter
	in_time $((2 * slow)) "a killed waiter" tail --pid=$waiter -f /dev/null
	wait_for 5 fault_was cancelled CREATE
	# held, then let go: the answer is as good as if it had come at once
	fault pending CREATE
	stat -c %s $mnt/fault.pending > /tmp/said 2>&1 & waiter=$!
	sleep 1
	fault release
	wait $waiter || fail "a late answer: $(cat /tmp/said)"
	expect_equal "size, said late" "$(cat /tmp/said)" 5
	clean_up
fi

# An answer that nobody waits for any more: what it opened is closed again.
if wanted late; then
	fault_mount $mnt nolease,actimeo=0
	echo text > "$UNC_SHARE_DIR/fault.late"
	fault hold CREATE
	cat $mnt/fault.late > /dev/null 2>&1 & waiter=$!
	wait_for 10 fault_was hold CREATE
	kill -KILL $waiter
	wait $waiter 2> /dev/null
	fault watch CLOSE
	fault release
	wait_for 5 fault_was watch CLOSE
	same_files $mnt/fault.late "$UNC_SHARE_DIR/fault.late"
	fault again
	same_files $mnt/fault.late "$UNC_SHARE_DIR/fault.late"
	clean_up
fi

# A handle that does not come back, or comes back as another file, is not used:
# what was written through it is an error for whoever has it, and said once.
if wanted poisoned; then
	fault_mount $mnt lease
	dmesg -C
	echo first > $mnt/fault.poisoned || fail "writing"
	exec 3<> $mnt/fault.poisoned
	fault forget
	fault other
	fault reset
	errno_text ESTALE
	( echo second >&3 && sync -d /proc/self/fd/3 ) 3>&3 > /tmp/said 2>&1 &&
		fail "written to another file"
	cat <&3 > /tmp/said 2>&1 && fail "read from another file"
	grep -qF "$errno_text" /tmp/said || fail "poisoned: $(cat /tmp/said)"
	exec 3>&-
	expect_equal "what is there" "$(cat "$UNC_SHARE_DIR/fault.poisoned")" first
	lines=$(dmesg | grep -c 'uncfs:.*fault.poisoned')
	[ "$lines" = 1 ] || fail "said $lines times: $(dmesg | tail -n 5)"
	fault calm
	expect_equal "opened anew" "$(cat $mnt/fault.poisoned)" first
	clean_up
fi

# Refused by the server's own word: an error at once, on a hard mount, too.
if wanted refused; then
	fault_mount $mnt nolease,actimeo=0
	touch "$UNC_SHARE_DIR/fault.refused"
	fault status SESSION_SETUP c000006d 20
	fault reset
	in_time $((5 * slow)) "refused" stat $mnt/fault.refused \
		> /tmp/said 2>&1 && fail "let in without a session"
	grep -qi "denied\|not permitted\|required key" /tmp/said ||
		fail "refused: $(cat /tmp/said)"
	clean_up
fi

# umount -f with the server silent, and programs that wait for it.
if wanted force; then
	fault_mount $mnt nolease,actimeo=0
	head -c 100000 /dev/zero > "$UNC_SHARE_DIR/fault.force"
	exec 3< $mnt/fault.force
	fault silent
	dd of=/dev/null bs=100k count=1 <&3 > /dev/null 2>&1 & a=$!
	stat $mnt/fault.force > /dev/null 2>&1 & b=$!
	sleep 1
	exec 3<&-
	in_time $((2 * slow)) "umount -f" umount -f $mnt
	# what was in use then is free now
	wait_for 5 not_alive $a
	wait_for 5 not_alive $b
	! is_mounted $mnt || in_time $((2 * slow)) "umount -f again" umount -f $mnt
	wait_for 5 no_connections $fault_address
	nobody_hangs
	fault calm
	rm "$UNC_SHARE_DIR/fault.force"
fi
