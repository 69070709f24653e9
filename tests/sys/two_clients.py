# SPDX-License-Identifier: GPL-2.0-or-later
"""two_clients.py [-n OPERATIONS] [-t SECONDS] [-s SEED] SERVER FOLDER...

Random operations on one tree, each by one of several clients (a folder of each,
which is the same to the server, whose own is SERVER), compared with a model after
every one of them.  A server tells of a change without waiting until all have heard
of it; so what a client sees may be out of date for a moment (LATE), no longer.
"""

import argparse
import os
import random
import sys
import time

from expecting import outcome

LATE = 3.0
DIRS = ["", "d0", "d1", "d1/deep"]
NAMES = [os.path.join(folder, f"f{i}") for folder in DIRS for i in range(3)]


class Client:
    """One of those who see the tree."""

    def __init__(self, top):
        self.top = top
        self.held = {}

    def path(self, name):
        return os.path.join(self.top, name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def write(self, name, data, flags, at=0):
        fd = os.open(self.path(name), os.O_WRONLY | flags, 0o644)
        try:
            os.pwrite(fd, data, at)
        finally:
            os.close(fd)

    def size(self, name):
        return os.lstat(self.path(name)).st_size

    def names(self, name):
        return sorted(os.listdir(self.path(name)))

    def let_go(self, name=None):
        for held in [name] if name else list(self.held):
            if held in self.held:
                os.close(self.held.pop(held))


class Game:
    """The clients, and what they should see."""

    def __init__(self, options):
        self.random = random.Random(options.seed)
        self.clients = [Client(folder) for folder in options.folders]
        self.server = options.server
        self.files = {}
        self.folders = {""}
        self.done = {}
        self.late = []
        self.log = []
        self.seen = []

    # ---- Comparing ------------------------------------------------------

    def see(self, client, what, wanted, call, *args):
        """The call returns what is wanted, now or in a moment."""
        begin = time.monotonic()
        late = 0
        while (got := outcome(call, *args)) != wanted:
            if time.monotonic() - begin > LATE:
                self.lost(f"{client.top}: {what} {args}: {short(got)}, not"
                          f" {short(wanted)}")
            time.sleep(0.001)
            late = time.monotonic() - begin
        if late:
            self.late.append(late)

    def lost(self, text):
        for line in self.log[-40:]:
            print(line, file=sys.stderr)
        sys.exit(f"after {len(self.log)} operations: {text}")

    def look(self, client, name):
        """
        A client sees what the model has of a name.  It is read first, because
        no server asks who has data that was not sent for it when somebody only
        wants to know the size.
        """
        if name in self.files:
            wanted = self.files[name]
            self.see(client, "content", wanted, client.read, name)
            self.see(client, "size", len(wanted), client.size, name)
        elif name not in self.folders:
            self.see(client, "absence", "ENOENT", client.size, name)

    def list(self, client, folder):
        wanted = sorted(os.path.basename(path)
                        for path in [*self.files, *self.folders]
                        if path and os.path.dirname(path) == folder)
        self.see(client, "names", wanted, client.names, folder)

    # ---- Changing -------------------------------------------------------

    def data(self):
        size = self.random.choice([0, 1, 100, 4096, 5000, 30000])
        return self.random.randbytes(size)

    def free(self, name):
        """Nobody holds it open, so that the server lets it go."""
        for client in self.clients:
            client.let_go(name)

    def do_write(self, client, name):
        data = self.data()
        client.write(name, data, os.O_CREAT | os.O_TRUNC)
        self.files[name] = data

    def do_new(self, client, name):
        data = self.data()
        got = outcome(client.write, name, data, os.O_CREAT | os.O_EXCL)
        if name in self.files:
            self.same("O_EXCL", got, "EEXIST")
        else:
            self.same("O_EXCL", got, None)
            self.files[name] = data

    def do_append(self, client, name):
        data = self.data()
        client.write(name, data, os.O_CREAT | os.O_APPEND)
        self.files[name] = self.files.get(name, b"") + data

    def do_patch(self, client, name):
        old = self.files.get(name)
        data = self.data()
        at = self.random.randrange(40000)
        got = outcome(client.write, name, data, 0, at)
        if old is None:
            self.same("writing what is not there", got, "ENOENT")
        elif data:
            old = old.ljust(at, b"\0")
            self.files[name] = old[:at] + data + old[at + len(data):]

    def do_truncate(self, client, name):
        size = self.random.randrange(20000)
        got = outcome(os.truncate, client.path(name), size)
        if name not in self.files:
            self.same("truncating what is not there", got, "ENOENT")
        else:
            self.files[name] = self.files[name][:size].ljust(size, b"\0")

    def do_hold(self, client, name):
        """Written by a handle that stays open: whoever looks sees it."""
        if name not in self.files:
            return
        client.let_go(name)
        client.held[name] = os.open(client.path(name), os.O_RDWR)
        data = self.data()
        os.pwrite(client.held[name], data, 0)
        self.files[name] = data + self.files[name][len(data):]

    @staticmethod
    def freed(call, *args):
        """
        After free(): nobody waits for a CLOSE, so the server may hear of it
        after what another client asks, and refuse that for a moment.
        """
        begin = time.monotonic()
        while (got := outcome(call, *args)) == "EACCES" and \
                time.monotonic() - begin < 0.5:
            time.sleep(0.01)
        return got

    def do_remove(self, client, name):
        self.free(name)
        got = outcome(os.unlink, client.path(name))
        self.same("unlink", got, None if name in self.files else "ENOENT")
        self.files.pop(name, None)

    def do_rename(self, client, name):
        to = self.random.choice(NAMES)
        if os.path.dirname(to) not in self.folders:
            return
        self.free(name)
        self.free(to)
        self.look(client, to)
        got = self.freed(os.rename, client.path(name), client.path(to))
        self.same(f"rename to {to}", got,
                  None if name in self.files else "ENOENT")
        if name in self.files:
            self.files[to] = self.files.pop(name)
        self.seen.append(to)

    def do_mkdir(self, client, name):
        folder = os.path.join(os.path.dirname(name), "sub")
        got = outcome(os.mkdir, client.path(folder))
        self.same("mkdir", got, "EEXIST" if folder in self.folders else None)
        self.folders.add(folder)

    def do_rmdir(self, client, name):
        folder = os.path.join(os.path.dirname(name), "sub")
        got = outcome(os.rmdir, client.path(folder))
        self.same("rmdir", got,
                  None if folder in self.folders else "ENOENT")
        self.folders.discard(folder)

    def do_nothing(self, client, name):
        pass

    def same(self, what, got, wanted):
        if got != wanted:
            self.lost(f"{what}: {short(got)}, not {short(wanted)}")

    # ---- All of it ------------------------------------------------------

    def begin(self):
        for folder in DIRS[1:]:
            os.mkdir(self.clients[0].path(folder))
            self.folders.add(folder)

    def step(self):
        verbs = [verb for verb in dir(self) if verb.startswith("do_")]
        verb = self.random.choice(verbs)
        who = self.random.randrange(len(self.clients))
        client = self.clients[who]
        name = self.random.choice(NAMES)
        self.log.append(f"{len(self.log)}: client {who}: {verb} {name}")
        self.seen = [name]
        # Nobody can change rightly what he has not heard of yet.
        self.look(client, name)
        getattr(self, verb)(client, name)
        self.done[verb] = self.done.get(verb, 0) + 1
        for other in self.random.sample(self.clients, len(self.clients)):
            for name in self.seen:
                self.look(other, name)
            if self.random.random() < 0.5:
                self.list(other, os.path.dirname(name))

    def end(self):
        for client in self.clients:
            client.let_go()
        for client in self.clients:
            for name in NAMES:
                self.look(client, name)
        for folder in self.folders:
            for client in self.clients:
                self.list(client, folder)
            self.list(Client(self.server), folder)
        for name, data in self.files.items():
            if Client(self.server).read(name) != data:
                self.lost(f"{name} is different at the server")


def short(value):
    text = repr(value)
    return text if len(text) < 80 else f"{text[:60]}... ({len(value)} bytes)"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=10000)
    parser.add_argument("-t", type=float, default=86400)
    parser.add_argument("-s", dest="seed", type=int, default=1)
    parser.add_argument("server")
    parser.add_argument("folders", nargs="+")
    options = parser.parse_args()
    game = Game(options)
    until = time.monotonic() + options.t
    game.begin()
    while len(game.log) < options.n and time.monotonic() < until:
        game.step()
    game.end()
    print(f"{len(game.log)} operations, {len(game.late)} seen late, by"
          f" {max(game.late, default=0) * 1000:.0f} ms at most;",
          " ".join(f"{verb[3:]} {n}" for verb, n in sorted(game.done.items())))


main()
