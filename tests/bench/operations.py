# SPDX-License-Identifier: GPL-2.0-or-later
"""What is counted: operations, each with what must be there before it.

    operations.py MOUNT SERVER FS HOST [--full] [--name TEXT] [--delay MS]
        < COMMAND-TO-MOUNT

Runs in the guest.  Each operation has a mount of its own, so that nothing is
cached but what its own warm-up left, and stands between two packets to the
server's discard port by which counts.py finds it in the capture.  How long it
took is printed for times.py.
"""

import argparse

import contextlib
import dataclasses
import mmap
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

DISCARD = 9
SETTLE = 2.2        # longer than attributes are trusted, and handles kept
PAGE = 4096


def nothing(*_):
    pass


@dataclasses.dataclass
class Operation:
    """One line of the table; all three get the folder they work in."""
    name: str
    act: callable           # on the mount, counted
    prepare: callable = nothing     # as the server sees it
    warm: callable = nothing        # on the mount, before
    full: bool = False      # takes too long for every day
    bulk: bool = False      # moves much; its time says nothing of round trips


def write(path, data=b"x" * PAGE):
    with open(path, "wb", buffering=0) as file:
        file.write(data)


def read(path):
    with open(path, "rb", buffering=0) as file:
        while file.read(65536):
            pass


def one_file(folder):
    write(folder / "file")


def files(number):
    def make(folder):
        for i in range(number):
            write(folder / f"file{i}", b"a small file\n")
    return make


def stat_file(folder):
    os.stat(folder / "file")


def read_file(folder):
    read(folder / "file")


def read_all(folder):
    for i in range(100):
        read(folder / f"file{i}")


def list_long(folder):
    with os.scandir(folder) as entries:
        for entry in entries:
            entry.stat(follow_symlinks=False)


def settled(act):
    """A warm-up that did the same, a while ago."""
    def warm(folder):
        act(folder)
        time.sleep(SETTLE)
    return warm


def deep(folder):
    os.makedirs(folder / "a/b/c")
    write(folder / "a/b/c/file")


def stat_deep(folder):
    os.stat(folder / "a/b/c/file")


def create_hundred(folder):
    for i in range(100):
        write(folder / f"new{i}")


def write_through(folder):
    with open(folder / "new", "wb", buffering=0) as file:
        file.write(b"x" * PAGE)
        os.fsync(file.fileno())


def tree(folder):
    """510 small files in 51 folders, as of some small project."""
    for i in range(51):
        (folder / f"tree/d{i}").mkdir(parents=True)
        for j in range(10):
            write(folder / f"tree/d{i}/f{j}", b"y" * (100 * j + 10))


def tar_beside(folder):
    tree(Path("/tmp/bench"))
    command("tar", "-C", "/tmp/bench", "-cf", "/tmp/bench/tree.tar", "tree")


