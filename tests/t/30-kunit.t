#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The KUnit suites in the debug kernel, under KASAN, lockdep and kmemleak.
. "$(dirname "$0")/lib.sh"

[ -d kmod/tests ] || skip_all "no kmod/tests yet"
"$lab" run --quiet --kernel debug --fs none -- tests/vm/kunit
status=$?
[ $status -le 1 ] || echo "# lab status $status"
exit $status
