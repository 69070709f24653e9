#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""telldir, seekdir and rewinddir: what follows a place is always the same.

    seekdir.py DIRECTORY ENTRIES
"""

import ctypes
import os
import sys


class Dirent(ctypes.Structure):
    _fields_ = [("ino", ctypes.c_uint64), ("off", ctypes.c_int64),
                ("reclen", ctypes.c_uint16), ("type", ctypes.c_uint8),
                ("name", ctypes.c_char * 256)]


libc = ctypes.CDLL(None, use_errno=True)
libc.opendir.restype = ctypes.c_void_p
libc.readdir.restype = ctypes.POINTER(Dirent)
libc.readdir.argtypes = [ctypes.c_void_p]
libc.telldir.restype = ctypes.c_long
libc.telldir.argtypes = [ctypes.c_void_p]
libc.seekdir.argtypes = [ctypes.c_void_p, ctypes.c_long]
libc.rewinddir.argtypes = [ctypes.c_void_p]


def walk(stream):
    """(place before it, name) of every entry from here on."""
    found = []
    while True:
        place = libc.telldir(stream)
        entry = libc.readdir(stream)
        if not entry:
            return found
        found.append((place, entry.contents.name))


def main():
    stream = libc.opendir(os.fsencode(sys.argv[1]))
    if not stream:
        sys.exit(os.strerror(ctypes.get_errno()))
    whole = walk(stream)
    names = [name for _, name in whole]
    if len(names) != int(sys.argv[2]) or len(set(names)) != len(names):
        sys.exit(f"{len(names)} entries, {len(set(names))} different")
    libc.rewinddir(stream)
    if [name for _, name in walk(stream)] != names:
        sys.exit("another order after rewinddir")
    for index in (len(whole) // 2, 3, len(whole) - 1, 700 % len(whole), 0):
        libc.seekdir(stream, whole[index][0])
        if [name for _, name in walk(stream)] != names[index:]:
            sys.exit(f"something else follows entry {index} after seekdir")


main()
