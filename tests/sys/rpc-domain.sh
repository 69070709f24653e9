#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every method that a domain controller serves, over named pipes.
# lab: --server ad
# kernel: stock
# timeout: 300
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")/../rpc" && pwd)
printf '%s\0%s\0%s\0' "$UNC_ADMIN" "$UNC_DOMAIN" "$UNC_PASSWORD" > /tmp/login
login_key=$(keyctl padd uncfs "$UNC_HOST" @u < /tmp/login) || fail "no key"
keyctl link @u @s 2> /dev/null
at_end "keyctl unlink '$login_key' @u > /dev/null 2>&1; rm -f /tmp/login"
PYTHONDONTWRITEBYTECODE=1 python3 "$here/domain.py" np > /tmp/methods ||
	fail "$(grep -v '^ok' /tmp/methods)"
