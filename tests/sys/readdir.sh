#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A directory of 3000 files is listed whole, and can be walked from any place; of
# 600 on the debug kernel, two answers of the server still.
# timeout: 300
# daily: none
. "$(dirname "$0")/lib.sh"
test_dir

case $UNC_KERNEL in
debug) count=600 ;;
*) count=3000 ;;
esac
run python3 - "$server_dir" $count <<'END'
import os, sys
for number in range(int(sys.argv[2])):
    os.close(os.open(f"{sys.argv[1]}/file-{number:04d}-with-a-longer-name",
                     os.O_CREAT))
END
expect_equal "files" "$(ls -f "$dir" | grep -c '^file-')" $count
expect_equal "different files" "$(ls "$dir" | sort -u | wc -l)" $count
LC_ALL=C ls "$dir" > /tmp/here
LC_ALL=C ls "$server_dir" > /tmp/there
same_files /tmp/here /tmp/there

run python3 "$(dirname "$0")/seekdir.py" "$dir" $((count + 2))

# rm reads and removes in turn
run find "$dir" -name 'file-?1*' -delete
left=$(grep -vc '^file-.1' /tmp/there)
expect_equal "files left" "$(ls "$server_dir" | wc -l)" $left
expect_equal "files left here" "$(ls "$dir" | wc -l)" $left
