#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the commands show that call RPC interfaces over named pipes, compared
# with rpcclient and net; a file is printed.  The server learns of its printer
# when it is up: it reads the included file for each connection.
# kernel: stock
# daily: none
. "$(dirname "$0")/lib.sh"

conf=$UNC_SHARE_DIR/server.conf
spool=$UNC_SHARE_DIR/spool
at_end "rm -rf '$spool' '$conf' '$UNC_SHARE_DIR/printed'"

mkdir -m 1777 "$spool"
cat > "$conf.new" <<END
[laser]
    path = /srv/share/spool
    printable = yes
    printing = sysv
    print command = cp %s /srv/share/printed; rm %s
    lpq command = true
    comment = The laser printer
END
mv "$conf.new" "$conf"
python3 "${0%/*}/rpc_commands.py" files
