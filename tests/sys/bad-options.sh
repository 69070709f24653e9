#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Nonsense is refused before anything goes to the network, and named.
. "$(dirname "$0")/lib.sh"

refused() {	# OPTION SHOWN
	_said=$(mount -t uncfs "//$UNC_HOST/$UNC_SHARE" /tmp/nowhere \
		-o "credentials=$UNC_CREDENTIALS,$1" 2>&1) &&
		fail "mounted with $1"
	expect_text "message for $1" "$_said" "$2"
}
mkdir -p /tmp/nowhere
at_end "rmdir /tmp/nowhere"
refused vers=9.9 vers
refused sec=magic sec
refused port=99999999 port
refused uid=elsewhere uid
refused no_such_option no_such_option
refused credentials=/no/such/file /no/such/file
_said=$(mount -t uncfs //only-host /tmp/nowhere -o guest 2>&1) &&
	fail "mounted without a share"
expect_text "message without a share" "$_said" "share"
