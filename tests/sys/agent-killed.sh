#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The short form of tests/long/agent-killed.sh.
# lab: --fs none
# kernel: stock
# timeout: 200
# daily: none
AGENT_SECONDS=12 exec "$(dirname "$0")/../long/agent-killed.sh"
