#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# O_DIRECT goes past the page cache both ways, and agrees with it.
. "$(dirname "$0")/lib.sh"
test_dir

random_file /tmp/data 2
run dd if=/tmp/data of="$dir/file" bs=256k oflag=direct status=none
same_files /tmp/data "$server_dir/file"
run dd if="$dir/file" of=/tmp/back bs=64k iflag=direct status=none
same_files /tmp/data /tmp/back

# Cached pages must not hide what was written directly
cat "$dir/file" > /dev/null
run dd if=/dev/zero of="$dir/file" bs=4k seek=5 count=3 conv=notrunc oflag=direct status=none
run dd if=/dev/zero of=/tmp/data bs=4k seek=5 count=3 conv=notrunc status=none
same_files /tmp/data "$dir/file"
same_files /tmp/data "$server_dir/file"

# ... and what is cached must be seen by direct readers
echo cached | dd of="$dir/file" conv=notrunc status=none
echo cached | dd of=/tmp/data conv=notrunc status=none
run dd if="$dir/file" of=/tmp/back bs=64k iflag=direct status=none
same_files /tmp/data /tmp/back
