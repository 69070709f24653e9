# SPDX-License-Identifier: GPL-2.0-or-later
"""scripts/lab: the command line."""

import argparse
import os
import shutil
import signal
import sys

from . import ad, build, kernel, paths, root, run, say, subprocesses
from .status import Status

EPILOG = """
commands:
  up       make the Debian root, the kernels, the domain, the builds of uncfs
  down     stop the runs of this checkout that are left, remove their folders
  status   what is made, what is cached, what is running
  run      boot a guest, mount the share, run COMMAND in it as root
  shell    the same on this terminal; without COMMAND an interactive shell
  in-root  run COMMAND in the Debian root itself, without a guest: for builds
           and unit tests; this checkout is at its own path there, writable;
           with --server in a network where that server is and nothing else

servers:
  samba    Samba as a standalone file server, files.lab.test
  ad       Samba as Active Directory domain controller, dc1.lab.test of the
           domain LAB, realm LAB.TEST: Kerberos, LDAP, DNS, RPC, files; the
           client has it in /etc/krb5.conf and /etc/resolv.conf.  All passwords
           are $UNC_PASSWORD; the accounts are in tests/lab/ad.py
  ad2      the same, and a second domain controller, dc2.lab.test, in the site
           Branch; each at its own port of a bridge.  `touch
           $UNC_SHARE_DIR/dc1.stop` stops dc1 (dc1.stopped says when it is
           done), removing that file starts it again; beside them, with
           in-root, `ip link set dc1 down` makes it silent
  rodc     the same, but the second one is a read-only controller

environment of COMMAND (run, shell, in-root --server):
  UNC_HOST UNC_SHARE UNC_USER UNC_PASSWORD   the server and an account on it
  UNC_DOMAIN UNC_REALM UNC_ADMIN             of --server ad, ad2, rodc
  UNC_SECOND      dc2.lab.test of --server ad2, rodc
  UNC_KEYTABS     folder with NAME.keytab for each account of --server ad, ad2, rodc
  UNC_MNT         where the share is mounted (not with --fs none)
  UNC_SHARE_DIR   the same folder as the server sees it, at the same path on
                  the host and in the guest
  UNC_CREDENTIALS a credentials file; UNC_OPTS the mount options in use
  UNC_KERNEL UNC_FS                          what was asked for
  UNC_MODULE UNC_MODULES                     uncfs.ko; the folder of all modules

COMMAND starts in this checkout's folder, which the guest sees read-only at
the path it has on the host.  All else it writes is gone with the guest.

exit status: that of COMMAND, and of the lab's own
  2    wrong usage
  120  not available yet
  121  COMMAND passed, but the kernel reported something (WARNING, BUG, KASAN,
       lockdep, a leak) or the mounts and modules could not be taken down
  122  the machine was lost: panic, hang, or no result in time
  123  the lab could not be set up: build, server, module, agent or mount
  124  COMMAND did not end within --timeout seconds
  130, 143  interrupted
A COMMAND that fails keeps its status whatever the kernel reported besides.
After 121 to 124 the logs are kept in build/log/.
"""


