#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Hard links, and what renameat2() is asked for.
. "$(dirname "$0")/lib.sh"
test_dir

echo text > "$dir/a"
run ln "$dir/a" "$dir/b"
expect_equal "same file" "$(stat -c '%i %h' "$dir/a")" \
	"$(stat -c '%i %h' "$dir/b")"
expect_equal "links" "$(stat -c %h "$dir/b")" 2
expect_equal "on the server" "$(stat -c %h "$server_dir/a")" 2
echo more >> "$dir/b"
expect_equal "by the other name" "$(tr '\n' ' ' < "$dir/a")" "text more "
run rm "$dir/a"
expect_equal "one left" "$(stat -c %h "$dir/b")" 1
expect_equal "its text" "$(head -n 1 "$dir/b")" text
mkdir "$dir/sub"
run ln "$dir/b" "$dir/sub/c:d"
expect_errno EEXIST ln "$dir/b" "$dir/sub/c:d"
expect_errno EPERM python3 -c 'import os, sys
os.link(sys.argv[1], sys.argv[2])' "$dir/sub" "$dir/directory"
ln -s b "$dir/symlink"
run ln -P "$dir/symlink" "$dir/symlink2"
expect_equal "link to a link" "$(readlink "$dir/symlink2")" b

# Over a name that is a link to the same file nothing happens
run ln "$dir/b" "$dir/e"
run python3 -c 'import os, sys
os.rename(sys.argv[1], sys.argv[2])' "$dir/b" "$dir/e"
[ -e "$dir/b" ] || fail "rename of a link over a link removed it"

# While the file is open by one name, the other goes
exec 5< "$dir/b"
run rm "$dir/b"
expect_equal "still open" "$(head -n 1 <&5)" text
exec 5<&-
expect_equal "still there" "$(head -n 1 "$dir/e")" text

run python3 - "$dir" << 'END'
import ctypes, errno, os, sys
libc = ctypes.CDLL(None, use_errno=True)
os.chdir(sys.argv[1])
open("from", "w").write("from")
open("to", "w").write("to")

def renameat2(old, new, flags):
    if libc.renameat2(-100, old.encode(), -100, new.encode(), flags):
        return ctypes.get_errno()
    return 0

NOREPLACE, EXCHANGE, WHITEOUT = 1, 2, 4
assert renameat2("from", "to", NOREPLACE) == errno.EEXIST
assert renameat2("from", "to", EXCHANGE) == errno.EINVAL
assert renameat2("from", "new", WHITEOUT) == errno.EINVAL
assert open("from").read() == "from" and open("to").read() == "to"
assert renameat2("from", "new", NOREPLACE) == 0
assert open("new").read() == "from"
assert not os.path.exists("from")
END
