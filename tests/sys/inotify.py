# SPDX-License-Identifier: GPL-2.0-or-later
"""inotify.py HERE THERE: two mounts of one directory; what is done in the one is told
to who watches the other."""

import ctypes
import os
import select
import struct
import sys
import time

CREATE, DELETE, MODIFY, FROM, TO, ISDIR = (
    0x100, 0x200, 0x2, 0x40, 0x80, 0x40000000)
WORDS = {CREATE: "create", DELETE: "delete", MODIFY: "modify", FROM: "from",
         TO: "to", CREATE | ISDIR: "create-dir", DELETE | ISDIR: "delete-dir",
         FROM | ISDIR: "from-dir", TO | ISDIR: "to-dir"}
libc = ctypes.CDLL(None, use_errno=True)


class Watch:
    """A watch of one directory."""

    def __init__(self, path):
        self.fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        mask = CREATE | DELETE | MODIFY | FROM | TO
        if libc.inotify_add_watch(self.fd, os.fsencode(path), mask) < 0:
            sys.exit(f"inotify_add_watch: {os.strerror(ctypes.get_errno())}")
        self.got = []

    def read(self, seconds):
        """More of what is told, with the cookies of renames."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return
        data, at = os.read(self.fd, 65536), 0
        while at < len(data):
            _, mask, cookie, size = struct.unpack_from("iIII", data, at)
            name = data[at + 16:at + 16 + size].rstrip(b"\0").decode()
            self.got.append((WORDS.get(mask, hex(mask)), name, cookie))
            at += 16 + size

    def told(self, *wanted):
        """Waits until all of that is told, in that order."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            words = [(word, name) for word, name, _ in self.got]
            if [one for one in words if one in wanted] == list(wanted):
                return
            self.read(0.1)
        sys.exit(f"told {self.got}, not {wanted}")

    def forget(self):
        """What is told within a second is forgotten."""
        until = time.monotonic() + 1
        while time.monotonic() < until:
            self.read(0.1)
        self.got = []


def main():
    here, there = sys.argv[1:]
    watch = Watch(here)
    time.sleep(0.5)     # the server remembers changes once it was asked

    with open(f"{there}/new", "w", encoding="utf-8") as file:
        file.write("text")
    watch.told(("create", "new"))
    if not os.path.exists(f"{here}/new"):
        sys.exit("what was told of is not there")
    os.rename(f"{there}/new", f"{there}/newer")
    watch.told(("create", "new"), ("from", "new"), ("to", "newer"))
    cookies = [cookie for word, _, cookie in watch.got if word in ("from", "to")]
    if not cookies[0] or cookies[0] != cookies[1]:
        sys.exit(f"the two halves of a rename have cookies {cookies}")
    os.unlink(f"{there}/newer")
    watch.told(("delete", "newer"))
    with open(f"{there}/file", "w", encoding="utf-8") as file:
        file.write("new text")
    watch.told(("modify", "file"))
    os.mkdir(f"{there}/dir")
    watch.told(("create-dir", "dir"))
    watch.forget()

    # What is done here
    with open(f"{here}/own", "w", encoding="utf-8") as file:
        file.write("text")
    os.rename(f"{here}/own", f"{here}/other")
    os.unlink(f"{here}/other")
    os.rename(f"{here}/dir", f"{here}/folder")
    time.sleep(1)
    watch.told(("create", "own"), ("from", "own"), ("to", "other"),
               ("delete", "other"), ("from-dir", "dir"), ("to-dir", "folder"))
    once = [(word, name) for word, name, _ in watch.got if word != "modify"]
    if len(once) != len(set(once)):
        sys.exit(f"told twice: {once}")

    # A directory in which one is watched is renamed, and the watch goes on.
    below = Watch(f"{here}/folder")
    time.sleep(0.5)
    os.rename(f"{here}/folder", f"{here}/moved")
    time.sleep(2)
    with open(f"{there}/moved/deep", "w", encoding="utf-8"):
        pass
    below.told(("create", "deep"))


main()
