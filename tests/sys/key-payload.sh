#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a key of type "uncfs" may hold: three strings, or four of which the last
# says where Kerberos finds more; nothing else, and nobody reads it back.
# daily: none
. "$(dirname "$0")/lib.sh"

add() {		# printf's format of the payload
	# shellcheck disable=SC2059 # that is the point
	printf "$1" | keyctl padd uncfs payload.test @u
}

good() {
	key=$(add "$1") || fail "refused: $1"
	expect_errno EOPNOTSUPP keyctl read "$key"
	run keyctl unlink "$key" @u > /dev/null
}

long=$(printf '%0505d' 0)	# with "keytab:" 512 bytes, one too many
good 'alice\0\0secret\0'
good 'alice\0LAB\0\0'
good 'alice\0LAB\0\0keytab:/etc/krb5.keytab\0'
good 'alice\0\0\0ccache:KEYRING:persistent:1000\0'
good "alice\\0\\0\\0keytab:${long#0}\\0"
for bad in 'alice\0LAB\0' 'alice\0LAB\0secret' '\0LAB\0secret\0' \
	'alice\0\0secret\0keytab:/x\0' 'alice\0\0\0file:/x\0' \
	'alice\0\0\0\0' 'alice\0\0\0keytab:/x' 'alice\0\0\0keytab:/x\0\0' \
	"alice\\0\\0\\0keytab:$long\\0"; do
	expect_errno EINVAL add "$bad"
done
