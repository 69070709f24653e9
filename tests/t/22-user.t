#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Tests that the user-space build brings along (meson test).
. "$(dirname "$0")/lib.sh"

[ -e build/user/build.ninja ] || skip_all "user space is not built"
"$lab" in-root --quiet -- meson test -C build/user --list 2> /dev/null |
	grep -v '^ninja:' > build/user-tests.list
while read -r name; do
	# "suite / name" or "name"
	ok "user: $name" "$lab" in-root --quiet -- meson test -C build/user \
		--no-rebuild --print-errorlogs "${name##* / }"
done < build/user-tests.list
tap_end
