# SPDX-License-Identifier: GPL-2.0-or-later
"""More requests than the agent takes, at once: agent_crowd.py PID MANY FEW.

PID is the agent, which is stopped meanwhile.  One user asks MANY times, each
thread for another host, then another user FEW times.  What is over the first
one's share is refused at once, nothing of the second one's is; all others end by
their deadline or are answered when the agent goes on.
"""

import json
import os
import signal
import sys
import threading
import time

import npipe
from expecting import expect, outcome

AGENT, MANY, FEW = map(int, sys.argv[1:4])
SHARE = 512     # kmod/upcall/agent.h: UNC_AGENT_UPCALLS_UID


def ask(results, number):
    # Nobody listens there; the agent answers addresses without a worker.
    host = f"127.{100 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}"
    results.append(outcome(npipe.connect, f"//{host}/pipe/crowd"))


def counts(results):
    return {name: results.count(name) for name in set(results)}


def crowd(uid, count, first, say):
    """One user's process; reports to the pipe @say twice."""
    os.setresuid(uid, uid, uid)
    threading.stack_size(65536)
    results = []
    threads = [threading.Thread(target=ask, args=(results, first + i))
               for i in range(count)]
    for thread in threads:
        thread.start()
    begin = time.monotonic()
    wanted = max(count - SHARE, 0)
    while len(results) < wanted and time.monotonic() - begin < 60:
        time.sleep(0.1)
    time.sleep(0.5)
    say(counts(results))
    for thread in threads:
        thread.join()
    say(counts(results))
    os._exit(0)


class Crowd:
    """The process, seen from outside."""

    def __init__(self, uid, count, first):
        read, write = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(read)
            try:
                crowd(uid, count, first, lambda found: os.write(
                    write, f"{json.dumps(found)}\n".encode()))
            finally:
                os._exit(1)
        os.close(write)
        self.lines = os.fdopen(read)

    def report(self):
        return json.loads(self.lines.readline() or "null")


def main():
    os.kill(AGENT, signal.SIGSTOP)
    many = Crowd(2001, MANY, 0)
    found = many.report()
    # A crowd that takes longer to come than a request may wait has some of those.
    expect("what whoever asks much is told", set(found) - {"ETIMEDOUT"},
           {"EBUSY"})
    expect("more than a share waits", MANY - sum(found.values()) > SHARE,
           False)
    few = Crowd(2002, FEW, MANY)
    expect("refused to whoever asks little", few.report(), {})
    begin = time.monotonic()
    os.kill(AGENT, signal.SIGCONT)
    expect("in the end", few.report(), {"ECONNREFUSED": FEW})
    seconds = time.monotonic() - begin
    found = many.report()
    expect("answers", sum(found.values()), MANY)
    expect("kinds of them", set(found) - {"ETIMEDOUT"},
           {"EBUSY", "ECONNREFUSED"})
    print(f"TABLE: one user's {MANY} requests: {found};"
          f" another's {FEW}: answered in {seconds:.1f} s")


if __name__ == "__main__":
    main()
