#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The server is killed and comes back: what waits goes on, what was open is open
# again, and data that was not written yet arrives.  ONLY: names of cases, to try
# these alone.
# timeout: 300
. "$(dirname "$0")/lib.sh"

mnt=/tmp/reconnect
# With these lines Samba keeps durable handles, while it runs.
smbd_start "kernel share modes = no" "posix locking = no"
smbd_mount $mnt actimeo=0,lease

wanted() {
	case " ${ONLY:-$1} " in *" $1 "*) ;; *) return 1 ;; esac
	note "case $1"
}

# ends SECONDS PID: it ends by itself, in time; its status
ends() {
	_tries=$(($1 * 10))
	while kill -0 "$2" 2> /dev/null; do
		_tries=$((_tries - 1))
		[ $_tries -gt 0 ] || fail "a program does not end"
		sleep 0.1
	done
	wait "$2"
}

# to_disk WHEN: what was written to the file 3 is there, or why it is not
to_disk() {
	dd if=/dev/null conv=fsync status=none >&3 || fail "fsync $1"
}

if wanted open; then
	echo before > $smbd_dir/file
	rm -f /tmp/held /tmp/killed
	# Alone with its handles: every program that got a copy of one would wait at
	# its end for what was written.
	(
		exec 3<> $mnt/file 4< $mnt/file
		touch /tmp/held
		wait_for 10 [ -e /tmp/killed ]
		echo after! >&3 || fail "writing"
		to_disk "when the server is back"
		expect_equal "another handle" "$(cat <&4)" after!
	) & a=$!
	wait_for 10 [ -e /tmp/held ]
	smbd_kill
	touch /tmp/killed
	sleep 2
	kill -0 $a || fail "the lost server was not waited for"
	smbd_start
	ends 30 $a || fail "writing: $(dmesg | grep uncfs: | tail -n 4)"
	expect_equal "what the server has" "$(cat $smbd_dir/file)" after!
	rm $smbd_dir/file
fi

