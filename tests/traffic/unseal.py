# SPDX-License-Identifier: GPL-2.0-or-later
"""What Kerberos sealed, opened by the key of the server's account.

The ticket in an AP-REQ has the session key, the authenticator and the answer
(AP-REP) have the subkeys, RFC 4120; messages are the tokens of RFC 4121.
"""

import hmac
import re
import struct

from impacket.krb5 import crypto
from impacket.krb5.asn1 import (AP_REP, AP_REQ, Authenticator, EncAPRepPart,
                                EncTicketPart)
from pyasn1.codec.der import decoder

LENGTH = rb"(?:[\x00-\x7f]|\x81.|\x82..)"
REQUEST = re.compile(rb"\x6e" + LENGTH + rb"\x30" + LENGTH +
                     rb"\xa0\x03\x02\x01\x05\xa1\x03\x02\x01\x0e", re.S)
REPLY = re.compile(rb"\x6f" + LENGTH + rb"\x30" + LENGTH +
                   rb"\xa0\x03\x02\x01\x05\xa1\x03\x02\x01\x0f", re.S)
# RFC 4120 section 7.5.1, RFC 4121 section 2
TICKET, AUTHENTICATOR, REPLY_PART = 2, 11, 12
FROM_ACCEPTOR, FROM_INITIATOR = 22, 24
BY_ACCEPTOR, SEALED, WITH_SUBKEY = 1, 2, 4
HEADER = 16


def key_of(block):
    return crypto.Key(int(block["keytype"]), bytes(block["keyvalue"]))


def decoded(kind, data):
    return decoder.decode(data, asn1Spec=kind())[0]


def opened(key, usage, part, kind):
    """An EncryptedData's contents."""
    return decoded(kind, crypto.decrypt(key, usage, bytes(part["cipher"])))


def rotated(data, count):
    count %= len(data)
    return data[count:] + data[:count]


def decrypted(key, usage, data, around, behind):
    """As crypto.decrypt(), which knows nothing of what is signed only: that is
    before the text and behind it, where `behind` bytes are left to come."""
    cipher = crypto._get_enctype_profile(key.enctype)  # pylint: disable=W0212
    secret, signing = (cipher.derive(key, struct.pack(">IB", usage, kind))
                       for kind in (0xaa, 0x55))
    text = cipher.basic_decrypt(secret, data[:-cipher.macsize])
    begin, end = cipher.blocksize, len(text) - behind
    found = hmac.new(signing.contents, text[:begin] + around[0] +
                     text[begin:end] + around[1] + text[end:], "sha1").digest()
    if found[:cipher.macsize] != data[-cipher.macsize:]:
        raise ValueError("the checksum of what was sealed is wrong")
    return text[begin:end]


class Context:
    """The keys of one talk, in which a client authenticated itself."""

    def __init__(self, talk, long_term):
        request = REQUEST.search(talk.said(True))
        reply = REPLY.search(talk.said(False))
        if not request or not reply:
            raise ValueError(f"port {talk.port}: nobody authenticated himself")
        ap = decoded(AP_REQ, talk.said(True)[request.start():])
        ticket = opened(long_term, TICKET, ap["ticket"]["enc-part"],
                        EncTicketPart)
        session = key_of(ticket["key"])
        inside = opened(session, AUTHENTICATOR, ap["authenticator"],
                        Authenticator)
        answer = decoded(AP_REP, talk.said(False)[reply.start():])
        part = opened(session, REPLY_PART, answer["enc-part"], EncAPRepPart)
        self.initiator = key_of(inside["subkey"]) if \
            inside["subkey"].isValue else session
        self.acceptor = key_of(part["subkey"]) if \
            part["subkey"].isValue else self.initiator

    def unwrap(self, token, apart=b"", around=(b"", b"")):
        """A token's text; in the style of DCE that is apart from it, and what is
        around it is signed, too."""
        kind, flags, _, extra, rotation = struct.unpack_from(">HBBHH", token)
        if kind != 0x0504 or not flags & SEALED:
            raise ValueError("no sealed token of RFC 4121")
        key = self.acceptor if flags & WITH_SUBKEY else self.initiator
        usage = FROM_ACCEPTOR if flags & BY_ACCEPTOR else FROM_INITIATOR
        # [MS-KILE] 3.4.5.4.1: what is apart is not counted by the rotation.
        data = rotated(token[HEADER:] + apart,
                       rotation + (extra if apart else 0))
        return decrypted(key, usage, data, around, HEADER + extra)
