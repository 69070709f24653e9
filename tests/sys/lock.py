# SPDX-License-Identifier: GPL-2.0-or-later
"""lock.py HERE THERE LOCAL: the same folder by two mounts, and one with nobrl.

A Task is a process with the file open, which does what it is told through a
pipe; each case below is a little story of two or three of them.
"""

import errno
import fcntl
import os
import select
import signal
import struct
import sys
import time

from expecting import expect

HERE, THERE, LOCAL = sys.argv[1:]
S, X, U = fcntl.F_RDLCK, fcntl.F_WRLCK, fcntl.F_UNLCK
FLOCK = "hhqqi4x"


def setlk(fd, kind, start, length, wait=False, ofd=False):
    command = (fcntl.F_OFD_SETLKW if wait else fcntl.F_OFD_SETLK) if ofd \
        else (fcntl.F_SETLKW if wait else fcntl.F_SETLK)
    fcntl.fcntl(fd, command, struct.pack(FLOCK, kind, os.SEEK_SET, start,
                                         length, 0))


def getlk(fd, kind, start, length):
    answer = fcntl.fcntl(fd, fcntl.F_GETLK, struct.pack(
        FLOCK, kind, os.SEEK_SET, start, length, 0))
    return struct.unpack(FLOCK, answer)[0]


class Task:
    """A process that has a file open."""

    tasks = []

    def __init__(self, folder, name="file", flags=os.O_RDWR | os.O_CREAT):
        ask, self.ask = os.pipe()
        self.answers, answer = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            for task in (self, *Task.tasks):
                if task is self or task.pid:
                    os.close(task.ask)
            self.fd = os.open(os.path.join(folder, name), flags, 0o644)
            self.serve(os.fdopen(ask), os.fdopen(answer, "w"))
            os._exit(0)
        os.close(ask)
        os.close(answer)
        Task.tasks.append(self)

    def serve(self, ask, answer):
        signal.signal(signal.SIGALRM, lambda *_: None)
        for line in ask:
            try:
                result = eval(line, globals(), {"fd": self.fd, "me": self})
            except OSError as error:
                result = errno.errorcode[error.errno]
            print(result, file=answer, flush=True)

    def start(self, what):
        os.write(self.ask, what.encode() + b"\n")

    def result(self):
        text = b""
        while not text.endswith(b"\n"):
            if not select.select([self.answers], [], [], 20)[0]:
                return "no answer"
            part = os.read(self.answers, 4096)
            if not part:
                return "gone"
            text += part
        return text.decode().strip()

    def do(self, what):
        self.start(what)
        return self.result()

    def lock(self, kind, start, length, **more):
        more = "".join(f", {name}={value}" for name, value in more.items())
        return self.do(f"setlk(fd, {kind}, {start}, {length}{more})")

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        self.end()

    def end(self):
        if self.pid:
            os.close(self.ask)
            os.waitpid(self.pid, 0)
            os.close(self.answers)
            self.pid = 0


def alarmed(fd, seconds, kind, start, length):
    """A wait that a signal ends; Python itself would begin it anew."""
    def ring(*_):
        raise InterruptedError(errno.EINTR, "alarm")
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    setlk(fd, kind, start, length, wait=True)


def free(what, got):
    expect(what, got, "None")


def taken(what, got):
    expect(what, got, "EAGAIN")


def two_clients():
    a, b = Task(HERE), Task(THERE)
    free("first", a.lock(X, 0, 10))
    taken("exclusive", b.lock(X, 0, 10))
    taken("shared", b.lock(S, 9, 1))
    expect("asked for", b.do(f"getlk(fd, {X}, 0, 10)"), str(X))
    expect("asked beside", b.do(f"getlk(fd, {X}, 10, 10)"), str(U))
    free("beside", b.lock(X, 10, 10))
    free("unlock", a.lock(U, 0, 0))
    free("now", b.lock(X, 0, 10))
    b.end()
    free("closed", a.lock(X, 0, 20))
    a.kill()
    c = Task(THERE)
    free("killed", c.lock(X, 0, 20, wait=True))


def upgrade():
    a, b = Task(HERE), Task(THERE)
    free("shared here", a.lock(S, 0, 100))
    free("shared there", b.lock(S, 50, 100))
    taken("upgrade", a.lock(X, 0, 100))
    taken("still shared", b.lock(X, 60, 10))
    free("beside the other", a.lock(X, 0, 50))
    taken("part of it", b.lock(S, 40, 20))
    free("unlock", b.lock(U, 0, 0))
    free("upgrade", a.lock(X, 0, 100))
    free("downgrade", a.lock(S, 0, 100))
    free("shared again", b.lock(S, 0, 100))
    taken("exclusive", b.lock(X, 0, 100))


def split():
    a, b = Task(HERE), Task(THERE)
    for kind in (X, S):
        free("all", a.lock(kind, 0, 0))
        free("hole", a.lock(U, 40, 20))
        free("in the hole", b.lock(X, 40, 20))
        taken("before it", b.lock(X, 30, 5))
        taken("behind it", b.lock(X, 1 << 40, 1))
        free("unlock", a.lock(U, 0, 0))
        free("everything", b.lock(X, 0, 0))
        free("unlock", b.lock(U, 0, 0))