if wanted waiting; then
	echo there > $smbd_dir/there
	echo old > $smbd_dir/old
	touch $smbd_dir/gone
	smbd_kill
	stat $mnt/there > /tmp/stat.out 2>&1 & a=$!
	mkdir $mnt/made > /tmp/mkdir.out 2>&1 & b=$!
	mv $mnt/old $mnt/new > /tmp/mv.out 2>&1 & c=$!
	rm $mnt/gone > /tmp/rm.out 2>&1 & d=$!
	dd if=/dev/zero of=$mnt/zeroes bs=64k count=4 conv=fsync,excl \
		> /tmp/dd.out 2>&1 & e=$!
	sleep 2
	kill -0 $a && kill -0 $b && kill -0 $c && kill -0 $d && kill -0 $e ||
		fail "not waited for: $(cat /tmp/*.out)"
	start=$(date +%s)
	smbd_start
	for pid in $a $b $c $d $e; do
		ends 30 $pid || fail "failed: $(cat /tmp/*.out)"
	done
	note "went on $(($(date +%s) - start)) s after smbd was started"
	[ -d $smbd_dir/made ] && [ -e $smbd_dir/new ] &&
		[ ! -e $smbd_dir/old ] && [ ! -e $smbd_dir/gone ] &&
		[ "$(stat -c %s $smbd_dir/zeroes)" = 262144 ] ||
		fail "the server has: $(ls -l $smbd_dir)"
	rm -r ${smbd_dir:?}/*
fi
if wanted killed; then
	# To change a part of a page it is read before; whoever waits for that can be
	# killed.
	head -c 8192 /dev/zero > $smbd_dir/file
	rm -f /tmp/held /tmp/paused
	(
		exec 3<> $mnt/file
		touch /tmp/held
		wait_for 10 [ -e /tmp/paused ]
		exec dd if=/dev/zero bs=1 count=1 status=none >&3
	) & a=$!
	wait_for 10 [ -e /tmp/held ]
	smbd_pause
	touch /tmp/paused
	sleep 2
	kill -0 $a || fail "the paused server was not waited for"
	kill -KILL $a
	ends 5 $a
	smbd_resume
	rm $smbd_dir/file
fi
if wanted durable; then
	# The connection goes, not the server, which keeps the handle and its lock.
	echo before > $mnt/file
	exec 3<> $mnt/file
	flock -xn 3 || fail "flock"
	smbd_mount /tmp/reconnect.b
	trace_begin unc_open_back
	run ss -K dport = $smbd_port > /dev/null
	echo after! >&3 || fail "writing after a cut"
	to_disk "after a cut"
	expect_text "how the file came back" "$(trace_end)" claimed
	expect_equal "after a cut" "$(cat $smbd_dir/file)" after!
	expect_fail flock -xn /tmp/reconnect.b/file true
	exec 3>&-
	run flock -xn /tmp/reconnect.b/file true
	run umount /tmp/reconnect.b
	run rm $mnt/file
	[ ! -e $smbd_dir/file ] || fail "removed, and still at the server"
fi

# The fault server before smbd; not for 3.1.1, which signs what it would change.
before_faults() {
	[ -z "${fault_behind:-}" ] || return 0
	fault_behind=$smbd_address:$smbd_port
	fault_server
}

smbd_mount_faults() {
	mkdir -p /tmp/reconnect.c
	run mount -t uncfs "//$smbd_address/own" /tmp/reconnect.c -o \
		"$(fault_options vers=3.0,actimeo=0)"
	at_end "! is_mounted /tmp/reconnect.c || umount -f /tmp/reconnect.c"
}

# No server of the lab has shares that are continuously available: the fault
# server says that this is one.
if wanted persistent; then
	before_faults
	fault ca
	smbd_mount_faults
	echo before > /tmp/reconnect.c/file
	exec 3<> /tmp/reconnect.c/file
	fault_was persistent DH2Q || fail "not asked for: $(cat $fault_log)"
	trace_begin unc_open_back
	fault reset
	echo after! >&3 || fail "writing after a cut"
	to_disk "after a cut"
	expect_text "how the file came back" "$(trace_end)" claimed
	fault_was persistent DH2C || fail "not claimed: $(cat $fault_log)"
	exec 3>&-
	expect_equal "after a cut" "$(cat $smbd_dir/file)" after!
	run rm /tmp/reconnect.c/file
	run umount /tmp/reconnect.c
	fault calm
fi

# A server that is there and not ready, or has lost the share, is waited for as well.
if wanted notyet; then
	before_faults
	smbd_mount_faults
	echo before > /tmp/reconnect.c/file
	exec 3<> /tmp/reconnect.c/file
	for name in SESSION_SETUP TREE_CONNECT CREATE; do
		fault status $name c000009a
	done
	fault reset
	echo after! >&3 || fail "writing to a server that is not ready"
	to_disk "to a server that is not ready"
	expect_equal "what it has" "$(cat $smbd_dir/file)" after!
	fault status WRITE c00000c9
	fault status FLUSH c00000c9
	echo more >&3 || fail "writing to a share that went"
	to_disk "to a share that went"
	for name in SESSION_SETUP TREE_CONNECT CREATE WRITE FLUSH; do
		fault_was status $name || fail "$name was not refused"
	done
	# what came back by its name can be taken back the next time
	fault forget
	for how in "by name" claimed; do
		trace_begin unc_open_back
		fault reset
		echo $how >&3 || fail "writing after a cut"
		to_disk "after a cut"
		expect_text "how it came back" "$(trace_end)" "$how"
		fault remember
	done
	exec 3>&-
	expect_equal "what it has" "$(cat $smbd_dir/file)" "after!
more
by name
claimed"
	run umount /tmp/reconnect.c
	rm $smbd_dir/file
fi
run umount $mnt
