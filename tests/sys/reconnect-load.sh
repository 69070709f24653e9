#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The short form of scripts/soak: copying, fio --verify and synced lines while
# the server is killed, and while it is paused.
# kernel: stock
# timeout: 300
# daily: none
SOAK_SECONDS=20 SOAK_UP=5 SOAK_PAUSED=6 SOAK_FIO=2m \
	exec "$(dirname "$0")/../soak/reconnect.sh"
