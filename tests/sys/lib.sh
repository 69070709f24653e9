# SPDX-License-Identifier: GPL-2.0-or-later
# Helpers for tests/sys/*.sh; sourced: . "$(dirname "$0")/lib.sh"
#
# A test is one script for one behaviour, run in the guest as root with the
# share on $UNC_MNT.  It exits 0 (passed), 77 (skipped) or else (failed), and
# leaves the mount as it found it.  Header lines tell what it needs:
#
#   # lab: OPTIONS     for scripts/lab run (server set-up, mount options, ...)
#   # kernel: debug    or stock; without this line it runs on both
#   # daily: debug     kernels it runs on without scripts/test --full: stock
#                      without this line, `none` for what is too long
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

# python ARG... < PROGRAM: a part of a test in Python, which may import the
# modules that lie beside the test (expecting.py)
python() {
	PYTHONPATH=$(cd "$(dirname "$0")" && pwd) python3 - "$@"
}

# expect_fail COMMAND...: it must not
expect_fail() {
	if "$@" > /dev/null 2>&1; then
		fail "succeeded, and should not: $*"
	fi
}

# errno_text NAME: what strerror() says, in $errno_text.  By a table, because
# the guest takes a second to start an interpreter.
errno_text() {
	case $1 in
	EPERM) errno_text="Operation not permitted" ;;
	ENOENT) errno_text="No such file or directory" ;;
	EIO) errno_text="Input/output error" ;;
	EACCES) errno_text="Permission denied" ;;
	EEXIST) errno_text="File exists" ;;
	ENOTDIR) errno_text="Not a directory" ;;
	EISDIR) errno_text="Is a directory" ;;
	ENAMETOOLONG) errno_text="File name too long" ;;
	ENOTEMPTY) errno_text="Directory not empty" ;;
	EUNATCH) errno_text="Protocol driver not attached" ;;
	EPROTO) errno_text="Protocol error" ;;
	EPROTONOSUPPORT) errno_text="Protocol not supported" ;;
	EOPNOTSUPP) errno_text="Operation not supported" ;;
	ENOBUFS) errno_text="No buffer space available" ;;
	ETIMEDOUT) errno_text="Connection timed out" ;;
	ECONNREFUSED) errno_text="Connection refused" ;;
	ECONNRESET) errno_text="Connection reset by peer" ;;
	EHOSTUNREACH) errno_text="No route to host" ;;
	*) errno_text=$(python3 -c 'import errno, os, sys
print(os.strerror(getattr(errno, sys.argv[1])))' "$1") ;;
	esac
}

# expect_errno NAME COMMAND...: it must fail with this error, told by the
# text strerror() gives for it in the command's messages.
expect_errno() {
	_name=$1; shift
	errno_text "$_name"
	_text=$errno_text
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

# some_tree: a folder of 500 files; of 64 on the debug kernel, where each costs
# a quarter of a second
some_tree() {
	case $UNC_KERNEL in
	debug) echo /usr/share/doc/util-linux ;;
	*) echo /usr/share/doc/git ;;
	esac
}

# unc_mount SHARE FOLDER [OPTS]: another mount, taken down at the end
unc_mount() {
	_fs=$UNC_FS
	[ "$_fs" != none ] || _fs=uncfs		# the test loads it itself
	mkdir -p "$2"
	mount -t "$_fs" "//$UNC_HOST/$1" "$2" \
		-o "credentials=$UNC_CREDENTIALS${3:+,$3}" || return
	at_end "! is_mounted '$2' || umount '$2'"
}

# other_client FOLDER [OPTS]: the share once more, by a connection of its own,
# which to the server is another client
other_client() {
	_host=$UNC_HOST
	UNC_HOST=files6.lab.test
	unc_mount "$UNC_SHARE" "$1" "${2:-}" || fail "no second mount"
	UNC_HOST=$_host
}

