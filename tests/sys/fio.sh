#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fio writes patterns and reads them back: sequential and random, buffered and
# direct, four jobs.  FIO_SIZE: of each job's file.
# timeout: 600
. "$(dirname "$0")/lib.sh"
test_dir

size=${FIO_SIZE:-2m}
[ "$UNC_KERNEL" = stock ] || size=${FIO_SIZE:-1m}

verify() {	# MODE DIRECT
	note "fio: $1, direct=$2"
	fio --output=/tmp/fio.out --name=job --directory="$dir" --rw="$1" \
		--direct="$2" --size="$size" --numjobs=4 --bsrange=4k-64k \
		--bs_unaligned=$((1 - $2)) --verify=crc32c --verify_fatal=1 \
		--do_verify=1 --end_fsync=1 --randrepeat=0 --ioengine=psync \
		--group_reporting --fallocate=none \
		${3:+"$3"} || { cat /tmp/fio.out >&2; fail "fio $1 direct=$2"; }
	run rm -f "$dir"/job.*
}

verify write 0
verify write 1
verify randwrite 0
verify randwrite 1
