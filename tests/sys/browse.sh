#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# unc browse asks the master browser of a link (nmbd) by SMB 1, and says the same
# as smbclient -L.
# kernel: stock
# daily: none
# timeout: 240
. "$(dirname "$0")/lib.sh"

work=/tmp/browse
mkdir -p $work/private /run/samba
at_end "rm -rf $work"
run ip netns add oldnet
at_end "ip netns del oldnet"
run ip link add old0 type veth peer name eth0 netns oldnet
run ip address add 10.97.0.2/24 brd + dev old0
run ip link set old0 up
run ip -n oldnet link set lo up
run ip -n oldnet address add 10.97.0.1/24 brd + dev eth0
run ip -n oldnet link set eth0 up
at_end "ip link del old0 2> /dev/null"

cat > $work/conf <<END
[global]
	netbios name = OLDBOX
	netbios aliases = OLDTOO
	workgroup = OLDNET
	server string = The old box
	server role = standalone server
	server min protocol = NT1
	interfaces = eth0
	bind interfaces only = yes
	local master = yes
	preferred master = yes
	os level = 255
	wins support = yes
	load printers = no
	private dir = $work/private
	lock directory = $work
	state directory = $work
	cache directory = $work
	pid directory = $work
	ncalrpc dir = $work/ncalrpc
	log file = $work/log
[old]
	path = $work
END
printf '%s\n%s\n' "$UNC_PASSWORD" "$UNC_PASSWORD" |
	smbpasswd -c $work/conf -s -a "$UNC_USER" > /dev/null 2>&1 ||
	fail "smbpasswd"
for daemon in nmbd smbd; do
	ip netns exec oldnet setsid $daemon --foreground --no-process-group \
		--configfile=$work/conf --debug-stdout > $work/$daemon.out 2>&1 &
	at_end "kill $!; wait $!"
done

# smbclient -L: "Server" and its lines, up to the next heading
theirs() {
	smbclient -s /dev/null -m NT1 -N -L 10.97.0.1 2> /dev/null |
		awk '/^\tServer /{on = 1; next} /^\tWorkgroup /{on = 0}
		     on && NF && !/---/ {print $1}' | sort
}

lists_itself() {
	theirs | grep -q OLDBOX
}

ours() {
	unc browse --sources rap "$@"
}

wait_for 90 lists_itself
note "smbclient: $(theirs | tr '\n' ' ')"
ours > $work/ours || fail "unc browse: $(cat $work/ours)"
expect_equal "machines" "$(awk '{ print $1 }' $work/ours)" "$(theirs)"
expect_text "comment" "$(grep '^OLDBOX ' $work/ours)" "The old box"
expect_text "as a user, of a group" "$(echo "$UNC_PASSWORD" |
	ours --user "$UNC_USER" --stdin-password --group OLDNET)" OLDBOX
output=$(ours --group NOSUCHNET 2>&1)
case $output in
*OLDBOX*) fail "of another group: $output" ;;
esac

# a list of a kind that only root gets
lab_user alice 2001
output=$(as alice unc browse --sources rap 2>&1) &&
	fail "RAP for everybody"
