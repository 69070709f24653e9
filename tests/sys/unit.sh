#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The agent as systemd runs it, by the unit that is installed: what it may not do, what
# it must be able to, and that it is there again when it was killed.  systemd is
# process 1 of a container here, in this network.
# lab: --fs none
# daily: none
# kernel: stock
. "$(dirname "$0")/lib.sh"

work=/tmp/unit
unit=/usr/lib/systemd/system/uncd.service
mkdir -p $work/units
at_end "rm -rf $work"
module_load

# Only this unit, and what it names that systemd would have by itself.
run cp $unit $work/units/
for target in sysinit basic shutdown network-pre remote-fs-pre; do
	printf '[Unit]\nDescription=%s\nDefaultDependencies=no\n' $target \
		> $work/units/$target.target
done

mountpoint -q /sys/fs/cgroup || run mount -t cgroup2 cgroup2 /sys/fs/cgroup
unshare --pid --fork --kill-child --mount --cgroup --propagation private \
	sh -c "mount -t proc proc /proc && mount -t tmpfs -o mode=755 tmpfs /run &&
	mkdir -p /run/lock && exec env -i container=lab PATH=$PATH \
	SYSTEMD_UNIT_PATH=$work/units /usr/lib/systemd/systemd --unit=uncd.service \
	--log-target=console --show-status=no" > $work/systemd 2>&1 &
container=$!
at_end "kill -KILL $container; wait $container 2> /dev/null"

agent_pid() {	# of the main process; its workers have other names
	agent=$(pgrep -o -x uncd)
}
serves() {
	agent_pid && unc_mount "$UNC_SHARE" /tmp/mnt
}
wait_for 30 serves

# Nothing of it can get more than it has.
status() {	# FIELD
	sed -n "s/^$1:[[:space:]]*//p" "/proc/$agent/status"
}
# KILL, SETGID, SETUID, NET_ADMIN
expect_equal "capabilities" "$(status CapBnd)" 00000000000010e0
expect_equal "no new privileges" "$(status NoNewPrivs)" 1
expect_equal "seccomp" "$(status Seccomp)" 2

# What its workers write are tickets, where kinit has them.
inside() {
	nsenter -t "$agent" -m -- "$@"
}
lab_user alice 1001
for place in /tmp /var/tmp; do
	run inside setpriv --reuid alice --regid 1001 --clear-groups \
		touch $place/krb5cc_unit
	run rm $place/krb5cc_unit
done
for place in /etc /usr /var/lib /root /home; do
	output=$(inside touch $place/by-uncd 2>&1) && fail "it may write in $place"
	expect_text "$place" "$output" "Read-only file system"
done

# Killed, it is there again; what is mounted goes on meanwhile.
before=$agent
run kill -KILL "$agent"
run touch /tmp/mnt/file
run rm /tmp/mnt/file
run umount /tmp/mnt
returns() {
	agent_pid && [ "$agent" != "$before" ] && unc_mount "$UNC_SHARE" /tmp/mnt
}
wait_for 20 returns
run umount /tmp/mnt
