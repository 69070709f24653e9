#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Databases of SQLite that two processes of one machine and one of another
# write to at the same time: nothing is lost, nothing is damaged.
# timeout: 180
. "$(dirname "$0")/lib.sh"
test_dir

other_client /tmp/b
other=/tmp/b/${dir##*/}
rows=8
[ "$UNC_KERNEL" != debug ] || rows=4

run sqlite3 "$dir/db" "create table t (who text, n integer);"

# Without waiting for the server's disk: this is about locks.
insert() {	# DATABASE WHO
	n=0
	while [ $n -lt $rows ]; do
		n=$((n + 1))
		echo "begin immediate; insert into t values ('$2', $n); commit;"
	done | sqlite3 -cmd ".timeout 60000" -cmd "pragma synchronous = off" \
		-bail "$1"
}

pids=
for who in one two; do
	insert "$dir/db" $who &
	pids="$pids $!"
done
insert "$other/db" three &
for pid in $pids $!; do
	wait "$pid" || fail "an insert failed"
done
expect_equal "rows here" "$(sqlite3 "$dir/db" 'select count(*) from t')" \
	$((3 * rows))
expect_equal "rows of each" \
	"$(sqlite3 "$other/db" 'select count(*) from t group by who' | uniq)" \
	"$rows"
expect_equal "check" "$(sqlite3 "$other/db" 'pragma integrity_check')" ok
expect_equal "at the server" \
	"$(cp "$server_dir/db" /tmp/db; sqlite3 /tmp/db 'select count(*) from t')" \
	$((3 * rows))