# own_server FOLDER MOUNT [CONF [GLOBAL [OPTS]]]: a Samba of this guest's own shares
# FOLDER, with these lines for the share and for all, and is mounted
own_server() {
	mkdir -p /tmp/smb "$2"
	cat > /tmp/smb/conf <<-END
	[global]
	netbios name = OWN
	server role = standalone server
	disable netbios = yes
	smb ports = 4450
	load printers = no
	private dir = /tmp/smb
	lock directory = /tmp/smb
	state directory = /tmp/smb
	cache directory = /tmp/smb
	pid directory = /tmp/smb
	ncalrpc dir = /tmp/smb/ncalrpc
	log file = /tmp/smb/log
	${4:-}
	[own]
	path = $1
	read only = no
	${3:-}
	END
	printf '%s\n%s\n' "$UNC_PASSWORD" "$UNC_PASSWORD" |
		smbpasswd -c /tmp/smb/conf -s -a "$UNC_USER" > /tmp/smb/out 2>&1 ||
		fail "smbpasswd: $(cat /tmp/smb/out)"
	setsid smbd --foreground --no-process-group -s /tmp/smb/conf \
		> /tmp/smb/out 2>&1 &
	at_end "kill $!; wait $!; rm -rf /tmp/smb"
	wait_for 30 own_server_answers
	run mount -t uncfs //127.0.0.1/own "$2" \
		-o "credentials=$UNC_CREDENTIALS,port=4450${5:+,$5}"
	at_end "umount '$2'"
}

own_server_answers() {
	nc -z 127.0.0.1 4450 2> /dev/null
}

# is_mounted FOLDER; mountpoint(1) asks the server, who may be gone
is_mounted() {
	grep -q " $1 " /proc/mounts
}

# expect_mount_fail ERRNO STAGE SOURCE OPTS: mounting must fail with this error
# and name this stage, a word of unc_stage_name(), and leave no mount behind.
# What mount said is in $mount_output, how long it took in $mount_seconds.
expect_mount_fail() {
	_errno=$1 _stage=$2 _source=$3 _opts=$4
	errno_text "$_errno"
	_text=$errno_text
	mkdir -p /tmp/no-mount
	mount_seconds=$(date +%s)
	mount_output=$(mount -v -t uncfs "$_source" /tmp/no-mount -o "$_opts" \
		2>&1) && fail "mounted, expected $_errno: $_source -o $_opts"
	mount_seconds=$(($(date +%s) - mount_seconds))
	! is_mounted /tmp/no-mount || fail "failed, but left a mount"
	case $mount_output in
	*"$_stage"*"$_text"*|*"$_text"*"$_stage"*) ;;
	*) fail "expected $_errno ($_text) at stage '$_stage' from" \
		"$_source -o $_opts: $mount_output" ;;
	esac
}

# expect_text WHAT TEXT PATTERN: a shell pattern, anywhere in the text
expect_text() {
	case $2 in
	*$3*) ;;
	*) fail "$1: no '$3' in: $2" ;;
	esac
}

# agent_start, agent_stop: for tests with `# lab: --fs none`, where no agent
# runs; its log is /tmp/uncd.log.
agent_start() {
	uncd > /tmp/uncd.log 2>&1 &
	agent=$!
	at_end agent_stop
	wait_for 20 grep -q "agent of this network namespace" /tmp/uncd.log
}

agent_stop() {
	[ "${agent:-}" ] || return 0
	kill "$agent" 2> /dev/null
	wait "$agent"
	agent=
}

# module_load, and module_unload, which waits for what RCU and work queues have
# still to do; at most 5 s.
module_load() {
	module_insert
	at_end module_unload
}

# An agent that looks for the family makes the kernel load the module, too; who
# comes second is told that it exists.
module_insert() {
	modprobe uncfs 2> /tmp/modprobe ||
		[ "$(cat /sys/module/uncfs/initstate 2> /dev/null)" = live ] ||
		fail "modprobe uncfs: $(cat /tmp/modprobe)"
}

module_unload() {
	[ -e /sys/module/uncfs ] || return 0
	_tries=25
	until rmmod uncfs 2> /tmp/rmmod; do
		_tries=$((_tries - 1))
		[ $_tries -gt 0 ] || fail "uncfs stays: $(cat /tmp/rmmod)"
		sleep 0.2
	done
}

