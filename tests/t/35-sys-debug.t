#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/sys on the kernel with KASAN, lockdep and kmemleak.
. "$(dirname "$0")/lib.sh"
PYTHONPATH=tests PYTHONDONTWRITEBYTECODE=1 exec python3 -m lab.systests debug
