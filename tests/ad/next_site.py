#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Stands before the controllers of a domain and adds to what they say.

    next_site.py SITE LISTEN=CONTROLLER...

Passes LDAP pings (389/udp) on; in the answer, which is the controller's, the next
closest site ([MS-ADTS] 6.3.1.9, NextClosestSiteName) is SITE.  Windows' controllers
say it, Samba's do not.  Prints "ready".
"""

import select
import socket
import sys

PORT = 389
FOOTER = 8                  # NtVersion, LmNtToken, Lm20Token
TOKENS = b"\xff\xff\xff\xff"
EXTENDED = (23, 24, 25)     # opcodes of NETLOGON_SAM_LOGON_RESPONSE_EX
WITH_CLOSEST_SITE = 0x10    # NETLOGON_NT_VERSION_WITH_CLOSEST_SITE
OCTET_STRING = 4
CONSTRUCTED = 0x20


def elements(data):
    """Tag and content of each BER element."""
    while data:
        length, at = data[1], 2
        if length & 0x80:
            at += length & 0x7f
            length = int.from_bytes(data[2:at], "big")
        yield data[0], data[at:at + length]
        data = data[at + length:]


def element(tag, body):
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def is_answer(tag, body):
    return (tag == OCTET_STRING and len(body) > FOOTER and body[0] in EXTENDED
            and body.endswith(TOKENS))


def with_site(answer, site):
    """It stands behind the other names; NtVersion says that it does."""
    names, footer = answer[:-FOOTER], answer[-FOOTER:]
    version = int.from_bytes(footer[:4], "little")
    assert not version & WITH_CLOSEST_SITE, "this controller names one itself"
    name = bytes([len(site)]) + site.encode() + b"\0"
    version |= WITH_CLOSEST_SITE
    return names + name + version.to_bytes(4, "little") + TOKENS


def changed(data, site):
    made = b""
    for tag, body in elements(data):
        if tag & CONSTRUCTED:
            body = changed(body, site)
        elif is_answer(tag, body):
            body = with_site(body, site)
        made += element(tag, body)
    return made


def ask(controller, question):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as to:
        to.settimeout(5)
        to.connect((controller, PORT))
        to.send(question)
        return to.recv(65535)


def main():
    site, *pairs = sys.argv[1:]
    behind = {}
    for listen, controller in (pair.split("=") for pair in pairs):
        here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        here.bind((listen, PORT))
        behind[here] = controller
    print("ready", flush=True)
    while True:
        for here in select.select(list(behind), [], [])[0]:
            question, client = here.recvfrom(65535)
            try:
                answer = ask(behind[here], question)
            except OSError:
                continue        # as silent as the controller
            here.sendto(changed(answer, site), client)


main()
