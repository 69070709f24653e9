#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What operations may cost in messages: a count that grows fails.
. "$(dirname "$0")/lib.sh"
exec scripts/bench --check
