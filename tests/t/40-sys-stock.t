#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/sys on Debian's own kernel.
. "$(dirname "$0")/lib.sh"
PYTHONPATH=tests PYTHONDONTWRITEBYTECODE=1 exec python3 -m lab.systests stock
