#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The tracepoints of Documentation/tracing.rst, with their fields, the filter and
# the histogram that it shows.
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

mnt=/tmp/tracing
events=/sys/kernel/tracing/events/uncfs

lines() {	# EVENT PATTERN: there is such a line
	grep -qE "$1: $2" /sys/kernel/tracing/trace || {
		grep -m 5 "$1" /sys/kernel/tracing/trace >&2
		fail "no $1: $2"
	}
}

fault_server
fault_mount $mnt actimeo=0,lease
trace_begin unc_part_send
echo 1 > $events/enable
echo 'hist:keys=command:vals=us:sort=us' > $events/unc_part_reply/trigger
at_end "echo '!hist:keys=command:vals=us:sort=us' > $events/unc_part_reply/trigger; trace_stop"
echo text > $mnt/fault.trace
at_end "rm -f '$UNC_SHARE_DIR/fault.trace'"
exec 3< $mnt/fault.trace
fault reset
cat $mnt/fault.trace > /dev/null
exec 3<&-
run umount $mnt
trace_stop
lines unc_part_send "C=[0-9]+ mid=[0-9]+ cmd=5 charge=1 part=0 S=0x[0-9a-f]+ credits=[0-9]+"
lines unc_part_reply "C=[0-9]+ mid=[0-9]+ cmd=5 status=0x?0 S=0x[0-9a-f]+ granted=[0-9]+ us=[1-9]"
lines unc_conn_lost "C=[0-9]+ error=-[0-9]+"
lines unc_reconnect "share=$UNC_SHARE attempt=[1-9][0-9]* ms=[0-9]+ error=0"
lines unc_open_back "O=[0-9]+ (by name|claimed)"
lines unc_lease "L=[0-9a-f]+ .* opens="
lines unc_ref "C=[0-9]+ ref=[0-9]+ why=[a-z]+"
grep -q 'command: *5 ' $events/unc_part_reply/hist ||
	fail "no histogram: $(cat $events/unc_part_reply/hist)"

# the filter lets through what it names and nothing else
echo 'us > 100000000' > $events/unc_part_reply/filter
at_end "echo 0 > $events/unc_part_reply/filter"
fault_mount $mnt actimeo=0
trace_begin unc_part_reply
stat $mnt > /dev/null
trace_stop
! grep -q unc_part_reply: /sys/kernel/tracing/trace || fail "not filtered"
run umount $mnt
