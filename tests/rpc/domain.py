#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every method that the lab's domain controller serves, and what its own tools
say to the same.  TAP.

    domain.py tcp|np|quick   beside it (scripts/lab in-root --server ad), or in
                             a guest (scripts/lab run --server ad)

At every level of authentication, and over pipes (np) also with none of their
own, within the SMB session; quick is over pipes too, each interface at one of
these, in turn.
"""

import itertools
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import caller
import domain_methods as methods
import echo_methods
import files_methods
from caller import Caller, Refused
from installed import Installed
from tap import done, ok

HOST = os.environ["UNC_HOST"]
PASSWORD = os.environ["UNC_PASSWORD"]
ADMIN = os.environ["UNC_ADMIN"]
DOMAIN = os.environ["UNC_DOMAIN"]
LEVELS = ("connect", "sign", "seal")
# Samba takes no connect here whatever smb.conf says.
STRICT = ("sign", "seal")
# samba-dcerpcd's, which the controller's endpoint mapper does not know of
ECHO_PORTS = range(50000, 50006)

PORTS = {}              # of what the endpoint mapper does not know


def binding(options, np, port=""):
    inner = ",".join(filter(None, (str(port), options)))
    return f"ncacn_{'np' if np else 'ip_tcp'}:{HOST}[{inner}]"


def echo_port():
    """Where rpcecho is, which may still be coming up."""
    for port in [port for _ in range(10) for port in ECHO_PORTS]:
        try:
            with Caller(binding("", False, port), "rpcecho") as server:
                server.raw("echo_AddOne", in_data=1)
            return port
        except Refused:
            time.sleep(0.1)
    return None


def who(options):
    """Kerberos has its ticket; the others are told a name."""
    if "schannel" in options:
        return f"{DOMAIN}\\GUEST$"
    return None if "krb5" in options or not options else f"{DOMAIN}\\{ADMIN}"


def attempt(interface, options, np, function, *args):
    """FUNCTION's facts, or why there are none."""
    port = PORTS.get(interface, "")
    try:
        with Caller(binding(options, np, port), interface, who(options)) as s:
            return function(s, *args), ""
    except (Refused, AssertionError, KeyError, TypeError, IndexError) as error:
        return None, f"{type(error).__name__}: {error}"


def run(interface, options, np, function, *args):
    """FUNCTION's facts; None when it failed."""
    facts, why = attempt(interface, options, np, function, *args)
    report(interface, options, np, why)
    return facts


def report(interface, options, np, why):
    ok(not why, f"{interface} {'np' if np else 'tcp'} "
       f"{options or 'as the session'}", why)


def theirs(*command):
    return subprocess.run(command, capture_output=True, text=True,
                          check=False, timeout=120).stdout


def rpcclient(*commands):
    return theirs("rpcclient", "-U", f"{DOMAIN}/{ADMIN}%{PASSWORD}", HOST,
                  "-c", ";".join(commands))


def brackets(text, key):
    return sorted(re.findall(rf"{key}:\[([^\]]*)\]", text))


def compare(what, ours, others):
    ok(ours == others and ours, f"the same from Samba's tools: {what}",
       f"ours: {ours}\ntheirs: {others}")


def first(pattern, text):
    found = re.search(pattern, text)
    return found.group(1) if found else f"nothing in {text!r}"


def compare_lsa(facts):
    text = rpcclient("lsaquery", "getusername", "lookupnames administrator",
                     "enumprivs", "lsaenumacctrights S-1-5-32-544")
    compare("SID of a name", facts["admin"],
            first(r"administrator (S-\S+)", text))
    if "sid" not in facts:
        return
    compare("domain's name", facts["domain"], first(r"Domain Name: (\S+)", text))
    compare("domain's SID", facts["sid"], first(r"Domain Sid: (\S+)", text))
    compare("privileges", facts["privileges"],
            sorted(set(re.findall(r"^(Se\w+Privilege)", text, re.M))
                   & set(facts["privileges"])))
    compare("rights of an account", facts["admin_rights"],
            sorted(re.findall(r"^[ \t]+(Se\w+)", text, re.M)))
    compare("who we are", facts["user"].lower(),
            first(r"Account Name: ([^,\s]+)", text).lower())


