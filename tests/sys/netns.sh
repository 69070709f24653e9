#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Network and user namespaces: each has its own agent, connections and keys, and
# whoever is root only in a container is nobody here.
# lab: --fs none
# daily: none
. "$(dirname "$0")/lib.sh"

module_load
agent_start
login
unc_mount "$UNC_SHARE" /tmp/mnt || fail "no mount"
run ip netns add other
at_end "ip netns delete other"
address=$(getent ahostsv4 "$UNC_HOST" | sed -n '1s/ .*//p')
share=//$UNC_HOST/$UNC_SHARE

inside() {
	ip netns exec other "$@"
}

# No agent there, whoever is here; nothing of here to be seen there.
begin=$(date +%s)
output=$(inside mount -v -t uncfs "$share" /mnt \
	-o "credentials=$UNC_CREDENTIALS,ip=$address" 2>&1) &&
	fail "mounted through somebody else's agent"
[ $(($(date +%s) - begin)) -lt 20 ] || fail "it took too long"
expect_equal "connections here" "$(connections "$UNC_HOST")" 1
expect_equal "status there" "$(inside unc status)" "no server is connected"

# Keys cannot be read, and are found only where they were made.
expect_errno EOPNOTSUPP keyctl read "$login_key"
run keyctl search @u uncfs "$UNC_HOST" > /dev/null
expect_fail inside keyctl search @u uncfs "$UNC_HOST"

# An agent of its own, beside ours.
ip netns exec other uncd > /tmp/uncd.other 2>&1 &
other=$!
at_end "kill $other 2> /dev/null; wait $other"
wait_for 20 grep -q "agent of this network namespace" /tmp/uncd.other
expect_fail inside mount -t uncfs "$share" /mnt \
	-o "credentials=$UNC_CREDENTIALS,timeout=2"
run touch /tmp/mnt/file
run rm /tmp/mnt/file

# Root of a user namespace, in a network of its own or in this one: no agent, no
# answer, no key, no state but its own.
contained() {	# [--net] COMMAND...
	_net=
	[ "$1" != --net ] || { _net=--net; shift; }
	timeout 20 unshare --user --map-root-user $_net "$@" 2>&1
}

output=$(contained --net uncd) && fail "an agent in a user namespace"
expect_text "message" "$output" "root"
output=$(contained uncd) && fail "an agent for the network of others"
expect_text "message" "$output" "root"
output=$(contained unc status) && fail "the status for a container's root"
expect_text "message" "$output" "only root"
expect_equal "status there" "$(contained --net unc status)" \
	"no server is connected"
# The same by hand: to be the agent, to answer, to look.
cat > /tmp/by-hand.py <<-END
import errno
import sys
from expecting import expect
from genl import NLM_F_DUMP, STATUS, Agent, message, messages
agent = Agent()
expect("hello", agent.hello(), errno.EPERM)
expect("an answer", agent.answer(b"\\1" * 8), errno.EPERM)
agent.sock.send(message(agent.family, NLM_F_DUMP, STATUS, b"", 9))
shown = [kind for kind, _, _ in messages(agent.sock.recv(65536))
         if kind == agent.family]
expect("objects shown", shown, [])
END
here=$(cd "$(dirname "$0")" && pwd)
contained --net env "PYTHONPATH=$here" python3 /tmp/by-hand.py ||
	fail "root of a container with a network of its own"
contained env "PYTHONPATH=$here" python3 /tmp/by-hand.py ||
	fail "root of a container in this network"
expect_errno EACCES contained keyctl read "$login_key"
expect_fail contained --net keyctl search @u uncfs "$UNC_HOST"
output=$(contained mount -t uncfs "$share" /mnt -o "ip=$address,sec=none") &&
	fail "mounted in a user namespace"
run umount /tmp/mnt
