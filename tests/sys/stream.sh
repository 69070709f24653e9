#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Named streams as extended attributes, on a server of this guest's own that has
# them.
. "$(dirname "$0")/lib.sh"

mkdir -p /tmp/streams
mount -t tmpfs -o mode=777 tmpfs /tmp/streams || fail "no tmpfs"
at_end "umount /tmp/streams"
own_server /tmp/streams /tmp/mnt-streams "vfs objects = streams_xattr"
dir=/tmp/mnt-streams

echo content > "$dir/file"
run python "$dir" <<'END'
import os, sys

from expecting import expect, outcome

file = sys.argv[1] + "/file"


# Streams
stream = "unc.stream.Zone.Identifier"
expect("none", outcome(os.getxattr, file, stream), "ENODATA")
zone = b"[ZoneTransfer]\r\nZoneId=3\r\n"
os.setxattr(file, stream, zone)
expect("stream", os.getxattr(file, stream), zone)
expect("in the list", stream in os.listxattr(file), True)
os.setxattr(file, stream, b"x" * 3000)
expect("large", os.getxattr(file, stream), b"x" * 3000)
os.setxattr(file, stream, b"y")
expect("replaced", os.getxattr(file, stream), b"y")
os.setxattr(file, "unc.stream.empty", b"")
expect("empty", os.getxattr(file, "unc.stream.empty"), b"")
os.removexattr(file, "unc.stream.empty")
os.removexattr(file, stream)
expect("removed", outcome(os.getxattr, file, stream), "ENODATA")
expect("the content stays", open(file).read(), "content\n")
expect("a path", outcome(os.setxattr, file, "unc.stream.a/b", b"1"),
       "ENOTSUP")
os.mkdir(sys.argv[1] + "/folder")
os.setxattr(sys.argv[1] + "/folder", stream, zone)
expect("of a folder", os.listxattr(sys.argv[1] + "/folder"), [stream])
END
