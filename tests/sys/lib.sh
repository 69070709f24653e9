# SPDX-License-Identifier: GPL-2.0-or-later
# Helpers for tests/sys/*.sh; sourced: . "$(dirname "$0")/lib.sh"
#
# A test is one script for one behaviour, run in the guest as root with the
# share on $UNC_MNT.  It exits 0 (passed), 77 (skipped) or else (failed), and
# leaves the mount as it found it.  Header lines tell what it needs:
#
#   # lab: OPTIONS     for scripts/lab run (server set-up, mount options, ...)
#   # kernel: debug    or stock; without this line it runs on both
#   # timeout: S       seconds, 120 without this line; doubled on debug
#
# Tests with the same `# lab:` line share one boot, so none may depend on what
# another did, nor trip over it: work in the folder that test_dir makes.

set -u

# Everything a test starts with at_end runs when it ends, last one first.
_at_end=
at_end() {
	_at_end="$*
$_at_end"
}
trap 'rc=$?; trap - EXIT; eval "$_at_end"; exit $rc' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

note() {
	echo "$*" >&2
}

fail() {
	note "FAIL: $*"
	exit 1
}

skip() {
	note "SKIP: $*"
	exit 77
}

# A folder of this test's own on the share; $dir is its path on the mount,
# $server_dir the same folder as the server sees it.
test_dir() {
	dir=$UNC_MNT/${0##*/}.$$
	server_dir=$UNC_SHARE_DIR/${0##*/}.$$
	mkdir "$dir" || fail "no folder can be made on the share"
	at_end "cd /; rm -rf '$dir'"
}

# run COMMAND...: it must succeed
run() {
	"$@" || fail "status $? from: $*"
}

# expect_fail COMMAND...: it must not
expect_fail() {
	if "$@" > /dev/null 2>&1; then
		fail "succeeded, and should not: $*"
	fi
}

# expect_errno NAME COMMAND...: it must fail with this error, told by the
# text strerror() gives for it in the command's messages.
expect_errno() {
	_name=$1; shift
	_text=$(python3 -c 'import errno, os, sys
print(os.strerror(getattr(errno, sys.argv[1])))' "$_name")
	if _output=$("$@" 2>&1); then
		fail "succeeded, expected $_name: $*"
	fi
	case $_output in
	*"$_text"*) ;;
	*) fail "expected $_name ($_text) from: $*: $_output" ;;
	esac
}

# expect_equal WHAT GOT WANTED
expect_equal() {
	[ "$2" = "$3" ] || fail "$1: got '$2', wanted '$3'"
}

# same_files A B: two files have the same bytes
same_files() {
	cmp "$1" "$2" >&2 || fail "$1 and $2 differ"
}

# wait_for SECONDS COMMAND...: until it succeeds
wait_for() {
	_tries=$(($1 * 10)); shift
	until "$@"; do
		_tries=$((_tries - 1))
		[ $_tries -gt 0 ] || fail "waited in vain for: $*"
		sleep 0.1
	done
}

# random_file PATH MIB
random_file() {
	dd if=/dev/urandom of="$1" bs=1M count="$2" status=none ||
		fail "cannot write $1"
}

# unc_mount SHARE FOLDER [OPTS]: another mount, taken down at the end
unc_mount() {
	mkdir -p "$2"
	mount -t "$UNC_FS" "//$UNC_HOST/$1" "$2" \
		-o "credentials=$UNC_CREDENTIALS${3:+,$3}" || return
	at_end "! mountpoint -q '$2' || umount '$2'"
}
