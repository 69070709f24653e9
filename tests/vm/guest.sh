# SPDX-License-Identifier: GPL-2.0-or-later
# Process 1 of the guest after the initramfs: sets the machine up, runs the
# command, takes everything down again and reports over the `ctl` port:
#
#   stage NAME      how far it came
#   fail TEXT       the lab's part failed; the command did not run
#   rc N            the command's exit status, when all is said and done
#
# No `rc` or `fail` before the machine is gone means the machine was lost.
# /lab is the run's own folder on the host: env and command come from there,
# dmesg and kmemleak go there.  A command that makes /lab/reboot, and succeeds, is
# called once more in a machine booted anew.

export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export HOME=/root LANG=C.UTF-8

# One small program for all of this: here each new one costs a tenth of a second.
bb=/bin/busybox
$bb mount -t proc proc /proc
$bb mount -t sysfs sysfs /sys
$bb mount -t devtmpfs devtmpfs /dev 2>/dev/null
$bb mkdir -p /dev/pts /dev/shm
$bb mount -t devpts -o mode=620,ptmxmode=666 devpts /dev/pts
$bb mount -t tmpfs tmpfs /dev/shm
$bb mount -t tmpfs -o mode=755 tmpfs /run
$bb mount -t tmpfs -o mode=1777 tmpfs /tmp
$bb mount -t debugfs debugfs /sys/kernel/debug
$bb ln -sf /proc/self/fd /dev/fd
$bb ln -sf /proc/self/fd/0 /dev/stdin
$bb ln -sf /proc/self/fd/1 /dev/stdout
$bb ln -sf /proc/self/fd/2 /dev/stderr
$bb mkdir -p /run/lock /run/user

port() {	# device of the virtio-serial port with this name
	for entry in /sys/class/virtio-ports/*; do
		if [ "$(cat "$entry/name")" = "$1" ]; then
			echo "/dev/${entry##*/}"
			return
		fi
	done
}

# A port can be opened once only, and programs open /dev/stdout again: so they
# get a pipe, and a cat carries on to the port.
mkfifo /run/stdout /run/stderr
cat /run/stdout > "$(port out)" &
out_relay=$!
cat /run/stderr > "$(port err)" &
err_relay=$!
exec 3> "$(port ctl)" > /run/stdout 2> /run/stderr < /dev/null
echo stage boot >&3

. /lab/env

# --- end of the run ---------------------------------------------------------

relays_drain() {
	exec > /dev/null 2>&1
	tries=50
	while [ $tries -gt 0 ] &&
		{ kill -0 $out_relay || kill -0 $err_relay; }; do
		sleep 0.1
		tries=$((tries - 1))
	done
}

power_off() {
	dmesg >> /lab/dmesg
	relays_drain
	echo "$*" >&3
	sync
	busybox reboot -f
	sleep 60
}

fail() {
	echo "lab: $*" >&2
	power_off fail "$*"
}

# kmemleak reports what it could not find a pointer to and what has not changed
# since its last look, so the first look at an object never reports it.  A look
# takes seconds: none is wasted on a guest that never had a module of ours.
leaks() {	# $1: how many looks; the rest: when
	[ -w /sys/kernel/debug/kmemleak ] || return
	[ $(($(cat /proc/sys/kernel/tainted) & 4096)) != 0 ] || return
	looks=$1; shift
	while [ "$looks" -gt 0 ]; do
		echo scan > /sys/kernel/debug/kmemleak
		looks=$((looks - 1))
	done
	cat /sys/kernel/debug/kmemleak > /run/kmemleak
	if [ -s /run/kmemleak ]; then
		{ echo "kmemleak, $*:"; cat /run/kmemleak; } >> /lab/kmemleak
		echo clear > /sys/kernel/debug/kmemleak
	fi
}

# --- network ----------------------------------------------------------------

