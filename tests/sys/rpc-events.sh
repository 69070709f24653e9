#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# unc events: the logs of a server and what is in them, over a pipe; and its
# endpoints by the pipe of its endpoint mapper.
# lab: --server ad
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

report=$(cd "$(dirname "$0")/../.." && pwd)/build/user/tests/rpc/event_report
server=//$UNC_HOST

# How many events, the first's and the last's id, and more of the first
events() {	# OPTION...
	unc events --json "$@" "$server" Lab > /tmp/events || fail "unc events $*"
	python3 -c 'import json
rows = json.load(open("/tmp/events"))
first = rows[0]
print(len(rows), first["id"], rows[-1]["id"], first["type"],
      first["category"], first["time"][:4], first["computer"], sep="; ")'
}

UNC_USER=$UNC_ADMIN login
run "$report" "$server" Lab 30
expect_text "the logs" "$(unc events "$server")" Lab
expect_equal "the newest ten" "$(events -n 10)" "10; $((0x1000 + 30)); \
$((0x1000 + 21)); warning; 7; $(date -u +%Y); PROBE"
expect_equal "all, the oldest first" "$(events -f -n 1000)" "30; \
$((0x1000 + 1)); $((0x1000 + 30)); warning; 7; $(date -u +%Y); PROBE"
expect_text "as a table" "$(unc events -n 1 "$server" Lab)" "warning"
! unc events --channels "$server" > /tmp/out 2>&1 || fail "Samba has channels"
expect_text "no channels" "$(cat /tmp/out)" "unc events:"

# Anybody may ask the mapper by its pipe, too.
unc endpoints "ncacn_np:$UNC_HOST" > /tmp/endpoints || fail "unc endpoints"
grep -q "samr .*ncacn_ip_tcp" /tmp/endpoints || fail "$(cat /tmp/endpoints)"
# The tables name no pipe for mgmt, and there is none of that name.
expect_text "a pipe that the mapper knows" "$(unc rpc "ncacn_np:$UNC_HOST" \
	mgmt.rpc__mgmt_inq_if_ids)" if_id_vector
