#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""unc rpc against a real Samba over TCP, at every level.  TAP.

    live.py UNC

smbd and samba-dcerpcd run in network, mount and process namespaces of this
test, with all their state in a folder of it; the kernel ends them with it.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "tests/rpc"))
sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
import caller
import files_methods
from caller import Caller, Refused
from tap import done, ok

PASSWORD = "Secret-1.lab"
SHARES = 300        # enough for an answer of many fragments
DCERPCD = "/usr/libexec/samba/samba-dcerpcd"
CONF = """\
[global]
    netbios name = FILES
    workgroup = LAB
    server role = standalone server
    disable netbios = yes
    load printers = no
    printcap name = /dev/null
    log file = {dir}/log
    passdb backend = tdbsam
    lock directory = {dir}/lock
    state directory = {dir}/state
    cache directory = {dir}/cache
    private dir = {dir}/private
    pid directory = {dir}/pid
    ncalrpc dir = {dir}/nc
    rpc start on demand helpers = no
    allow dcerpc auth level connect = yes
"""
LEVELS = ["connect,ntlm", "connect,spnego", "sign,ntlm", "sign,spnego",
          "seal,ntlm", "seal,spnego", "seal,ntlm,ndr64", ""]
ENUM = ('{"InfoStruct": {"Level": 1, "ShareInfo": {"Level1": {}}},'
        ' "PreferedMaximumLength": 4294967295}')


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def start(folder):
    conf = folder / "smb.conf"
    text = CONF.format(dir=folder)
    for name in ("lock", "state", "cache", "private", "pid", "nc"):
        (folder / name).mkdir(mode=0o700 if name == "private" else 0o755)
    for number in range(SHARES):
        text += f"[share{number}]\n    path = {folder}\n"
    conf.write_text(text)
    subprocess.run(["smbpasswd", "-c", conf, "-s", "-a", "root"], check=True,
                   input=f"{PASSWORD}\n{PASSWORD}\n".encode(),
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for command in (["smbd"], [DCERPCD, "--libexec-rpcds"]):
        subprocess.Popen([*command, "-s", conf, "-F", "--no-process-group"],
                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            socket.create_connection(("127.0.0.1", 135), 1).close()
            break
        except OSError:
            time.sleep(0.2)
    # Its servers register one after the other.
    while time.monotonic() < limit:
        if unc(binding(), "srvsvc.NetrRemoteTOD", user=None).returncode == 0:
            return conf
        time.sleep(0.5)
    sys.exit("Bail out! samba-dcerpcd does not answer")


def unc(*args, user="root", password=PASSWORD):
    command = [UNC, "rpc", *(["-u", user] if user else []), *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=60,
                          env=dict(os.environ, PASSWD=password), check=False)


def binding(options=""):
    return f"ncacn_ip_tcp:127.0.0.1[{options}]"


def expect_error(name, run, words):
    ok(run.returncode == 1 and words in run.stderr, f"{name}: {words}",
       run.stderr + run.stdout)


def test_levels():
    for level in LEVELS:
        run = unc(binding(level), "srvsvc.NetrShareEnum", ENUM)
        names = []
        if run.returncode == 0:
            shares = json.loads(run.stdout)["InfoStruct"]["ShareInfo"]
            names = [s["shi1_netname"] for s in shares["Level1"]["Buffer"]]
        ok(sorted(names) == sorted([f"share{n}" for n in range(SHARES)] +
                                   ["IPC$"]),
           f"{SHARES} shares at {level or 'the default level'}", run.stderr)


def test_protection():
    run = unc("--trace", binding("seal,ntlm"), "srvsvc.NetrShareEnum", ENUM)
    # The mapper's answer is one of them.
    ok(run.stderr.count("< response") > 3, "the answer has many fragments",
       run.stderr[:900])
    ok("level 6, 16 bytes" in run.stderr, "sealed")
    ok("> bind call 1 flags 0x07" in run.stderr and
       "< bind_ack call 1 flags 0x07" in run.stderr, "header signing agreed")


def test_long_request():
    name = json.dumps({"NetName": "x" * 20000, "Level": 1})
    for level in ("sign", "seal,ntlm"):
        run = unc("--trace", binding(level), "srvsvc.NetrShareGetInfo", name)
        ok(run.stderr.count("> request") > 6 and run.returncode == 0 and
           json.loads(run.stdout)["Return"] != 0,
           f"a request of many fragments, {level}", run.stderr[-600:])


def test_against_rpcclient(conf):
    theirs = subprocess.run(
        ["rpcclient", "-s", conf, "-U", f"root%{PASSWORD}", binding("seal"),
         "-c", "netshareenumall"], capture_output=True, text=True,
        check=False).stdout
    names = [line.split(": ")[1].strip() for line in theirs.splitlines()
             if line.startswith("netname: ")]
    run = subprocess.run([UNC, "shares", "--json", "-u", "root", binding()],
                         capture_output=True, text=True, check=False,
                         env=dict(os.environ, PASSWD=PASSWORD))
    ok(run.returncode == 0 and names and
       sorted(names) == sorted(s["name"] for s in json.loads(run.stdout)),
       "unc shares and rpcclient see the same", run.stderr + theirs[-300:])
    # A file server's LSA is not for TCP; rpcclient is refused, too.
    expect_error("what is forbidden", unc(binding("seal,ntlm"),
                 "lsarpc.LsarOpenPolicy2",
                 '{"ObjectAttributes": {}, "DesiredAccess": 33554432}'),
                 "ERROR_ACCESS_DENIED")


def command(name, *args):
    """A command that prints a list: (what it said on stderr, its JSON)."""
    run = subprocess.run([UNC, name, "--json", "-u", "root", binding(), *args],
                         capture_output=True, text=True, check=False,
                         env=dict(os.environ, PASSWD=PASSWORD), timeout=60)
    return run, json.loads(run.stdout) if run.returncode == 0 else []


def samba(conf, *args):
    return subprocess.run([args[0], "-s", conf, "-U", f"root%{PASSWORD}",
                           *args[1:]], capture_output=True, text=True,
                          check=False, timeout=60).stdout


def test_commands(conf):
    key = "HKLM\\SYSTEM\\CurrentControlSet\\Control"
    theirs = samba(conf, "net", "rpc", "registry", "enumerate", key, "-S",
                   "127.0.0.1")
    wanted = {line.split("= ", 1)[1] for line in theirs.splitlines()
              if line.startswith("Keyname ")}
    run, rows = command("reg", key.replace("\\", "/"))
    ok(wanted and {r["name"] for r in rows if r["type"] == "key"} == wanted,
       f"unc reg and net see the same {len(wanted)} keys", run.stderr + theirs)
    run, rows = command("reg", key + "\\ProductOptions", "ProductType")
    ok(rows == [{"name": "ProductType", "type": "REG_SZ", "data": "ServerNT"}],
       "unc reg: a value", run.stderr + run.stdout)
    run, _ = command("reg", key + "\\Nonsense")
    expect_error("unc reg: a key", run, "ERROR_FILE_NOT_FOUND")
    run, rows = command("users", "--domain", "files")
    ok([(r["domain"], r["name"]) for r in rows] == [("FILES", "root")] and
       f"user:[root] rid:[0x{rows[0]['rid']:x}]" in
       samba(conf, "rpcclient", "127.0.0.1", "-c", "enumdomusers"),
       "unc users and rpcclient see the same", run.stderr + run.stdout)
    run, _ = command("groups", "--domain", "NOWHERE")
    expect_error("unc groups", run, "there is no domain")
    run, row = command("time")
    ok(run.returncode == 0 and abs(row["ahead"]) < 5 and row["took"] >= 0,
       "unc time: the clock is the same here", run.stderr + run.stdout)
    run, _ = command("sessions", "--remote")
    expect_error("unc sessions, which root is not allowed to see here", run,
                 "NetrSessionEnum: ERROR_ACCESS_DENIED")


def test_methods(conf):
    """All that it serves over TCP, by one connection each."""
    for interface, function in (("srvsvc", files_methods.srvsvc),
                                ("winreg", files_methods.winreg),
                                ("netdfs", files_methods.netdfs)):
        facts = {}
        for level in LEVELS[1:]:
            try:
                with Caller(binding(level), interface,
                            "root" if level else None) as server:
                    facts = function(server)
            except (Refused, AssertionError, KeyError) as error:
                ok(False, f"{interface} at {level or 'no level'}", error)
            else:
                ok(True, f"{interface} at {level or 'no level'}")
        compare(conf, interface, facts)
    ok(len(caller.CALLED) >= 24, f"{len(caller.CALLED)} methods",
       sorted(caller.CALLED))


def compare(conf, interface, facts):
    """With what Samba's own tools say."""
    tool = {"srvsvc": ["rpcclient", "-c", "srvinfo 101"],
            "winreg": ["net", "rpc", "registry", "enumerate", "HKLM", "-S",
                       "127.0.0.1"],
            "netdfs": ["rpcclient", "-c", "dfsversion"]}[interface]
    target = [binding("seal")] if tool[0] == "rpcclient" else []
    theirs = subprocess.run(
        [*tool, "-s", conf, "-U", f"root%{PASSWORD}", *target],
        capture_output=True, text=True, check=False, timeout=60).stdout
    for value in facts.get("keys", [facts.get("comment") or
                                    str(facts.get("version"))]):
        ok(str(value) in theirs, f"{interface}: {value!r} as others see it",
           theirs)


def test_endpoints():
    run = subprocess.run([UNC, "endpoints", "--json", "//127.0.0.1"],
                         capture_output=True, text=True, check=False)
    found = [e for e in json.loads(run.stdout or "[]")
             if e["interface"] == "srvsvc"]
    ok({"ncacn_np", "ncacn_ip_tcp"} <= {e["protocol"] for e in found} and
       "\\pipe\\srvsvc" in [e["endpoint"] for e in found],
       "unc endpoints", run.stderr + str(found))


def test_refusals():
    expect_error("a wrong password", unc(binding("sign,ntlm"),
                 "srvsvc.NetrRemoteTOD", password="wrong"), "fault")
    expect_error("the same by SPNEGO", unc(binding("sign"),
                 "srvsvc.NetrRemoteTOD", password="wrong"), "fault")
    expect_error("an interface that is not there", unc(binding(),
                 "rpcecho.echo_AddOne"), "does not know the interface")
    expect_error("one that is not at this port", unc(binding("135"),
                 "srvsvc.NetrRemoteTOD"), "does not have the interface")
    expect_error("a port where nobody is", unc(binding("9"),
                 "srvsvc.NetrRemoteTOD"), "refused")
    expect_error("no Kerberos", unc(binding("sign,krb5"),
                 "srvsvc.NetrRemoteTOD", user=None), "Kerberos")
    expect_error("no password", unc(binding("sign,ntlm"),
                 "srvsvc.NetrRemoteTOD", user=None), "no password")


def inside(folder):
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    conf = start(folder)
    anonymous = unc(binding(), "srvsvc.NetrRemoteTOD", user=None)
    ok(anonymous.returncode == 0 and
       json.loads(anonymous.stdout)["BufferPtr"]["tod_year"] > 2000,
       "without authentication", anonymous.stderr)
    test_levels()
    test_protection()
    test_long_request()
    test_against_rpcclient(conf)
    test_commands(conf)
    test_methods(conf)
    test_endpoints()
    test_refusals()
    return done()


def main():
    if os.environ.get("UNC_RPC_LIVE"):
        return inside(pathlib.Path(os.environ["UNC_RPC_LIVE"]))
    if os.geteuid() != 0:
        skip("needs root, for namespaces")
    for name in ("smbd", "smbpasswd", "rpcclient", "net", "unshare", "ip", DCERPCD):
        if not shutil.which(name):
            skip(f"{name} is not installed")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        return subprocess.run(
            ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child",
             "--mount-proc", sys.executable, __file__, UNC],
            env=dict(os.environ, UNC_RPC_LIVE=folder), check=False).returncode


UNC = os.path.abspath(sys.argv[1])
os.environ.update(UNC=UNC, UNC_PASSWORD=PASSWORD)
sys.exit(main())
