# SPDX-License-Identifier: GPL-2.0-or-later
"""The network of one run: a tap device to the guest and nothing else.

The namespace has no name and no way out.  Two runs use the same addresses and
never meet; it is gone with the last process of the run.
"""

import os
import subprocess

TAP = "tap0"
SERVER = "10.99.0.1"
GUEST = "10.99.0.2"
SERVER6 = "fd99::1"
GUEST6 = "fd99::2"

# Where there is more than one server each has a namespace of its own; a bridge
# joins them with the guest's tap device and with what runs beside them.
BRIDGE = "br0"
BESIDE = "10.99.0.9"
PORT = "eth0"


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def up():
    ip("link", "set", "lo", "up")
    ip("tuntap", "add", TAP, "mode", "tap")
    ip("address", "add", f"{SERVER}/24", "dev", TAP)
    ip("-6", "address", "add", f"{SERVER6}/64", "dev", TAP, "nodad")
    ip("link", "set", TAP, "up")


def bridge():
    ip("link", "set", "lo", "up")
    ip("link", "add", BRIDGE, "type", "bridge")
    ip("address", "add", f"{BESIDE}/24", "brd", "+", "dev", BRIDGE)
    ip("tuntap", "add", TAP, "mode", "tap")
    ip("link", "set", TAP, "master", BRIDGE, "up")
    ip("link", "set", BRIDGE, "up")


def namespace(pid):
    return os.stat(f"/proc/{pid}/ns/net").st_ino


def machine(pid, name, address):
    """Give the namespace of that process a place at the bridge; our end of it
    is called NAME: set it down, and the machine has fallen silent."""
    inside = ["nsenter", "-t", str(pid), "-n", "ip"]
    ip("link", "add", name, "type", "veth", "peer", "name", PORT, "netns",
       str(pid))
    ip("link", "set", name, "master", BRIDGE, "up")
    for words in (["link", "set", "lo", "up"], ["link", "set", PORT, "up"],
                  ["address", "add", f"{address}/24", "brd", "+", "dev", PORT]):
        subprocess.run([*inside, *words], check=True)


def capture(path):
    """Start tcpdump; return when it listens, or packets would be missed."""
    process = subprocess.Popen(
        # 64 MiB, or it loses packets of a burst when the machine is busy
        ["tcpdump", "-i", TAP, "-U", "-s", "0", "-B", "65536", "-Z", "root",
         "-w", str(path)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if "listening on" in line:
            break
    return process