# connections TEXT: how many connections `unc status` shows with this in them
connections() {
	unc status | grep '^[^ ].*SMB' | grep -cF -- "${1:-}"
}

no_connections() {
	[ "$(connections "${1:-}")" = 0 ]
}

# The server falls silent, as with its cable pulled, and comes back.
net_silent() {
	run modprobe -q sch_netem
	run tc qdisc replace dev eth0 root netem loss 100%
	at_end net_back
}

net_back() {
	tc qdisc del dev eth0 root 2> /dev/null
	return 0
}

# A key for $UNC_HOST, so that pipes and mounts need no password; into the
# user's keyring, as `unc login` does it.
login() {
	printf '%s\0%s\0%s\0' "$UNC_USER" "" "${1:-$UNC_PASSWORD}" > /tmp/login
	login_key=$(keyctl padd uncfs "${2:-$UNC_HOST}" @u < /tmp/login) ||
		fail "no key can be added"
	rm -f /tmp/login
	keyctl link @u @s 2> /dev/null
	at_end "keyctl unlink '$login_key' @u > /dev/null 2>&1"
}

# lab_user NAME UID: a user of this machine, named as one of the domain's
lab_user() {
	grep -q "^$1:" /etc/passwd ||
		echo "$1:x:$2:$2::/tmp:/bin/sh" >> /etc/passwd
	grep -q "^$1:" /etc/group || echo "$1:x:$2:" >> /etc/group
}

# as USER COMMAND...: with the user's own session keyring, as after a login
as() {
	_user=$1; shift
	setpriv --reuid "$_user" --regid "$(id -g "$_user")" --clear-groups \
		env HOME=/tmp keyctl session - "$@"
}