def command(*words, cwd=None):
    subprocess.run(words, check=True, cwd=cwd, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def untar(folder):
    command("tar", "-C", str(folder), "-xf", "/tmp/bench/tree.tar")


def tar(folder):
    command("tar", "-C", str(folder), "-cf", "/tmp/out.tar", "tree")


def find(folder):
    command("find", str(folder), "-size", "+0")


def remove(folder):
    command("rm", "-rf", str(folder / "tree"))


def big(mib):
    def make(folder):
        with open(folder / "big", "wb") as file:
            file.truncate(mib << 20)
    return make


def copy_big(folder):
    with open(folder / "big", "rb") as source, \
            open(folder / "copy", "wb") as target:
        left = os.fstat(source.fileno()).st_size
        while left:
            left -= os.copy_file_range(source.fileno(), target.fileno(), left)


def fault(folder):
    with open(folder / "big", "rb") as file, \
            mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as pages:
        return pages[23 * PAGE * 100]


def repository(folder):
    source = Path("/tmp/bench/repository")
    source.mkdir(parents=True)
    for i in range(200):
        write(source / f"file{i}", b"line\n" * i)
    for words in (("init", "-q"), ("add", "."),
                  ("-c", "user.name=b", "-c", "user.email=b@b", "commit", "-qm",
                   "first")):
        command("git", *words, cwd=source)


def clone(folder):
    command("git", "clone", "-q", "/tmp/bench/repository", str(folder / "git"))


def git_status(folder):
    command("git", "status", cwd=folder / "git")


OPERATIONS = [
    Operation("stat, cold", stat_file, one_file),
    Operation("stat 4 deep, warm", stat_deep, deep, settled(stat_deep)),
    Operation("stat absent name, again", lambda folder: (folder / "no").exists(),
              warm=settled(lambda folder: (folder / "no").exists())),
    Operation("open, read, close; cold", read_file, one_file),
    Operation("open, read, close; again", read_file, one_file,
              settled(read_file)),
    Operation("read 100 files", read_all, files(100)),
    Operation("read 100 files, again", read_all, files(100), settled(read_all)),
    Operation("create, write, close", lambda folder: write(folder / "new")),
    Operation("create 100 files", create_hundred),
    Operation("create, write, fsync, close", write_through),
    Operation("mkdir", lambda folder: (folder / "new").mkdir()),
    Operation("rename", lambda folder: (folder / "file").rename(folder / "new"),
              one_file),
    Operation("unlink a file just written",
              lambda folder: (folder / "new").unlink(),
              warm=lambda folder: write(folder / "new")),
    Operation("ls -l of 1,000 files", list_long, files(1000), full=True),
    Operation("ls -l of 1,000 files, again", list_long, files(1000),
              settled(list_long), full=True),
    Operation("readdir of 10,000", os.listdir, files(10000), full=True),
    Operation("copy_file_range of 64 MiB", copy_big, big(64), bulk=True),
    Operation("page fault in a mapped file", fault, big(64), bulk=True),
    Operation("untar 510 files", untar, tar_beside, full=True),
    Operation("tar of them, cold", tar, tree, full=True),
    Operation("find in them, cold", find, tree, full=True),
    Operation("find in them, again", find, tree, settled(find), full=True),
    Operation("rm -rf of them", remove, tree, full=True),
    Operation("git clone of 200 files", clone, repository, full=True),
    Operation("git status, again", git_status, repository,
              lambda folder: (clone(folder), settled(git_status)(folder)),
              full=True),
]


class Marker:
    """Tells the capture where it is."""

    def __init__(self, host, system):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.to = (socket.gethostbyname(host), DISCARD)
        self.system = system

    def send(self, word, name):
        with contextlib.suppress(ConnectionRefusedError):
            self.socket.sendto(f"{word}\t{self.system}\t{name}".encode(),
                               self.to)


def run(operation, mount, server, marker, how):
    """Make, mount, warm up, count, take down; the seconds that it took."""
    mine, theirs = Path(mount) / "bench", Path(server) / "bench"
    theirs.mkdir()
    os.chown(theirs, 1000, 1000)
    operation.prepare(theirs)
    command("chown", "-R", "1000:1000", str(theirs))
    command(*how)
    try:
        operation.warm(mine)
        os.stat(mine)       # the way there is not what is counted
        marker.send("begin", operation.name)
        began = time.monotonic()
        operation.act(mine)
        return time.monotonic() - began
    finally:
        marker.send("end", operation.name)
        time.sleep(0.2)
        command("umount", str(mount))
        shutil.rmtree(theirs)
        shutil.rmtree("/tmp/bench", ignore_errors=True)


def chosen(options):
    """The operations that were asked for."""
    for operation in OPERATIONS:
        if (options.full or not operation.full) and \
                not (options.delay is not None and operation.bulk) and \
                options.name in operation.name:
            yield operation


def main():
    parser = argparse.ArgumentParser()
    for word in ("mount", "server", "system", "host"):
        parser.add_argument(word)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--name", default="")
    parser.add_argument("--delay")
    options = parser.parse_args()
    how = sys.stdin.read().split()
    marker = Marker(options.host, options.system)
    for operation in chosen(options):
        try:
            took = run(operation, options.mount, options.server, marker, how)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{options.system}: {operation.name}: FAILED: {error}",
                  flush=True)
            continue
        print("TOOK", options.system, options.delay or 0, f"{took:.6f}",
              operation.name, sep="\t", flush=True)


main()
