# SPDX-License-Identifier: GPL-2.0-or-later
"""One run, seen from outside: folder, builds, namespaces, cleaning up."""

import contextlib
import fcntl
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import uuid
from pathlib import Path

from . import ad, build, chroot, client, kernel, netns, pair, paths, root
from . import say, slots, subprocesses
from .status import Status

# Files worth a look after a run that went wrong.
LOGS = ("console", "qemu", "run.json", "guest/dmesg", "guest/uncd.log",
        "guest/kmemleak", "guest/problems", "samba/log", "samba/etc/smb.conf",
        "samba/dc1/log", "samba/dc2/log", "samba/sysvol")
MODULES = "/usr/lib/uncfs"      # in the guest


class Folder:
    """A run's folder, alive as long as the process that holds its lock."""

    def __init__(self):
        self.path = paths.RUNS / f"{os.getpid()}-{uuid.uuid4().hex[:6]}"
        for name in ("guest", "layer", "share"):
            (self.path / name).mkdir(parents=True)
        os.chown(self.path / "share", 1000, 1000)
        # Not inherited: the lock is let go when this very process dies.
        self.lock = open(self.path / "lock", "w", encoding="ascii")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        print(os.getpid(), file=self.lock, flush=True)

    def keep_logs(self):
        kept = paths.BUILD / "log" / self.path.name
        for name in LOGS:
            source = self.path / name
            if source.is_dir():
                shutil.copytree(source, kept / name, dirs_exist_ok=True)
            elif source.exists():
                (kept / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, kept / name)
        say.warn(f"logs are in {kept}")

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


def owner(folder):
    """The process that holds this run folder; None when it is a left-over."""
    try:
        with open(folder / "lock", "r+", encoding="ascii") as lock:
            pid = lock.read().strip()
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return None
    except BlockingIOError:
        return int(pid or 0)
    except OSError:
        return None


def folders():
    return sorted(p for p in paths.RUNS.glob("*") if p.is_dir())


def sweep():
    """Remove folders whose run was killed before it could."""
    for folder in folders():
        # younger ones may not have their lock yet
        if (folder / "lock").exists() and owner(folder) is None:
            shutil.rmtree(folder, ignore_errors=True)


def copy_tree(source, target):
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)


def module_info(module, field):
    """All values of a field of .modinfo, as modinfo -F prints them."""
    found = re.findall(rb"\0%s=([^\0]*)\0" % field.encode(),
                       b"\0" + module.read_bytes().replace(b"\0", b"\0\0"))
    return [value.decode() for value in found]


def modprobe_conf(modules):
    """Lines that let modprobe (and mount -t uncfs, and open /dev/npipe) load
    our modules without a depmod, which takes long in the guest."""
    lines = []
    for module in modules:
        name = module.stem.replace("-", "_")
        needs = " ".join(module_info(module, "depends")).replace(",", " ")
        needs = f"modprobe -a {needs} || exit; " if needs else ""
        soft = " ".join(module_info(module, "softdep"))
        soft = soft.replace("pre:", "").split("post:")[0].strip()
        soft = f"modprobe -aq {soft}; " if soft else ""
        lines += [f"alias {alias} {name}"
                  for alias in module_info(module, "alias")]
        # Somebody else may load it at the same moment (the kernel, when uncd
        # asks for the family); to modprobe, unlike insmod, that is a success.
        lines += [f"install {name} {needs}{soft}"
                  f"insmod {MODULES}/{module.name} $CMDLINE_OPTS || "
                  f"grep -q '^{name} .* Live ' /proc/modules",
                  f"remove {name} rmmod {name}"]
    return "\n".join(lines) + "\n"


def built(options, make):
    """What make() builds; a run that does not mount uncfs can do without."""
    try:
        return make()
    except say.LabError as error:
        if options["fs"] == "uncfs":
            raise
        say.warn(f"{error}\nlab: going on without it")
        return None


def fill_layer(base, machine, layer, options):
    """Put what was built where the guest finds it; a copy, so that a build
    that runs meanwhile does not pull files from under this guest."""
    # The folder itself covers the guest's /, so it must be open to all.
    layer.chmod(0o755)
    if options["fs"] == "cifs":
        return      # the comparison needs nothing of ours
    modules = built(options, lambda: build.modules(base, machine)) or []
    installed = built(options, lambda: build.user(base))
    if options["fs"] == "uncfs" and not (modules and installed):
        raise say.LabError("there is no uncfs to build in this checkout yet "
                           "(Kbuild, userspace/meson.build)")
    if installed:
        copy_tree(installed, layer)
    (layer / MODULES[1:]).mkdir(parents=True, exist_ok=True)
    for module in modules:
        shutil.copy(module, layer / MODULES[1:])
    (layer / "etc/modprobe.d").mkdir(parents=True, exist_ok=True)
    (layer / "etc/modprobe.d/uncfs.conf").write_text(modprobe_conf(modules))


