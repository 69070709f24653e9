# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs work while the fault server does what a seed has it do.

    model.py MOUNT SERVER_FOLDER FIFO SEED STEPS REMOUNT

The server has a folder "model" for the workers; below MOUNT there is none while
nothing is mounted, so that nobody works there by mistake.

The order of what happens follows from SEED; when, from the machine.  Each worker
writes lines into a file of its own, one by one, and tells of each that fsync has
let through: these are on the server at the end.  Nothing may fail but while the
mount is forced off, and nothing may wait when all is calm again.
"""

import contextlib
import errno
import fcntl
import os
import random
import signal
import subprocess
import sys
import time

WORKERS = 3
LINE = 32
CALM = 60               # seconds in which all goes on again; generous, for KASAN
FORCED = {errno.EIO, errno.ENOENT, errno.ESHUTDOWN, errno.ENOTCONN,
          errno.EHOSTDOWN, errno.ECONNABORTED, errno.EBADF}


def line(worker, number):
    return f"worker {worker} line {number}".ljust(LINE - 1).encode() + b"\n"


class Wrong(Exception):
    pass


def is_mounted(folder):
    """Without asking the server, as os.path.ismount() does."""
    with open("/proc/mounts", encoding="utf-8") as mounts:
        return any(words.split()[1] == folder for words in mounts)


# ---- A worker, in a process of its own ---------------------------------------

def one_round(worker, number, file, path, rng):
    """Writes one line, so that it is at the server, and something else."""
    os.pwrite(file, line(worker, number), number * LINE)
    os.fsync(file)
    what = rng.randrange(6)
    if what == 0:
        old = rng.randrange(number + 1)
        got = os.pread(file, LINE, old * LINE)
        if got != line(worker, old):
            raise Wrong(f"line {old} of worker {worker} reads {got!r}")
    elif what == 1:
        size = os.stat(path).st_size
        if size < (number + 1) * LINE:
            raise Wrong(f"worker {worker} sees {size} bytes after line {number}")
    elif what == 2:
        fcntl.flock(file, fcntl.LOCK_EX)
        fcntl.flock(file, fcntl.LOCK_UN)
    elif what == 3:
        if os.path.basename(path) not in os.listdir(os.path.dirname(path)):
            raise Wrong(f"the file of worker {worker} is not listed")
    elif what == 4:
        os.rename(path, path + ".x")
        os.rename(path + ".x", path)


def open_again(path):
    """Who was killed may have left it under the other name."""
    try:
        os.rename(path + ".x", path)
    except FileNotFoundError:
        pass
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)


def work(worker, first, path, seed, out):
    rng = random.Random(seed)
    number, file = first, None
    while True:
        try:
            if file is None:
                file = open_again(path)
            one_round(worker, number, file, path, rng)
            os.write(out, f"{number}\n".encode())
            number += 1
        except OSError as failure:
            os.write(out, f"error {failure.errno}\n".encode())
            try:
                if file is not None:
                    os.close(file)
            except OSError:
                pass
            file = None
            time.sleep(0.2)
        except Wrong as wrong:
            os.write(out, f"wrong {wrong}\n".encode())
            os._exit(1)


class Worker:
    def __init__(self, model, name):
        self.model = model
        self.name = name
        self.acknowledged = -1
        self.said = b""
        self.pid = None
        self.start()

    def start(self):
        """Goes on behind the last line that is known to be there."""
        source, out = os.pipe()
        seed = self.model.rng.random()
        self.pid = os.fork()
        if not self.pid:
            os.close(source)
            work(self.name, self.acknowledged + 1, self.path(), seed, out)
        os.close(out)
        os.set_blocking(source, False)
        self.source = source

    def path(self):
        return f"{self.model.mount}/model/{self.name}"

    def listen(self):
        try:
            self.said += os.read(self.source, 65536)
        except BlockingIOError:
            pass
        *lines, self.said = self.said.split(b"\n")
        for said in lines:
            words = said.decode().split(" ", 1)
            if words[0] == "wrong":
                raise Wrong(words[1])
            if words[0] == "error":
                self.model.failed(self.name, int(words[1]))
            else:
                self.acknowledged = int(words[0])

    def stop(self, by=signal.SIGKILL):
        os.kill(self.pid, by)
        end = time.monotonic() + CALM
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            if time.monotonic() > end:
                raise Wrong(f"worker {self.name} does not die")
            time.sleep(0.02)
        self.listen()
        os.close(self.source)
        self.said = b""


# ---- What happens -------------------------------------------------------------

COMMANDS = ("CREATE", "WRITE", "CLOSE", "FLUSH", "READ", "SET_INFO", "LOCK",
            "QUERY_DIRECTORY")


class Model:
    def __init__(self, mount, folder, fifo, seed, remount):
        self.mount, self.folder, self.fifo = mount, folder, fifo
        self.remount = remount
        self.rng = random.Random(seed)
        self.forced_until = 0
        self.workers = [Worker(self, str(n)) for n in range(WORKERS)]

    def failed(self, worker, number):
        if time.monotonic() < self.forced_until and number in FORCED:
            return
        raise Wrong(f"worker {worker}: {os.strerror(number)}")

    def fault(self, *words):
        print("fault", *words, flush=True)
        with open(self.fifo, "w", encoding="ascii") as fifo:
            fifo.write(" ".join(words) + "\n")

    def for_a_while(self, begin, end):
        self.fault(begin)
        self.pause(self.rng.choice((0.05, 0.3, 1.0)))
        self.fault(end)

    def pause(self, seconds):
        end = time.monotonic() + seconds
        while True:
            for worker in self.workers:
                worker.listen()
            left = end - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, 0.1))

    def kill(self):
        worker = self.rng.choice(self.workers)
        print("kill", worker.name, flush=True)
        worker.stop()
        worker.start()

    def force(self):
        """umount -f, while all are at it, and a new mount."""
        print("umount -f", flush=True)
        self.forced_until = float("inf")
        for _ in range(100):
            subprocess.run(["umount", "-f", self.mount], check=False,
                           stderr=subprocess.DEVNULL)
            if not is_mounted(self.mount):
                break
            self.pause(0.1)
        else:
            raise Wrong("umount -f does not get through")
        self.fault("calm")
        subprocess.run(self.remount, shell=True, check=True)
        # what was open before is gone, and closed with an error; a second later
        # all have opened anew
        for worker in self.workers:
            worker.stop()
            worker.start()
        self.forced_until = time.monotonic() + 1

    def step(self):
        rng = self.rng
        what = rng.randrange(14)
        if what < 4:
            verb = ("cut", "cut-before", "hold", "pending")[what]
            self.fault(verb, rng.choice(COMMANDS))
        elif what == 4:
            self.fault("reset")
        elif what == 5:
            self.for_a_while("silent", "speak")
        elif what == 6:
            self.for_a_while("deaf", "hear")
        elif what == 7:
            self.fault("reset")
            self.for_a_while("refuse", "accept")
        elif what == 8:
            self.fault("expire")
        elif what == 9:
            self.fault("break", str(rng.randrange(8)))
        elif what == 10:
            self.fault("again")
        elif what == 11:
            self.kill()
        elif what == 12 and rng.randrange(3) == 0:
            self.force()
        else:
            self.fault("release")
        self.pause(rng.choice((0, 0.05, 0.2, 0.4)))

    def calm(self):
        """All go on: each gets one more line through."""
        self.fault("calm")
        before = [worker.acknowledged for worker in self.workers]
        end = time.monotonic() + CALM
        while any(worker.acknowledged <= old for worker, old
                  in zip(self.workers, before)):
            if time.monotonic() > end:
                raise Wrong("somebody waits although all is calm")
            self.pause(0.1)

    def check(self):
        for worker in self.workers:
            with open(f"{self.folder}/model/{worker.name}", "rb") as file:
                data = file.read()
            for number in range(worker.acknowledged + 1):
                got = data[number * LINE:(number + 1) * LINE]
                if got != line(worker.name, number):
                    raise Wrong(f"line {number} of worker {worker.name} is "
                                f"{got!r} at the server")
            print(f"worker {worker.name}: {worker.acknowledged + 1} lines")


def main():
    mount, folder, fifo, seed, steps, remount = sys.argv[1:]
    model = Model(mount, folder, fifo, seed, remount)
    try:
        for _ in range(int(steps)):
            model.step()
        model.calm()
        for worker in model.workers:
            worker.stop()
        model.check()
    except Wrong as wrong:
        print(f"seed {seed}: {wrong}", file=sys.stderr)
        for worker in model.workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
        sys.exit(1)


if __name__ == "__main__":
    main()
