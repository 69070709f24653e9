#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What of the domain takes minutes, most of it waiting for a controller that is gone.
# Only by scripts/test --full; each can be run alone, its first lines say how.
. "$(dirname "$0")/lib.sh"

[ "${LAB_FULL:-}" ] || skip_all "some minutes: scripts/test --full"
[ -e build/user/cli/unc ] || skip_all "user space is not built"

beside() {		# SERVER TEST LAB-OPTION...
	_server=$1 _test=$2; shift 2
	"$lab" in-root --quiet --server "$_server" "$@" -- \
		"tests/ad/$_test" build/user
}

ok "a join that is killed at each step" beside ad killed
ok "a controller that falls silent" beside ad silent
ok "bad input, and a strict controller" beside ad refused \
	--smb-conf 'kdc supported enctypes = 24' \
	--smb-conf 'ldap server require strong auth = yes'
ok "local groups, older ciphers, names and SIDs" beside ad groups
ok "whom group policies are for" beside ad filters
ok "NTLM where Kerberos cannot be had" beside ad ntlm
ok "two controllers" beside ad2 two
ok "sites" beside ad2 sites
ok "a read-only controller" beside rodc readonly
tap_end
