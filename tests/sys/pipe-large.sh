#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A megabyte goes through a pipe in fragments and comes back, by /dev/npipe and by
# mounted IPC$s that are signed, encrypted and of an old dialect.
# daily: none
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
login
pipes=//$UNC_HOST/pipe/rpcecho
for opts in sign seal vers=2.0; do
	unc_mount 'IPC$' /tmp/ipc-$opts $opts || fail "IPC\$ with $opts"
	pipes="$pipes /tmp/ipc-$opts/rpcecho"
done
# shellcheck disable=SC2086 # a word for each pipe
run python3 "$here/pipe_echo.py" $pipes
