# SPDX-License-Identifier: GPL-2.0-or-later
# Common to the .t files: where the checkout is, and small TAP helpers.
# Standard output is TAP; what a person may want to read goes to stderr.

top=$(cd "$(dirname "$0")/../.." && pwd -P)
cd "$top" || exit 1
lab=$top/scripts/lab
tap_number=0
tap_failed=0

skip_all() {
	echo "1..0 # SKIP $*"
	exit 0
}

# ok NAME COMMAND...: one test; the command's output is shown when it fails
ok() {
	tap_name=$1; shift
	tap_number=$((tap_number + 1))
	if tap_output=$("$@" 2>&1); then
		echo "ok $tap_number - $tap_name"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_number - $tap_name"
		printf '%s\n' "$tap_name: $tap_output" | sed 's/^/#   /' >&2
	fi
}

tap_end() {
	[ $tap_number -gt 0 ] || skip_all "nothing to test"
	echo "1..$tap_number"
	[ $tap_failed = 0 ]
	exit
}
