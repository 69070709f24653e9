#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# unc login: passwords from standard input, from the terminal and from systemd's
# credentials; mounts by them; what is listed; what is forgotten, and when.
# kernel: stock
# daily: none
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

# Nobody can read it back; the kernel goes the way for unc doctor, and for anybody.
doctor() {
	report=$("$@" 2>&1 < /dev/null | tr -s '\n ' ' ')
}

doctor unc doctor "$share"
expect_text "unc doctor" "$report" \
	"session ok *$UNC_USER, by what unc login keeps tree ok $share list ok"
expect_text "unc whoami" "$(unc whoami "//$UNC_HOST" 2>&1)" \
	"$UNC_USER by unc login"
run unc logout "$UNC_HOST"
expect_equal "keys after" "$(listed "$UNC_HOST")" "$before"
expect_fail mount -t uncfs "$share" $mnt < /dev/null
lab_user walker 1007
doctor as walker sh -c "echo '$UNC_PASSWORD' |
	unc login --stdin '$UNC_USER@$UNC_HOST' && unc whoami '//$UNC_HOST' &&
	unc logout '$UNC_HOST'"
expect_text "anybody's unc whoami" "$report" "$UNC_USER by unc login"
echo wrong | run unc login --stdin "$UNC_USER@$UNC_HOST"
doctor unc doctor "$share"
expect_text "a wrong password" "$report" "session failed *LOGON_FAILURE"
run unc logout "$UNC_HOST"

# Everybody by what they keep themselves, on one mount and one connection.
lab_user stranger 1008
run mount -t uncfs "$share" $mnt -o "multiuser,credentials=$UNC_CREDENTIALS"
run as walker sh -ec "echo '$UNC_PASSWORD' |
	unc login --stdin '$UNC_USER@$UNC_HOST' && touch $mnt/file && rm $mnt/file"
unc sessions "$UNC_HOST" | grep -q " 1007 *.*ntlmssp" ||
	fail "no session of walker: $(unc sessions)"
expect_errno EACCES as stranger ls $mnt
dmesg | grep -q "user 1008: mechanism: " ||
	fail "no word why: $(dmesg | tail -n 3)"
run umount $mnt

# From the terminal, which shows nothing of it.
mkfifo /tmp/creds/keys
script -qefc "unc login $UNC_USER@$UNC_HOST" /tmp/creds/screen \
	< /tmp/creds/keys > /dev/null &
screen=$!
exec 6> /tmp/creds/keys
wait_for 20 grep -qs "Password for $UNC_USER@$UNC_HOST" /tmp/creds/screen
echo "$UNC_PASSWORD" >&6
exec 6>&-
wait $screen || fail "by the terminal: $(cat /tmp/creds/screen)"
! grep -q "$UNC_PASSWORD" /tmp/creds/screen || fail "the terminal shows it"
mounts
run unc logout "$UNC_HOST"

# For a second and no longer.
echo "$UNC_PASSWORD" | run unc login --stdin --timeout 1 "$UNC_USER@$UNC_HOST"
sleep 2
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
