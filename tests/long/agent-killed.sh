#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# uncd is killed every second and started again, under fio and under a loop that
# mounts, writes and unmounts: what is mounted never notices, and each new mount
# works or says why not, in time.  AGENT_SECONDS: for so long, 300.
#
#   scripts/lab run --fs none -- tests/sys/runner tests/long/agent-killed.sh
#
# timeout: 500
. "$(dirname "$0")/../sys/lib.sh"

seconds=${AGENT_SECONDS:-300}
within=40	# s: a mount asks the agent for 30 s at most in one leg
pause=1		# s: an agent's life; on the debug kernel it needs that to begin
[ "$UNC_KERNEL" = stock ] || pause=6
live=/tmp/live
other=/tmp/other
stop=/tmp/agent.stop
rm -f $stop /tmp/agent.*

fio_loop() {
	round=0
	while [ ! -e $stop ]; do
		round=$((round + 1))
		fio --output=/tmp/agent.fio --name=job --directory=$live \
			--rw=randwrite --size=1m --numjobs=2 --bsrange=4k-64k \
			--verify=crc32c --verify_fatal=1 --do_verify=1 \
			--end_fsync=1 --randrepeat=0 --ioengine=psync \
			--fallocate=none > /tmp/agent.fio.err 2>&1 ||
			cat /tmp/agent.fio.err /tmp/agent.fio >> /tmp/agent.io
		rm -f $live/job.* || echo "rm failed" >> /tmp/agent.io
	done
	echo $round > /tmp/agent.rounds
}

# The dialect keeps this one off the other's session.
one_mount() {
	begin=$(date +%s)
	if mount -v -t uncfs "//$UNC_HOST/$UNC_SHARE" $other \
		-o "credentials=$UNC_CREDENTIALS,vers=3.0" \
		> /tmp/agent.mount 2>&1; then
		echo mounted >> /tmp/agent.mounts
		echo line > $other/line && rm $other/line ||
			echo "no writing on a new mount" >> /tmp/agent.bad
		umount $other || echo "no umount" >> /tmp/agent.bad
	else
		echo refused >> /tmp/agent.mounts
		grep -q "agent" /tmp/agent.mount ||
			cat /tmp/agent.mount >> /tmp/agent.bad
	fi
	took=$(($(date +%s) - begin))
	[ $took -le $within ] || echo "a mount took $took s" >> /tmp/agent.bad
}

mount_loop() {
	while [ ! -e $stop ]; do
		one_mount
	done
}

agent_kill() {
	kill -KILL "$agent"
	wait "$agent" 2> /dev/null
	uncd >> /tmp/uncd.log 2>&1 &
	agent=$!
	kills=$((kills + 1))
}

module_load
agent_start
unc_mount "$UNC_SHARE" $live || fail "no mount"
mkdir -p $other
at_end "! is_mounted $other || umount $other"
: > /tmp/agent.io; : > /tmp/agent.bad; : > /tmp/agent.mounts
fio_loop & fio=$!
mount_loop & mounts=$!
kills=0
end=$(($(date +%s) + seconds))
while [ "$(date +%s)" -lt $end ]; do
	sleep $pause
	agent_kill
done
touch $stop
wait $fio $mounts
worked=$(grep -c mounted /tmp/agent.mounts)
one_mount		# by an agent that lives on
expect_equal "the last mount" "$(tail -n 1 /tmp/agent.mounts)" mounted
echo "TABLE: $kills agents killed in $seconds s: $(cat /tmp/agent.rounds)" \
	"rounds of fio, $worked mounts worked," \
	"$(grep -c refused /tmp/agent.mounts) were refused for want of an agent"
expect_equal "I/O on what was mounted" "$(head -c 2000 /tmp/agent.io)" ""
expect_equal "new mounts" "$(head -c 2000 /tmp/agent.bad)" ""
[ "$(cat /tmp/agent.rounds)" -ge 1 ] && [ "$worked" -ge 1 ] ||
	fail "nothing was done at all"
expect_equal "connections" "$(connections "$UNC_HOST")" 1
run umount $live
