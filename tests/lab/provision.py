#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the domain lab.test.  Runs in the lab root, as root, in a network
namespace of its own; $1 is a file of JSON (see ad.py), $2 a folder for the
keytabs.  What it makes is in Samba's state folders.
"""

import json
import subprocess
import sys
from pathlib import Path

from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

PLAN = json.loads(Path(sys.argv[1]).read_text())
KEYTABS = Path(sys.argv[2])


def tool(*words):
    subprocess.run(["samba-tool", *words], check=True)


def provision():
    """Samba's own way to a new forest, and no other server in it."""
    Path("/etc/samba/smb.conf").unlink(missing_ok=True)
    tool("domain", "provision", "--realm", PLAN["realm"], "--domain",
         PLAN["domain"], "--host-name", PLAN["host"].split(".")[0],
         "--host-ip", PLAN["address"], "--server-role", "dc",
         "--dns-backend", "SAMBA_INTERNAL", "--use-rfc2307",
         "--adminpass", PLAN["password"], "--quiet")


def database():
    parameters = LoadParm()
    parameters.load("/etc/samba/smb.conf")
    return SamDB(url="/var/lib/samba/private/sam.ldb",
                 session_info=system_session(), lp=parameters)


def policy(sam):
    """Passwords as the tests want them, and a lock that can be run into."""
    sam.set_pwdProperties("0")
    sam.set_minPwdAge("0")
    sam.set_maxPwdAge("0")
    sam.set_minPwdLength("1")
    sam.modify_ldif(f"""
dn: {sam.domain_dn()}
changetype: modify
replace: lockoutThreshold
lockoutThreshold: {PLAN["lockout"]}
""")


def account_dn(sam, name):
    found = sam.search(base=sam.domain_dn(), attrs=[],
                       expression=f"(sAMAccountName={name})")
    return found[0].dn


def set_attributes(sam, name, attributes):
    lines = [f"dn: {account_dn(sam, name)}", "changetype: modify"]
    for key, value in attributes.items():
        lines += [f"replace: {key}", f"{key}: {value}", "-"]
    sam.modify_ldif("\n".join(lines) + "\n")


def users(sam):
    for name, user in PLAN["users"].items():
        sam.newuser(name, PLAN["password"],
                    force_password_change_at_next_login_req=user["change"],
                    uid=name, uidnumber=str(user["uid"]),
                    gidnumber=str(PLAN["gid"]), unixhome=f"/home/{name}",
                    loginshell="/bin/bash", nisdomain=PLAN["domain"].lower())
        if user["disabled"]:
            sam.disable_account(f"(sAMAccountName={name})")
    for name in ("Domain Users", "Domain Admins"):
        set_attributes(sam, name, {"gidNumber": PLAN["gid"]})


def groups(sam):
    for name, members in PLAN["groups"].items():
        sam.newgroup(name)
        sam.add_remove_group_members(name, members,
                                     add_members_operation=True)


def computers(sam):
    """Machines whose secret is known, as if they had joined."""
    for name in PLAN["computers"]:
        sam.newcomputer(name)
        sam.setpassword(f"(sAMAccountName={name}$)", PLAN["password"], False)
        host = f"{name.lower()}.{PLAN['realm'].lower()}"
        set_attributes(sam, f"{name}$", {"dNSHostName": host})


def services(sam):
    """Names of the controller's services, which `samba_spnupdate` adds where
    it runs; those of HOST/ are there already."""
    name = PLAN["host"].split(".", maxsplit=1)[0].upper()
    realm, host = PLAN["realm"].lower(), PLAN["host"]
    lines = [f"dn: {account_dn(sam, name + '$')}", "changetype: modify",
             "add: servicePrincipalName"]
    lines += [f"servicePrincipalName: {text}" for text in (
        f"ldap/{host}", f"ldap/{host}/{realm}", f"ldap/{name}",
        f"ldap/{host}/{PLAN['domain']}", f"GC/{host}/{realm}",
        f"RestrictedKrbHost/{host}", f"RestrictedKrbHost/{name}")]
    sam.modify_ldif("\n".join(lines) + "\n")


def keytabs():
    """One for each account, named by it; what `net ads` would leave."""
    for name in [*PLAN["users"], *(f"{c}$" for c in PLAN["computers"])]:
        tool("domain", "exportkeytab", str(KEYTABS / f"{name}.keytab"),
             f"--principal={name}")


def main():
    provision()
    sam = database()
    policy(sam)
    users(sam)
    groups(sam)
    computers(sam)
    services(sam)
    keytabs()


if __name__ == "__main__":
    main()
