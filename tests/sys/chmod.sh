#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Write permission is the read-only attribute; the server keeps it.
. "$(dirname "$0")/lib.sh"
test_dir

echo text > "$dir/file"
[ -w "$dir/file" ] || fail "a new file is not writable"
run chmod a-w "$dir/file"
case $(stat -c %A "$dir/file") in
*w*) fail "still writable: $(stat -c %A "$dir/file")" ;;
esac
# root's capabilities count for nothing at the server
expect_errno EACCES sh -c 'echo more >> "$1"' sh "$dir/file"
run chmod u+w "$dir/file"
case $(stat -c %A "$dir/file") in
-rw*) ;;
*) fail "not writable: $(stat -c %A "$dir/file")" ;;
esac
echo more >> "$dir/file" || fail "cannot write again"
expect_equal content "$(tr '\n' ' ' < "$server_dir/file")" "text more "
