# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds uncfs in the lab root: the module per kernel, user space once."""

import os
import shutil
from pathlib import Path

from . import cache, chroot
from .paths import BUILD, TOP

MODULE_SOURCES = ("Kbuild", "Makefile", "kmod")
USER_SOURCES = ("userspace", "kmod/uapi", "kmod/wire", "Documentation")


def sources(names, top=TOP):
    """Every file below these names of the checkout, sorted."""
    found = []
    for name in names:
        path = top / name
        if path.is_file():
            found.append(path)
        for folder, folders, files in os.walk(path):
            folders[:] = [f for f in folders if f != "__pycache__"]
            found += [path.__class__(folder, file) for file in files
                      if not file.endswith(("~", ".swp"))]
    return sorted(found)


def state(files, *more, top=TOP):
    """Changes when one of these files does; read in full, they are small."""
    parts = []
    for path in files:
        parts += [path.relative_to(top), path.read_bytes()]
    return cache.key(*more, *parts)


def copy_sources(files, folder, top):
    """Make `folder` hold these sources, touching only what is different.

    6.12 cannot build a module outside its source folder, and the checkout
    must stay clean of objects for two kernels: so each gets a copied tree.
    """
    wanted = {path.relative_to(top) for path in files}
    for old in [p for p in folder.rglob("*") if p.suffix in (".c", ".h") and
                not p.name.endswith(".mod.c")]:
        if old.relative_to(folder) not in wanted:
            old.unlink()
    for path in files:
        copy = folder / path.relative_to(top)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists() or copy.read_bytes() != path.read_bytes():
            shutil.copyfile(path, copy)
            shutil.copymode(path, copy)


def fresh(stamp, key):
    return stamp.exists() and stamp.read_text() == key


def modules(root, kernel):
    """Build for this kernel; return the modules, none if there is no source.

    LAB_MODULE_TREE in the environment is another tree to take the sources from, a
    changed copy (tests/long/defences.sh).
    """
    folder = BUILD / f"kmod-{kernel.name}"
    top = Path(os.environ.get("LAB_MODULE_TREE") or TOP)
    files = sources(MODULE_SOURCES, top)
    if not (top / "Kbuild").exists():
        return []
    stamp = folder / ".built"
    with cache.lock(folder, f"module build for {kernel.name}"):
        # the headers' path names the kernel's version or its cache key
        key = state(files, kernel.headers, root.name, MAKE_MODULES, top=top)
        if not fresh(stamp, key):
            made_for = folder / ".kernel"
            if not fresh(made_for, kernel.headers) and folder.exists():
                shutil.rmtree(folder)
            folder.mkdir(parents=True, exist_ok=True)
            made_for.write_text(kernel.headers)
            copy_sources(files, folder, top)
            module_make(root, kernel, folder)
            stamp.write_text(key)
    return sorted(folder.rglob("*.ko"))


# With the debug information of Debian's kernel a guest loads uncfs.ko for four
# seconds; the names of functions, which reports want, stay.
MAKE_MODULES = """
set -e
make -s -j"$(nproc)" -C "$1" M="$2" W=1 KCFLAGS=-Werror modules
find "$2" -name '*.ko' -exec strip --strip-debug {} +
"""


def module_make(root, kernel, folder):
    chroot.logged(root, ["sh", "-c", MAKE_MODULES, "sh", kernel.headers,
                         folder],
                  BUILD / f"kmod-{kernel.name}.log",
                  f"building uncfs.ko for the {kernel.name} kernel",
                  binds=[(TOP, TOP), *kernel.binds])


def user(root):
    """Build and install user space; return the folder, None if no source."""
    if not (TOP / "userspace/meson.build").exists():
        return None
    folder, installed = BUILD / "user", BUILD / "user-installed"
    files = sources(USER_SOURCES)
    stamp = folder / ".built"
    with cache.lock(folder, "user-space build"):
        key = state(files, root.name, "1")
        if not fresh(stamp, key) or not installed.exists():
            stamp.unlink(missing_ok=True)
            user_make(root, folder, installed)
            stamp.write_text(key)
    return installed


def user_make(root, folder, installed):
    script = r"""
    set -e
    [ -e "$2/build.ninja" ] ||
        meson setup --prefix=/usr --sysconfdir=/etc --localstatedir=/var \
            -Dwerror=true "$1" "$2"
    ninja -C "$2"
    rm -rf "$3"
    DESTDIR=$3 meson install -C "$2" --no-rebuild
    """
    marker = folder / ".root"
    if not fresh(marker, root.name) and folder.exists():
        shutil.rmtree(folder)   # a folder set up for another compiler
    folder.mkdir(parents=True, exist_ok=True)
    marker.write_text(root.name)
    chroot.logged(root, ["sh", "-c", script, "sh", TOP / "userspace", folder,
                         installed], BUILD / "user.log",
                  "building user space", binds=[(TOP, TOP)])
