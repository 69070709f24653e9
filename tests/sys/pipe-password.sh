#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A password that was encrypted by the session key of a pipe is the user's.
# lab: --server ad
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)

password() {	# of carol
	run env PYTHONDONTWRITEBYTECODE=1 python3 "$here/pipe_password.py" \
		"$UNC_HOST" "$UNC_DOMAIN" carol "$1"
}

opens() {	# PASSWORD
	smbclient -U "$UNC_DOMAIN/carol%$1" -c ls "//$UNC_HOST/$UNC_SHARE" \
		> /tmp/opens 2>&1
}

UNC_USER=$UNC_ADMIN login
at_end "password '$UNC_PASSWORD'"
! opens new-Secret-2.lab || fail "any password opens"
password new-Secret-2.lab
opens new-Secret-2.lab || fail "the new password: $(cat /tmp/opens)"