# ticket NAME [USER [KINIT'S OPTION...]]: USER (NAME) gets a Kerberos ticket
# for NAME, until the test ends
ticket() {
	_name=$1 _as=${2:-$1}
	[ $# -lt 2 ] && shift || shift 2
	echo "$UNC_PASSWORD" | setpriv --reuid "$_as" --clear-groups \
		--regid "$(id -g "$_as")" kinit "$@" "$_name" > /tmp/kinit \
		2>&1 || fail "kinit $_name: $(cat /tmp/kinit)"
	at_end "setpriv --reuid $_as --regid $(id -g "$_as") --clear-groups kdestroy -q"
}

# server_conf LINES: smbd obeys LINES from the next connection on.  It reads the
# file again when its time, in seconds, is another.
server_conf() {
	_conf=$UNC_SHARE_DIR/server.conf
	_count=$(($(cat /tmp/server.conf.count 2> /dev/null || echo 0) + 1))
	echo $_count > /tmp/server.conf.count
	printf '%s\n' "$1" > /tmp/server.conf
	touch -d "@$((1500000000 + _count))" /tmp/server.conf
	cp -p /tmp/server.conf "$_conf.new" && mv "$_conf.new" "$_conf" ||
		fail "cannot tell the server"
}

# server_conf_share LINES: the same for the share on $UNC_MNT, until the end.
server_conf_share() {
	at_end "rm -f '$UNC_SHARE_DIR/server.conf'; share_remount"
	server_conf "$1"
	share_remount
}

# share_remount: by a new connection
share_remount() {
	run umount "$UNC_MNT"
	wait_for 10 no_connections "$UNC_HOST"
	run mount -t "$UNC_FS" "//$UNC_HOST/$UNC_SHARE" "$UNC_MNT" -o "$UNC_OPTS"
}

# A server of the test's own in the guest, which can be killed, started again
# and paused: smbd_start [CONF...] serves the folder $smbd_dir as "own"; mount it
# by smbd_mount FOLDER [OPTS].  CONF are further lines for the share.
smbd_dir=/tmp/smbd/share
smbd_address=127.0.0.9
smbd_port=1445

smbd_configure() {
	mkdir -p /tmp/smbd/private /tmp/smbd/share /run/samba
	cat > /tmp/smbd/smb.conf <<-END
	[global]
		netbios name = OWN
		server role = standalone server
		disable netbios = yes
		interfaces = $smbd_address/8
		bind interfaces only = yes
		smb ports = $smbd_port
		lock directory = /tmp/smbd
		state directory = /tmp/smbd
		cache directory = /tmp/smbd
		private dir = /tmp/smbd/private
		pid directory = /tmp/smbd
		load printers = no
		disable spoolss = yes
	[own]
		path = $smbd_dir
		read only = no
		force user = root
	END
	[ $# = 0 ] || printf '\t%s\n' "$@" >> /tmp/smbd/smb.conf
	printf '%s\n%s\n' "$UNC_PASSWORD" "$UNC_PASSWORD" |
		smbpasswd -c /tmp/smbd/smb.conf -s -a "$UNC_USER" > /dev/null ||
		fail "no account for smbd"
	at_end "rm -rf /tmp/smbd"
}

smbd_listens() {
	ss -Hltn "sport = :$smbd_port" | grep -q "$smbd_address"
}

# Starts it while /tmp/smbd/up is there.  A process of its own, begun before the
# test opens files: closing what it inherits would wait for the server itself.
smbd_keep() {
	while [ -e /tmp/smbd ]; do
		[ -e /tmp/smbd/up ] || { sleep 0.1; continue; }
		setsid smbd --foreground --no-process-group --debug-stdout \
			--configfile=/tmp/smbd/smb.conf >> /tmp/smbd/log 2>&1 &
		echo $! > /tmp/smbd/pid
		wait $!
	done 2> /dev/null
}

smbd_start() {
	[ -e /tmp/smbd/smb.conf ] || {
		smbd_configure "$@"
		smbd_keep &
		at_end smbd_kill
	}
	: > /tmp/smbd/up
	wait_for 60 smbd_listens
}

# smbd and its children are a process group, as setsid made it its leader.
smbd_signal() {
	kill "-$1" "-$(cat /tmp/smbd/pid)" 2> /dev/null
}

smbd_kill() {
	[ -e /tmp/smbd/up ] || return 0
	rm /tmp/smbd/up
	smbd_signal KILL
	while smbd_listens; do sleep 0.1; done
}

smbd_pause() {
	smbd_signal STOP
}

smbd_resume() {
	smbd_signal CONT
}

# Its connections end; it goes on.
smbd_cut() {
	pkill -KILL -P "$(cat /tmp/smbd/pid)" || fail "smbd serves nobody"
}

smbd_mount() {
	mkdir -p "$1"
	run mount -t "${UNC_FS:-uncfs}" "//$smbd_address/own" "$1" -o \
		"credentials=$UNC_CREDENTIALS,ip=$smbd_address,port=$smbd_port${2:+,$2}"
	at_end "! is_mounted '$1' || umount -f '$1'"
}

# messages_begin, and then messages [ALL]: how many messages went to servers since,
# in $messages; without ALL those that hold nothing but CLOSEs and
# acknowledgments are not counted, since nobody waits for them.
messages_begin() {
	trace_begin unc_part_send
}

# trace_begin EVENT: of uncfs, into $_trace/trace until trace_stop
trace_begin() {
	_trace=/sys/kernel/tracing
	mountpoint -q $_trace || mount -t tracefs tracefs $_trace
	trace_stop
	echo 8192 > $_trace/buffer_size_kb
	echo > $_trace/trace
	echo 1 > $_trace/events/uncfs/$1/enable
}

trace_stop() {
	echo 0 > $_trace/events/uncfs/enable
}

# trace_end: what the events of trace_begin said, a line each
trace_end() {
	trace_stop
	sed -n 's/^.*: unc_[a-z_]*: //p' $_trace/trace
}

messages() {
	trace_stop
	_not='cmd=(6|13|18) '
	[ -z "${1:-}" ] || _not='cmd=none'
	messages=$(grep 'unc_part_send:.* part=0' $_trace/trace |
		grep -cvE "$_not")
}

# expect_messages LIMIT WHAT COMMAND...: with its output thrown away
expect_messages() {
	_limit=$1 _what=$2
	shift 2
	messages_begin
	"$@" > /dev/null || fail "status $? from: $*"
	messages
	note "$_what: $messages messages, $_limit at most"
	[ "$messages" -le "$_limit" ] || {
		grep 'unc_part_send:' $_trace/trace | sed 's/.*unc_part/part/' |
			head -n 60 >&2
		fail "$_what: $messages messages, more than $_limit"
	}
}

# soon WHAT WANTED COMMAND...: its output.  A server tells of a change without
# waiting until all have heard of it; half a second is less than anything is
# believed for by time.
soon() {
	_what=$1 _wanted=$2
	shift 2
	for _try in 1 2 3 4 5; do
		_got=$("$@" 2> /dev/null)
		[ "$_got" != "$_wanted" ] || return 0
		sleep 0.1
	done
	fail "$_what: got '$_got', wanted '$_wanted'"
}

# gone NAME: soon it is not there
gone() {
	soon "$1 is gone" "" ls -d "$1"
}

# second_mount [OPTS]: the share once more on $mnt2, as if from another client:
# it has caches and leases of its own
second_mount() {
	mnt2=/tmp/second
	unc_mount "$UNC_SHARE" $mnt2 "${1:-}" || fail "no second mount"
	dir2=$mnt2/${dir##*/}
}

# fault_server [NETNS]: passes SMB on to the share's server, or $fault_behind, until
# fault WORDS has it do something wrong (tests/lab/faultd.py); $fault_log tells.
# Mount it by fault_mount FOLDER [OPTS].
fault_address=127.0.0.4
fault_fifo=/tmp/faultd.fifo
fault_log=/tmp/faultd.log

fault_server() {
	rm -f $fault_fifo
	mkfifo $fault_fifo
	: > $fault_log		# another one before it was ready, too
	_server=${fault_behind:-$(getent ahostsv4 "$UNC_HOST" |
		awk '{ print $1; exit }')}
	python3 "$(dirname "$0")/../lab/faultd.py" "${1:+$1/}$fault_address" \
		"$_server" $fault_fifo > $fault_log 2>&1 &
	at_end "kill $! 2> /dev/null; wait $! 2> /dev/null"
	wait_for 30 grep -q '^ready$' $fault_log
}

fault() {
	_did=$(grep -c '^did\|^what' $fault_log)
	echo "$*" > $fault_fifo
	until [ "$(grep -c '^did\|^what' $fault_log)" -gt "$_did" ]; do
		sleep 0.05
	done
	[ "$(grep '^did\|^what' $fault_log | tail -n 1)" = "did $*" ] ||
		fail "the fault server: $(tail -n 3 $fault_log)"
}

fault_options() {
	echo "credentials=$UNC_CREDENTIALS,ip=$fault_address${1:+,$1}"
}

fault_mount() {
	mkdir -p "$1"
	run mount -t uncfs "//$UNC_HOST/$UNC_SHARE" "$1" -o \
		"$(fault_options "${2:-}")"
	at_end "! is_mounted '$1' || umount -f '$1'"
}

# fault_was WORDS: the fault server did that to a message
fault_was() {
	grep -qx "$*" $fault_log
}

# in_time SECONDS WHAT COMMAND...: it ends by then, killed if need be; its status
in_time() {
	_limit=$1 _what=$2
	shift 2
	_begin=$(date +%s%N)
	timeout -k 30 $((_limit + 30)) "$@"
	_rc=$?
	took=$((($(date +%s%N) - _begin) / 1000000))
	note "$_what: $took ms, status $_rc"
	[ $took -le $((_limit * 1000)) ] || fail "$_what took $took ms"
	return $_rc
}

# nobody_hangs: no task waits where no signal reaches it
nobody_hangs() {
	for _stat in /proc/[0-9]*/stat; do
		case $(sed 's/.*) //' $_stat 2> /dev/null) in
		"D "*)
			sleep 0.5
			case $(sed 's/.*) //' $_stat 2> /dev/null) in
			"D "*) fail "hangs: $(cat $_stat ${_stat%stat}stack)" ;;
			esac
			;;
		esac
	done
}
