#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A network namespace ends, with all its programs and its mount, while the server
# is silent: nobody hangs, and nothing is left of it.
# daily: none
# timeout: 100
. "$(dirname "$0")/lib.sh"

references() {
	cat /sys/module/uncfs/refcnt
}

references_are() {
	[ "$(references)" = "$1" ]
}

nobody_inside() {
	[ -z "$(ip netns pids gone)" ]
}

before=$(references)
head -c 200000 /dev/zero > "$UNC_SHARE_DIR/fault.netns"
at_end "rm -f '$UNC_SHARE_DIR/fault.netns'"
run ip netns add gone
at_end "ip netns delete gone 2> /dev/null"
run ip -n gone link set lo up
fault_server gone
ip netns exec gone uncd > /tmp/uncd.gone 2>&1 &
wait_for 20 grep -q "agent of this network namespace" /tmp/uncd.gone
mkdir -p /tmp/gone
rm -f /tmp/gone.up
cat > /tmp/gone.sh <<END
mount -t uncfs //$UNC_HOST/$UNC_SHARE /tmp/gone -o "$(fault_options nolease,actimeo=0)" || exit
exec 3< /tmp/gone/fault.netns 4> /tmp/gone/fault.netns.new
echo dirty >&4
echo up > /tmp/gone.up
while [ -e /tmp/gone.up ]; do sleep 0.1; done
stat /tmp/gone/fault.netns &
dd of=/dev/null bs=200k count=1 <&3 &
wait
END
ip netns exec gone sh /tmp/gone.sh > /tmp/gone.out 2>&1 &
wait_for 20 test -e /tmp/gone.up
[ "$(references)" -gt "$before" ] || fail "no mount: $(cat /tmp/gone.out)"
fault silent
rm /tmp/gone.up
sleep 1
start=$(date +%s%N)
kill -KILL $(ip netns pids gone)
# The kernel sends what is dirty when a mount goes; of a silent server it waits
# for one deadline of a few seconds at most, since nobody is there to wait longer.
wait_for 10 nobody_inside
note "killed: $((($(date +%s%N) - start) / 1000000)) ms"
run ip netns delete gone
wait_for 20 references_are "$before"
note "all gone: $((($(date +%s%N) - start) / 1000000)) ms"
nobody_hangs
rm -f "$UNC_SHARE_DIR/fault.netns.new"