def environment(folder, machine, options):
    credentials = "/root/.uncfs-credentials"
    opts = ",".join(filter(None, (f"credentials={credentials}",
                                  options["mount_opts"])))
    size = shutil.get_terminal_size()
    return {
        **client.environment(options["server"]),
        "UNC_KEYTABS": "/lab/keytabs", "UNC_MNT": "/mnt/unc", "UNC_SHARE_DIR": folder / "share",
        "UNC_CREDENTIALS": credentials, "UNC_OPTS": opts,
        "UNC_KERNEL": machine.name, "UNC_FS": options["fs"],
        "UNC_MODULE": f"{MODULES}/uncfs.ko", "UNC_MODULES": MODULES,
        "LAB_TOP": paths.TOP, "LAB_FS": options["fs"], "LAB_OPTS": opts,
        "LAB_MODE": options["mode"], "LAB_DELAY": options["delay"],
        "LAB_TIMEOUT": options["timeout"],
        "LAB_OWN_MODULES": 0 if machine.in_root else 1,
        "LAB_HUNG_TASK": 60 if machine.name == "stock" else 120,
        "LAB_GUEST_ADDRESS": netns.GUEST, "LAB_GUEST_ADDRESS6": netns.GUEST6,
        "LAB_ROWS": size.lines, "LAB_COLUMNS": size.columns,
        "TERM": os.environ.get("TERM", "dumb"),
    }


def fill_etc(folder, options):
    """The client's /etc, for guest.sh or the folder in the root."""
    etc = folder / "guest/etc"
    etc.mkdir()
    for name, text in client.etc(options["server"]).items():
        (etc / name).write_text(text)


def fill_guest(folder, machine, options, command):
    """What tests/vm/guest.sh reads."""
    guest = folder / "guest"
    shutil.copy(paths.VM / "guest.sh", guest)
    (guest / "env").write_text("".join(
        f"export {name}={shlex.quote(str(value))}\n" for name, value in
        environment(folder, machine, options).items()))
    (guest / "command").write_text("exec " + shlex.join(command) + "\n")
    (guest / "binds").write_text("".join(
        f"{tag} {target}\n" for tag, _, target in options["binds"]))


def binds(texts):
    """HOSTDIR:GUESTDIR as [tag, host folder, guest folder]."""
    result = []
    for number, text in enumerate(texts):
        host, _, guest = text.rpartition(":")
        host = os.path.abspath(host)
        if not os.path.isdir(host) or not guest.startswith("/"):
            raise say.LabError(f"--bind {text}: not a folder here, or not an "
                               "absolute folder there")
        result.append([f"bind{number}", host, guest])
    return result


def first_child(pid):
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return int(text.split()[0])
    except (OSError, IndexError):
        return None


class Interrupted(Exception):
    """A signal asked this run to stop."""


def interrupt(number, _frame):
    raise Interrupted(number)


def end_namespaces(process):
    """Kill unshare; --kill-child makes that the end of the namespace's first
    process, and so, by the kernel's hand, of all of it.  That one is gone
    from /proc when the others are."""
    pid = first_child(process.pid)
    process.kill()
    process.wait()
    if pid:
        subprocesses.wait_for(lambda: not os.path.exists(f"/proc/{pid}"), 20)


def in_namespaces(folder):
    """Run inside.py in namespaces of its own; return its exit status."""
    process = subprocess.Popen(
        [*chroot.DIE_WITH_US, *chroot.NAMESPACES, "--net", "--mount-proc",
         sys.executable, "-m", "lab.inside", str(folder)],
        env=dict(os.environ, PYTHONPATH=str(paths.TOP / "tests"),
                 PYTHONDONTWRITEBYTECODE="1"))
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            end_namespaces(process)


def fill(folder, base, options, command):
    """All that inside.py and the guest find in the run's folder."""
    fill_etc(folder, options)
    if options["mode"] != "in-root":
        machine = kernel.get(options["kernel"], base)
        fill_layer(base, machine, folder / "layer", options)
        fill_guest(folder, machine, options, command)
    (folder / "run.json").write_text(json.dumps(options))


def start(options, command):
    """Do one run; return the exit status of the lab."""
    root.host_prepare()
    sweep()
    base = root.prepare()
    if options["server"] == "ad":
        ad.prepare(base)
    elif options["server"] in pair.ROLES:
        pair.prepare(base, options["server"])
    options = dict(options, root=str(base), binds=binds(options["bind"]),
                   quiet=say.quiet, command=[str(word) for word in command])
    if options["capture"]:
        options["capture"] = os.path.abspath(options["capture"])
    folder = Folder()
    status = Status.FAILED
    try:
        fill(folder.path, base, options, command)
        guest = options["mode"] != "in-root"
        with slots.one() if guest else contextlib.nullcontext():
            status = in_namespaces(folder.path)
        return status
    except Interrupted as signal_number:
        status = 128 + int(signal_number.args[0])
        say.warn("interrupted")
        return status
    finally:
        if status in (Status.REPORTED, Status.LOST, Status.FAILED,
                      Status.TIMEOUT):
            folder.keep_logs()
        folder.remove()
