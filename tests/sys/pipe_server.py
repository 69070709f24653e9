#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""impacket's SMB server with an IPC$ that can what that of Windows can and
Samba's cannot: pipe_server.py ADDRESS PORT FOLDER

Its root can be listed: the names in FOLDER are those of the pipes, and what is
in the files is what the pipes say.  The pipe `busy` can be opened once somebody
has waited for it, `never` cannot.  It knows PEEK and read modes.  What was asked
for is printed.  Anybody may come.
"""

import sys
import time

from impacket import nt_errors, smbserver
from impacket import smb3structs as smb2

FILE_PIPE_INFORMATION = 23      # [MS-FSCC] 2.4.37
CONNECTED = 3                   # 2.3.30
TICKS = 10_000_000              # 100 ns each, a second
FREE_AFTER = 0.5

BUSY = {"busy", "never"}        # pipes without a free instance
ORIGINAL = {}                   # what impacket has for a command


def say(*what):
    print(*what, flush=True)


def create(conn, server, packet):
    request = smb2.SMB2Create(packet["Data"])
    name = request["Buffer"][:request["NameLength"]].decode("utf-16le")
    if name in BUSY:
        return [smb2.SMB2Error()], None, nt_errors.STATUS_PIPE_NOT_AVAILABLE
    return ORIGINAL[smb2.SMB2_CREATE](conn, server, packet)


def wait(_conn, _server, request):
    """FSCTL_PIPE_WAIT, 2.3.49"""
    asked = smb2.FSCTL_PIPE_WAIT_STRUCTURE(request["Buffer"])
    name = asked["Name"].decode("utf-16le")
    seconds = asked["Timeout"] / TICKS
    say("WAIT", name, f"{seconds:.1f} s" if asked["TimeoutSpecified"] else "-")
    if name == "never":
        time.sleep(seconds)
        return smb2.SMB2Error(), nt_errors.STATUS_IO_TIMEOUT
    time.sleep(FREE_AFTER)
    BUSY.discard(name)
    return b"", nt_errors.STATUS_SUCCESS


def peek(conn, server, request):
    """FSCTL_PIPE_PEEK, 2.3.29: all that is there is one message."""
    opened = server.getConnectionData(conn)["OpenedFiles"]
    path = opened[request["FileID"].getData()]["FileName"]
    with open(path, "rb") as file:
        size = len(file.read())
    say("PEEK", size)
    counts = (CONNECTED, size, 1, size)
    return b"".join(n.to_bytes(4, "little") for n in counts), \
        nt_errors.STATUS_SUCCESS


def set_info(conn, server, packet):
    request = smb2.SMB2SetInfo(packet["Data"])
    if request["FileInfoClass"] != FILE_PIPE_INFORMATION:
        return ORIGINAL[smb2.SMB2_SET_INFO](conn, server, packet)
    mode = int.from_bytes(request["Buffer"][:4], "little")
    say("MODE", "message" if mode else "byte")
    return [smb2.SMB2SetInfo_Response()], None, nt_errors.STATUS_SUCCESS


def main():
    address, port, folder = sys.argv[1:]
    server = smbserver.SimpleSMBServer(address, int(port))
    server.setSMB2Support(True)
    # There is no other way to its configuration from outside.
    inner = server.getServer() if hasattr(server, "getServer") else \
        server._SimpleSMBServer__server
    config = server._SimpleSMBServer__smbConfig
    config.set("IPC$", "path", folder)
    inner.setServerConfig(config)
    inner.processConfigFile()
    for command, function in ((smb2.SMB2_CREATE, create),
                              (smb2.SMB2_SET_INFO, set_info)):
        ORIGINAL[command] = inner.hookSmb2Command(command, function)
    inner.getIoctls().update({smb2.FSCTL_PIPE_WAIT: wait,
                              smb2.FSCTL_PIPE_PEEK: peek})
    server.start()


if __name__ == "__main__":
    main()
