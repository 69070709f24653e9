#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The demo, as it runs in the guest (scripts/demo starts it): each thing that
# uncfs is for, shown and checked, then told in words with its speed.
# With --shell a shell is left behind on the terminal.

set -u
mib=64
ipc=/mnt/ipc
summary=/tmp/demo-summary
: > $summary

title() {
	printf '\n== %s\n' "$*"
}

show() {	# a command, as one would type it
	printf '$ %s\n' "$*"
	"$@"
}

done_so_far() {
	echo "  - $*" >> $summary
}

die() {
	echo "demo: $*" >&2
	exit 1
}

now() {
	date +%s%N
}

# since BEGIN MIB: milliseconds, and the speed in MiB/s with one digit
since() {
	ms=$((($(now) - $1) / 1000000))
	[ $ms -gt 0 ] || ms=1
	tenths=$(($2 * 10000 / ms))
	speed="$((tenths / 10)).$((tenths % 10)) MiB/s"
}

sum() {
	sha256sum < "$1" | cut -d ' ' -f 1
}

mounted() {
	title "The share //$UNC_HOST/$UNC_SHARE is mounted on $UNC_MNT"
	show findmnt -t "$UNC_FS" || die "it is not"
	done_so_far "mounted //$UNC_HOST/$UNC_SHARE as user $UNC_USER" \
		"($UNC_FS, kernel $(uname -r))"
}

listed() {
	title "List it"
	mkdir "$UNC_SHARE_DIR/from-the-server"
	echo "written on the server" > "$UNC_SHARE_DIR/from-the-server/hello.txt"
	chown -R 1000:1000 "$UNC_SHARE_DIR/from-the-server"
	show ls -lR "$UNC_MNT" || die "ls failed"
	show cat "$UNC_MNT/from-the-server/hello.txt" || die "cat failed"
	done_so_far "listed it and read a file that the server had put there"
}

copied() {
	title "Copy a $mib MiB file to the share and back, compare checksums"
	dd if=/dev/urandom of=/tmp/original bs=1M count=$mib status=none
	wanted=$(sum /tmp/original)

	begin=$(now)
	show cp /tmp/original "$UNC_MNT/big" && sync "$UNC_MNT/big" ||
		die "the copy to the share failed"
	since "$begin" $mib
	to="$ms ms, $speed"
	[ "$(sum "$UNC_SHARE_DIR/big")" = "$wanted" ] ||
		die "the server's file is not what was written"
	echo "  $to; the server's file has the same SHA-256"

	# what is read back must come from the server, not from memory
	sync
	echo 3 > /proc/sys/vm/drop_caches
	begin=$(now)
	show cp "$UNC_MNT/big" /tmp/back || die "the copy back failed"
	since "$begin" $mib
	[ "$(sum /tmp/back)" = "$wanted" ] ||
		die "what was read back is not what was written"
	echo "  $ms ms, $speed; the same SHA-256 again"
	done_so_far "copied $mib MiB to the server ($to)"
	done_so_far "copied $mib MiB back ($ms ms, $speed); both checksums match"
	rm /tmp/original /tmp/back
}

edited() {
	title "Edit a file in place"
	echo "the quick brown fox" > "$UNC_MNT/edit.txt"
	printf 'black' | show dd of="$UNC_MNT/edit.txt" bs=1 seek=10 \
		conv=notrunc,fsync status=none || die "writing in place failed"
	show sed -i 's/fox/dog/' "$UNC_MNT/edit.txt" || die "sed -i failed"
	sync "$UNC_MNT/edit.txt"
	show cat "$UNC_MNT/edit.txt"
	[ "$(cat "$UNC_SHARE_DIR/edit.txt")" = "the quick black dog" ] ||
		die "the server has: $(cat "$UNC_SHARE_DIR/edit.txt")"
	done_so_far "changed a file in place, and by sed -i (write and rename)"
}

# The remote pipe, in both ways it can be had.
piped() {
	title "Open the remote pipe \\\\files\\srvsvc as a file, speak DCE/RPC"
	mkdir -p $ipc
	show mount -t uncfs "//$UNC_HOST/IPC\$" $ipc \
		-o "credentials=$UNC_CREDENTIALS" || die "IPC\$ does not mount"
	show python3 "$LAB_TOP/tests/lab/pipe-bind.py" $ipc/srvsvc ||
		die "no bind_ack over the file"
	show unc pipe --credentials "$UNC_CREDENTIALS" --rpc-bind srvsvc \
		"//$UNC_HOST/pipe/srvsvc" || die "no bind_ack over /dev/npipe"
	done_so_far "opened \\\\files\\srvsvc as a file and through /dev/npipe;" \
		"a DCE/RPC bind was answered by a bind_ack on both"
}

status() {
	title "What the kernel knows of it"
	show unc status || die "unc status failed"
}

begin_all=$(now)
mounted
listed
copied
edited
if [ "$UNC_FS" = uncfs ]; then
	piped
	status
fi
since "$begin_all" 0
title "Done, in $((ms / 1000)) s, in an emulated machine without KVM"
cat $summary

if [ "${1:-}" = --shell ]; then
	title "A shell in the guest; the share is on $UNC_MNT, exit ends it"
	cd "$UNC_MNT" || exit
	bash -l
	cd /
fi
if mountpoint -q $ipc; then
	umount $ipc
fi
