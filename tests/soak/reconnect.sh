#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Programs work while their server is killed and started again, then while it is
# paused.  In the guest; SOAK_SECONDS for each half.  Prints TABLE lines.
. "$(dirname "$0")/../sys/lib.sh"

mnt=/tmp/soak
seconds=${SOAK_SECONDS:-20}
up=${SOAK_UP:-10}		# between two kills
paused=${SOAK_PAUSED:-20}
stop=/tmp/soak.stop
: > /tmp/soak.errors
rm -f $stop

# Files are copied there and back, by name; each must arrive as it was.
copy_loop() {
	round=0
	while [ ! -e $stop ]; do
		round=$((round + 1))
		for file in /tmp/soak.files/*; do
			name=${file##*/}
			cp "$file" "$mnt/copy.$1.$name" &&
				cmp "$file" "$mnt/copy.$1.$name" &&
				mv "$mnt/copy.$1.$name" "$mnt/moved.$1.$name" &&
				cmp "$file" "$mnt/moved.$1.$name" &&
				rm "$mnt/moved.$1.$name" || {
				echo "copy $1 round $round: $name" >> /tmp/soak.errors
				rm -f "$mnt/copy.$1.$name" "$mnt/moved.$1.$name"
			}
		done 2>> /tmp/soak.errors
	done
	echo $round > /tmp/soak.rounds.$1
}

fio_loop() {
	round=0
	while [ ! -e $stop ]; do
		round=$((round + 1))
		fio --output=/tmp/soak.fio --name="fio$round" --directory=$mnt \
			--rw=randwrite --size="${SOAK_FIO:-4m}" --numjobs=2 \
			--bsrange=4k-64k --bs_unaligned=1 --verify=crc32c \
			--verify_fatal=1 --do_verify=1 --fsync=64 --end_fsync=1 \
			--randrepeat=0 --ioengine=psync --fallocate=none || {
			echo "fio round $round: $(grep -m 3 -i err /tmp/soak.fio)" \
				>> /tmp/soak.errors
		}
		rm -f $mnt/fio$round.*
	done
	echo $round > /tmp/soak.rounds.fio
}

# Every line is on the server before the next one is begun.
append_loop() {
	exec 7> $mnt/journal
	line=0
	while [ ! -e $stop ]; do
		line=$((line + 1))
		echo "line $line" >&7 && sync -d $mnt/journal || {
			echo "line $line" >> /tmp/soak.errors
			exec 7>> $mnt/journal
		}
	done 2>> /tmp/soak.errors
	exec 7>&-
	seq -f 'line %g' $line | cmp - $smbd_dir/journal >> /tmp/soak.errors 2>&1
	echo $line > /tmp/soak.rounds.journal
}

work() {	# WHAT SECONDS DISTURB
	rm -f $stop /tmp/soak.rounds.*
	: > /tmp/soak.errors
	copy_loop 1 & a=$!
	fio_loop & b=$!
	append_loop & c=$!
	times=0
	end=$(($(date +%s) + $2))
	while [ "$(date +%s)" -lt $end ]; do
		$3
		times=$((times + 1))
	done
	: > $stop
	wait $a $b $c
	errors=$(grep -c . /tmp/soak.errors)
	echo "TABLE: $UNC_FS, $1 $times times in $2 s: $errors errors," \
		"rounds: copy $(cat /tmp/soak.rounds.1)," \
		"fio $(cat /tmp/soak.rounds.fio)," \
		"synced lines $(cat /tmp/soak.rounds.journal)"
	[ "$errors" = 0 ] || head -n 20 /tmp/soak.errors >&2
	total=$((total + errors))
	rm -rf ${mnt:?}/*
}

kill_and_start() {
	sleep "$up"
	smbd_kill
	sleep 1
	smbd_start
}

pause_and_resume() {
	sleep 5
	smbd_pause
	sleep "$paused"
	smbd_resume
}

mkdir -p /tmp/soak.files
at_end "rm -rf /tmp/soak.files"
for size in 1 1000 4096 70000 1000000 3000000; do
	head -c $size /dev/urandom > /tmp/soak.files/$size
done
smbd_start
smbd_mount $mnt
total=0
work "server killed" "$seconds" kill_and_start
work "server paused" "$seconds" pause_and_resume
run umount $mnt
[ $total = 0 ] || [ "$UNC_FS" = cifs ] || fail "$total errors"
