#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The methods of the lab's file server over pipes, in a guest.  TAP."""

import os
import subprocess
import sys

import caller
import files_methods as methods
from caller import Caller, Refused

HOST, USER = os.environ["UNC_HOST"], os.environ["UNC_USER"]
FUNCTIONS = (("srvsvc", methods.srvsvc), ("winreg", methods.winreg),
             ("netdfs", methods.netdfs), ("svcctl", methods.svcctl),
             ("eventlog", methods.eventlog), ("winspool", methods.spoolss))
# Each interface at one level after the other would take the guest a minute.
LEVELS = ("", "seal,ntlm", "sign,spnego", "sign,ntlm", "seal,spnego", "")

failed = 0


def ok(good, number, name, note=""):
    global failed
    failed += not good
    print(f"{'' if good else 'not '}ok {number} - {name}")
    if not good:
        print(f"# {note}")


def main():
    facts = {}
    for number, (interface, function) in enumerate(FUNCTIONS):
        for level in {LEVELS[number], "" if number < 2 else LEVELS[number]}:
            try:
                with Caller(f"ncacn_np:{HOST}[{level}]", interface,
                            USER if level else None) as server:
                    facts[interface] = function(server)
                    good, why = True, ""
            except (Refused, AssertionError, KeyError) as error:
                good, why = False, error
            ok(good, number + 1, f"{interface} at '{level}'", why)
    theirs = subprocess.run(
        ["rpcclient", "-U", f"{USER}%{os.environ['UNC_PASSWORD']}", HOST,
         "-c", "srvinfo;netshareenumall"], capture_output=True, text=True,
        check=False).stdout
    ours = facts.get("srvsvc", {}).get("shares", ["none"])
    ok(all(f"netname: {name}" in theirs for name in ours), 90,
       "the shares that rpcclient sees", f"{ours}: {theirs}")
    ok(len(caller.CALLED) >= 34, 91, f"{len(caller.CALLED)} methods",
       sorted(caller.CALLED))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
