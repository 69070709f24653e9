# SPDX-License-Identifier: GPL-2.0-or-later
"""The initramfs of a guest: busybox, an init script, the drivers for 9p."""

import lzma

from .paths import VM

# What a stock kernel needs to reach its root and its ports.
WANTED = ("virtio_pci", "virtio_rng", "virtio_net", "virtio_console",
          "9pnet_virtio", "9p", "overlay")
FOLDERS = ("bin", "dev", "proc", "sys", "lower", "layer", "rw", "new",
           "modules")
DIRECTORY, FILE, DEVICE = 0o040755, 0o100755, 0o020600


def module_name(path):
    return path.rsplit("/", 1)[-1].split(".ko")[0].replace("-", "_")


def load_order(modules):
    """Paths of the wanted modules, each behind those it depends on."""
    needs = {}
    for line in (modules / "modules.dep").read_text().splitlines():
        path, _, rest = line.partition(":")
        needs[path] = rest.split()
    by_name = {module_name(path): path for path in needs}
    order = []

    def add(path):
        for other in reversed(needs[path]):
            add(other)
        if path not in order:
            order.append(path)

    for name in WANTED:
        if name in by_name:     # else it is built in
            add(by_name[name])
    return order


def entry(number, name, mode, data=b"", device=(0, 0)):
    """One member of a cpio archive in the `newc` format."""
    name = name.encode() + b"\0"
    fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(name), 0)
    head = b"070701" + b"".join(b"%08X" % field for field in fields) + name
    return head + b"\0" * (-len(head) % 4) + data + b"\0" * (-len(data) % 4)


def build(root, kernel):
    members = [(folder, DIRECTORY, b"", (0, 0)) for folder in FOLDERS]
    members.append(("dev/console", DEVICE, b"", (5, 1)))
    members.append(("bin/busybox", FILE,
                    (root / "usr/bin/busybox").read_bytes(), (0, 0)))
    members.append(("init", FILE, (VM / "init").read_bytes(), (0, 0)))
    order = load_order(kernel.modules)
    for path in order:
        data = (kernel.modules / path).read_bytes()
        if path.endswith(".xz"):
            data = lzma.decompress(data)
        members.append((f"modules/{module_name(path)}.ko", FILE, data, (0, 0)))
    names = "".join(f"{module_name(path)}.ko\n" for path in order)
    members.append(("modules.order", FILE, names.encode(), (0, 0)))
    members.append(("TRAILER!!!", 0, b"", (0, 0)))
    return b"".join(entry(number, name, mode, data, device) for
                    number, (name, mode, data, device) in enumerate(members, 1))
