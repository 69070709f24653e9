#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands that call RPC interfaces, beside what rpcclient and net say.

    rpc_commands.py files | domain

In one process, because the guest takes a second to start an interpreter.
"""

import json
import os
import re
import subprocess
import sys
import time

HOST = os.environ["UNC_HOST"]
SERVER = "//" + HOST
USER = os.environ["UNC_USER"]
SHARE_DIR = os.environ["UNC_SHARE_DIR"]
ADMIN = f"{os.environ.get('UNC_DOMAIN')}/{os.environ.get('UNC_ADMIN')}"
FILES = sys.argv[1] == "files"
AS = ["-c", os.environ["UNC_CREDENTIALS"]] if FILES else \
     ["-u", ADMIN.replace("/", "\\")]
AS_SAMBA = ["-A", os.environ["UNC_CREDENTIALS"]] if FILES else \
           ["-U", f"{ADMIN}%{os.environ['UNC_PASSWORD']}"]


def run(*args):
    return subprocess.run(args, capture_output=True, text=True, timeout=100,
                          check=False)


def equal(what, got, wanted):
    if got != wanted:
        sys.exit(f"FAIL: {what}: got {got!r}, wanted {wanted!r}")


def ours(command, *args):
    done = run("unc", command, "--json", *AS, SERVER, *args)
    equal(f"unc {command} {args}: {done.stderr}: status", done.returncode, 0)
    return json.loads(done.stdout)


def call(method, args="{}"):
    done = run("unc", "rpc", *AS, SERVER, method, args)
    equal(f"{method}: {done.stderr}: status", done.returncode, 0)
    return json.loads(done.stdout)


def refused(text, command, *args):
    """It fails and says why; what it shows all the same."""
    done = run("unc", command, *AS, SERVER, *args)
    equal(f"unc {command} {args}: status", done.returncode, 1)
    equal(f"{text} in {done.stderr!r}", text in done.stderr, True)
    return done.stdout


def rpcclient(command, pattern):
    """The first group of PATTERN, or all groups, where they are in its output."""
    done = run("rpcclient", *AS_SAMBA, HOST, "-c", command)
    found = re.findall(pattern, done.stdout, re.MULTILINE)
    equal(f"rpcclient {command}: {done.stdout}{done.stderr}: something",
          bool(found), True)
    return sorted(found)


def names(rows, **wanted):
    return sorted(row["name"] for row in rows
                  if all(row[key] == value for key, value in wanted.items()))


def test_shares():
    rows = ours("shares")
    equal("shares", names(rows), rpcclient("netshareenumall", r"^netname: (.*)$"))
    equal("a printer", [r for r in rows if r["name"] == "laser"],
          [{"name": "laser", "type": "printer", "special": False,
            "remark": "The laser printer"}])


def test_printers():
    rows = ours("printers")
    equal("printers", [(r["share"], r["port"], r["comment"]) for r in rows],
          rpcclient("enumprinters 2", r"sharename:\[(.*)\]\n\tportname:"
                    r"\[(.*)\]\n.*\n\tcomment:\[(.*)\]"))
    equal("jobs", ours("printers", "laser"), [])
    page = os.urandom(100000)
    with open("/tmp/page", "wb") as file:
        file.write(page)
    equal("a job", ours("printers", "laser", "/tmp/page")["job"] > 0, True)
    limit = time.monotonic() + 10
    printed = b""
    while printed != page and time.monotonic() < limit:
        time.sleep(0.1)
        if os.path.exists(SHARE_DIR + "/printed"):
            with open(SHARE_DIR + "/printed", "rb") as file:
                printed = file.read()
    equal("what was printed is what was sent", printed == page, True)
    refused("ERROR_INVALID_PRINTER_NAME", "printers", "no-such-printer")
    refused("No such file", "printers", "laser", "/nothing")


def test_services():
    done = run("net", "rpc", "service", "list", *AS_SAMBA, "-S", HOST)
    wanted = sorted(line.split()[0] for line in done.stdout.splitlines())
    equal("services", names(ours("services")), wanted)
    equal("there are some", "Spooler" in wanted, True)
    one = ours("services", "Spooler")
    equal("a service", [one[key] for key in ("name", "state", "account")],
          ["Spooler", "running", "LocalSystem"])
    refused("ERROR_SERVICE_DOES_NOT_EXIST", "services", "NoSuchService")
    refused("ERROR_ACCESS_DENIED", "services", "Spooler", "--stop")


def test_registry():
    key = "HKLM\\SYSTEM\\CurrentControlSet\\Control"
    done = run("net", "rpc", "registry", "enumerate", key, *AS_SAMBA, "-S", HOST)
    wanted = sorted(re.findall(r"^Keyname *= (.*)$", done.stdout, re.MULTILINE))
    equal("keys", names(ours("reg", key.replace("\\", "/")), type="key"), wanted)
    equal("a value", ours("reg", key + "\\ProductOptions", "ProductType"),
          [{"name": "ProductType", "type": "REG_SZ", "data": "ServerNT"}])
    refused("ERROR_FILE_NOT_FOUND", "reg", key + "\\Nonsense")


def test_users(domain):
    users = [(row["name"], f"0x{row['rid']:x}") for row in ours("users")]
    equal("users", sorted(users),
          rpcclient("enumdomusers", r"^user:\[(.*)\] rid:\[(.*)\]$"))
    equal("all in one domain", {row["domain"] for row in ours("users")},
          {domain})
    refused("there is no domain", "users", "--domain", "NOWHERE")


def test_groups():
    rows = ours("groups")
    pattern = r"^group:\[(.*)\] rid:"
    equal("groups", names(rows, domain="LAB", kind="group"),
          rpcclient("enumdomgroups", pattern))
    equal("aliases", names(rows, domain="LAB", kind="alias"),
          rpcclient("enumalsgroups domain", pattern))
    equal("builtin aliases", names(ours("groups", "-d", "builtin")),
          rpcclient("enumalsgroups builtin", pattern))


def test_lookup(domain):
    sid = rpcclient(f"lookupnames {USER}", r"(S-1-[-0-9]*)")[0]
    user = {"sid": sid, "kind": "user", "domain": domain, "name": USER}
    equal("names and SIDs",
          ours("lookup", USER, sid, f"{domain}\\{USER}", "S-1-5-32-544"),
          [user, user, user,
           {"sid": "S-1-5-32-544", "kind": "alias", "domain": "BUILTIN",
            "name": "Administrators"}])
    shown = refused('"nobody-here" is not known', "lookup", "nobody-here",
                    "S-1-1-0")
    equal(f"what is known is shown ({shown})", "Everyone" in shown, True)


def test_time():
    row = ours("time")
    equal(f"the time of the same machine ({row})", abs(row["ahead"]) < 60, True)


def test_sessions():
    users = [row["user"].lower().split("\\")[-1]
             for row in ours("sessions", "--remote")]
    equal(f"the administrator in {users}", "administrator" in users, True)


def test_others():
    """Interfaces without a command."""
    equal("DFS", call("netdfs.NetrDfsManagerGetVersion")["Return"], 1)
    # Samba 4.22 dies of a DfsEnum without a ResumeHandle.
    found = call("netdfs.NetrDfsEnum", json.dumps({
        "Level": 1, "PrefMaxLen": 65536, "ResumeHandle": 0,
        "DfsEnum": {"Level": 1, "DfsInfoContainer": {"DfsInfo1Container": {}}}}))
    equal("name spaces", (found["Return"], found["DfsEnum"]["Level"]), (0, 1))
    equal("shutdown is for others",
          call("InitShutdown.BaseAbortShutdown")["Return"], 5)


def main():
    domain = "FILES" if FILES else "LAB"
    test_shares() if FILES else test_groups()
    test_users(domain)
    test_lookup(domain)
    if FILES:
        test_printers()
        test_services()
        test_registry()
        refused("ERROR_ACCESS_DENIED", "sessions", "--remote")
        test_others()
    else:
        test_sessions()
    test_time()


main()
