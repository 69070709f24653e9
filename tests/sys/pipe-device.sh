#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# /dev/npipe becomes a remote pipe by an ioctl, and by unc pipe.
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
login
expect_equal "mode of the device" "$(stat -c %a /dev/npipe)" 666
before=$(connections)
expect_text "by ioctl" "$(python3 "$here/rpc_bind.py" "//$UNC_HOST/pipe/srvsvc")" "result=0"
expect_text "by unc pipe" "$(unc pipe --rpc-bind srvsvc "//$UNC_HOST/pipe/srvsvc")" accepted
run unc pipe --rpc-bind lsarpc '\\'"$UNC_HOST"'\pipe\lsarpc'
run python3 "$here/pipe_device.py" "$UNC_HOST"

# The wrong password, in the log with its stage
keyctl unlink "$login_key" @u
login wrong-password
output=$(unc pipe --rpc-bind srvsvc "//$UNC_HOST/pipe/srvsvc" 2>&1) &&
	fail "connected with a wrong password"
expect_text "message" "$output" "access denied"
dmesg | tail -n 5 | grep -q "uncfs: //$UNC_HOST/.*session" || fail "no word of it in the log"
wait_for 10 test "$(connections)" = "$before"
