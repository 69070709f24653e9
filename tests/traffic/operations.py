# SPDX-License-Identifier: GPL-2.0-or-later
"""The operations that a client asked for in a talk, by protocol.

Each is (packet, protocol, words). The numbers of RPC's calls have the names that
impacket gives them, not ours.
"""

import struct
import uuid

from impacket.dcerpc.v5 import drsuapi, lsad, nrpc, samr
from impacket.krb5.asn1 import AS_REQ, TGS_REQ
from pyasn1.codec.ber import decoder

from .talks import UDP
from .unseal import Context

# ---- DNS, Kerberos, passwords --------------------------------------------------

DNS_TYPES = {1: "A", 6: "SOA", 28: "AAAA", 33: "SRV", 249: "TKEY", 256: "URI"}


def dns(message, _):
    labels, at = [], 12
    while message[at]:
        labels.append(message[at + 1:at + 1 + message[at]].decode())
        at += 1 + message[at]
    kind, = struct.unpack_from(">H", message, at + 1)
    yield "DNS", f"{DNS_TYPES.get(kind, kind)} {'.'.join(labels)}"


def kerberos(message, _):
    kind = {0x6a: AS_REQ, 0x6c: TGS_REQ}[message[0]]
    body = decoder.decode(message, asn1Spec=kind())[0]["req-body"]
    service = "/".join(str(name) for name in body["sname"]["name-string"])
    proof = any(int(data["padata-type"]) == 2 for data in
                decoder.decode(message, asn1Spec=kind())[0]["padata"])
    yield "Kerberos", (f"TGS-REQ {service}" if kind is TGS_REQ else
                       f"AS-REQ {service}" + (", with proof" if proof else ""))


def kpasswd(message, _):
    version, = struct.unpack_from(">H", message, 2)
    yield "kpasswd", {0xff80: "set password", 1: "change password"}[version]


def prefixed(data):
    """The size of a message of Kerberos over TCP, or of SASL."""
    return 4 + int.from_bytes(data[:4], "big")


# ---- LDAP ---------------------------------------------------------------------

BIND_REQUEST, UNBIND, SEARCH, MODIFY, ADD = 0x60, 0x42, 0x63, 0x66, 0x68
EQUALITY = 0xa3


def header(data):
    """Sizes of an element's tag and length, and of what is in it, X.690."""
    if not data[1] & 0x80:
        return 2, data[1]
    more = 2 + (data[1] & 0x7f)
    return more, int.from_bytes(data[2:more], "big")


def elements(data):
    """(tag, contents) of elements that follow each other."""
    while data:
        begin, size = header(data)
        yield data[0], data[begin:begin + size]
        data = data[begin + size:]


def ldap_size(data):
    """Of a message in BER, or of one in the layer of SASL."""
    return sum(header(data)) if data[0] == 0x30 else prefixed(data)


def values(data):
    return [value for _, value in elements(data)]


def search(base, _scope, _deref, _size, _time, _types, *rest):
    """Where it looks, and for what, if that is one value. The condition has a
    tag of its own, so it comes with it."""
    tag, condition = rest[0]
    found = f"search {base[1].decode() or 'rootDSE'}"
    if tag == EQUALITY:
        found += ", " + "=".join(value.decode() for value in values(condition))
    return found


def ldap_operation(message):
    tag, body = list(elements(message))[1]
    if tag == BIND_REQUEST:
        return f"bind {values(values(body)[2])[0].decode()}"
    if tag == SEARCH:
        return search(*elements(body))
    if tag == ADD:
        entry, attributes = values(body)
        types = [values(one)[0].decode() for one in values(attributes)]
        return f"add {entry.decode()}: {', '.join(sorted(types))}"
    if tag == MODIFY:
        changes = values(values(body)[1])
        types = [values(values(one)[1])[0].decode() for one in changes]
        return f"modify {', '.join(sorted(types))}"
    return {UNBIND: "unbind"}.get(tag, f"operation {tag & 0x1f}")


def ldap(message, context):
    """One request, or all of those that were sealed together."""
    sealed = message[0] != 0x30
    if sealed:
        message = context().unwrap(message[4:])
    for found in values(message):
        yield "LDAP, sealed" if sealed else "LDAP", ldap_operation(found)


def cldap(message, _):
    for _, words in ldap(message, None):
        yield "CLDAP", words


# ---- RPC ------------------------------------------------------------------------

