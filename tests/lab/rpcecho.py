# SPDX-License-Identifier: GPL-2.0-or-later
"""Samba's test interface rpcecho, which Debian's build has but does not offer:
a library, and a program for samba-dcerpcd, to lie beside Samba's own ones."""

import shutil

from . import build, cache, chroot
from .paths import BUILD, TOP

SOURCES = TOP / "tests/rpc"
FOLDER = "/mnt/rpcecho"
# Both are read-only; nothing of either hides the other.
OFFER = (f"mount -t overlay -o lowerdir={FOLDER}:/usr/libexec/samba overlay"
         " /usr/libexec/samba")
# Where samba-dcerpcd listens for this interface and others, when it runs by
# itself; the domain controller's own endpoint mapper does not know of these.
TCP_PORTS = range(50000, 50100)
DAEMON = ("/usr/libexec/samba/samba-dcerpcd --foreground --no-process-group"
          " --debug-stdout --libexec-rpcds"
          " --option='rpc server dynamic port range="
          f"{TCP_PORTS[0]}-{TCP_PORTS[-1]}' &")


def make(root):
    """The folder with both."""
    folder = BUILD / "rpcecho"
    source, program = SOURCES / "rpcecho.c", SOURCES / "rpcd_rpcecho"
    with cache.lock(folder, "the build of rpcecho"):
        key = build.state([source, program], root.name)
        stamp = BUILD / ".rpcecho"
        if not build.fresh(stamp, key):
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(program, folder)
            chroot.logged(root, ["cc", "-D_GNU_SOURCE", "-O2", "-Wall",
                                 "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
                                 folder / "rpcecho.so", source],
                          BUILD / "rpcecho.log", "building rpcecho.so",
                          binds=[(TOP, TOP)])
            stamp.write_text(key)
    return folder


def script(smb_conf):
    """What a server's shell does before the server itself."""
    own = "rpc start on demand helpers = no" in smb_conf
    return f"{OFFER} && {{ {DAEMON if own else ''}\n true; }}"
