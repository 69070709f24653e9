# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs against libuncrpc as it is installed below a folder."""

import os
import subprocess
import sysconfig


class Installed:
    """`meson install` has put the library below FOLDER."""

    def __init__(self, folder):
        multiarch = sysconfig.get_config_var("MULTIARCH") or ""
        self.folder = folder
        self.libdir = next(
            path for path in (f"{folder}/usr/lib/{multiarch}",
                              f"{folder}/usr/lib64", f"{folder}/usr/lib")
            if os.path.exists(f"{path}/pkgconfig/uncrpc.pc"))
        # What it needs itself is the machine's.
        self.env = dict(os.environ,
                        PKG_CONFIG_PATH=f"{self.libdir}/pkgconfig",
                        LD_LIBRARY_PATH=self.libdir)

    def flags(self, *what):
        """What pkg-config says, with the folder in front of our own paths."""
        return subprocess.run(
            ["pkg-config", *what, "--define-variable=prefix="
             f"{self.folder}/usr", "uncrpc"], env=self.env, check=True,
            capture_output=True, text=True).stdout.split()

    def compile(self, source, program, *libraries):
        """An error's text, or an empty one."""
        run = subprocess.run(
            ["cc", "-Wall", "-Wextra", "-Werror", *self.flags("--cflags"),
             str(source), "-o", str(program), *self.flags("--libs"),
             *libraries], check=False, capture_output=True, text=True)
        return run.stderr

    def run(self, *command, **env):
        return subprocess.run([str(word) for word in command], check=False,
                              env=dict(self.env, **env), capture_output=True,
                              text=True, timeout=60)
