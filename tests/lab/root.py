# SPDX-License-Identifier: GPL-2.0-or-later
"""The lab root: Debian 13 with all that builds, serves and tests uncfs.

It is a plain folder, build/root-<key>.  The guest boots from it over 9p, the
servers and the compilers run from it by chroot, so the host itself needs
little more than mmdebstrap and QEMU, and its Debian release does not matter.
"""

import os
import shlex
import shutil
import subprocess
import urllib.request

from . import cache, say
from .paths import BUILD, CACHE, TOP

MIRROR = "http://deb.debian.org/debian"
SECURITY = "http://deb.debian.org/debian-security"

PACKAGES = """
    linux-image-amd64 linux-headers-amd64 linux-source-6.12

    gcc make bc bison flex libelf-dev libssl-dev libc6-dev pkgconf meson
    ninja-build clang llvm libclang-rt-dev sparse cppcheck perl python3
    python3-yaml python3-jsonschema python3-docutils cpio rsync xz-utils zstd

    libkrb5-dev gss-ntlmssp libnl-3-dev libnl-genl-3-dev libkeyutils-dev
    libsystemd-dev libjansson-dev nettle-dev libcap-dev libseccomp-dev

    samba samba-common-bin smbclient cifs-utils krb5-user keyutils

    busybox-static kmod iproute2 iputils-ping procps psmisc lsof strace file
    tcpdump netcat-openbsd socat ethtool attr acl e2fsprogs xfsprogs
    bsdextrautils ca-certificates less vim-tiny

    fio git sqlite3 stress-ng

    samba-ad-dc samba-ad-provision winbind krb5-kdc krb5-pkinit ldap-utils
    libldap-dev libsasl2-modules-gssapi-mit python3-impacket bind9-dnsutils
    adcli sssd-kcm ldb-tools

    avahi-daemon wsdd2
""".split()

# Done inside the new root.  The account is what Samba's `tester` maps to;
# its number is fixed because the guest sees the same files by number.
SETUP = """
set -e
groupadd -g 1000 tester
useradd -u 1000 -g 1000 -m -s /bin/bash tester
rm -rf /var/cache/apt/archives/*.deb /var/lib/apt/lists/*
mkdir -p /mnt/unc /srv/share
"""

# These documents hold links that lead out of /usr/share/doc: a copy of that
# folder, which tests make, would differ from it on any file system.
DPKG_OPTIONS = ["force-unsafe-io", "path-exclude=/usr/share/man/*",
                "path-exclude=/usr/share/locale/*",
                "path-exclude=/usr/share/doc/git/contrib/*",
                "path-exclude=/usr/share/doc/krb5-kdc/examples/*"]

# What the host must have: command, package that brings it.
HOST_NEEDS = [("mmdebstrap", "mmdebstrap"),
              ("qemu-system-x86_64", "qemu-system-x86"),
              ("ip", "iproute2"), ("tcpdump", "tcpdump"), ("prove", "perl"),
              ("zstd", "zstd"), ("unshare", "util-linux"),
              ("/usr/share/keyrings/debian-archive-keyring.gpg",
               "debian-archive-keyring")]


def host_prepare():
    """Install what is missing on the host; nothing else of it is changed."""
    missing = [package for need, package in HOST_NEEDS
               if not shutil.which(need) and not os.path.exists(need)]
    if not missing:
        return
    say.info("installing on this host: " + " ".join(missing))
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with cache.lock(CACHE / "apt", "apt on this host"):
        for command in (["update"], ["install", "-y", "--no-install-recommends",
                                     *missing]):
            done = subprocess.run(["apt-get", "-q", *command], env=env,
                                  stdin=subprocess.DEVNULL, text=True,
                                  stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, check=False)
            # A broken third-party source fails `update`, not the install.
            if done.returncode and command[0] == "install":
                raise say.LabError("apt-get install failed:\n" + done.stdout)


def reachable(url):
    try:
        with urllib.request.urlopen(url, timeout=15):
            return True
    except OSError:
        return False


def sources():
    """apt lines; a suite that cannot be had is left out, with a word."""
    suites = [(MIRROR, "trixie-updates"), (SECURITY, "trixie-security")]
    lines = [f"deb {MIRROR} trixie main"]
    for mirror, suite in suites:
        if reachable(f"{mirror}/dists/{suite}/InRelease"):
            lines.append(f"deb {mirror} {suite} main")
        else:
            say.warn(f"{suite} cannot be reached: the root goes without it")
    return lines


def debootstrap(tarball):
    command = ["mmdebstrap", "--mode=root", "--variant=minbase",
               "--format=tar", "--include=" + ",".join(PACKAGES),
               "--keyring=/usr/share/keyrings/debian-archive-keyring.gpg",
               '--aptopt=Acquire::Languages "none"',
               '--aptopt=Acquire::Retries "3"',
               *[f"--dpkgopt={option}" for option in DPKG_OPTIONS],
               "--customize-hook=chroot \"$1\" sh -c " + shlex.quote(SETUP),
               "trixie", "-", *sources()]
    log = BUILD / "mmdebstrap.log"
    BUILD.mkdir(exist_ok=True)
    # INITRD=No: the kernel package would spend half a minute on an initrd
    # that no guest boots (guest.py makes its own).
    env = dict(os.environ, INITRD="No", DEBIAN_FRONTEND="noninteractive")
    with open(log, "wb") as errors, open(tarball, "wb") as out:
        maker = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=errors)
        packer = subprocess.run(["zstd", "-q", "-T0", "-1"],
                                stdin=maker.stdout, stdout=out, check=False)
        maker.stdout.close()
        if maker.wait() or packer.returncode:
            raise say.LabError(f"mmdebstrap failed, see {log}")


def unpack(tarball, folder):
    folder.mkdir(parents=True)
    subprocess.run(["tar", "-C", str(folder), "--numeric-owner", "--xattrs",
                    "--xattrs-include=*", "-I", "zstd -T0", "-xpf",
                    str(tarball)], check=True)


def name():
    return "root-" + cache.key("1", " ".join(PACKAGES), SETUP,
                               " ".join(DPKG_OPTIONS))


def prepare():
    """Return the root's folder, making it when it is not there yet."""
    folder = BUILD / name()
    if folder.exists():
        return folder
    host_prepare()
    tarball = cache.make(CACHE / f"{name()}.tar.zst",
                         "making the Debian 13 root (a few minutes)",
                         debootstrap)
    return cache.make(folder, "unpacking the Debian 13 root",
                      lambda partial: unpack(tarball, partial))
