#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A member server of the domain, asked by an administrator with a Kerberos ticket:
# its services, registry, sessions and time, beside what net and rpcclient say, and
# its event log.
# lab: --server ad
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/../ad/member"

report=$(cd "$(dirname "$0")/../.." && pwd)/build/user/tests/rpc/event_report
export KRB5CCNAME=/tmp/krb5cc_0		# where the agent finds root's
at_end "kdestroy -q; member_stop"
run member_start "eventlog list = Lab"
echo "root = $UNC_DOMAIN\\$UNC_ADMIN" >> /tmp/member/users
echo "$UNC_PASSWORD" | kinit "$UNC_ADMIN" > /tmp/out || fail "$(cat /tmp/out)"

UNC_HOST=$member_host run python3 "${0%/*}/rpc_commands.py" member
run "$report" "//$member_host" Lab 3
expect_text "the logs" "$(unc events --sec krb5 "//$member_host")" Lab
unc events --sec krb5 --json "//$member_host" Lab > /tmp/events ||
	fail "unc events"
expect_equal "the log" "$(grep -c '"id"' /tmp/events)" 3
unc status > /tmp/out
grep -q "session $UNC_ADMIN@$UNC_REALM by krb5" /tmp/out || fail "$(cat /tmp/out)"
