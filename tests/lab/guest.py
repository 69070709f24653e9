# SPDX-License-Identifier: GPL-2.0-or-later
"""The guest: QEMU's command line, its ports, and what it says through them."""

import os
import re
import select
import subprocess
import sys
import threading
import time

from . import initramfs, netns, say

# No `rc` or `fail` before these have passed: the machine counts as lost.
# Generous, because two guests and a build may share two cores.
BOOT_SECONDS = 240
DOWN_SECONDS = 180

COMMAND_LINE = (
    "console=ttyS0 loglevel=6 panic=-1 oops=panic panic_on_warn=1 "
    "softlockup_panic=1 watchdog_thresh=30 hung_task_panic=1 "
    "rcupdate.rcu_cpu_stall_timeout=60 tsc=reliable no_timer_check "
    "reboot=t nokaslr net.ifnames=0 random.trust_cpu=1 mitigations=off")


def tsc_khz():
    """What the guest's processor counts by, which is the host's counter.

    A guest finds that out by a race between two clocks; on a busy host it loses
    it and then lives up to four times too fast, its tickets and time limits too.
    A virtual machine shows the counter's own rate as that of its processor.
    """
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as info:
        text = info.read()
    found = re.search(r"^cpu MHz\s*: ([0-9.]+)$", text, re.MULTILINE)
    if not found or " hypervisor" not in text or " constant_tsc" not in text:
        return ""
    return f" tsc_early_khz={float(found[1]) * 1000:.0f}"


class Lost(say.LabError):
    """The machine ended, or had to be ended, without a result."""


class Pipe:
    """A chardev of QEMU's: what the guest writes into a port comes out here."""

    def __init__(self):
        self.reader, self.writer = os.pipe()

    def chardev(self, name):
        return ["-chardev", f"file,id={name},path=/dev/fd/{self.writer}"]


def port(name):
    return ["-device", f"virtserialport,bus=serial0.0,chardev={name},"
            f"name={name}"]


def share(tag, path, readonly, model):
    return ["-fsdev", f"local,id={tag},path={str(path).replace(',', ',,')},"
            f"security_model={model},multidevs=remap"
            f"{',readonly=on' if readonly else ''}",
            "-device", f"virtio-9p-pci,fsdev={tag},mount_tag={tag}"]


def emulation(kernel):
    """How the processors of the guest are emulated.

    Debian's kernel patches its own code while it runs (jump labels).  With a
    host thread for each processor the emulator may run the breakpoint of a
    patch after the patch is done, and the kernel dies of "Oops: int3" once in
    some twenty boots.  One thread for both is exact.  The debug kernel is built
    without such patching, and there real concurrency is worth more.
    """
    return "single" if kernel.in_root else "multi"


class Guest:
    """One boot."""

    def __init__(self, run, root, kernel):
        self.run = run
        self.initrd = run.folder / "initrd"
        self.initrd.write_bytes(initramfs.build(root, kernel))
        self.out, self.err, self.ctl = Pipe(), Pipe(), Pipe()
        self.console = run.folder / "console"
        self.command = self.qemu(root, kernel)
        self.process = None
        self.relays = []

    def qemu(self, root, kernel):
        run = self.run
        command = [
            "qemu-system-x86_64", "-name", f"uncfs-{run.id}", "-nodefaults",
            "-no-user-config", "-display", "none", "-vga", "none",
            "-machine", "q35", "-cpu", "max,la57=off",
            "-accel", f"tcg,thread={emulation(kernel)}",
            # as sockets: the MP table, which the debug kernel reads, has
            # one entry for each
            "-smp", "2,sockets=2",
            "-m", str(run.options["mem"]), "-no-reboot",
            "-kernel", str(kernel.image), "-initrd", str(self.initrd),
            "-append", COMMAND_LINE + tsc_khz(),
            "-chardev", f"file,id=console,path={self.console}",
            "-serial", "chardev:console",
            "-device", "virtio-rng-pci",
            "-netdev", f"tap,id=net0,ifname={netns.TAP},script=no,"
            "downscript=no", "-device", "virtio-net-pci,netdev=net0,romfile=",
            "-device", "virtio-serial-pci,id=serial0"]
        for name in ("out", "err", "ctl"):
            command += getattr(self, name).chardev(name) + port(name)
        command += share("root", root, True, "none")
        command += share("layer", run.layer, True, "none")
        command += share("lab", run.guest, False, "none")
        command += share("top", run.top, True, "none")
        command += share("share", run.share, False, "passthrough")
        if not kernel.in_root:
            command += share("modules", kernel.modules, True, "none")
        for tag, host, _ in run.binds:
            command += share(tag, host, False, "passthrough")
        if run.options["mode"] == "shell":
            command += ["-chardev", "stdio,id=tty,signal=off",
                        "-device", "virtconsole,bus=serial0.0,chardev=tty"]
        return command

    def start(self):
        writers = [pipe.writer for pipe in (self.out, self.err, self.ctl)]
        shell = self.run.options["mode"] == "shell"
        self.process = subprocess.Popen(
            self.command, pass_fds=writers,
            stdin=None if shell else subprocess.DEVNULL,
            stdout=None if shell else subprocess.DEVNULL,
            stderr=open(self.run.folder / "qemu", "wb"))
        for writer in writers:
            os.close(writer)
        for pipe, sink in ((self.out, sys.stdout), (self.err, sys.stderr)):
            relay = threading.Thread(target=carry, daemon=True,
                                     args=(pipe.reader, sink.fileno()))
            relay.start()
            self.relays.append(relay)

    def result(self):
        """Follow the guest to its end; return its exit status."""
        try:
            return self.follow()
        finally:
            self.process.kill()
            self.process.wait()
            for relay in self.relays:
                relay.join(10)

    def follow(self):
        stage, limit, pending = "power on", time.monotonic() + BOOT_SECONDS, b""
        while True:
            data = read_before(self.ctl.reader, limit)
            if data is None:
                raise Lost(f"it did not answer in time (stage: {stage})")
            if not data:
                raise Lost(f"it went down in the stage '{stage}'")
            *lines, pending = (pending + data).split(b"\n")
            for line in lines:
                word, _, rest = line.decode(errors="replace").partition(" ")
                if word == "rc":
                    return int(rest)
                if word == "fail":
                    raise say.LabError(rest)
                if word == "stage":
                    stage, limit = rest, self.limit(rest)

    def cpu_seconds(self):
        """What the emulator used so far: comparable when the host is busy."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")

    def limit(self, stage):
        say.info(f"guest: {stage} ({self.cpu_seconds():.0f} s of processor)")
        (self.run.folder / "stage").write_text(stage + "\n")
        if stage == "start" and self.run.options["mode"] == "shell":
            return float("inf")
        if stage == "start":
            seconds = self.run.options["timeout"] + 60
        elif stage in ("unmount", "leaks"):
            seconds = DOWN_SECONDS
        else:
            seconds = BOOT_SECONDS
        return time.monotonic() + seconds


def read_before(reader, limit):
    """Some bytes; none at the end of the stream; None when time is up."""
    left = limit - time.monotonic()
    timeout = None if left == float("inf") else max(left, 0)
    ready, _, _ = select.select([reader], [], [], timeout)
    return os.read(reader, 4096) if ready else None


def carry(reader, sink):
    """Copy a port to our own stdout or stderr as it comes."""
    while data := os.read(reader, 65536):
        while data:
            try:
                data = data[os.write(sink, data):]
            except BrokenPipeError:
                data = b""      # keep reading: the guest must not block
