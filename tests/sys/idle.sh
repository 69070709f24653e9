#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The short form of tests/long/idle.sh.
# lab: --server ad
# daily: none
# kernel: stock
IDLE_SECONDS=3 exec "$(dirname "$0")/../long/idle.sh"
