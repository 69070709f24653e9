#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The methods of the lab's file server, and what rpcclient says to the same.
TAP.

    files.py tcp|np          beside it (scripts/lab in-root --server samba), or
                             in a guest

Each interface at every level of authentication; over pipes also without any,
within the SMB session.
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import caller
import domain_methods
import echo_methods
import files_methods as methods
from caller import Caller, Refused
from tap import done, ok

HOST, USER = os.environ["UNC_HOST"], os.environ["UNC_USER"]
PASSWORD = os.environ["UNC_PASSWORD"]
FUNCTIONS = {"srvsvc": methods.srvsvc, "winreg": methods.winreg,
             "netdfs": methods.netdfs, "wkssvc": domain_methods.wkssvc,
             "dssetup": domain_methods.dssetup, "svcctl": methods.svcctl,
             "eventlog": methods.eventlog, "winspool": methods.spoolss,
             "rpcecho": echo_methods.echo}
# What the server lists for TCP, too
TCP = ("srvsvc", "netdfs", "rpcecho")
# A guest has time for some: each pipe plain, or as here, too.
PIPES = {"srvsvc": "", "winreg": "seal,ntlm", "netdfs": "sign,spnego",
         "svcctl": "sign,ntlm", "eventlog": "seal,spnego", "winspool": ""}
LEVELS = ("", "connect,ntlm", "sign,ntlm", "seal,ntlm",
          "connect,spnego", "sign,spnego", "seal,spnego")


def talk(transport, level, interface):
    """FUNCTION's facts, or why there are none."""
    try:
        with Caller(f"ncacn_{transport}:{HOST}[{level}]", interface,
                    USER if level else None) as server:
            return FUNCTIONS[interface](server), ""
    except (Refused, AssertionError, KeyError) as error:
        return None, f"{type(error).__name__}: {error}"


def compare(facts):
    text = subprocess.run(
        ["rpcclient", "-U", f"{USER}%{PASSWORD}", HOST, "-c",
         "srvinfo;netshareenumall;echoaddone 41"],
        capture_output=True, text=True, check=False).stdout
    shares = sorted(re.findall(r"netname: (\S+)", text))
    ok(facts["srvsvc"]["shares"] == shares, "the shares that rpcclient sees",
       f"{facts['srvsvc']}: {text}")
    ok("41 + 1 = 42" in text, "rpcclient calls AddOne", text)


def main():
    np = sys.argv[1] == "np"
    facts = {}
    every = [(level, interface) for interface, level in PIPES.items()] \
        if np else [(level, interface) for level in LEVELS for interface in TCP]
    with ThreadPoolExecutor(2) as workers:
        found = workers.map(lambda pair: talk(
            "np" if np else "ip_tcp", *pair), every)
        for (level, interface), (fact, why) in zip(every, found):
            ok(fact is not None, f"{interface}, {level or 'nothing of its own'}",
               why)
            facts[interface] = fact or facts.get(interface)
    compare(facts)
    wanted = 34 if np else 22
    ok(len(caller.CALLED) >= wanted, f"{len(caller.CALLED)} methods called",
       " ".join(sorted(caller.CALLED)))
    return done()


if __name__ == "__main__":
    sys.exit(main())
