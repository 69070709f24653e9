#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# sign and seal as mount options, against a server that does not demand them.
. "$(dirname "$0")/lib.sh"

for option in sign seal; do
	unc_mount "$UNC_SHARE" /tmp/mnt "$option" || fail "mount with $option"
	word=signed
	[ $option = sign ] || word=encrypted
	expect_text "session with $option" "$(unc status | grep session)" $word
	echo $option > /tmp/mnt/$option || fail "cannot write"
	expect_equal "content with $option" "$(cat "$UNC_SHARE_DIR/$option")" $option
	run rm /tmp/mnt/$option
	run umount /tmp/mnt
done
