#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What Samba's IPC$ cannot and another server's (impacket's, told to) can: pipes
# are listed; a busy one is waited for; PEEK; read modes that the server knows of.
# Samba's IPC$, which is not listed, is empty and not an error.
# daily: none
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
names=/tmp/pipe-names
mkdir $names || fail "$names"
at_end "rm -rf $names"
for name in lsarpc samr busy never 'MsFteWds' $(seq -f 'pipe-%03g' 150); do
	echo "here is $name" > "$names/$name"
done
python3 "$here/pipe_server.py" 127.0.0.8 1500 $names > /tmp/server.out 2>&1 &
at_end "kill $!; wait $!"
wait_for 30 nc -z 127.0.0.8 1500

mkdir -p /tmp/listed
run mount -t uncfs //127.0.0.8/IPC$ /tmp/listed -o \
	"sec=none,port=1500,vers=2.0"
at_end "! is_mounted /tmp/listed || umount /tmp/listed"
expect_equal "names" "$(ls /tmp/listed | sort)" "$(ls $names | sort)"
expect_equal "kind" "$(stat -c %F /tmp/listed/samr)" "regular empty file"

# A free instance is waited for, and not for ever.
expect_equal "a busy pipe" "$(head -n 1 /tmp/listed/busy)" "here is busy"
expect_text "WAIT" "$(cat /tmp/server.out)" "WAIT busy 5.0 s"
begin=$(date +%s)
expect_errno EBUSY cat /tmp/listed/never
took=$(($(date +%s) - begin))
[ $took -ge 4 ] && [ $took -le 15 ] || fail "waited $took s"
expect_text "WAIT" "$(cat /tmp/server.out)" "WAIT never"

python /tmp/listed/samr <<'END' || fail "PEEK and modes"
import os, sys
import npipe
with open(sys.argv[1], "r+b", buffering=0) as pipe:
    found = npipe.peek(pipe)
    assert found == {"state": npipe.STATE_CONNECTED, "available": 13,
                     "messages": 1, "message_len": 13}, found
    npipe.mode(pipe, npipe.MESSAGE)
    assert os.read(pipe.fileno(), 100) == b"here is samr\n"
    npipe.mode(pipe, npipe.BYTE)
END
expect_equal "what the server was asked" \
	"$(grep -E 'PEEK|MODE' /tmp/server.out | paste -sd ' ')" \
	"PEEK 13 MODE message MODE byte"
run umount /tmp/listed

unc_mount 'IPC$' /tmp/ipc || fail "Samba's IPC\$"
expect_equal "Samba's" "$(ls -A /tmp/ipc)" ""
