#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# O_APPEND writes at the end, wherever that is by now.
. "$(dirname "$0")/lib.sh"
test_dir

echo one > "$dir/log"
echo two >> "$dir/log"
exec 4>> "$dir/log"
echo three >&4
echo four >> "$dir/log"
echo five >&4
exec 4>&-
expect_equal appended "$(tr '\n' ' ' < "$server_dir/log")" "one two three four five "
expect_equal "size here" "$(stat -c %s "$dir/log")" 24
