# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernels: where each one's image, modules and headers are."""

import os
from dataclasses import dataclass
from pathlib import Path

from . import cache, chroot, say
from .paths import BUILD, CACHE, VM

NAMES = ("stock", "debug", "newest")

# Runs in the root, $1 = folder that becomes the cache entry.  The source is
# built in place and thrown away; what a module build needs of it is copied by
# the kernel's own script for that (the one its deb packages use).
BUILD_DEBUG = r"""
set -e
out=$1 fragment=$2
mkdir -p "$out/src"
tar -C "$out/src" --strip-components=1 -xf /usr/src/linux-source-6.12.tar.xz
cd "$out/src"
make -s tinyconfig
./scripts/kconfig/merge_config.sh -m .config "$fragment"
make -s olddefconfig
missing=
while read -r line; do
    case $line in
    CONFIG_*=*|"# CONFIG_"*" is not set")
        name=${line#\# }; name=${name%% *}; name=${name%%=*}
        case $line in
        CONFIG*) grep -qxF "$line" .config || missing="$missing
$line" ;;
        # an option that is gone altogether is not set either
        *) ! grep -q "^$name=" .config || missing="$missing
$line" ;;
        esac ;;
    esac
done < "$fragment"
if [ "$missing" ]; then
    echo "debug.config asks for what Kconfig did not grant:$missing"
    exit 1
fi
make -s -j"$(nproc)" bzImage modules
make -s INSTALL_MOD_PATH="$out" DEPMOD=true modules_install
version=$(make -s kernelrelease)
rm -f "$out/lib/modules/$version/build"
/sbin/depmod -b "$out" "$version"
make -s run-command KBUILD_RUN_COMMAND="sh scripts/package/install-extmod-build $out/headers"
cp arch/x86/boot/bzImage "$out/vmlinuz"
cp .config "$out/config"
cp System.map "$out/System.map"
echo "$version" > "$out/version"
cd /
rm -rf "$out/src"
"""


@dataclass
class Kernel:
    """One bootable kernel."""
    name: str
    version: str
    image: Path
    modules: Path       # on the host: .../lib/modules/<version>
    headers: str        # inside the root, where make -C finds it
    binds: list         # what the root needs bound for `headers` to be there
    in_root: bool       # the root already has the modules


def stock(root):
    """Debian's own kernel, as its package put it into the root."""
    found = sorted((root / "usr/lib/modules").glob("*-amd64"))
    if not found:
        raise say.LabError(f"no kernel in {root}")
    version = found[-1].name
    return Kernel("stock", version, root / f"boot/vmlinuz-{version}",
                  found[-1], f"/usr/src/linux-headers-{version}", [], True)


def source_version(root):
    """The exact source that the root carries, for the cache key."""
    status = (root / "var/lib/dpkg/status").read_text()
    entry = status.split("Package: linux-source-6.12\n", 1)[1]
    return entry.split("\nVersion: ", 1)[1].split("\n", 1)[0]


def debug_folder(root):
    made_of = cache.key("1", source_version(root), BUILD_DEBUG,
                        (VM / "debug.config").read_bytes())
    return CACHE / f"kernel-debug-{made_of}"


def debug_build(root, folder):
    folder.mkdir(parents=True)
    chroot.logged(root, ["nice", "-n", "5", "sh", "-c", BUILD_DEBUG, "sh",
                         folder, VM / "debug.config"],
                  BUILD / "kernel-debug.log", "building the debug kernel",
                  binds=[(folder, folder), (VM, VM)])


def debug(root):
    """The same source with every checker that finds what tests can hit."""
    folder = cache.make(debug_folder(root),
                        f"building the debug kernel on {os.cpu_count()} cores "
                        "(about six minutes)",
                        lambda partial: debug_build(root, partial))
    version = (folder / "version").read_text().strip()
    return Kernel("debug", version, folder / "vmlinuz",
                  folder / "lib/modules" / version,
                  str(folder / "headers"), [(folder, folder)], False)


def get(name, root):
    if name == "newest":
        raise say.NotYet("--kernel newest")
    return {"stock": stock, "debug": debug}[name](root)
