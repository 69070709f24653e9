#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The pipes of a server that lists its IPC$ (impacket's, told to) are seen by
# readdir(3); Samba's, which does not, is empty and not an error.
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
names=/tmp/pipe-names
mkdir $names || fail "$names"
at_end "rm -rf $names"
for name in lsarpc samr srvsvc spoolss 'MsFteWds' $(seq -f 'pipe-%03g' 150); do
	: > "$names/$name"
done
python3 "$here/pipe_names.py" 127.0.0.8 1500 $names > /tmp/server.out 2>&1 &
at_end "kill $!; wait $!"
wait_for 30 nc -z 127.0.0.8 1500

mkdir -p /tmp/listed
run mount -t uncfs //127.0.0.8/IPC$ /tmp/listed -o \
	"sec=none,port=1500,vers=2.0"
at_end "! is_mounted /tmp/listed || umount /tmp/listed"
expect_equal "names" "$(ls /tmp/listed | sort)" "$(ls $names | sort)"
expect_equal "kind" "$(stat -c %F /tmp/listed/samr)" "regular empty file"
run umount /tmp/listed

unc_mount 'IPC$' /tmp/ipc || fail "Samba's IPC\$"
expect_equal "Samba's" "$(ls -A /tmp/ipc)" ""