network() {
	hostname guest
	ip link set lo up
	ip link set eth0 up
	ip address add "$LAB_GUEST_ADDRESS/24" dev eth0
	ip -6 address add "$LAB_GUEST_ADDRESS6/64" dev eth0 nodad
	cp /lab/etc/* /etc/
	if [ "$LAB_DELAY" != 0 ]; then
		modprobe -q sch_netem
		tc qdisc add dev eth0 root netem delay "${LAB_DELAY}ms" limit 20000
	fi
}

# --- what the command expects to find ---------------------------------------

bind() {	# 9p tag, folder, options
	$bb mkdir -p "$2"
	$bb mount -t 9p -o "trans=virtio,version=9p2000.L,msize=512000,$3" "$1" "$2"
}

folders() {
	bind top "$LAB_TOP" ro,cache=none &&
	bind share "$UNC_SHARE_DIR" cache=none || return
	while read -r tag target; do
		bind "$tag" "$target" cache=none || return
	done < /lab/binds
	[ "$LAB_OWN_MODULES" = 0 ] ||
		bind modules "/lib/modules/$(uname -r)" ro,cache=loose
}

credentials() {
	mkdir -p /root "$UNC_MNT"
	printf 'username=%s\npassword=%s\ndomain=%s\n' "$UNC_USER" \
		"$UNC_PASSWORD" "$UNC_DOMAIN" > "$UNC_CREDENTIALS"
	chmod 600 "$UNC_CREDENTIALS"
}

agent_start() {	# returns when it is ready, or dead
	mkfifo /run/uncd.ready
	uncd --verbose --ready-fd 4 4> /run/uncd.ready \
		> /lab/uncd.log 2>&1 3>&- &
	agent=$!
	[ "$(timeout 60 wc -c < /run/uncd.ready)" = 1 ]
}

uncfs_up() {
	echo stage module >&3
	modprobe uncfs || fail "uncfs.ko does not load"
	echo stage agent >&3
	agent_start || fail "uncd does not start: $(tail -n 5 /lab/uncd.log)"
	echo stage mount >&3
	mount -t uncfs "//$UNC_HOST/$UNC_SHARE" "$UNC_MNT" -o "$LAB_OPTS" ||
		fail "mount -t uncfs failed with status $?"
}

cifs_up() {
	echo stage module >&3
	modprobe cifs || fail "cifs.ko does not load"
	echo stage mount >&3
	mount -t cifs "//$UNC_HOST/$UNC_SHARE" "$UNC_MNT" -o "$LAB_OPTS" ||
		fail "mount -t cifs failed with status $?"
}

# --- taking it down ---------------------------------------------------------

problem() {	# the command passed, what it leaves behind does not
	echo "$*" >> /lab/problems
}

mounts_down() {
	# a test may have moved, added or removed mounts
	while read -r _ target type _; do
		case $type in uncfs|cifs) echo "$target" ;; esac
	done < /proc/mounts | sort -r > /run/mounted
	while read -r target; do
		umount "$target" || problem "$target cannot be unmounted:" \
			"$(fuser -vm "$target" 2>&1 | tail -n +2)"
	done < /run/mounted
}

module_gone() {	# $1; the last references go by RCU and work queues
	[ -e "/sys/module/$1" ] || return 0
	tries=20
	until rmmod "$1" 2> /run/rmmod; do
		tries=$((tries - 1))
		if [ $tries = 0 ]; then
			problem "$1 cannot be unloaded: $(cat /run/rmmod)"
			return
		fi
		sleep 0.25
	done
}

down() {
	cd /
	echo stage unmount >&3
	mounts_down
	if [ "$LAB_FS" = uncfs ]; then
		if [ "$agent" ] && kill "$agent"; then
			wait "$agent"
		fi
	fi
	echo stage leaks >&3
	leaks 2 "before the modules are unloaded"
	for module in /sys/module/*_kunit; do
		[ ! -e "$module" ] || module_gone "${module##*/}"
	done
	module_gone uncfs_smb1
	module_gone uncfs
	leaks 1 "after the modules are unloaded"
}

# --- the run ----------------------------------------------------------------

echo "$LAB_HUNG_TASK" > /proc/sys/kernel/hung_task_timeout_secs

echo stage network >&3
network || fail "no network"
echo stage folders >&3
folders || fail "a folder of the host cannot be mounted"
credentials
case $LAB_FS in
uncfs) uncfs_up ;;
cifs) cifs_up ;;
esac

echo stage start >&3
cd "$LAB_TOP"
case $LAB_MODE in
shell)
	stty rows "${LAB_ROWS:-24}" cols "${LAB_COLUMNS:-80}" < /dev/hvc0
	setsid -c sh -c '. /lab/command' \
		< /dev/hvc0 > /dev/hvc0 2>&1 3>&-
	rc=$?
	;;
*)
	timeout -k 10 "$LAB_TIMEOUT" sh /lab/command 3>&-
	rc=$?
	;;
esac
down
power_off rc "$rc"
