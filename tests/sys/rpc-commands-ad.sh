#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The commands that call RPC interfaces, over the pipes of a domain controller,
# as its administrator; compared with rpcclient.
# lab: --server ad
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

PASSWD=$UNC_PASSWORD
export PASSWD
python3 "${0%/*}/rpc_commands.py" domain
