#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Rows of Documentation/mount-options.rst of each kind, and remount.
. "$(dirname "$0")/lib.sh"
mkdir -p /tmp/options
at_end "rmdir /tmp/options"

try() {		# OPTIONS: mount with them, look, unmount
	run mount -t uncfs "//$UNC_HOST/$UNC_SHARE" /tmp/options \
		-o "credentials=$UNC_CREDENTIALS,$1"
	shown=$(grep ' /tmp/options ' /proc/mounts)
	run umount /tmp/options
}

refused() {	# OPTION WORDS: an error that tells why
	_said=$(mount -t uncfs "//$UNC_HOST/$UNC_SHARE" /tmp/options \
		-o "credentials=$UNC_CREDENTIALS,$1" 2>&1) &&
		fail "mounted with $1"
	expect_text "message for $1" "$_said" "$2"
}

# What is the default anyway is taken, what cannot be had is not
try nounix,serverino,nodfs,forceuid,iocharset=utf8,nocase
refused noserverino "inode numbers"
refused iocharset=iso8859-1 "utf8"
refused sfu "symlink="
refused rdma "not implemented"
refused servern=NAMEOFSIXTEENBYTES "15 characters"
refused prefixpath=some "source"
refused nosuchoption "nosuchoption"
refused nosuch=value "nosuch"
refused symlink=sideways symlink

# What is shown is what was asked for
try uid=7,gid=8,file_mode=0640,dir_mode=0750,mapchars,symlink=wsl,reparse=none
for word in uid=7 gid=8 file_mode=0640 dir_mode=0750 mapchars symlink=wsl \
	reparse=none; do
	expect_text "options shown" "$shown" "$word"
done
try nomapposix,nomfsymlinks
expect_text "options shown" "$shown" nomapposix
expect_text "options shown" "$shown" nomfsymlinks

# Owners and modes
test_dir
echo text > "$dir/file"
unc_mount "$UNC_SHARE" /tmp/owned \
	uid=7,forceuid,gid=8,forcegid,file_mode=0640,dir_mode=0750
expect_equal "file" "$(stat -c '%u %g %a' "/tmp/owned/${dir##*/}/file")" \
	"7 8 640"
expect_equal "directory" "$(stat -c '%u %g %a' "/tmp/owned/${dir##*/}")" \
	"7 8 750"

# Remount: what may change, and what may not
run mount -o remount,actimeo=5,symlink=none /tmp/owned
expect_text "after a remount" "$(grep ' /tmp/owned ' /proc/mounts)" actimeo=5
expect_errno EPERM ln -s x "/tmp/owned/${dir##*/}/link"
expect_fail mount -o remount,mapchars /tmp/owned
expect_text "kept" "$(grep ' /tmp/owned ' /proc/mounts)" mapposix
run mount -o remount,ro /tmp/owned
expect_fail touch "/tmp/owned/${dir##*/}/new"
run mount -o remount,rw /tmp/owned
run touch "/tmp/owned/${dir##*/}/new"
run umount /tmp/owned
