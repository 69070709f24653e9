#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The examples of npipe(4), in C and for the shell, do what they are shown for.
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
user=$here/../../build/user
page=$here/../../Documentation/man/npipe.4
bind_ack='05 00 0c 03'

UNC_HOST=files login		# as the page calls it
cd /tmp || fail "/tmp"
python3 -c 'import sys; sys.path.insert(0, sys.argv[1])
import rpc_bind; sys.stdout.buffer.write(rpc_bind.bind())' "$here" > question
run "$user/tests/npipe_example" < question > answer
expect_text "C" "$(od -An -tx1 answer)" "$bind_ack"

mkdir -p /mnt/ipc
python3 "$here/../../userspace/tests/test_examples.py" --sh "$page" |
	sed "s,user=alice,credentials=$UNC_CREDENTIALS,; s,/mnt,/mnt/ipc,g" > script
at_end "! is_mounted /mnt/ipc || umount /mnt/ipc"
run timeout 60 sh -e script > said
expect_text "shell: unc pipe" "$(cat said)" accepted
expect_text "shell: a file of IPC\$" "$(cat said)" "$bind_ack"
