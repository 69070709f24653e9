#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A directory of 3000 files is listed whole, and can be walked from any place.
# timeout: 300
. "$(dirname "$0")/lib.sh"
test_dir

run python3 - "$server_dir" <<'END'
import os, sys
for number in range(3000):
    os.close(os.open(f"{sys.argv[1]}/file-{number:04d}-with-a-longer-name",
                     os.O_CREAT))
END
expect_equal "files" "$(ls -f "$dir" | grep -c '^file-')" 3000
expect_equal "different files" "$(ls "$dir" | sort -u | wc -l)" 3000
LC_ALL=C ls "$dir" > /tmp/here
LC_ALL=C ls "$server_dir" > /tmp/there
same_files /tmp/here /tmp/there

run python3 "$(dirname "$0")/seekdir.py" "$dir" 3002

# rm reads and removes in turn
run find "$dir" -name 'file-1*' -delete
expect_equal "files left" "$(ls "$server_dir" | wc -l)" 2000
expect_equal "files left here" "$(ls "$dir" | wc -l)" 2000
