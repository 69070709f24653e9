#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Named pipes of a server that speaks SMB 1 and nothing newer: as files of a
# mounted IPC$, by /dev/npipe, and below unc rpc; over NetBIOS sessions, too.
# timeout: 240
# daily: none
. "$(dirname "$0")/lib.sh"

# SMB 1 is in its own module and nowhere else.
! grep -F '[uncfs]' /proc/kallsyms | grep -i smb1 >&2 ||
	fail "symbols of SMB 1 in uncfs.ko"

here=$(cd "$(dirname "$0")" && pwd)
own=/tmp/own
mkdir -p $own /tmp/ipc
at_end "rm -rf $own"
own_server $own /tmp/own.mnt '' 'server min protocol = NT1
	server max protocol = NT1
	server signing = mandatory
	smb ports = 4450 139' vers=1.0
UNC_HOST=127.0.0.1
login

run mount -t uncfs '//127.0.0.1/IPC$' /tmp/ipc \
	-o "credentials=$UNC_CREDENTIALS,port=4450,vers=1.0"
at_end "umount /tmp/ipc"
expect_text "by a file" "$(python3 "$here/rpc_bind.py" /tmp/ipc/srvsvc)" "result=0"
expect_errno ENOENT cat /tmp/ipc/no-such-pipe
run ls /tmp/ipc

for port in 4450 139; do
	output=$(unc pipe --smb1 --port $port --rpc-bind srvsvc \
		//127.0.0.1/pipe/srvsvc) || fail "unc pipe on port $port"
	expect_text "unc pipe" "$output" accepted
done
run env SMB1_PORT=139 python3 "$here/pipe_device.py" 127.0.0.1 before_connect \
	bad_paths transceive peek poll nonblocking reader_and_writer \
	interrupted server_closes messages session_key threads close_in_flight

# calls, also such as encrypt passwords by the session's key
enum='{"InfoStruct": {"Level": 1, "ShareInfo": {"Level1": {}}}, "PreferedMaximumLength": 4294967295}'
for options in smb_port=4450 smb_port=139 smb_port=4450,sign,ntlm \
	smb_port=139,seal,spnego; do
	expect_text "$options" "$(PASSWD=$UNC_PASSWORD unc rpc -u "$UNC_USER" \
		"//127.0.0.1[smb1,$options]" srvsvc.NetrShareEnum "$enum")" '"own"'
done
long=$(printf '%020000d' 0)
expect_text "a call of many parts" "$(unc rpc "//127.0.0.1[smb1,smb_port=4450]" \
	srvsvc.NetrShareGetInfo "{\"NetName\": \"$long\", \"Level\": 1}")" '"Return"'
expect_text "shares" "$(unc shares '//127.0.0.1[smb1,smb_port=4450]')" own

# RAP, for which there is no pipe
expect_equal "shares by RAP" "$(unc shares --rap --port 139 //127.0.0.1 |
	awk '$1 == "own" { print $1, $2 }')" "own disk"
output=$(unc shares --rap --port 1 //127.0.0.1 2>&1) && fail "RAP to nobody"
expect_text "refused" "$output" refused

# who is not root does not get it
lab_user alice 2001
output=$(as alice unc pipe --smb1 --port 4450 --sec none --rpc-bind srvsvc \
	//127.0.0.1/pipe/srvsvc 2>&1) && fail "SMB 1 for everybody"
expect_text "refusal" "$output" "not permitted"
