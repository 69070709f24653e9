#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Programs work while their server is killed and started again, or while it is
# paused.  In the guest; prints a TABLE line for each, in the columns of
# scripts/soak.
#
#   SOAK_FAULTS	"kill pause", or one of them
#   SOAK_SECONDS	for each
. "$(dirname "$0")/../sys/lib.sh"

mnt=/tmp/soak
faults=${SOAK_FAULTS:-kill pause}
seconds=${SOAK_SECONDS:-20}
up=${SOAK_UP:-10}		# between two kills
paused=${SOAK_PAUSED:-20}
stop=/tmp/soak.stop
errors=/tmp/soak.errors		# a call that failed, a line each
lost=/tmp/soak.lost		# something acknowledged that the server has not

# copy FILE COPY: there, compared as the client sees it; renamed; and once it is
# synced, compared as the server has it.
copy() {
	cp "$1" "$mnt/copy.$2" && cmp "$1" "$mnt/copy.$2" &&
		mv "$mnt/copy.$2" "$mnt/moved.$2" &&
		sync -d "$mnt/moved.$2" || return
	cmp "$1" "$smbd_dir/moved.$2" ||
		echo "copy round $round: $2" >> $lost
	rm "$mnt/moved.$2"
}

copy_loop() {
	round=0
	while [ ! -e $stop ]; do
		round=$((round + 1))
		for file in /tmp/soak.files/*; do
			name=${file##*/}
			copy "$file" "$name" || {
				echo "copy round $round: $name" >&2
				rm -f "$mnt/copy.$name" "$mnt/moved.$name"
			}
		done
	done 2>> $errors
	echo $round > /tmp/soak.rounds.copy
}

fio_loop() {
	round=0
	while [ ! -e $stop ]; do
		round=$((round + 1))
		fio --output=/tmp/soak.fio --name="fio$round" --directory=$mnt \
			--rw=randwrite --size="${SOAK_FIO:-4m}" --numjobs=2 \
			--bsrange=4k-64k --bs_unaligned=1 --verify=crc32c \
			--verify_fatal=1 --do_verify=1 --fsync=64 --end_fsync=1 \
			--randrepeat=0 --ioengine=psync --fallocate=none \
			--verify_state_save=0 2> /tmp/soak.fio.err || {
			grep -q 'verify: bad\|: verify failed' /tmp/soak.fio* &&
				echo "fio round $round" >> $lost
			echo "fio round $round:" \
				"$(cat /tmp/soak.fio.err /tmp/soak.fio |
				   grep -m 3 -i 'err\|verify')"
		}
		rm -f $mnt/fio$round.*
	done >> $errors 2>&1
	echo $round > /tmp/soak.rounds.fio
}

# Every line is on the server before the next one is begun.
append_loop() {
	: > /tmp/soak.synced
	exec 7> $mnt/journal
	line=0
	while [ ! -e $stop ]; do
		line=$((line + 1))
		if echo "line $line" >&7 && sync -d $mnt/journal; then
			echo "line $line" >> /tmp/soak.synced
		else
			echo "synced line $line" >&2
			# without "command" the shell would end where it fails
			command exec 7>> $mnt/journal || sleep 1
		fi
	done 2>> $errors
	exec 7>&-
	grep -vxFf $smbd_dir/journal /tmp/soak.synced >> $lost
	cmp /tmp/soak.synced $smbd_dir/journal >> $errors 2>&1
	echo $line > /tmp/soak.rounds.lines
}

disturb_kill() {
	sleep "$up"
	smbd_kill
	sleep 1
	smbd_start
}

disturb_pause() {
	sleep 5
	smbd_pause
	sleep "$paused"
	smbd_resume
}

rounds() {
	cat "/tmp/soak.rounds.$1"
}

count() {
	grep -c . "$1"
}

work() {	# FAULT
	rm -f $stop /tmp/soak.rounds.*
	: > $errors
	: > $lost
	copy_loop & a=$!
	fio_loop & b=$!
	append_loop & c=$!
	times=0
	end=$(($(date +%s) + seconds))
	while [ "$(date +%s)" -lt $end ]; do
		"disturb_$1"
		times=$((times + 1))
	done
	: > $stop
	wait $a $b $c
	printf 'TABLE: %-6s %-6s %-5s %7s %6s %6s %6s %5s %6s %6s\n' \
		"$UNC_FS" "$UNC_KERNEL" "$1" "$seconds" $times \
		"$(rounds copy)" "$(rounds fio)" "$(rounds lines)" \
		"$(count $errors)" "$(count $lost)"
	cat $lost $errors | head -n 20 >&2
	total=$((total + $(count $errors) + $(count $lost)))
	rm -rf ${mnt:?}/*
}

mkdir -p /tmp/soak.files
at_end "rm -rf /tmp/soak.files"
for size in 1 1000 4096 70000 1000000 3000000; do
	head -c $size /dev/urandom > /tmp/soak.files/$size
done
smbd_start
smbd_mount $mnt
total=0
for fault in $faults; do
	work "$fault"
done
run umount $mnt
[ $total = 0 ] || [ "$UNC_FS" = cifs ] || fail "$total errors"
