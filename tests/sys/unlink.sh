#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Files are removed; the ones that are still open stay readable.
. "$(dirname "$0")/lib.sh"
test_dir

echo gone > "$dir/file"
run rm "$dir/file"
[ ! -e "$server_dir/file" ] || fail "still there at the server"
[ ! -e "$dir/file" ] || fail "still there here"
expect_errno ENOENT rm "$dir/file"

echo again > "$dir/file"
expect_equal "same name again" "$(cat "$dir/file")" again

# Removed by another client
run smbclient -A "$UNC_CREDENTIALS" "//$UNC_HOST/$UNC_SHARE" \
	-c "rm ${dir##*/}\\file"
sleep 2
expect_errno ENOENT cat "$dir/file"
