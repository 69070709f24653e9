#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# FIFOs, sockets, devices and links in every form, made here, on the server as
# what they are, and read back by another mount.
# daily: none
. "$(dirname "$0")/lib.sh"
test_dir

kinds() {	# FOLDER: the kind and name of each entry, sorted
	find "$1" -mindepth 1 -printf '%y %f %l\n' | sort | tr '\n' ';'
}

check_form() {	# NAME OPTIONS: made with these options, seen with the default
	unc_mount "$UNC_SHARE" "/tmp/form" "$2" || fail "cannot mount with $2"
	_made=/tmp/form/${dir##*/}/$1
	run mkdir "$_made"
	run ln -s "some/../target" "$_made/relative"
	run ln -s "/etc/hostname" "$_made/absolute"
	run ln -s "odd:name/with*?.|." "$_made/odd"
	run mkfifo "$_made/fifo"
	run python3 -c 'import socket, sys
socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$_made/socket"
	_want="l absolute /etc/hostname;l odd odd:name/with*?.|.;"
	_want="${_want}l relative some/../target;p fifo ;s socket ;"
	expect_equal "made by $1" "$(kinds "$_made")" "$_want"
	run umount /tmp/form
	sleep 1		# attributes are trusted for so long
	expect_equal "seen of $1" "$(kinds "$dir/$1")" "$_want"
	expect_equal "size of a link" "$(stat -c %s "$dir/$1/relative")" 14
	( echo through > "$dir/$1/fifo" ) &
	expect_equal "through the FIFO" "$(timeout 10 cat "$dir/$1/fifo")" through
	wait
	run rm "$dir/$1/fifo" "$dir/$1/socket" "$dir/$1"/[aro]*
	expect_equal "left of $1" "$(ls -A "$dir/$1")" ""
}

check_form default ""
check_form nfs symlink=nfs,reparse=nfs
check_form wsl symlink=wsl,reparse=wsl
check_form mf mfsymlinks
[ ! -e "$dir/none" ] || fail "there should be nothing"

# What links of Minshall and French are on the server
unc_mount "$UNC_SHARE" "/tmp/form" mfsymlinks
run ln -s target "/tmp/form/${dir##*/}/link"
expect_equal "size on the server" "$(stat -c %s "$server_dir/link")" 1067
expect_equal "first line" "$(head -n 1 "$server_dir/link")" XSym
expect_equal "digest" "$(sed -n 3p "$server_dir/link")" \
	"$(printf target | md5sum | cut -d ' ' -f 1)"
expect_errno ENAMETOOLONG ln -s "$(printf '%01025d' 0)" \
	"/tmp/form/${dir##*/}/too-long"
run umount /tmp/form
# A file of that size, and one with a wrong digest, are files
cp "$server_dir/link" "$server_dir/forged"
sed -i 3s/./x/ "$server_dir/forged"
head -c 1067 /dev/zero > "$server_dir/zeroes"
expect_equal "a link" "$(readlink "$dir/link")" target
expect_equal "forged" "$(stat -c %F "$dir/forged")" "regular file"
expect_equal "zeroes" "$(stat -c '%F %s' "$dir/zeroes")" "regular file 1067"
cmp "$dir/zeroes" "$server_dir/zeroes" || fail "zeroes are not read"
unc_mount "$UNC_SHARE" "/tmp/form" nomfsymlinks
expect_equal "nomfsymlinks" \
	"$(stat -c %F "/tmp/form/${dir##*/}/link")" "regular file"
run umount /tmp/form

# Devices; reparse=none refuses all
run mknod "$dir/null" c 1 3
run mknod "$dir/loop" b 7 5
sleep 1
expect_equal "device" "$(stat -c '%F %t %T' "$dir/null")" \
	"character special file 1 3"
expect_equal "block device" "$(stat -c '%F %t %T' "$dir/loop")" \
	"block special file 7 5"
echo gone > "$dir/null" || fail "the device cannot be written"
run mknod "$dir/regular" p
unc_mount "$UNC_SHARE" "/tmp/form" symlink=none,reparse=none
expect_errno EPERM mkfifo "/tmp/form/${dir##*/}/fifo"
expect_errno EPERM ln -s target "/tmp/form/${dir##*/}/none"
run umount /tmp/form
