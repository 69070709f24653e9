#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# unc login: passwords from standard input and from systemd's credentials; mounts by
# them; what is listed; what is forgotten.
# kernel: stock
. "$(dirname "$0")/lib.sh"

mnt=/tmp/login.mnt
share=//$UNC_HOST/$UNC_SHARE
mkdir -p $mnt /tmp/creds
at_end "rm -rf /tmp/creds; unc logout $UNC_HOST > /dev/null 2>&1"
at_end "! is_mounted $mnt || umount $mnt"
keyctl link @u @s 2> /dev/null

mounts() {	# without a word about who we are
	run mount -t uncfs "$share" $mnt < /dev/null
	run touch $mnt/file
	run rm $mnt/file
	run umount $mnt
}

listed() {	# how many keys for this host
	unc login --list --json | python3 -c '
import json, sys
print([key["host"] for key in json.load(sys.stdin)].count(sys.argv[1]))' "$1"
}

# From standard input.
before=$(listed "$UNC_HOST")	# of other tests, until the kernel collects them
echo "$UNC_PASSWORD" | run unc login --stdin "$UNC_USER@$UNC_HOST"
mounts
expect_equal "keys" "$(listed "$UNC_HOST")" $((before + 1))
unc login --list | grep -q "^$UNC_HOST *never" || fail "$(unc login --list)"
run unc logout "$UNC_HOST"
expect_equal "keys after" "$(listed "$UNC_HOST")" "$before"
expect_fail mount -t uncfs "$share" $mnt < /dev/null

# As a service gets it from systemd.
printf '%s' "$UNC_PASSWORD" > /tmp/creds/files
export CREDENTIALS_DIRECTORY=/tmp/creds
run unc login --credential files --timeout 60 "$UNC_USER@$UNC_HOST"
mounts
unc login --list | grep -q "^$UNC_HOST *[0-9]*[sm]" || fail "$(unc login --list)"
run unc logout "$UNC_HOST"

# What is no credential.
for name in nosuch ../creds/files ''; do
	expect_fail unc login --credential "$name" "$UNC_USER@$UNC_HOST"
done
unset CREDENTIALS_DIRECTORY
output=$(unc login --credential files "$UNC_USER@$UNC_HOST" 2>&1) &&
	fail "a credential from nowhere"
expect_text "reason" "$output" "LoadCredential"
expect_equal "keys in the end" "$(listed "$UNC_HOST")" "$before"
