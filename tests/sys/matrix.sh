#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every dialect with every way of protecting it: what was asked for is what
# `unc status` shows, and data arrive whole in both directions.  Prints the table.
# CELLS: only those whose line has this text.
# timeout: 600
# daily: none
. "$(dirname "$0")/lib.sh"

mnt=/tmp/matrix
cells=0
at_end "rm -f '$UNC_SHARE_DIR/server.conf' '$UNC_SHARE_DIR/from-server' '$UNC_SHARE_DIR/to-server'"

# The server is allowed one algorithm of each kind, so that no other is used.
server_allow() {	# SIGNING CIPHER
	server_conf "$(
		[ "$1" = - ] || echo "server smb3 signing algorithms = $1"
		[ "$2" = - ] || echo "server smb3 encryption algorithms = $2")"
}

# The connection that came last, and its session.
newest() {
	unc status | awk '/^[^ ]/ { c = $0; s = "" } /^  session/ { s = $0 }
		END { print c; print s }'
}

verify_data() {
	run cmp "$UNC_SHARE_DIR/from-server" $mnt/from-server
	run cp /tmp/random $mnt/to-server
	same_files /tmp/random "$UNC_SHARE_DIR/to-server"
	fio --output=/tmp/fio.out --name=fio --directory=$mnt --rw=randwrite \
		--direct=1 --size=512k --bsrange=4k-64k --verify=crc32c \
		--verify_fatal=1 --do_verify=1 --ioengine=psync \
		--fallocate=none || { cat /tmp/fio.out >&2; fail "fio"; }
	run rm $mnt/to-server $mnt/fio.0.0
}

# What the kernel says must be what was wanted; "-" is not looked at.
cell() {	# VERS PROTECTION SIGNING CIPHER SERVER-SIGNING SERVER-CIPHER
	case "$*" in *${CELLS:-}*) ;; *) return ;; esac
	cells=$((cells + 1))
	server_allow "$5" "$6"
	option=
	case $2 in
	signed) option=,sign ;;
	sealed) option=,seal ;;
	esac
	unc_mount "$UNC_SHARE" $mnt "vers=$1$option" || fail "mount: $*"
	status=$(newest)
	expect_text "dialect of $*" "$status" "SMB $1,"
	expect_text "signing of $*" "$status" "signing $3,"
	[ "$4" = - ] || expect_text "cipher of $*" "$status" "cipher $4,"
	expect_text "session of $*" "$status" "session"
	case $2:$status in
	signed:*", signed"*|sealed:*", encrypted"*) ;;
	plain:*", signed"*|plain:*", encrypted"*|s*) fail "$*: $status" ;;
	esac
	verify_data
	run umount $mnt
	line=$(printf 'TABLE: %-7s %-6s %-12s %-12s ok' "$1" "$2" "$3" "$4")
	table="${table:-}
$line"
}

random_file /tmp/random 1
printf 'odd' >> /tmp/random
cp /tmp/random "$UNC_SHARE_DIR/from-server"

for vers in 2.0.2 2.1; do
	cell $vers plain  HMAC-SHA256 - - -
	cell $vers signed HMAC-SHA256 - - -
done
for vers in 3.0 3.0.2; do
	cell $vers plain  AES-CMAC - - -
	cell $vers signed AES-CMAC - - -
	cell $vers sealed AES-CMAC AES-128-CCM - -
done
cell 3.1.1 plain  AES-GMAC AES-128-GCM - -
cell 3.1.1 signed AES-GMAC - AES-128-GMAC -
cell 3.1.1 signed AES-CMAC - AES-128-CMAC -
cell 3.1.1 signed HMAC-SHA256 - HMAC-SHA256 -
for cipher in AES-128-GCM AES-256-GCM AES-128-CCM AES-256-CCM; do
	cell 3.1.1 sealed AES-GMAC $cipher - $cipher
done
[ $cells -gt 0 ] || fail "no cell was tried"

echo "TABLE: dialect mode   signing      cipher$table"
