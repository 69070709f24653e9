#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A tree is copied, compared and removed.  COPY_TREE: which one.
# timeout: 900
. "$(dirname "$0")/lib.sh"
test_dir

tree=${COPY_TREE:-$(some_tree)}
run mkdir /tmp/tree
at_end "rm -rf /tmp/tree"
for part in $tree; do
	run cp -rL "$part" /tmp/tree/
done
note "$(find /tmp/tree -type f | wc -l) files, $(du -sh /tmp/tree | cut -f 1)"
run cp -r /tmp/tree "$dir/"
run diff -r /tmp/tree "$dir/tree"
run diff -r /tmp/tree "$server_dir/tree"
run rm -r "$dir/tree"
[ ! -e "$server_dir/tree" ] || fail "still there at the server"
