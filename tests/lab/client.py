# SPDX-License-Identifier: GPL-2.0-or-later
"""What a client of a run's servers has in /etc, and in its environment."""

from . import ad, netns, pair, samba

HOSTS = f"""\
127.0.0.1 localhost
::1 localhost
{netns.GUEST} guest.lab.test guest
"""

# Of a standalone server nobody but this file knows; a domain has its DNS.
FILES = f"""\
{netns.SERVER} files.lab.test files
{netns.SERVER6} files6.lab.test files6
"""

RESOLV_CONF = f"""\
search {ad.REALM.lower()}
nameserver {netns.SERVER}
"""


def etc(server):
    """Name of a file in /etc, and what is in it."""
    if server in pair.ROLES:
        return {"hosts": HOSTS, "resolv.conf": pair.RESOLV_CONF,
                "krb5.conf": ad.KRB5_CONF}
    if server == "ad":
        return {"hosts": HOSTS, "resolv.conf": RESOLV_CONF,
                "krb5.conf": ad.KRB5_CONF}
    return {"hosts": HOSTS + FILES, "resolv.conf": ""}


def environment(server):
    found = {
        "UNC_HOST": samba.HOST, "UNC_SHARE": samba.SHARE,
        "UNC_USER": samba.USER, "UNC_PASSWORD": samba.PASSWORD,
        "UNC_DOMAIN": "",
    }
    if server == "ad" or server in pair.ROLES:
        found |= {"UNC_HOST": ad.HOST, "UNC_DOMAIN": ad.DOMAIN,
                  "UNC_REALM": ad.REALM, "UNC_ADMIN": "Administrator"}
    if server in pair.ROLES:
        found["UNC_SECOND"] = pair.HOST
    return found
