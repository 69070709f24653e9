#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Changes made on the server are told: unc watch, UNC_IOC_NOTIFY.
. "$(dirname "$0")/lib.sh"
test_dir
log=/tmp/watch.log
rm -f $log

watch() {	# OPTION...
	unc watch "$@" "$dir" > $log 2>&1 &
	watcher=$!
	at_end "kill $watcher 2> /dev/null"
	# The server remembers changes once it was asked.
	sleep 1
}
has() {
	grep -qxF "$1" $log
}

watch
echo text > "$server_dir/new"
wait_for 10 has "added new"
mv "$server_dir/new" "$server_dir/newer"
wait_for 10 has "renamed-from new"
wait_for 10 has "renamed-to newer"
rm "$server_dir/newer"
wait_for 10 has "removed newer"
# What this machine does comes by the same way
mkdir "$dir/a:b"
wait_for 10 has "added a:b"
run kill -INT $watcher
wait $watcher

mkdir "$dir/sub"
watch --tree --json --count 1
echo deep > "$server_dir/sub/file"
wait_for 10 has '{"action":"added","name":"sub/file"}'
wait $watcher || fail "status $? after --count"

expect_text "elsewhere" "$(unc watch /tmp 2>&1)" "no directory"
expect_equal "usage" "$(unc watch --count x / 2> /dev/null; echo $?)" 2
