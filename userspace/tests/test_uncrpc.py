#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""libuncrpc as other programs see it: installed, found by pkg-config, with all
of its headers and no more symbols than it promises.  TAP.

    test_uncrpc.py BUILD MAP PAGE

tests/rpc/domain.py calls a domain controller with such a program.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "tests/rpc"))
sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from installed import Installed
from tap import done, ok

BUILD, MAP, PAGE = sys.argv[1:]


def promised():
    """Each function, and the version that it came with."""
    text = pathlib.Path(MAP).read_text(encoding="utf-8")
    return {name: version
            for version, names in re.findall(r"^(UNCRPC_\d+) {(.*?)^}", text,
                                             re.M | re.S)
            for name in re.findall(r"^\t(uncrpc_\w+);", names, re.M)}


def exported(library):
    said = subprocess.run(["nm", "-D", "--defined-only", library], check=True,
                          capture_output=True, text=True).stdout
    return {line.split()[-1] for line in said.splitlines()
            if " A " not in line}


def test_symbols(at):
    library = f"{at.libdir}/libuncrpc.so.0"
    wanted = {f"{name}@@{version}" for name, version in promised().items()}
    got = exported(library)
    ok(len(wanted) > 10 and got == wanted, f"{len(wanted)} symbols", got ^ wanted)
    said = subprocess.run(["readelf", "-d", library], check=True,
                          capture_output=True, text=True).stdout
    ok("SONAME" in said and "[libuncrpc.so.0]" in said, "soname", said)
    header = pathlib.Path(at.folder, "usr/include/uncrpc/uncrpc.h")
    declared = set(re.findall(r"\b(uncrpc_\w+)\(",
                              header.read_text(encoding="utf-8")))
    ok(set(promised()) <= declared, "all are in the header",
       set(promised()) - declared)


def test_headers(at, folder):
    headers = sorted(pathlib.Path(at.folder, "usr/include/uncrpc").glob("*.h"))
    sources = []
    for header in headers:
        sources.append(folder / f"{header.stem}.c")
        sources[-1].write_text(f"#include <uncrpc/{header.name}>\n"
                               "int main(void);\n")
    run = subprocess.run(
        ["cc", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
         *at.flags("--cflags"), *sources], check=False, capture_output=True,
        text=True)
    ok(len(headers) > 24 and run.returncode == 0,
       f"each of {len(headers)} headers stands alone", run.stderr)


def test_example(at, folder):
    """The page's program; nobody listens where it calls."""
    page = pathlib.Path(PAGE).read_text(encoding="utf-8")
    code = re.findall(r"^\.nf\n(#include.*?)^\.fi$", page, re.M | re.S)[0]
    source, program = folder / "example.c", folder / "example"
    source.write_text(code.replace("\\e", "\\").replace("\\-", "-"))
    error = at.compile(source, program)
    ok(not error, "the example of uncrpc(3) compiles", error)
    run = at.run(program, "ncacn_ip_tcp:127.0.0.1[1]", USER="", PASSWD="")
    ok(run.returncode == 1 and "cannot connect" in run.stderr,
       "and says that nobody is there", run.stderr)
    run = at.run(program, "nonsense", USER="", PASSWD="")
    ok(run.returncode == 1 and run.stderr.startswith("binding: "),
       "or what is wrong with the binding", run.stderr)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run = subprocess.run(
            ["meson", "install", "-C", BUILD, "--no-rebuild", "--destdir",
             folder / "root"], capture_output=True, text=True, check=False)
        ok(run.returncode == 0, "meson install", run.stdout + run.stderr)
        at = Installed(folder / "root")
        ok("-luncrpc" in at.flags("--libs"), "pkg-config finds it")
        test_symbols(at)
        test_headers(at, folder)
        test_example(at, folder)
    return done()


sys.exit(main())
