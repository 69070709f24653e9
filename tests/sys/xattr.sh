#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Extended attributes and security descriptors.
. "$(dirname "$0")/lib.sh"
test_dir

value() {	# NAME FILE
	getfattr --absolute-names --only-values -n "$1" "$2"
}

names() {	# FILE
	getfattr --absolute-names -m - "$1" | sed '/^#/d;/^$/d' | sort | tr '\n' ' '
}

echo content > "$dir/file"
mkdir "$dir/folder"
for what in file folder; do
	path=$dir/$what
	expect_equal "nothing yet" "$(names "$path")" ""
	expect_fail getfattr -n user.colour "$path"
	run setfattr -n user.colour -v blue "$path"
	run setfattr -n user.Long.Name -v "$(seq 1 500 | tr '\n' .)" "$path"
	expect_equal "value" "$(value user.colour "$path")" blue
	expect_equal "long value" "$(value user.Long.Name "$path")" \
		"$(seq 1 500 | tr '\n' .)"
	expect_equal "names" "$(names "$path")" "user.Long.Name user.colour "
	expect_equal "at the server" \
		"$(value user.colour "$server_dir/$what" | tr -d '\0')" blue
	run setfattr -n user.colour -v green "$path"
	expect_equal "replaced" "$(value user.colour "$path")" green
	run setfattr -x user.colour "$path"
	expect_equal "removed" "$(names "$path")" "user.Long.Name "
	expect_fail setfattr -x user.colour "$path"
done

# What SMB cannot keep is refused, not dropped
expect_errno EOPNOTSUPP setfattr -n user.empty "$dir/file"
expect_fail setfattr -n "user.a:b" -v 1 "$dir/file"
expect_errno EOPNOTSUPP setfattr -n trusted.x -v 1 "$dir/file"
expect_errno EOPNOTSUPP getfattr -n security.selinux "$dir/file"

run python "$dir" <<'END'
import os, sys

from expecting import expect, outcome

file = sys.argv[1] + "/file"


expect("replace", outcome(os.setxattr, file, "user.n", b"1", os.XATTR_REPLACE),
       "ENODATA")
expect("create", outcome(os.setxattr, file, "user.n", b"1", os.XATTR_CREATE),
       None)
expect("create", outcome(os.setxattr, file, "user.n", b"2", os.XATTR_CREATE),
       "EEXIST")
expect("replace", outcome(os.setxattr, file, "user.n", b"3", os.XATTR_REPLACE),
       None)
expect("value", os.getxattr(file, "user.n"), b"3")
os.removexattr(file, "user.n")

# Security descriptors: the parts are those of the whole
whole = os.getxattr(file, "system.ntsd")
expect("revision", whole[0], 1)
owner = os.getxattr(file, "system.ntsd_owner")
dacl = os.getxattr(file, "system.ntsd_dacl")
expect("owner is in it", owner[int.from_bytes(owner[4:8], "little"):][:8] in
       whole, True)
expect("the tools' name", os.getxattr(file, "system.cifs_ntsd"), whole)
expect("part", os.getxattr(file, "system.cifs_acl"), dacl)
# Samba says afterwards that it was set (SE_DACL_PROTECTED); that stays
expect("set", outcome(os.setxattr, file, "system.ntsd_dacl", dacl), None)
dacl = os.getxattr(file, "system.ntsd_dacl")
expect("again", outcome(os.setxattr, file, "system.ntsd_dacl", dacl), None)
expect("as before", os.getxattr(file, "system.ntsd_dacl"), dacl)
expect("garbage", outcome(os.setxattr, file, "system.ntsd_dacl", b"garbage")
       is not None, True)
expect("as before", os.getxattr(file, "system.ntsd_dacl"), dacl)
expect("streams", outcome(os.setxattr, file, "unc.stream.x", b"1"), "ENOTSUP")
expect("not listed", [n for n in os.listxattr(file) if "ntsd" in n], [])
child = os.fork()
if not child:
    os.setuid(12345)
    os._exit(outcome(os.setxattr, file, "system.ntsd_dacl", dacl) != "EPERM")
expect("not the owner", os.waitpid(child, 0)[1], 0)
END