INTERFACES = {
    "e1af8308-5d1f-11c9-91a4-08002b14a0fa": ("EPM", None),
    "12345778-1234-abcd-ef00-0123456789ac": ("SAMR", samr),
    "12345778-1234-abcd-ef00-0123456789ab": ("LSA", lsad),
    "12345678-1234-abcd-ef00-01234567cffb": ("NETLOGON", nrpc),
    "e3514235-4b06-11d1-ab04-00c04fc2dcd2": ("DRSUAPI", drsuapi),
}
REQUEST, BIND, ALTER = 0, 11, 14
EPT_MAP = 3
FIRST, WITH_OBJECT = 1, 0x80
KERBEROS, CHANNEL, PRIVACY = 16, 68, 6
# Calls that name a level of information behind their handle of 20 bytes
LEVELS = ("SamrQueryInformationUser", "SamrSetInformationUser2")


def rpc_size(data):
    return 1 << 30 if len(data) < 10 else struct.unpack_from("<H", data, 8)[0]


def interface(data):
    name = str(uuid.UUID(bytes_le=data))
    return INTERFACES.get(name, (name, None))


class Calls:
    """The calls of one connection; its binds tell what their numbers mean."""

    def __init__(self):
        self.bound = {}

    def bind(self, pdu, how):
        at, fresh = 28, []
        for _ in range(pdu[24]):
            number, transfers = struct.unpack_from("<HB", pdu, at)
            name, module = interface(pdu[at + 4:at + 20])
            if name not in (bound[0] for bound in self.bound.values()):
                fresh.append(name)
            self.bound[number] = (name, module)
            at += 24 + 20 * transfers
        for name in fresh:
            yield name, "bind" + how

    def call(self, pdu, stub):
        number, opnum = struct.unpack_from("<HH", pdu, 20)
        name, module = self.bound[number]
        call = module.OPNUMS[opnum][0].__name__ if module else str(opnum)
        if (name, opnum) == ("EPM", EPT_MAP):
            call = "ept_map " + next((of for key, (of, _) in INTERFACES.items()
                                      if uuid.UUID(key).bytes_le in stub), "?")
        if call in LEVELS:
            call += f" ({struct.unpack_from('<H', stub, 20)[0]})"
        yield name, call

    def operations(self, pdu, context):
        auth_len, = struct.unpack_from("<H", pdu, 10)
        end = len(pdu) - (auth_len + 8 if auth_len else 0)
        kind, level, pad = pdu[end:end + 3] if auth_len else (0, 0, 0)
        if pdu[2] in (BIND, ALTER):
            yield from self.bind(pdu, how(kind, level))
        if pdu[2] != REQUEST or not pdu[3] & FIRST:
            return
        begin = 40 if pdu[3] & WITH_OBJECT else 24
        stub = pdu[begin:end]
        if (kind, level) == (KERBEROS, PRIVACY):
            stub = context().unwrap(pdu[end + 8:], stub, (
                pdu[:begin], pdu[end:end + 8]))[:len(stub) - pad]
        yield from self.call(pdu, stub)


def how(kind, level):
    """In words, as a bind asks for it."""
    by = {0: "", KERBEROS: ", Kerberos", CHANNEL: ", secure channel"}.get(
        kind, f", authentication {kind}")
    return by + (", sealed" if level == PRIVACY else "")


# ---- All -------------------------------------------------------------------------

KPASSWD = 464

# Port of a server: what cuts the messages, how many bytes are before each over
# TCP, and what reads them.
PORTS = {
    53: (lambda data: 2 + int.from_bytes(data[:2], "big"), 2, dns),
    88: (prefixed, 4, kerberos),
    KPASSWD: (prefixed, 4, kpasswd),
    389: (ldap_size, 0, ldap),
}


def of_talk(talk, key, before):
    """What the client asked for, (packet, protocol, words). What was asked by a
    datagram may be asked again, over TCP, too: not when it is in `before`."""
    datagrams = talk.protocol == UDP
    repeats = datagrams or talk.port in (53, 88, KPASSWD)
    size_of, skip, read = PORTS.get(talk.port, (None, 0, None))
    contexts = []

    def context():
        if not contexts:
            contexts.append(Context(talk, key))
        return contexts[0]

    if talk.port == 389 and datagrams:
        read = cldap
    if not read:
        if datagrams or talk.said(True)[:3] != b"\x05\x00\x0b":
            yield talk.pieces[0].number, f"port {talk.port}", "?"
            return
        size_of, read = rpc_size, Calls().operations
    for message in talk.messages(size_of):
        data = message.data[0 if datagrams else skip:]
        # libkrb5 asks kpasswd again with another proof, so the version counts.
        mark = (talk.port, data[2:4] if talk.port == KPASSWD else data)
        if message.client and not (repeats and mark in before):
            before.add(mark)
            for protocol, words in read(data, context):
                yield message.number, protocol, words
