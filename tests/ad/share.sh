# SPDX-License-Identifier: GPL-2.0-or-later
# For the scenarios in a guest: a share of the controller, mounted as a user of the
# domain.  Everything is taken down when the script ends.
. "$(dirname "$0")/lib.sh"

mnt=/mnt/scenario
export KRB5CCNAME=/tmp/krb5cc_0		# where the agent finds root's
mkdir -p $mnt
chmod 777 "$UNC_SHARE_DIR"

share_down() {
	for at in $mnt $mnt.2; do
		! grep -q " $at " /proc/mounts || umount $at
	done
	kdestroy -q 2> /dev/null
	chmod 755 "$UNC_SHARE_DIR"
	rm -rf "$UNC_SHARE_DIR"/scenario*
}
trap share_down EXIT
trap 'exit 143' TERM		# and then what EXIT does

as_user() {		# NAME: root of this machine has her tickets
	echo "$UNC_PASSWORD" | kinit "$1" > /tmp/out
}

mounts() {		# SHARE [OPTIONS [FOLDER]]: of $host, if that is set
	mkdir -p "${3:-$mnt}"
	mount -t uncfs "//${host:-$UNC_HOST}/$1" "${3:-$mnt}" -o \
		"sec=krb5${2:+,$2}"
}

session_of() {		# NAME: is on the server, by Kerberos
	unc status | grep -q "session $1@$UNC_REALM by krb5" ||
		{ unc status; return 1; }
}

session_ends() {	# NAME: the connection may wait a moment for others
	tries=50
	while unc status | grep -q "session $1@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { unc status; return 1; }
		sleep 0.2
	done
}
