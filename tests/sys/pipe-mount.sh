#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A mounted IPC$ shows pipes as files; a DCE/RPC bind goes over them.
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
unc_mount 'IPC$' /tmp/ipc || fail "IPC$ cannot be mounted"
expect_text bind "$(python3 "$here/rpc_bind.py" /tmp/ipc/srvsvc)" "result=0"
expect_text bind "$(python3 "$here/rpc_bind.py" /tmp/ipc/lsarpc lsarpc)" "result=0"

# By a shell alone, as any file
python3 -c 'import sys; sys.path.insert(0, sys.argv[1])
import rpc_bind; sys.stdout.buffer.write(rpc_bind.bind())' "$here" > /tmp/bind
exec 3<> /tmp/ipc/srvsvc
cat /tmp/bind >&3
# Bytes one by one: a short read keeps the rest of the message
head=$(dd bs=1 count=16 status=none <&3 | od -An -tx1 | tr -d ' \n')
case $head in
05000c03*) ;;
*) fail "no bind_ack: $head" ;;
esac
rest=$(dd bs=4096 count=1 status=none <&3 | wc -c)
size=$((0x$(echo "$head" | sed 's/.\{16\}\(..\)\(..\).*/\2\1/')))
expect_equal "length of the bind_ack" $((16 + rest)) $size
exec 3>&-

expect_errno ENOENT cat /tmp/ipc/no-such-pipe
expect_errno EPERM chmod 777 /tmp/ipc/srvsvc
run ls /tmp/ipc
run df /tmp/ipc
expect_equal "kind" "$(stat -c %F /tmp/ipc/srvsvc)" "regular empty file"
case $(stat -c %a /tmp/ipc/srvsvc) in
*[2367]) fail "everybody may write: they would be $UNC_USER" ;;
esac
run umount /tmp/ipc
