#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# unc rpc over named pipes: plain, signed and sealed, in fragments.
. "$(dirname "$0")/lib.sh"

login
enum='{"InfoStruct": {"Level": 1, "ShareInfo": {"Level1": {}}}, "PreferedMaximumLength": 4294967295}'
expect_text "plain" "$(unc rpc "//$UNC_HOST" srvsvc.NetrShareEnum "$enum")" "\"$UNC_SHARE\""
expect_text "one round trip" "$(unc rpc "//$UNC_HOST/pipe/srvsvc" srvsvc.NetrRemoteTOD)" tod_year
expect_text "lsarpc" "$(unc rpc "ncacn_np:$UNC_HOST[\\pipe\\lsarpc]" lsarpc.LsarOpenPolicy2 \
	'{"ObjectAttributes": {}, "DesiredAccess": 33554432}')" '"Return": 0'

# Authentication of its own within the pipe
for level in sign,ntlm seal,ntlm sign,spnego seal,spnego; do
	expect_text "$level" "$(PASSWD=$UNC_PASSWORD unc rpc -u "$UNC_USER" \
		"//$UNC_HOST[$level]" srvsvc.NetrShareEnum "$enum")" "\"$UNC_SHARE\""
done

# A request of several fragments
long=$(printf '%020000d' 0)
expect_text "a long name" "$(unc rpc "//$UNC_HOST" srvsvc.NetrShareGetInfo \
	"{\"NetName\": \"$long\", \"Level\": 1}")" '"Return"'

output=$(unc rpc "//$UNC_HOST/pipe/no-such-pipe" srvsvc.NetrRemoteTOD 2>&1) &&
	fail "a pipe that is not there"
expect_text "message" "$output" "no such pipe"
output=$(unc rpc "//$UNC_HOST/pipe/lsarpc" srvsvc.NetrRemoteTOD 2>&1) || true
run unc shares "//$UNC_HOST"
expect_text "shares" "$(unc shares "//$UNC_HOST")" "$UNC_SHARE"
expect_text "shares as JSON" "$(unc shares --json "//$UNC_HOST")" '"name"'
