#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A mount goes by the name of its credential: a password that is changed, or
# withdrawn and given again, serves it when it has to log on anew, without a remount.
# daily: none
# kernel: stock
. "$(dirname "$0")/lib.sh"

mnt=/tmp/rotate
smbd_start
mkdir -p $mnt
at_end "! is_mounted $mnt || umount -f $mnt"
at_end "unc logout $smbd_address > /dev/null 2>&1"
keyctl link @u @s 2> /dev/null

log_in() {	# PASSWORD
	echo "$1" | run unc login --stdin "$UNC_USER@$smbd_address"
}

change_password() {	# on the server
	printf '%s\n%s\n' "$1" "$1" | run smbpasswd -c /tmp/smbd/smb.conf \
		-s "$UNC_USER" > /dev/null
}

log_in "$UNC_PASSWORD"
run mount -t uncfs "//$smbd_address/own" $mnt \
	-o "ip=$smbd_address,port=$smbd_port" < /dev/null
exec 5> $mnt/open

# Changed: what is open goes on by the new one.
change_password second
log_in second
smbd_cut
run touch $mnt/changed
echo line >&5 || fail "the open file did not come back"

# Withdrawn and given again, in another key.
run unc logout "$smbd_address"
log_in second
smbd_cut
run touch $mnt/again

# Withdrawn: what is there goes on, but there is no logging on, and no waiting.
run unc logout "$smbd_address"
run touch $mnt/withdrawn
exec 5>&-
smbd_cut
expect_errno EKEYREVOKED ls $mnt
dmesg | tail -n 20 | grep -q "agent: the key .* was revoked" ||
	fail "the log does not say why: $(dmesg | tail -n 5)"
