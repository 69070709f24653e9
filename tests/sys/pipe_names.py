#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""impacket's SMB server with an IPC$ whose root can be listed, as that of
Windows can and Samba's cannot: pipe_names.py ADDRESS PORT FOLDER

The names in FOLDER are those of the pipes.  Anybody may come.
"""

import sys

from impacket import smbserver

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
server.start()
