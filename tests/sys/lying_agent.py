# SPDX-License-Identifier: GPL-2.0-or-later
"""Agents that lie, hang and die, while mounts wait for them.

Each lie is a function that gets the requests of one mount; what it shall come
to stands beside it: mounted, or words of the reason.  NTLM is impacket's, so
that lies can begin at any leg of an honest authentication.
"""

import errno
import os
import random
import struct
import subprocess
import sys
import time

from expecting import expect
from genl import (ADDRESSES, AUTH, CANCEL, DONE, EXCHANGE, HOST, COOKIE, KIND,
                  MECH, MESSAGE, PRINCIPAL, REQUEST, RESOLVE, SESSION_KEY,
                  TOKEN, Agent, address, addresses, attribute)
from impacket import ntlm
from impacket.spnego import (SPNEGO_NegTokenInit, SPNEGO_NegTokenResp,
                             TypesMech)

SERVER = sys.argv[1]
USER, PASSWORD = os.environ["UNC_USER"], os.environ["UNC_PASSWORD"]
SHARE, CREDENTIALS = os.environ["UNC_SHARE"], os.environ["UNC_CREDENTIALS"]
WITHIN = 15     # seconds for whatever does not wait for a silent agent


class Honest:
    """NTLM for one exchange, leg by leg."""

    def __init__(self):
        self.legs = 0
        self.key = b""

    def token(self, theirs):
        """What to send next; after the last leg nothing, and .key is there."""
        self.legs += 1
        if self.legs == 1:
            self.first = ntlm.getNTLMSSPType1("", "", True, True)
            init = SPNEGO_NegTokenInit()
            init["MechTypes"] = [TypesMech[
                "NTLMSSP - Microsoft NTLM Security Support Provider"]]
            init["MechToken"] = self.first.getData()
            return init.getData()
        if self.legs > 2:
            return b""
        challenge = SPNEGO_NegTokenResp(theirs)["ResponseToken"]
        third, self.key = ntlm.getNTLMSSPType3(self.first, challenge, USER,
                                               PASSWORD, "")
        resp = SPNEGO_NegTokenResp()
        resp["ResponseToken"] = third.getData()
        return resp.getData()

    def parts(self, theirs):
        """The attributes of an honest answer."""
        parts = [attribute(TOKEN, self.token(theirs))]
        if self.legs > 2:
            parts += done(self.key)
        return parts


def done(key):
    return [attribute(DONE, b""), attribute(SESSION_KEY, key),
            attribute(MECH, b"lie\0"), attribute(PRINCIPAL, b"liar\0")]


class Stage:
    """The agent of the moment, and the mounts that it plays to."""

    def __init__(self):
        self.agent = None
        self.honest = {}
        self.cancelled = set()
        self.renew()

    def renew(self):
        if self.agent:
            self.agent.close()
        self.agent = Agent()
        expect("hello", self.agent.hello(), 0)

    def request(self, seconds):
        """The next request that is not of the mount that nobody answers."""
        limit = time.monotonic() + seconds
        while True:
            got = self.agent.next(limit - time.monotonic())
            if got is None:
                return None
            command, attrs = got
            kind = struct.unpack("I", attrs.get(KIND, bytes(4)))[0]
            if command == REQUEST and kind in (RESOLVE, AUTH) and \
                    attrs[HOST] != b"silent\0":
                return kind, attrs
            if command == CANCEL:
                self.cancelled.add(attrs[COOKIE])

    def parts(self, attrs):
        known = self.honest.setdefault(attrs[EXCHANGE], Honest())
        return known.parts(attrs[TOKEN])

    def leg(self, attrs):
        """The number of the leg that is asked for now, from 1."""
        known = self.honest.get(attrs[EXCHANGE])
        return known.legs + 1 if known else 1


