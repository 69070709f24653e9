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
             "netdfs": methods.netdfs, "wkssvc": methods.wkssvc,
             "dssetup": domain_methods.dssetup, "svcctl": methods.svcctl,
             "eventlog": methods.eventlog, "winspool": methods.spoolss,
             "rpcecho": echo_methods.echo}
# What the server lists for TCP, too
TCP = ("srvsvc", "netdfs", "rpcecho")
LEVELS = ("", "connect,ntlm", "sign,ntlm", "seal,ntlm",
          "connect,spnego", "sign,spnego", "seal,spnego")
# A guest has no time for all of them.
PIPES = ("", "connect,spnego", "sign,ntlm", "seal,spnego")
LARGE = ("", "seal,spnego")


def talk(transport, level, interface):
    """FUNCTION's facts, or why there are none."""
    function = FUNCTIONS[interface]
    if interface == "rpcecho" and transport == "np" and level not in LARGE:
        function = echo_methods.echo_small
    try:
        with Caller(f"ncacn_{transport}:{HOST}[{level}]", interface,
                    USER if level else None) as server:
            return function(server), ""
    except (Refused, AssertionError, KeyError) as error:
        return None, f"{type(error).__name__}: {error}"


def compare(facts):
    text = subprocess.run(
        ["rpcclient", "-U", f"{USER}%{PASSWORD}", HOST, "-c",
         "srvinfo;netshareenumall;wkssvc_wkstagetinfo;echoaddone 41"],
        capture_output=True, text=True, check=False).stdout
    shares = sorted(re.findall(r"netname: (\S+)", text))
    ok(facts["srvsvc"]["shares"] == shares, "the shares that rpcclient sees",
       f"{facts['srvsvc']}: {text}")
    ok("41 + 1 = 42" in text, "rpcclient calls AddOne", text)


def main():
    np = sys.argv[1] == "np"
    facts = {}
    every = [(level, interface) for level in (PIPES if np else LEVELS)
             for interface in (FUNCTIONS if np else TCP)]
    with ThreadPoolExecutor(2) as workers:
        found = workers.map(lambda pair: talk(
            "np" if np else "ip_tcp", *pair), every)
        for (level, interface), (fact, why) in zip(every, found):
            ok(fact is not None, f"{interface}, {level or 'nothing of its own'}",
               why)
            facts[interface] = fact or facts.get(interface)
    compare(facts)
    wanted = 48 if np else 22
    ok(len(caller.CALLED) >= wanted, f"{len(caller.CALLED)} methods called",
       " ".join(sorted(caller.CALLED)))
    return done()


if __name__ == "__main__":
    sys.exit(main())
