#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# SMB 1, against a server that speaks nothing newer: loaded for vers=1.0 alone,
# signed, over NetBIOS sessions too, and the basic tests as they are.
# timeout: 300
# daily: none
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
own=/tmp/own
mnt=/tmp/smb1

# nothing but an explicit vers=1.0 loads it, and uncfs.ko has nothing of it
[ ! -e /sys/module/uncfs_smb1 ] || rmmod uncfs_smb1 || fail "it is in use"
run unc_mount "$UNC_SHARE" /tmp/newer
[ ! -e /sys/module/uncfs_smb1 ] || fail "loaded unasked"
! grep -F '[uncfs]' /proc/kallsyms | grep -i smb1 >&2 ||
	fail "symbols of SMB 1 in uncfs.ko"

mkdir -p $own $mnt
at_end "rm -rf $own"
own_server $own $mnt 'force user = root' 'server min protocol = NT1
	server max protocol = NT1
	server signing = mandatory
	smb ports = 4450 139' vers=1.0
[ -e /sys/module/uncfs_smb1 ] || fail "mounted without the module"
status=$(unc status | grep -A 1 -F 'SMB 1.0') || fail "unc status knows no SMB 1"
expect_text "session" "$status" signed
expect_text "options" "$(grep " $mnt " /proc/mounts)" vers=1.0

# who does not ask for it does not get it
expect_mount_fail ECONNRESET negotiate //127.0.0.1/own \
	"credentials=$UNC_CREDENTIALS,port=4450"
expect_mount_fail EOPNOTSUPP negotiate //127.0.0.1/own \
	"credentials=$UNC_CREDENTIALS,port=4450,vers=1.0,seal"

for name in create mkdir rename; do
	UNC_MNT=$mnt UNC_SHARE_DIR=$own sh "$here/$name.sh" || fail "$name.sh"
done

# data, in more pieces than one, and names in more messages than one
random_file /tmp/data 1
run cp /tmp/data $mnt/data
same_files /tmp/data $own/data
echo 1 > /proc/sys/vm/drop_caches
same_files /tmp/data $mnt/data
mkdir $own/many
(cd $own/many && seq -f 'a-name-of-some-length-%g' 1 400 | xargs touch)
expect_equal "names" "$(ls $mnt/many | wc -l)" 400
rm -r $own/many

# over an existing file of another folder, which SMB 1 cannot do by itself
mkdir $mnt/sub
echo old > $mnt/sub/file
echo new > $mnt/file
run mv -f $mnt/file $mnt/sub/file
expect_equal "over another" "$(cat $own/sub/file)" new
run ln $mnt/sub/file $mnt/link
expect_equal "links" "$(stat -c %h $own/sub/file)" 2

# a NetBIOS session
mkdir -p /tmp/nb
run mount -t uncfs //127.0.0.1/own /tmp/nb \
	-o "credentials=$UNC_CREDENTIALS,port=139,vers=1.0"
at_end "umount /tmp/nb"
same_files /tmp/data /tmp/nb/data

# attributes of OS/2
run setfattr -n user.colour -v blue $mnt/data
run setfattr -n user.shape -v round $mnt/data
expect_text "attributes" "$(getfattr -d $mnt/data 2> /dev/null |
	tr '[:upper:]' '[:lower:]')" 'user.colour="blue"'
expect_equal "a value" "$(getfattr --only-values -n user.shape $mnt/data)" round
run setfattr -x user.colour $mnt/data
expect_equal "how many" "$(getfattr $mnt/data 2> /dev/null | grep -c '^user')" 1
