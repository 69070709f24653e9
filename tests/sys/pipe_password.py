#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The session key that a pipe tells is the one by which the server decrypts a
new password: pipe_password.py HOST DOMAIN USER NEW-PASSWORD

Sets the password of DOMAIN\\USER by SamrSetInformationUser2, as the user whose
credential the caller's keyrings hold.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../rpc"))

import npipe  # noqa: E402
from caller import Caller, text  # noqa: E402

MAXIMUM = 0x02000000


def rc4(key, data):
    """[MS-SAMR] 2.2.6.21 wants no other."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted(password, key):
    """SAMPR_USER_PASSWORD, 2.2.6.20: filled from the end, then the length."""
    units = password.encode("utf-16-le")
    plain = os.urandom(512 - len(units)) + units
    return rc4(key, plain + len(units).to_bytes(4, "little"))


def set_password(samr, domain, user, password, key):
    server = samr.call("SamrConnect5", DesiredAccess=MAXIMUM, InVersion=1,
                       InRevisionInfo={"V1": {"Revision": 3}})["ServerHandle"]
    sid = samr.call("SamrLookupDomainInSamServer", ServerHandle=server,
                    Name=text(domain))["DomainId"]
    opened = samr.call("SamrOpenDomain", ServerHandle=server,
                       DesiredAccess=MAXIMUM, DomainId=sid)["DomainHandle"]
    rid = samr.call("SamrLookupNamesInDomain", DomainHandle=opened,
                    Names=[text(user)])["RelativeIds"]["Element"][0]
    account = samr.call("SamrOpenUser", DomainHandle=opened, UserId=rid,
                        DesiredAccess=MAXIMUM)["UserHandle"]
    samr.call("SamrSetInformationUser2", UserHandle=account,
              UserInformationClass="UserInternal5Information",
              Buffer={"Internal5": {
                  "UserPassword": {"Buffer": list(encrypted(password, key))},
                  "PasswordExpired": 0}})


def main():
    host, domain, user, password = sys.argv[1:]
    with npipe.connect(f"//{host}/pipe/samr") as pipe, \
            Caller(f"//{host}", "samr") as samr:
        set_password(samr, domain, user, password, npipe.session_key(pipe))


main()
