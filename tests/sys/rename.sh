#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Names change, also over existing ones and between directories.
. "$(dirname "$0")/lib.sh"
test_dir

echo a > "$dir/a"
echo b > "$dir/b"
run mkdir "$dir/sub"
run mv -T "$dir/a" "$dir/c"
expect_equal "new name" "$(cat "$server_dir/c")" a
[ ! -e "$dir/a" ] || fail "old name is still there"
run mv -T "$dir/c" "$dir/b"
expect_equal "over an existing file" "$(cat "$server_dir/b")" a
expect_equal "the same here" "$(cat "$dir/b")" a
run mv -T "$dir/b" "$dir/sub/b"
expect_equal "in another directory" "$(cat "$server_dir/sub/b")" a
run mv -T "$dir/sub" "$dir/bus"
expect_equal "below a renamed directory" "$(cat "$dir/bus/b")" a
expect_errno ENOENT python3 -c 'import os, sys
os.rename(sys.argv[1], sys.argv[2])' "$dir/none" "$dir/any"

# RENAME_NOREPLACE
echo c > "$dir/c"
run mv -n -T "$dir/c" "$dir/bus/b"
expect_equal "not replaced" "$(cat "$dir/bus/b")" a

# The way editors save: write beside it, rename over it
echo new > "$dir/.c.tmp"
run mv -T "$dir/.c.tmp" "$dir/c"
expect_equal "saved" "$(cat "$dir/c")" new

# Over names that nobody has looked at here: the server tells of them
run mkdir "$server_dir/full" "$server_dir/empty"
for name in file over other full/file; do
	echo $name > "$server_dir/$name"
done
chown -R 1000:1000 "$server_dir"
run python "$dir" <<'END'
import os, sys

from expecting import expect, outcome

os.chdir(sys.argv[1])
expect("over a file", outcome(os.rename, "file", "over"), None)
expect("file over a directory", outcome(os.rename, "over", "full"), "EISDIR")
os.mkdir("made")
expect("directory over a file", outcome(os.rename, "made", "other"), "ENOTDIR")
expect("over a directory in use", outcome(os.rename, "made", "full"),
       "ENOTEMPTY")
expect("over an empty one", outcome(os.rename, "made", "empty"), None)
END
expect_equal "replaced" "$(cat "$server_dir/over")" file
[ ! -e "$server_dir/made" ] || fail "the directory is there still"

# A name that is free is not asked for: the folder and the old one may be
echo x > "$dir/cheap"
expect_messages 3 "rename" python3 -c 'import os, sys
os.rename(sys.argv[1], sys.argv[2])' "$dir/cheap" "$dir/moved"
