#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# df tells what the server's disk has.
. "$(dirname "$0")/lib.sh"
test_dir

here=$(stat -f -c '%S %b' "$dir")
there=$(stat -f -c '%S %b' "$server_dir")
size() { echo $(($1 * $2 / 1048576)); }
expect_equal "size in MiB" "$(size $here)" "$(size $there)"
free_here=$(df --output=avail -m "$dir" | tail -n 1)
free_there=$(df --output=avail -m "$server_dir" | tail -n 1)
off=$((free_here - free_there))
[ $off -gt -2048 ] && [ $off -lt 2048 ] ||
	fail "free: $free_here MiB here, $free_there MiB at the server"
expect_equal "longest name" "$(stat -f -c %l "$dir")" 255