def one_machine():
    a, b, c = Task(HERE), Task(HERE), Task(THERE)
    free("one", a.lock(S, 0, 100))
    free("another", b.lock(S, 50, 100))
    free("one goes", a.lock(U, 0, 0))
    taken("rest", c.lock(X, 60, 1))
    free("what is left", c.lock(X, 0, 50))
    free("unlock", c.lock(U, 0, 0))
    free("another goes", b.lock(U, 0, 0))
    free("all", c.lock(X, 0, 0))
    free("unlock", c.lock(U, 0, 0))

    free("exclusive", a.lock(X, 0, 100))
    taken("local conflict", b.lock(X, 0, 1))
    expect("write here", b.do("os.pwrite(fd, b'advisory', 0)"), "8")
    expect("read here", b.do("os.pread(fd, 8, 0)"), "b'advisory'")
    c.end()
    c = Task(THERE)
    expect("read there", c.do("os.pread(fd, 8, 0)"), "EACCES")
    a.end()
    expect("read there", c.do("os.pread(fd, 8, 0)"), "b'advisory'")


def descriptions():
    a, c = Task(HERE), Task(THERE)
    a.do(f"setattr(me, 'two', os.open('{HERE}/file', os.O_RDWR))")
    free("first", a.lock(X, 0, 10, ofd=True))
    taken("second", a.do(f"setlk(me.two, {X}, 0, 10, ofd=True)"))
    taken("there", c.lock(X, 0, 10, ofd=True))
    a.do("os.close(me.two)")
    taken("not dropped by another", c.lock(X, 0, 10))
    a.do("os.close(fd)")
    free("closed", c.lock(X, 0, 10))


def whole_files():
    lock = "fcntl.flock(fd, fcntl.LOCK_{} | fcntl.LOCK_NB)".format
    a, b, c = Task(HERE), Task(THERE), Task(HERE, flags=os.O_RDONLY)
    free("exclusive", a.do(lock("EX")))
    taken("there", b.do(lock("SH")))
    taken("here", c.do(lock("SH")))
    free("convert", a.do(lock("SH")))
    free("there", b.do(lock("SH")))
    free("read-only", c.do(lock("SH")))
    taken("convert", a.do(lock("EX")))
    free("unlock", b.do(lock("UN")))
    free("unlock", c.do(lock("UN")))
    free("convert", a.do(lock("EX")))
    a.end()
    free("closed", b.do(lock("EX")))


def waiting():
    a, b = Task(HERE), Task(THERE)
    free("held", a.lock(X, 0, 10))
    b.start(f"setlk(fd, {X}, 0, 10, wait=True)")
    time.sleep(0.3)
    free("unlock", a.lock(U, 0, 0))
    begin = time.monotonic()
    free("waited", b.result())
    expect("at once", time.monotonic() - begin < 2, True)
    taken("got it", a.lock(S, 0, 1))

    begin = time.monotonic()
    expect("signal", a.do(f"alarmed(fd, 0.3, {X}, 0, 10)"), "EINTR")
    expect("at once", time.monotonic() - begin < 2, True)
    a.start(f"setlk(fd, {X}, 5, 10, wait=True)")
    time.sleep(0.3)
    a.kill()
    free("unlock", b.lock(U, 0, 0))
    c = Task(HERE)
    free("nothing is left", c.lock(X, 0, 0))
    free("unlock", c.lock(U, 0, 0))

    # Both have it shared, one wants more
    free("shared", b.lock(S, 0, 10))
    free("shared", c.lock(S, 0, 10))
    c.start(f"setlk(fd, {X}, 0, 10, wait=True)")
    time.sleep(0.2)
    free("unlock", b.lock(U, 0, 0))
    free("upgraded", c.result())
    taken("exclusive", b.lock(S, 0, 10))


def deadlock():
    a, b = Task(HERE), Task(HERE)
    free("a", a.lock(X, 0, 1))
    free("b", b.lock(X, 1, 1))
    a.start(f"setlk(fd, {X}, 1, 1, wait=True)")
    time.sleep(0.2)
    expect("found", b.lock(X, 0, 1, wait=True), "EDEADLOCK")
    free("unlock", b.lock(U, 0, 0))
    free("a goes on", a.result())


def count(fd, times):
    for _ in range(times):
        setlk(fd, X, 0, 0, wait=True)
        number = int(os.pread(fd, 20, 0) or b"0")
        os.pwrite(fd, b"%d" % (number + 1), 0)
        setlk(fd, U, 0, 0)


def records(fd, at, times):
    """Bytes of a page that others write other bytes of."""
    for number in range(times):
        setlk(fd, X, at, 1, wait=True)
        os.pwrite(fd, bytes([number]), at)
        setlk(fd, U, at, 1)


def coherence():
    tasks = [Task(HERE, "count"), Task(THERE, "count"), Task(HERE, "count")]
    for task in tasks:
        task.start("count(fd, 10)")
    for task in tasks:
        free("count", task.result())
    expect("sum", tasks[0].do("os.pread(fd, 20, 0)"), "b'30'")
    tasks = [Task(HERE, "records"), Task(THERE, "records")]
    for at, task in enumerate(tasks):
        task.start(f"records(fd, {at}, 20)")
    for task in tasks:
        free("records", task.result())
    free("lock", tasks[0].lock(S, 0, 2))
    expect("both", tasks[0].do("os.pread(fd, 9, 0)"), r"b'\x13\x13'")


def not_on_the_wire():
    a, b, c = Task(LOCAL), Task(LOCAL), Task(HERE)
    free("held", c.lock(X, 0, 10))
    free("nobrl", a.lock(X, 0, 10))
    taken("but here", b.lock(X, 0, 10))
    expect("asked for", b.do(f"getlk(fd, {X}, 0, 10)"), str(X))


for case in (two_clients, upgrade, split, one_machine, descriptions,
             whole_files, waiting, deadlock, coherence, not_on_the_wire):
    begin = time.monotonic()
    case()
    for task in Task.tasks:
        task.end()
    Task.tasks.clear()
    print(f"{case.__name__} {time.monotonic() - begin:.1f} s", flush=True)