class Mount:
    """mount(8) at work."""

    def __init__(self, name, host="liar", options=""):
        self.folder = f"/tmp/lies/{name}"
        os.makedirs(self.folder, exist_ok=True)
        self.began = time.monotonic()
        # The address in place of the name spares the question for it.
        self.process = subprocess.Popen(
            ["mount", "-v", "-t", "uncfs", f"//{host}/{SHARE}", self.folder,
             "-o", f"credentials={CREDENTIALS},{options}"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def running(self):
        return self.process.poll() is None

    def end(self):
        """What it said, or "mounted"."""
        said = self.process.communicate()[0]
        self.seconds = time.monotonic() - self.began
        if self.process.returncode:
            return said
        subprocess.run(["umount", self.folder], check=True)
        return "mounted"


# ---- Lies: (stage, attributes of the request) -------------------------------

def garbage(stage, attrs):
    stage.agent.answer(attrs[COOKIE], attribute(TOKEN, random.randbytes(300)))


def huge(stage, attrs):
    stage.agent.answer(attrs[COOKIE], attribute(TOKEN,
                                                random.randbytes(65000)))


def refused_first(*parts, wanted=(errno.ERANGE, errno.EINVAL)):
    """The kernel finds an attribute wrong by itself; then comes the truth."""
    def lie(stage, attrs):
        got = stage.agent.answer(attrs[COOKIE], *parts)
        if got not in wanted:
            sys.exit(f"{parts!r:.80}: taken with {got}")
        stage.agent.answer(attrs[COOKIE], *stage.parts(attrs))
    return lie


def no_sense(*parts):
    """Right by themselves, but no answer to this request."""
    def lie(stage, attrs):
        expect("answer", stage.agent.answer(attrs[COOKIE], *parts),
               errno.EBADMSG)
    return lie


def endless(stage, attrs):
    stage.honest.pop(attrs[EXCHANGE], None)
    stage.agent.answer(attrs[COOKIE], *stage.parts(attrs))


def never_done(stage, attrs):
    parts = stage.parts(attrs)
    stage.agent.answer(attrs[COOKIE], parts[0] if len(parts) == 1 else
                       attribute(TOKEN, random.randbytes(40)))


def done_at_once(stage, attrs):
    stage.agent.answer(attrs[COOKIE], stage.parts(attrs)[0], *done(bytes(16)))


def wrong_key(stage, attrs):
    parts = stage.parts(attrs)
    stage.agent.answer(attrs[COOKIE], *(parts if len(parts) == 1 else
                                        [parts[0], *done(bytes(16))]))


def twice(stage, attrs):
    parts = stage.parts(attrs)
    expect("answer", stage.agent.answer(attrs[COOKIE], *parts), 0)
    expect("second answer", stage.agent.answer(attrs[COOKIE], *parts),
           errno.ESRCH)


def other_cookie(stage, attrs):
    parts = stage.parts(attrs)
    cookie = random.randbytes(8)
    expect("cookie of nobody", stage.agent.answer(cookie, *parts), errno.ESRCH)
    stage.agent.answer(attrs[COOKIE], *parts)


def other_socket(stage, attrs):
    other = Agent()
    parts = stage.parts(attrs)
    expect("second hello", other.hello(), errno.EBUSY)
    expect("answer of another", other.answer(attrs[COOKIE], *parts),
           errno.EPERM)
    other.close()
    stage.agent.answer(attrs[COOKIE], *parts)


def dies_at(leg):
    """Once; the next agent is honest and has to be asked from the start."""
    dead = []

    def lie(stage, attrs):
        if stage.leg(attrs) == leg and not dead:
            dead.append(True)
            stage.renew()
        else:
            stage.agent.answer(attrs[COOKIE], *stage.parts(attrs))
    return lie


def says(number, text):
    def lie(stage, attrs):
        stage.agent.answer(attrs[COOKIE], attribute(MESSAGE, text),
                           error=-number)
    return lie


AUTH_LIES = [
    ("garbage", garbage, "session"),
    ("huge", huge, ""),
    ("too huge", refused_first(attribute(TOKEN, bytes(65001))), "mounted"),
    ("short key", refused_first(attribute(SESSION_KEY, bytes(15))), "mounted"),
    ("long key", refused_first(attribute(SESSION_KEY, bytes(65))), "mounted"),
    ("an error of 5000", refused_first(attribute(6, struct.pack("i", -5000))),
     "mounted"),
    ("addresses", no_sense(addresses(address(SERVER))), "makes no sense"),
    ("done without a key", no_sense(attribute(DONE, b"")), "makes no sense"),
    ("a key but not done", no_sense(attribute(SESSION_KEY, bytes(16))),
     "makes no sense"),
    ("endless", endless, "session"),
    ("never done", never_done, "came to no end"),
    ("done at once", done_at_once, "session"),
    ("wrong key", wrong_key, "not signed by the session's key"),
    ("twice", twice, "mounted"),
    ("another's cookie", other_cookie, "mounted"),
    ("another socket", other_socket, "mounted"),
    ("dies at leg 1", dies_at(1), "mounted"),
    ("dies at leg 2", dies_at(2), "mounted"),
    ("dies at leg 3", dies_at(3), "mounted"),
    ("words for a terminal", says(errno.EACCES, b"\x1b[31mred\x07\n\0"),
     "?[31mred??"),
    ("an error of the kernel's own", says(512, b"restart\0"), "Input/output"),
    ("no error at all", no_sense(attribute(MESSAGE, b"fine\0")),
     "makes no sense"),
]

RESOLVE_LIES = [
    ("no address", no_sense(addresses()), "makes no sense"),
    ("17 addresses", no_sense(addresses(*[address(SERVER)] * 17)),
     "makes no sense"),
    ("an address of no family",
     no_sense(addresses(attribute(13, b"\x63\0" + bytes(14)))),
     "makes no sense"),
    ("a token", no_sense(attribute(TOKEN, b"token")), "makes no sense"),
    ("an address of nobody", lambda stage, attrs: stage.agent.answer(
        attrs[COOKIE], addresses(address("127.0.0.77", 4445))), "connect"),
]


def play(stage, name, lie, wanted, kind):
    """One mount, all of whose requests of this kind are answered by a lie."""
    host = "liar" if kind == AUTH else "nowhere"
    mount = Mount("liar", host, f"ip={SERVER}" if kind == AUTH else "timeout=5")
    while mount.running():
        got = stage.request(0.2)
        if got:
            expect(f"{name}: kind of the request", got[0], kind)
            lie(stage, got[1])
    said = mount.end()
    if wanted not in said:
        sys.exit(f"{name}: not '{wanted}' but: {said}")
    if mount.seconds > WITHIN:
        sys.exit(f"{name}: took {mount.seconds:.0f} s")


def crossed(stage):
    """Two at once, each gets the other's token: neither is let in."""
    mounts = [Mount("one", "liar", f"ip={SERVER},vers=3.0"),
              Mount("two", "liar", f"ip={SERVER},vers=2.1")]
    held = []
    while any(mount.running() for mount in mounts):
        got = stage.request(0.2)
        if not got:
            continue
        attrs = got[1]
        if stage.leg(attrs) != 2:
            stage.agent.answer(attrs[COOKIE], *stage.parts(attrs))
            continue
        held.append((attrs[COOKIE], stage.parts(attrs)))
        if len(held) == 2:
            (one, of_one), (two, of_two) = held
            stage.agent.answer(one, *of_two)
            stage.agent.answer(two, *of_one)
    for mount in mounts:
        said = mount.end()
        if "session" not in said:
            sys.exit(f"crossed answers: {said}")


def late(stage):
    """The asker is killed, the agent is told, and its answer comes too late."""
    mount = Mount("late", "liar", f"ip={SERVER}")
    attrs = stage.request(10)[1]
    subprocess.run(["pkill", "-KILL", "-P", str(mount.process.pid)],
                   check=False)
    mount.process.kill()
    mount.process.wait()
    limit = time.monotonic() + 5
    while attrs[COOKIE] not in stage.cancelled and time.monotonic() < limit:
        stage.request(0.2)
    expect("cancelled", attrs[COOKIE] in stage.cancelled, True)
    expect("late answer", stage.agent.answer(attrs[COOKIE],
                                             *stage.parts(attrs)),
           errno.ESRCH)


def main():
    random.seed(6)
    stage = Stage()
    silent = Mount("silent", "silent")
    for name, lie, wanted in AUTH_LIES:
        play(stage, name, lie, wanted, AUTH)
    for name, lie, wanted in RESOLVE_LIES:
        play(stage, name, lie, wanted, RESOLVE)
    crossed(stage)
    late(stage)
    # Through all agents nobody has answered this one.
    while silent.running():
        stage.request(0.2)
    said = silent.end()
    if "did not answer within 20 seconds" not in said or silent.seconds > 40:
        sys.exit(f"silence: {silent.seconds:.0f} s, {said}")
    stage.agent.close()
    print(f"TABLE: {len(AUTH_LIES) + len(RESOLVE_LIES) + 3} lies")


if __name__ == "__main__":
    main()
