#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a connected /dev/npipe does, and with which errors:
pipe_device.py HOST [TEST...]

The caller's keyrings hold a key for HOST.
"""

import errno
import os
import resource
import select
import signal
import struct
import sys
import threading
import time

import npipe
import rpc_bind

host = sys.argv[1]
path = f"//{host}/pipe/srvsvc"


def check(what, good):
    if not good:
        sys.exit(f"FAIL: {what}")


def fails(error, what, *args):
    try:
        what(*args)
    except OSError as found:
        check(f"{what.__name__}{args}: {found}, expected "
              f"{errno.errorcode[error]}", found.errno == error)
    else:
        check(f"{what.__name__}{args} did not fail", False)


def before_connect():
    with npipe.device() as file:
        fails(errno.ENOTCONN, os.read, file.fileno(), 10)
        fails(errno.ENOTCONN, os.write, file.fileno(), b"x")
        fails(errno.ENOTCONN, npipe.transceive, file, b"x")
        fails(errno.ENOTCONN, npipe.peek, file)
        fails(errno.ENOTCONN, npipe.read, file)
        fails(errno.ENOTCONN, npipe.mode, file, npipe.MESSAGE)
        fails(errno.ENOTCONN, npipe.session_key, file)
        poll = select.poll()
        poll.register(file, select.POLLIN)
        check("an unconnected device polls as hung up",
              poll.poll(0) == [(file.fileno(), select.POLLHUP)])


def bad_paths():
    with npipe.device() as file:
        for bad in (b"", b"/", b"//", b"host/pipe/x", f"//{host}".encode(),
                    f"//{host}/pipe".encode(), f"//{host}/pipe/".encode(),
                    f"//{host}/share/x".encode(), b"///pipe/x",
                    f"//{host}/pipe/a//b".encode(),
                    f"//{host}/pipe/../x".encode(),
                    f"//{host}/pipe/x\0y".encode(), b"//" + b"h" * 300 +
                    b"/pipe/x", b"x" * 2000):
            fails(errno.EINVAL, npipe.attach, file, bad)
        fails(errno.EINVAL, npipe.attach, file, path, 0, 99)
        fails(errno.EINVAL, npipe.attach, file, path, 0, 0, 0xFFFFFFFF)
        fails(errno.ENOENT, npipe.attach, file, f"//{host}/pipe/no-such-pipe")
        fails(errno.EHOSTUNREACH, npipe.attach, file,
              "//no-such-host.lab.test/pipe/x")
        # After all that it can still be connected, once.
        npipe.attach(file, path)
        fails(errno.EISCONN, npipe.attach, file, path)


def transceive():
    with npipe.connect(f"\\\\{host}\\PIPE\\srvsvc") as file:
        answer, more = npipe.transceive(file, rpc_bind.bind())
        check("bind_ack", rpc_bind.bind_ack(answer)["result"] == 0 and not more)
    with npipe.connect(path) as file:
        answer, more = npipe.transceive(file, rpc_bind.bind(), 20)
        check("a short answer says there is more", len(answer) == 20 and more)
        rest = os.read(file.fileno(), 4096)
        check("read() has the rest",
              rpc_bind.bind_ack(answer + rest)["result"] == 0)
        fails(errno.EINVAL, npipe.transceive, file, b"")
        fails(errno.EINVAL, npipe.transceive, file, b"x", 0)
    with npipe.connect(path, flags=os.O_RDONLY) as file:
        fails(errno.EBADF, npipe.transceive, file, b"x")


def peek():
    with npipe.connect(path) as file:
        found = npipe.peek(file)
        check(f"empty: {found}", found["available"] == 0 and
              found["state"] == npipe.STATE_CONNECTED)
        file.write(rpc_bind.bind())
        limit = time.monotonic() + 10
        while not found["available"] and time.monotonic() < limit:
            found = npipe.peek(file)
        check(f"an answer waits: {found}", found["available"] > 40)
        fails(errno.EBUSY, npipe.transceive, file, rpc_bind.request(99))
        data = os.read(file.fileno(), 65536)
        check("as long as PEEK said", len(data) == found["available"])
        check("bind_ack", rpc_bind.bind_ack(data)["result"] == 0)
        # PEEK left a READ there on servers that have no PEEK.
        answer, _ = npipe.transceive(file, rpc_bind.request(9999))
        check("answer to a bad call is a fault",
              answer[2] == rpc_bind.FAULT)


def poll():
    with npipe.connect(path) as file:
        poller = select.poll()
        poller.register(file, select.POLLIN | select.POLLOUT)
        check("writable at once", poller.poll(5000) ==
              [(file.fileno(), select.POLLOUT)])
        poller.modify(file, select.POLLIN)
        start = time.monotonic()
        check("nothing to read yet", poller.poll(500) == [])
        check("poll waits", time.monotonic() - start > 0.4)
        file.write(rpc_bind.bind())
        check("an answer came", poller.poll(10000) ==
              [(file.fileno(), select.POLLIN)])
        ack = rpc_bind.bind_ack(os.read(file.fileno(), 65536))
        check("bind_ack", ack["result"] == 0)


def nonblocking():
    with npipe.connect(path, flags=os.O_RDWR | os.O_NONBLOCK) as file:
        fails(errno.EAGAIN, os.read, file.fileno(), 100)
        size = os.write(file.fileno(), rpc_bind.bind())
        check("written whole", size == len(rpc_bind.bind()))
        select.select([file], [], [], 10)
        ack = rpc_bind.bind_ack(os.read(file.fileno(), 65536))
        check("bind_ack", ack["result"] == 0)
        fails(errno.EAGAIN, os.read, file.fileno(), 100)


def reader_and_writer():
    """A waiting reader does not keep a writer out."""
    with npipe.connect(path) as file:
        found = []
        reader = threading.Thread(
            target=lambda: found.append(os.read(file.fileno(), 65536)))
        reader.start()
        time.sleep(0.5)
        check("the reader waits", not found)
        file.write(rpc_bind.bind())
        reader.join(10)
        check("the reader got the answer", found and
              rpc_bind.bind_ack(found[0])["result"] == 0)


def interrupted():
    """A signal ends a read; what then comes is not lost."""
    def stop(*_):
        raise InterruptedError
    with npipe.connect(path) as file:
        signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        try:
            os.read(file.fileno(), 100)
            check("read() returned without data", False)
        except InterruptedError:
            pass
        file.write(rpc_bind.bind())
        ack = rpc_bind.bind_ack(os.read(file.fileno(), 65536))
        check("bind_ack after a signal", ack["result"] == 0)


def server_closes():
    """A packet of no known type makes Samba drop the pipe: end of file, then
    EPIPE; what it said before is still read."""
    with npipe.connect(path) as file:
        os.write(file.fileno(), rpc_bind.request(3))
        check("a word before the end", len(os.read(file.fileno(), 100)) > 16)
        check("then the end", os.read(file.fileno(), 100) == b"")
    with npipe.connect(path) as file:
        os.write(file.fileno(), rpc_bind.packet(99, b"?" * 20, 1))
        try:
            check("end of file", os.read(file.fileno(), 100) == b"")
        except OSError as error:
            check(f"read: {error}", False)
        check("end of file stays", os.read(file.fileno(), 100) == b"")
        poller = select.poll()
        poller.register(file, select.POLLIN)
        events = poller.poll(1000)
        check(f"hung up: {events}", events and events[0][1] & select.POLLHUP)
        fails(errno.EPIPE, npipe.transceive, file, rpc_bind.bind())
        # Python ignores SIGPIPE, so there is only the error
        fails(errno.EPIPE, os.write, file.fileno(), rpc_bind.bind())


def messages():
    """A message is read in pieces, and each tells whether there is more."""
    with npipe.connect(path) as file:
        npipe.mode(file, npipe.MESSAGE)
        fails(errno.EINVAL, npipe.mode, file, 2)
        os.write(file.fileno(), rpc_bind.bind())
        head, more = npipe.read(file, 16)
        check("the message goes on", more and len(head) == 16)
        rest, more = npipe.read(file, 4096)
        check("and ends", not more and
              rpc_bind.bind_ack(head + rest)["result"] == 0)
        # Two answers are two messages, however much room there is.
        for call in (7, 8):
            os.write(file.fileno(), rpc_bind.request(999, b"", call))
        for call in (7, 8):
            found = os.read(file.fileno(), 65536)
            check(f"one fault a read: {len(found)}",
                  rpc_bind.length(found) == len(found) and
                  found[2] == rpc_bind.FAULT and found[12] == call)
        fails(errno.EMSGSIZE, os.write, file.fileno(), b"x" * (2 << 20))


def session_key():
    """For who owns the session, and for nobody else who got the file."""
    with npipe.connect(path) as file, npipe.connect(path) as again:
        key = npipe.session_key(file)
        check("a key", len(key) == 16 and any(key))
        check("of the session, not of the file",
              npipe.session_key(again) == key)
        child = os.fork()
        if not child:
            os.setgroups([])
            os.setresgid(65534, 65534, 65534)
            os.setresuid(65534, 65534, 65534)
            try:
                npipe.session_key(file)
            except PermissionError:
                os._exit(0)
            os._exit(1)
        check("another user gets it", os.waitpid(child, 0)[1] == 0)


def many():
    """A thousand pipes at once, each with a conversation of its own."""
    count = 1000
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(limit, 4096),) * 2)
    files = [npipe.connect(path) for _ in range(count)]
    for number, file in enumerate(files):
        os.write(file.fileno(), rpc_bind.bind("srvsvc", number + 1))
    for number, file in enumerate(files):
        ack = rpc_bind.bind_ack(os.read(file.fileno(), 4096))
        check(f"pipe {number} has its own answer",
              ack["call_id"] == number + 1 and ack["result"] == 0)
    for file in files:
        file.close()


def threads():
    """Readers and writers of one pipe at the same time: every call is
    answered once."""
    calls, workers = 40, 4
    with npipe.connect(path) as file:
        npipe.mode(file, npipe.MESSAGE)
        npipe.transceive(file, rpc_bind.bind())
        found = []

        def writer(first):
            for call in range(first, first + calls):
                os.write(file.fileno(), rpc_bind.request(999, b"", call))

        def reader():
            for _ in range(calls):
                data = os.read(file.fileno(), 4096)
                found.append(struct.unpack_from("<I", data, 12)[0])
        running = [threading.Thread(target=writer, args=(100 * n,))
                   for n in range(1, workers + 1)]
        running += [threading.Thread(target=reader) for _ in range(workers)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join(60)
        wanted = [call for n in range(1, workers + 1)
                  for call in range(100 * n, 100 * n + calls)]
        check("each answer once", sorted(found) == wanted)


def edge_triggered():
    """epoll as event loops use it: an edge, then read until EAGAIN."""
    with npipe.connect(path, flags=os.O_RDWR | os.O_NONBLOCK) as file, \
            select.epoll() as poller:
        poller.register(file, select.EPOLLIN | select.EPOLLET)
        check("nothing yet", poller.poll(0.3) == [])
        for question in (rpc_bind.bind(), rpc_bind.request(999)):
            os.write(file.fileno(), question)
            check("an edge", poller.poll(10) ==
                  [(file.fileno(), select.EPOLLIN)])
            check("the answer", len(os.read(file.fileno(), 4096)) > 20)
            fails(errno.EAGAIN, os.read, file.fileno(), 4096)


def broken_pipe():
    """Who does not look is killed by SIGPIPE, as with a local pipe."""
    child = os.fork()
    if not child:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        with npipe.connect(path) as file:
            os.write(file.fileno(), rpc_bind.packet(99, b"?" * 20, 1))
            while os.read(file.fileno(), 4096):
                pass
            os.write(file.fileno(), rpc_bind.bind())
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    check(f"SIGPIPE: {status}", os.WIFSIGNALED(status) and
          os.WTERMSIG(status) == signal.SIGPIPE)


def close_in_flight():
    """Closing with a READ in flight neither waits nor leaves it behind."""
    file = npipe.connect(path)
    poller = select.poll()
    poller.register(file, select.POLLIN)
    poller.poll(300)
    start = time.monotonic()
    file.close()
    took = time.monotonic() - start
    check(f"close took {took:.1f} s", took < 5)


for test in (before_connect, bad_paths, transceive, peek, poll, nonblocking,
             reader_and_writer, interrupted, server_closes, messages,
             session_key, threads, edge_triggered, broken_pipe, many,
             close_in_flight):
    if sys.argv[2:] and test.__name__ not in sys.argv[2:]:
        continue
    began = time.monotonic()
    test()
    print(f"{test.__name__}: {time.monotonic() - began:.1f} s", file=sys.stderr)