def compare_samr(facts):
    text = rpcclient("enumdomusers", "enumdomgroups", "querydominfo",
                     "lookupdomain LAB")
    compare("users", facts["users"], brackets(text, "user"))
    compare("groups", facts["groups"], brackets(text, "group"))
    compare("number of users", str(facts["user_count"]),
            first(r"Total Users:\s+(\d+)", text))
    compare("SAM domain's SID", facts["sid"],
            first(r"SID: (S-\S+)", text.replace("Domain SID", "SID")))
    tool = theirs("net", "rpc", "user", "-U", f"{DOMAIN}/{ADMIN}%{PASSWORD}",
                  "-S", HOST)
    compare("net rpc user", facts["users"],
            sorted(line.strip() for line in tool.splitlines() if line.strip()))


def compare_others(facts):
    text = rpcclient("dsr_getdcname " + DOMAIN, "dsroledominfo")
    compare("controller", facts["netlogon"]["dc"],
            first(r"dc_unc\s*: '([^']+)'", text))
    compare("site", facts["netlogon"]["site"],
            first(r"client_site_name\s*: '([^']+)'", text))
    compare("drsuapi", facts["drsuapi"]["dc"].lower(), HOST)
    compare("roles, wkssvc", facts["dssetup"]["domain"],
            facts["wkssvc"]["domain"])


def compare_slowly(facts):
    """What a guest takes ten seconds to start."""
    tool = theirs("samba-tool", "user", "show", "Administrator",
                  f"--URL=ldap://{HOST}", f"-U{DOMAIN}/{ADMIN}%{PASSWORD}")
    compare("samba-tool: distinguished name", facts["drsuapi"]["name"],
            first(r"dn: (.*)", tool))


def foreign():
    """A program that has nothing of us but what is installed."""
    top = pathlib.Path(__file__).parents[2]
    at_folder = Installed(top / "build/user-installed")
    with tempfile.TemporaryDirectory() as folder:
        program = f"{folder}/foreign"
        error = at_folder.compile(top / "tests/rpc/foreign.c", program,
                                  "-ljansson")
        ok(not error, "libuncrpc: a program is compiled against it", error)
        for options in ("seal,krb5", "sign,spnego", "sign,ntlm"):
            who_is = ["-", ""] if "krb5" in options else \
                [f"{DOMAIN}\\{ADMIN}", PASSWORD]
            run = at_folder.run(program, binding(options, False), *who_is)
            ok(run.returncode == 0 and "\ndomain BUILTIN\n" in run.stdout and
               f"\ndomain {DOMAIN}\n" in run.stdout and "json good" in
               run.stdout and "\nrefused: samr.SamrEnum" in run.stdout and
               "\n8 good at once\n" in run.stdout and
               "given up: good\n" in run.stdout and
               "\ngroup: good\n" in run.stdout and
               f", server {HOST}\n" in run.stdout,
               f"and calls, {options}", run.stdout + run.stderr)
        run = at_folder.run(program, binding("sign,ntlm", False),
                            f"{DOMAIN}\\{ADMIN}", "wrong")
        ok(run.returncode == 1 and "errno 13" in run.stdout,
           "and is told that its password is wrong", run.stdout + run.stderr)


def at(interface, levels, np):
    """The options with which an interface is called; a guest has time for one
    mechanism at each level."""
    hows = ("ntlm", "krb5", "spnego")
    if np:
        # The session alone is no privacy, which drsuapi wants.
        yield from () if interface == "drsuapi" else ("",)
        yield from map(",".join, zip(levels, hows))
    else:
        yield from map(",".join, itertools.product(levels, hows))


