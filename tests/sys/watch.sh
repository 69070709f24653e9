#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Changes made on the server are told: unc watch, UNC_IOC_NOTIFY.
. "$(dirname "$0")/lib.sh"
test_dir
log=/tmp/watch.log

# The server remembers changes from when it is asked first: it is stirred until
# something is told.
watch() {	# FOLDER OPTION...
	_where=$1
	shift
	: > $log
	unc watch "$@" "$dir" > $log 2>&1 &
	watcher=$!
	at_end "kill $watcher 2> /dev/null"
	for _try in $(seq 40); do
		[ ! -s $log ] || return 0
		echo > "$_where/stir.$_try"
		sleep 0.25
	done
	fail "nothing is told"
}
has() {
	grep -qxF "$1" $log
}

watch "$server_dir"
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
# INT is ignored by what a shell starts in the background
run kill $watcher
wait $watcher

mkdir "$dir/sub"
# Samba sees below a directory only what is done through it.
watch "$dir/sub" --tree --json --count 1
wait $watcher || fail "status $? after --count"
expect_text "as JSON" "$(cat $log)" '{"action":"added","name":"sub/stir.'

expect_text "elsewhere" "$(unc watch /tmp 2>&1)" "no directory"
expect_equal "usage" "$(unc watch --count x / 2> /dev/null; echo $?)" 2