def parser():
    top = argparse.ArgumentParser(
        prog="scripts/lab", usage="scripts/lab COMMAND [OPTION...] "
        "[-- COMMAND ARG...]", epilog=EPILOG,
        description="The lab: a real server and a real kernel for uncfs.",
        formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("verb", metavar="up|down|status|run|shell|in-root",
                     choices=("up", "down", "status", "run", "shell",
                              "in-root"))
    add = top.add_argument
    add("--kernel", default="stock", choices=kernel.NAMES,
        help="Debian's, the one with every checker, the newest (default stock)")
    add("--server", choices=("samba", "ad", "ad2", "rodc", "ksmbd", "none"),
        help="default samba; for in-root none")
    add("--fs", choices=("uncfs", "cifs", "none"),
        help="what mounts the share (default uncfs; none without a server)")
    add("--mount-opts", default="", metavar="OPTS",
        help="more mount options, separated by commas")
    add("--smb-conf", action="append", default=[], metavar="LINES",
        help="lines for [global] in smb.conf; may be repeated")
    add("--delay", type=int, default=0, metavar="MS",
        help="add this much round-trip time")
    add("--capture", metavar="FILE.pcap", help="write the traffic there")
    add("--bind", action="append", default=[], metavar="HOSTDIR:GUESTDIR",
        help="a folder of the host, writable; may be repeated")
    add("--timeout", type=int, default=600, metavar="S",
        help="for COMMAND, in seconds (default 600)")
    add("--mem", type=int, default=1024, metavar="MIB",
        help="of the guest (default 1024)")
    add("--quiet", action="store_true", help="no progress on stderr")
    return top


def parse(argv):
    """Options and COMMAND; all behind the first `--` is COMMAND's."""
    command = []
    if "--" in argv:
        at = argv.index("--")
        argv, command = argv[:at], argv[at + 1:]
    top = parser()
    options = vars(top.parse_args(argv))
    if options["verb"] in ("run", "in-root") and not command:
        top.error("COMMAND is missing: -- COMMAND ARG...")
    if options["verb"] not in ("run", "shell", "in-root") and command:
        top.error(f"{options['verb']} takes no COMMAND")
    if options["server"] is None:
        options["server"] = "none" if options["verb"] == "in-root" else "samba"
    if options["fs"] is None:
        options["fs"] = "none" if options["server"] == "none" else "uncfs"
    if options["server"] == "none" and options["fs"] != "none" and \
            options["verb"] != "in-root":
        top.error("--server none has nothing to mount: add --fs none")
    options["smb_conf"] = "\n".join(options["smb_conf"])
    options["mode"] = options["verb"]
    return options, command


def refuse_later_things(options):
    if options["server"] == "ksmbd":
        raise say.NotYet("--server ksmbd")
    if options["kernel"] == "newest":
        raise say.NotYet("--kernel newest")


def verb_run(options, command):
    return run.start(options, command)


def verb_shell(options, command):
    if not sys.stdin.isatty():
        raise say.LabError("shell needs a terminal")
    return run.start(options, command or ["bash", "-l"])


def verb_up(_options, _command):
    root.host_prepare()
    base = root.prepare()
    for name in ("stock", "debug"):
        build.modules(base, kernel.get(name, base))
    build.user(base)
    ad.prepare(base)
    return 0


def verb_in_root(options, command):
    if options["server"] != "none":
        return run.start(options, command)
    base = root.prepare()
    return subprocesses.in_root(base, command, kernel.debug_folder(base))


def verb_down(_options, _command):
    for folder in run.folders():
        pid = run.owner(folder)
        if pid:
            say.info(f"stopping run {folder.name}")
            os.kill(pid, signal.SIGTERM)
    subprocesses.wait_for(lambda: not any(map(run.owner, run.folders())), 20)
    run.sweep()
    return 0


def size(path):
    total = 0
    for folder, _, files in os.walk(path):
        total += sum(os.lstat(os.path.join(folder, f)).st_size for f in files)
    return f"{(total or path.stat().st_size) >> 20} MiB"


def verb_status(_options, _command):
    base = paths.BUILD / root.name()
    print(f"root     {base if base.exists() else 'not made yet'}")
    if base.exists():
        print(f"stock    {kernel.stock(base).version}")
        folder = kernel.debug_folder(base)
        print(f"debug    {folder if folder.exists() else 'not built yet'}")
    for path in sorted(paths.CACHE.glob("*")):
        if path.suffix != ".lock":
            print(f"cache    {path} {size(path)}")
    for folder in run.folders():
        print(f"run      {folder.name} {run.owner(folder) or 'left over'}")
    free = shutil.disk_usage(paths.TOP).free >> 30
    print(f"disk     {free} GiB free")
    return 0


def main():
    options, command = parse(sys.argv[1:])
    say.quiet = options["quiet"]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, run.interrupt)
    try:
        refuse_later_things(options)
        if os.geteuid() != 0:
            raise say.LabError("the lab needs root")
        verb = globals()["verb_" + options["verb"].replace("-", "_")]
        return verb(options, command)
    except say.NotYet as error:
        say.warn(str(error))
        return Status.NOT_YET
    except say.LabError as error:
        say.warn(str(error))
        return Status.FAILED
    except run.Interrupted as error:
        return 128 + error.args[0]


if __name__ == "__main__":
    sys.exit(main())
