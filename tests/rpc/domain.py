#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every method that the lab's domain controller serves, and what its own tools
say to the same.  TAP.

    domain.py tcp|np         beside it (scripts/lab in-root --server ad), or in
                             a guest (scripts/lab run --server ad)

At every level of authentication, and over pipes also with none of their own,
within the SMB session.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import caller
import domain_methods as methods
import echo_methods
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


def run(interface, options, np, function, *args):
    """FUNCTION's facts; None when it failed."""
    name = f"{interface} {'np' if np else 'tcp'} {options or 'as the session'}"
    port = PORTS.get(interface, "")
    try:
        with Caller(binding(options, np, port), interface, who(options)) as s:
            facts = function(s, *args)
    except (Refused, AssertionError, KeyError, TypeError, IndexError) as error:
        ok(False, name, f"{type(error).__name__}: {error}")
        return None
    ok(True, name)
    return facts


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
            sorted(re.findall(r"^\s+(Se\w+)", text, re.M)))
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
    tool = theirs("samba-tool", "user", "show", "Administrator",
                  f"--URL=ldap://{HOST}", f"-U{DOMAIN}/{ADMIN}%{PASSWORD}")
    compare("samba-tool: distinguished name", facts["drsuapi"]["name"],
            first(r"dn: (.*)", tool))
    compare("drsuapi", facts["drsuapi"]["dc"].lower(), HOST)
    compare("roles, wkssvc", facts["dssetup"]["domain"],
            facts["wkssvc"]["domain"])


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
    """The options with which an interface is called."""
    if np:
        yield ""
    for level in levels:
        for how in ("ntlm", "krb5", "spnego"):
            yield f"{level},{how}"


def ticket():
    """For the administrator, where who() names nobody."""
    with tempfile.NamedTemporaryFile(delete=False) as cache:
        os.environ["KRB5CCNAME"] = cache.name
    subprocess.run(["kinit", ADMIN], input=PASSWORD + "\n", text=True,
                   stdout=subprocess.DEVNULL, check=True)


def main():
    np = sys.argv[1] == "np"
    ticket()
    PORTS["rpcecho"] = "" if np else echo_port()
    facts = {}
    for interface, levels, function in (
            ("epmapper", LEVELS, methods.mgmt),
            ("wkssvc", LEVELS, methods.wkssvc),
            ("dssetup", LEVELS, methods.dssetup),
            ("lsarpc", STRICT if np else (), methods.lsarpc),
            ("drsuapi", ("seal",), methods.drsuapi),
            ("samr", LEVELS, methods.samr),
            ("netlogon", LEVELS, methods.netlogon),
            ("rpcecho", LEVELS, echo_methods.echo)):
        for number, options in enumerate(at(interface, levels, np)):
            args = {"lsarpc": (f"{sys.argv[1]}{number}",),
                    "samr": (f"{sys.argv[1]}{number}",), "drsuapi": (DOMAIN,),
                    "netlogon": (HOST,)}.get(interface, ())
            found = run(interface, options, np, function, *args)
            facts[interface] = found or facts.get(interface)
    run("netlogon", "seal,schannel", np, methods.netlogon, HOST)
    found = run("lsarpc", "seal,schannel", np, methods.lookups)
    facts["lsarpc"] = facts.get("lsarpc") or found
    for compare_some in (lambda: compare_lsa(facts["lsarpc"]),
                         lambda: compare_samr(facts["samr"]),
                         lambda: compare_others(facts)):
        try:
            compare_some()
        except TypeError as error:
            ok(False, "facts to compare", error)
    if not np:
        foreign()
    wanted = 90 if np else 60
    ok(len(caller.CALLED) >= wanted, f"{len(caller.CALLED)} methods called",
       " ".join(sorted(caller.CALLED)))
    return done()


if __name__ == "__main__":
    sys.exit(main())
