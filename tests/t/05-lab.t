#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The lab itself: what it promises in --help.  Needs nothing of uncfs.
. "$(dirname "$0")/lib.sh"

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

run_lab() {
	"$lab" run --quiet --fs none "$@"
}

expect() {	# wanted status, COMMAND...
	wanted=$1; shift
	"$@"
	got=$?
	[ $got = "$wanted" ] || { echo "status $got, wanted $wanted"; return 1; }
}

later() {
	for option in "--kernel newest" "--server ksmbd"; do
		# shellcheck disable=SC2086
		expect 120 run_lab $option -- true || return 1
	done
}

# Two at once: status, both streams, the options that need no server.
side_by_side() {
	mkdir "$tmp/bound"
	run_lab --delay 40 --capture "$tmp/pcap" --bind "$tmp/bound:/srv/bound" \
		-- sh -c 'echo first; echo second >&2; ping -c 3 -q files.lab.test
			echo seen > /srv/bound/file; exit 7' \
		> "$tmp/out1" 2> "$tmp/err1" &
	one=$!
	run_lab -- sh -c 'cat /srv/bound/file; touch "$UNC_SHARE_DIR/x"
		smbclient -A $UNC_CREDENTIALS -c ls "//$UNC_HOST/$UNC_SHARE"
		rpcclient -A $UNC_CREDENTIALS $UNC_HOST -c netshareenum
		exit 8' > "$tmp/out2" 2>&1 &
	two=$!
	wait $one; status1=$?
	wait $two; status2=$?
}

rtt() {
	average=$(sed -n 's|^rtt.*= [0-9.]*/\([0-9]*\)\..*|\1|p' "$tmp/out1")
	[ "$average" -ge 40 ] && [ "$average" -lt 200 ]
}

# A run that waits to be interrupted.  One at a time: places for guests are few.
sleeper() {	# signal
	"$lab" run --quiet --fs none -- sleep 1234 > "$tmp/$1" 2>&1 &
	echo $! > "$tmp/$1.pid"
}

signal_leaves_nothing() {	# signal
	read -r pid < "$tmp/$1.pid"
	tries=3000
	until grep -qsx start "$top"/build/run/"$pid"-*/stage ||
		[ $tries = 0 ]; do
		sleep 0.1
		tries=$((tries - 1))
	done
	folder=$(echo "$top"/build/run/"$pid"-*)
	[ -d "$folder" ] || { echo "no run folder"; return 1; }
	kill -"$1" "$pid"
	# not a child of this subshell, so nobody can wait for it here; a
	# zombie has no command line any more
	while grep -qsa . "/proc/$pid/cmdline"; do sleep 0.1; done
	# after SIGKILL the kernel needs a moment, and nobody removes the folder
	[ "$1" != KILL ] || sleep 2
	# from a file, or grep would find itself
	echo "${folder##*/}" > "$tmp/pattern"
	left=$(grep -lasf "$tmp/pattern" /proc/[0-9]*/cmdline)
	[ -z "$left" ] || { echo "processes are left: $left"; return 1; }
	[ "$1" = KILL ] || [ ! -e "$folder" ] ||
		{ echo "the run's folder is left"; return 1; }
	! grep -q "$folder" /proc/mounts
}

status_of() {	# signal, wanted status
	read -r pid < "$tmp/$1.pid"
	wait "$pid"
	[ $? = "$2" ]
}

half_cache() {	# an entry that was not finished is made again
	PYTHONPATH=tests python3 - "$tmp" <<-'END'
	import sys
	from pathlib import Path
	from lab import cache, say
	say.quiet = True
	entry = Path(sys.argv[1]) / "entry"
	def fails(partial):
	    partial.write_text("half")
	    raise OSError
	try:
	    cache.make(entry, "test", fails)
	except OSError:
	    pass
	assert not entry.exists()
	cache.make(entry, "test", lambda partial: partial.write_text("whole"))
	assert entry.read_text() == "whole"
	assert list(entry.parent.glob("entry.partial")) == []
	END
}

ok "help" "$lab" --help
ok "what is not there yet says so" later
ok "a run without COMMAND is wrong usage" expect 2 "$lab" run
ok "a half-made cache entry is not trusted" half_cache
side_by_side
ok "exit status is passed" expect 0 test "$status1 $status2" = "7 8"
ok "standard output is passed" grep -q first "$tmp/out1"
ok "standard error is passed apart from it" \
	sh -c "grep -q second '$tmp/err1' && ! grep -q second '$tmp/out1'"
ok "--delay adds round-trip time" rtt
ok "--capture writes the traffic" test -s "$tmp/pcap"
ok "--bind is writable and seen on the host" grep -q seen "$tmp/bound/file"
ok "a run beside it does not see its folders" \
	grep -q "cannot\|No such file" "$tmp/out2"
ok "the server shows the share folder's files" grep -q ' x  ' "$tmp/out2"
ok "the server's srvsvc pipe answers" grep -q "netname: share" "$tmp/out2"
ok "a lost machine is reported" \
	expect 122 run_lab --server none -- \
	sh -c 'echo c > /proc/sysrq-trigger; sleep 60'
ok "a kernel report fails the run" \
	expect 121 run_lab --server none -- \
	sh -c 'echo "WARNING: a test" > /dev/kmsg'
ok "a command without end is ended" \
	expect 124 run_lab --server none --timeout 2 -- sleep 99
# A boot each, so every day one of them; SIGKILL cannot remove the run's folder
for signal in TERM:143 ${LAB_FULL:+INT:130 KILL:137}; do
	sleeper ${signal%:*}
	ok "SIG${signal%:*} leaves no process and no mount" \
		signal_leaves_nothing ${signal%:*}
	status_of ${signal%:*} ${signal#*:}
	ok "SIG${signal%:*} ends it with status ${signal#*:}" test $? = 0
done
tap_end
