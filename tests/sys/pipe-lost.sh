#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A pipe whose connection is lost is over: EPIPE for readers and writers, also
# later, and never another pipe in its place.  A new one can be opened.
# daily: debug
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
login
run python3 "$here/pipe_lost.py" "$UNC_HOST"
