#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a share cannot do is refused clearly and at once: files without a name,
# swapping, writing to what may not be written, pages behind the end.  And it can
# be frozen.
. "$(dirname "$0")/lib.sh"
test_dir

run python "$dir" "$server_dir" <<'END'
import mmap, os, signal, sys

from expecting import expect, outcome

here, server = sys.argv[1:]


expect("O_TMPFILE", outcome(os.open, here, os.O_TMPFILE | os.O_RDWR),
       "ENOTSUP")

# Who may not write is told when opening, not when the data is long gone
with open(f"{server}/theirs", "w") as file:
    file.write("theirs")
os.chmod(f"{server}/theirs", 0o444)
os.chown(f"{server}/theirs", 0, 0)
expect("for reading", outcome(lambda: os.close(os.open(
    f"{here}/theirs", os.O_RDONLY))), None)
for flags in (os.O_WRONLY, os.O_RDWR, os.O_WRONLY | os.O_APPEND,
              os.O_WRONLY | os.O_TRUNC):
    expect("for writing", outcome(os.open, f"{here}/theirs", flags), "EACCES")
expect("truncate", outcome(os.truncate, f"{here}/theirs", 0), "EACCES")
expect("as before", open(f"{here}/theirs").read(), "theirs")

# A mapping ends with the last page of the file
fd = os.open(f"{here}/map", os.O_RDWR | os.O_CREAT)
os.write(fd, b"x" * 5000)
area = mmap.mmap(fd, 3 * 4096 if os.ftruncate(fd, 3 * 4096) is None else 0)
os.ftruncate(fd, 5000)
expect("rest of the page", area[5000:8192], bytes(3192))
area[8000] = 1      # is not part of the file
child = os.fork()
if not child:
    area[8192]
    os._exit(0)
expect("behind it", os.waitpid(child, 0)[1] & 127, signal.SIGBUS)
os.ftruncate(fd, 3 * 4096)
expect("after growing", area[8192], 0)
expect("what was behind the end", os.pread(fd, 4096, 5000), bytes(4096))

# Times have 100 ns, and there is a time of birth
os.utime(fd, ns=(1600000000_123456700, 1700000000_987654300))
expect("times", (os.stat(f"{here}/map").st_atime_ns,
                 os.stat(f"{here}/map").st_mtime_ns),
       (1600000000_123456700, 1700000000_987654300))
END
birth=$(stat -c %W "$dir/map")
now=$(date +%s)
[ $((now - birth)) -lt 300 ] && [ $((birth - now)) -lt 300 ] ||
	fail "born at $birth, now is $now"

# The debug kernel cannot swap at all
if [ -e /proc/swaps ]; then
	dd if=/dev/zero of="$dir/swap" bs=64k count=16 status=none
	run mkswap -q "$dir/swap" 2> /tmp/mkswap
	expect_errno EOPNOTSUPP swapon "$dir/swap"
	dmesg | tail -n 5 | grep -q "uncfs: .*swapped" ||
		fail "no word about swapping"
fi

# Frozen: what was written is there, and nothing more is until it thaws
echo before > "$dir/frozen"
run fsfreeze -f "$UNC_MNT"
at_end "fsfreeze -u '$UNC_MNT' 2> /dev/null"
expect_equal "at the server" "$(cat "$server_dir/frozen")" before
(echo after > "$dir/frozen") &
writer=$!
sleep 0.5
expect_equal "while frozen" "$(cat "$server_dir/frozen")" before
run fsfreeze -u "$UNC_MNT"
wait $writer
expect_equal "thawed" "$(cat "$server_dir/frozen")" after
