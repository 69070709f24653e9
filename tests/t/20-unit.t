#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Unit tests in user space, under ASan and UBSan: `make check` prints TAP.
. "$(dirname "$0")/lib.sh"

[ -e tests/unit/Makefile ] || skip_all "no tests/unit yet"
"$lab" in-root --quiet -- make -s -C tests/unit "O=$top/build/unit" all \
	> "$top/build/unit.log" 2>&1 || {
	echo "1..1"
	echo "not ok 1 - tests/unit builds"
	tail -n 60 "$top/build/unit.log" | sed 's/^/#   /' >&2
	exit 1
}
exec "$lab" in-root --quiet -- \
	make -s -C tests/unit "O=$top/build/unit" check
