# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls over one connection, by `unc rpc --batch`, and a count of them."""

import json
import os
import subprocess

CALLED = set()          # "interface.method" that a server answered


class Refused(Exception):
    """A fault, or a connection that did not come about."""


def text(value):
    """An RPC_UNICODE_STRING."""
    return {"Buffer": value}


class Caller:
    """One bound connection: calls of methods, whose handles live as long."""

    def __init__(self, binding, interface, user=None):
        self.interface = interface
        self.child = subprocess.Popen(
            [os.environ.get("UNC", "unc"), "rpc", "--batch",
             *(["--user", user] if user else []), binding, interface],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
            env=dict(os.environ, PASSWD=os.environ["UNC_PASSWORD"]))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.child.stdin.close()
        except BrokenPipeError:
            pass                # what was not written is still to be flushed
        self.child.wait(30)
        self.child.stdout.close()
        self.child.stderr.close()

    def raw(self, method, **args):
        """The results of one call, whatever it returns."""
        try:
            self.child.stdin.write(f"{method} {json.dumps(args)}\n")
            self.child.stdin.flush()
        except BrokenPipeError:
            pass
        line = self.child.stdout.readline()
        if not line:
            raise Refused(f"{method}: {self.child.stderr.read().strip()}")
        answer = json.loads(line)
        if "error" in answer:
            raise Refused(f"{method}: {answer['error']['text']}")
        CALLED.add(method if "." in method else f"{self.interface}.{method}")
        return answer

    def call(self, method, returns=(0,), **args):
        """The same, which must return one of RETURNS."""
        answer = self.raw(method, **args)
        status = answer.get("Return", answer.get("status", 0)) & 0xFFFFFFFF
        if status not in returns:
            raise Refused(f"{method}: returns 0x{status:08x}")
        return answer
