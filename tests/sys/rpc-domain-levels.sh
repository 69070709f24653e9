#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# More than a hundred methods that a domain controller serves, over named pipes,
# at every level of authentication.
# lab: --server ad
# kernel: stock
# daily: none
# timeout: 300
METHODS=np exec "$(dirname "$0")/rpc-domain.sh"
