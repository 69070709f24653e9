#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# io_uring reads, writes, polls and cancels on pipes.
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
login
python3 -c 'import sys; sys.path.insert(0, sys.argv[1])
import rpc_bind; sys.stdout.buffer.write(rpc_bind.bind())' "$here" > /tmp/bind
run timeout 60 "$here/../../build/user/tests/pipe_uring" \
	"//$UNC_HOST/pipe/srvsvc" /tmp/bind
