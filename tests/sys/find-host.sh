#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A server that DNS does not know, and that has port 139 alone, is found and
# mounted by NetBIOS broadcast, by WINS and by LLMNR, when the configuration says
# so and not else.
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

work=/tmp/names.$$
conf=/etc/uncfs/uncd.conf
mkdir -p $work/private $work/share /tmp/mnt /etc/uncfs
at_end "rm -rf $work $conf"

ip netns add old || skip "no network namespaces"
at_end "ip netns delete old"
ip link add names0 type veth peer name eth0 netns old 2> /dev/null ||
	skip "no veth"
at_end "ip link delete names0"
ip address add 10.98.0.2/24 brd + dev names0
ip link set names0 up
ip netns exec old ip address add 10.98.0.1/24 brd + dev eth0
ip netns exec old ip link set lo up
ip netns exec old ip link set eth0 up

cat > $work/smb.conf <<-END
[global]
	netbios name = OLDFILES
	workgroup = OLDNET
	smb ports = 139
	wins support = yes
	interfaces = eth0
	bind interfaces only = yes
	preferred master = no
	lock directory = $work
	state directory = $work
	cache directory = $work
	private dir = $work/private
	pid directory = $work
	load printers = no
	disable spoolss = yes
[old]
	path = $work/share
END
echo "from the old network" > $work/share/file
chmod 755 $work $work/share
printf '%s\n%s\n' "$UNC_PASSWORD" "$UNC_PASSWORD" |
	smbpasswd -c $work/smb.conf -s -a "$UNC_USER" > /dev/null ||
	fail "no account"
mkdir -p /run/samba
for daemon in nmbd smbd; do
	setsid ip netns exec old $daemon --foreground --no-process-group \
		--configfile=$work/smb.conf --debug-stdout \
		> $work/$daemon.log 2>&1 &
	at_end "kill $!"
done
ip netns exec old "$(dirname "$0")/../names/responder.py" eth0 10.98.0.1 \
	llmnr > $work/responder.log 2>&1 &
at_end "kill $!"
asks_nmbd() {
	nmblookup -s /dev/null -U 10.98.0.1 --recursion OLDFILES#20 &&
		nmblookup -s /dev/null -B 10.98.0.255 OLDFILES#20
}
wait_for 40 asks_nmbd > /dev/null
wait_for 30 grep -q ready $work/responder.log

# found_by SOURCE HOST CONFIGURATION...
found_by() {
	source=$1 host=$2; shift 2
	printf '%s\n' "$@" > $conf
	run unc resolve "$host" > $work/resolved
	grep -q "^\* $source .*10.98.0.1" $work/resolved ||
		fail "not by $source: $(cat $work/resolved)"
	run mount -t uncfs "//$host/old" /tmp/mnt \
		-o "credentials=$UNC_CREDENTIALS"
	expect_equal "the file by $source" "$(cat /tmp/mnt/file)" \
		"from the old network"
	run umount /tmp/mnt
	wait_for 5 no_connections "$host"
}

expect_mount_fail EHOSTUNREACH resolve //oldfiles/old \
	"credentials=$UNC_CREDENTIALS"
found_by broadcast oldfiles "order = dns netbios"
found_by wins oldfiles "order = dns netbios" "wins-servers = 10.98.0.1"
found_by llmnr ll-honest "order = dns llmnr"
