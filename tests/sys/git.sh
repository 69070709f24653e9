#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# git clones onto the share, and finds everything in order there.
# GIT_FILES: how many files the repository has; a tenth on the debug kernel.
# timeout: 900
# daily: none
. "$(dirname "$0")/lib.sh"
test_dir

case $UNC_KERNEL in
debug) files=${GIT_FILES:-40} ;;
*) files=${GIT_FILES:-400} ;;
esac
export HOME=/tmp/home GIT_CONFIG_NOSYSTEM=1
run mkdir -p /tmp/home
at_end "rm -rf /tmp/home /tmp/repo.git /tmp/work"
git config --global user.email lab@lab.test
git config --global user.name lab
git config --global init.defaultBranch main
# The share's files belong to root here, or to whom the mount says.
git config --global safe.directory '*'

run git init -q /tmp/work
run python3 - /tmp/work "$files" <<'END'
import os, random, sys
top, files = sys.argv[1], int(sys.argv[2])
random.seed(1)
for number in range(files):
    folder = f"{top}/dir{number % 5}/sub{number % 3}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/file{number}.txt", "w") as file:
        for line in range(random.randint(1, 60)):
            file.write(f"{random.random()} of {number}\n")
END
(cd /tmp/work && git add . && git commit -q -m first) || fail "cannot make a repository"
run rm /tmp/work/dir1/sub1/file1.txt
echo changed > /tmp/work/dir0/sub0/file0.txt
(cd /tmp/work && git commit -q -a -m second) || fail "cannot make a repository"

cd / || fail "cd"
run git clone -q /tmp/work "$dir/clone"
run git -C "$dir/clone" fsck --full --strict
expect_equal "status" "$(git -C "$dir/clone" status --porcelain)" ""
expect_equal "files" "$(git -C "$dir/clone" ls-files | wc -l)" $((files - 1))
run diff -r --exclude=.git /tmp/work "$dir/clone"
echo here > "$dir/clone/new"
run git -C "$dir/clone" add new
run git -C "$dir/clone" commit -q -m third
run git -C "$dir/clone" checkout -q HEAD~1
[ ! -e "$server_dir/clone/new" ] || fail "checkout left a file"
expect_equal "status" "$(git -C "$dir/clone" status --porcelain)" ""
