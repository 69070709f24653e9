#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Python's own tests of files, archives and maps: what passes on tmpfs passes on
# the share.  MODULES: only these.
# daily: none
# kernel: stock
# timeout: 3000
. "$(dirname "$0")/lib.sh"
test_dir
here=$(cd "$(dirname "$0")" && pwd)
modules=${MODULES:-test_fileio test_glob test_largefile test_mmap test_os test_shutil test_tarfile test_tempfile test_zipfile test_dbm_dumb test_mailbox}
mkdir -p /tmp/local
at_end "rm -rf /tmp/local /tmp/suite.*"
for module in $modules; do
	for place in /tmp/local "$dir"; do
		python3 "$here/python_suite.py" "$place" "$module" \
			> "/tmp/suite.${place##*/}" 2> /tmp/suite.err ||
			fail "$module in $place: $(tail -n 5 /tmp/suite.err)"
		find "$place" -mindepth 1 -delete
	done
	sed -n 's/^ok //p' /tmp/suite.local | sort > /tmp/suite.good
	sed -n 's/^ok //p' "/tmp/suite.${dir##*/}" | sort > /tmp/suite.here
	note "$module: $(wc -l < /tmp/suite.good) pass on tmpfs, $(wc -l < /tmp/suite.here) here"
	[ -s /tmp/suite.good ] || fail "$module: nothing passes on tmpfs"
	for name in $(comm -23 /tmp/suite.good /tmp/suite.here); do
		grep -F " $name" "/tmp/suite.${dir##*/}" >> /tmp/suite.bad
	done
done
[ ! -s /tmp/suite.bad ] || fail "on tmpfs these pass:
$(cat /tmp/suite.bad)"
