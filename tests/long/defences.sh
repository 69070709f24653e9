#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Are tests for defences any good?  Each patch of tests/long/defences takes one
# defence out of a copy of the module; tests/sys/tamper.sh must fail with that, in
# the attack that the defence is for.  With nothing taken out it must pass.
#
#   tests/long/defences.sh [NAME...]
#
# Runs on the host, some ten minutes: a module for each is built, and one guest
# tries them all.  Run nothing else of this checkout meanwhile: it would get a
# module without a defence.  The last lines are a table.

set -u
top=$(cd "$(dirname "$0")/../.." && pwd -P)
work=$top/build/defences
failed=0
number=0
table=

header() {	# PATCH WORD
	sed -n "s/^$2: //p" "$1" | head -n 1
}

result() {	# ok|not ok, NAME, what happened
	number=$((number + 1))
	echo "$1 $number - $2: $3"
	[ "$1" = ok ] || failed=1
}

# Builds $work/NAME.ko of the tree, and says what to try with it.
build() {	# NAME TREE ATTACKS
	LAB_MODULE_TREE=$2 PYTHONPATH=$top/tests python3 -c '
from lab import build, kernel, root
base = root.prepare()
build.modules(base, kernel.get("stock", base))' > "$work/$1.log" 2>&1 || {
		echo "$1 cannot be built, see $work/$1.log" >&2
		exit 1
	}
	cp "$top/build/kmod-stock/kmod/uncfs.ko" "$work/$1.ko"
	echo "$3" > "$work/$1.attacks"
}

build_without() {	# PATCH
	rm -rf "$work/tree"
	mkdir "$work/tree"
	cp -a "$top/Kbuild" "$top/Makefile" "$top/kmod" "$work/tree"
	git apply --directory="${work#"$top"/}/tree" "$1" || exit 1
	build "$(basename "$1" .patch)" "$work/tree" "$(header "$1" Attacks)"
}

judge() {	# PATCH
	name=$(basename "$1" .patch)
	says=$(header "$1" Says)
	if [ "$(cat "$work/$name.rc")" = 0 ]; then
		result "not ok" "$name" "the test passes without the defence"
	elif grep -qF "$says" "$work/$name.out"; then
		result ok "$name" "$(grep -F "$says" "$work/$name.out" |
			head -n 1 | sed 's/^.*WRONG: //')"
		table="$table
TABLE: $(header "$1" Without) | $(header "$1" Attacks)"
	else
		result "not ok" "$name" "failed otherwise, see $work/$name.out"
	fi
}

cd "$top" || exit 1
rm -rf "$work"
mkdir -p "$work"
patches=$(ls tests/long/defences/*.patch)
[ $# = 0 ] || patches=$(printf 'tests/long/defences/%s.patch\n' "$@")
all=
for patch in $patches; do
	build_without "$patch"
	all="$all $(header "$patch" Attacks)"
done
rm -rf "$work/tree"
build with "$top" "$all"
scripts/lab run --quiet --fs none --bind "$work:/tmp/defences" --timeout 900 -- \
	tests/long/defences/inside || exit
if [ "$(cat "$work/with.rc")" = 0 ]; then
	result ok "nothing taken out" "passes"
else
	result "not ok" "nothing taken out" "see $work/with.out"
fi
for patch in $patches; do
	judge "$patch"
done
echo "1..$number"
echo "TABLE: tamper.sh fails without | in$table"
exit $failed