def plan(kind):
    """(interface, levels, function) of what is called."""
    np = kind != "tcp"
    every = [("epmapper", LEVELS, methods.mgmt),
             ("wkssvc", LEVELS, methods.wkssvc),
             ("dssetup", LEVELS, methods.dssetup),
             ("lsarpc", STRICT if np else (), methods.lsarpc),
             ("drsuapi", ("seal",), methods.drsuapi),
             ("samr", LEVELS, methods.samr),
             ("netlogon", LEVELS, methods.netlogon),
             ("rpcecho", LEVELS, echo_methods.echo_small if np else
              echo_methods.echo)]
    if np:
        every += [(name, LEVELS, getattr(files_methods, name)) for name in
                  ("srvsvc", "winreg", "netdfs", "svcctl", "eventlog")]
        every += [("winspool", LEVELS, files_methods.spoolss)]
    for number, (interface, levels, function) in enumerate(every):
        options = list(at(interface, levels, np))
        if kind == "quick":
            options = [options[number % len(options)]]
        yield from ((interface, option, function) for option in options)


def lookups_by_channel(np):
    """LsarLookupNames4 and LsarLookupSids3 are for TCP, [MS-LSAT] 2.1: over a
    pipe the channel comes about, and the server refuses them."""
    if not np:
        return run("lsarpc", "seal,schannel", np, methods.lookups)
    try:
        with Caller(binding("seal,schannel", np), "lsarpc", who("schannel")) as s:
            methods.lookups(s)
        why = "done"
    except Refused as error:
        why = str(error)
    ok("LsarLookupNames4" in why and "denied" in why.lower(),
       "lsarpc np seal,schannel: refused", why)
    return None


def ticket():
    """For the administrator, where who() names nobody."""
    with tempfile.NamedTemporaryFile(delete=False) as cache:
        os.environ["KRB5CCNAME"] = cache.name
    subprocess.run(["kinit", ADMIN], input=PASSWORD + "\n", text=True,
                   stdout=subprocess.DEVNULL, check=True)


def call_all(kind):
    """The facts of all interfaces."""
    np = kind != "tcp"
    facts = {}

    def call(number, interface, options, function):
        args = {"lsarpc": (f"{kind}{number}",), "samr": (f"{kind}{number}",),
                "drsuapi": (DOMAIN,), "netlogon": (HOST,)}.get(interface, ())
        return interface, options, attempt(interface, options, np, function,
                                           *args)

    # Two calls of the same interface at once would be in each other's way.
    with ThreadPoolExecutor(2 if kind == "quick" else 1) as workers:
        cells = [(number, *cell) for number, cell in enumerate(plan(kind))]
        for interface, options, (found, why) in workers.map(
                lambda cell: call(*cell), cells):
            report(interface, options, np, why)
            facts[interface] = found or facts.get(interface)
    run("netlogon", "seal,schannel", np, methods.netlogon, HOST)
    found = lookups_by_channel(np)
    facts["lsarpc"] = facts.get("lsarpc") or found
    return facts


def main():
    kind = sys.argv[1]
    ticket()
    PORTS["rpcecho"] = "" if kind != "tcp" else echo_port()
    facts = call_all(kind)
    for compare_some in (lambda: compare_lsa(facts["lsarpc"]),
                         lambda: compare_samr(facts["samr"]),
                         lambda: compare_others(facts),
                         lambda: kind == "quick" or compare_slowly(facts)):
        try:
            compare_some()
        except TypeError as error:
            ok(False, "facts to compare", error)
    if kind == "tcp":
        foreign()
    wanted = 60 if kind == "tcp" else 100
    ok(len(caller.CALLED) >= wanted, f"{len(caller.CALLED)} methods called",
       " ".join(sorted(caller.CALLED)))
    return done()


if __name__ == "__main__":
    sys.exit(main())
