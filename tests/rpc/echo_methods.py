# SPDX-License-Identifier: GPL-2.0-or-later
"""Every method of rpcecho, with what comes back checked to the byte."""

import random

INVALID_LEVEL = 0xC0000148
MIB = 1 << 20
# Around what fits into a fragment, into one READ of a pipe, and the most.
SIZES = (0, 1, 1024, 4279, 5840, 65535, MIB)


def data(s, sizes):
    for size in sizes:
        some = random.Random(size).randbytes(size).hex()
        echoed = s.raw("echo_EchoData", len=size, in_data=some)["out_data"]
        assert echoed == some, f"EchoData of {size} bytes"
        s.raw("echo_SinkData", len=size, data=some)
        source = s.raw("echo_SourceData", len=size)["data"]
        wanted = (bytes(range(256)) * (size // 256 + 1))[:size].hex()
        assert source == wanted, f"SourceData of {size} bytes"


def add_one(s):
    for number in (0, 41, 0x7FFFFFFF, 0xFFFFFFFF):
        got = s.raw("echo_AddOne", in_data=number)["out_data"]
        assert got == (number + 1) & 0xFFFFFFFF, (number, got)


def strings(s):
    for text in ("", "input string", "gr\u00fc\u00df dich, \u4e16\u754c, \U0001d11e"):
        got = s.raw("echo_TestCall", s1=text)["s2"]
        assert got == text, (text, got)


def levels(s):
    answers = [10, 20, 30, 40, {"v1": 50, "v2": 60},
               {"v1": 70, "info1": {"v": 80}}, {"v1": 80, "info4": {"v": 90}}]
    for level, wanted in enumerate(answers, 1):
        got = s.call("echo_TestCall2", level=level)["info"]
        assert got == {f"info{level}": wanted}, (level, got)


def enums(s):
    got = s.raw("echo_TestEnum", foo1="ECHO_ENUM1",
                foo2={"e1": "ECHO_ENUM1", "e2": "ECHO_ENUM1_32"},
                foo3={"e1": "ECHO_ENUM1"})
    assert got["foo1"] == "ECHO_ENUM1" and got["foo3"] == {"e1": "ECHO_ENUM1"}
    assert got["foo2"] == {"e1": "ECHO_ENUM2", "e2": "ECHO_ENUM1_32"}, got


def pointers(s):
    got = s.raw("echo_TestSurrounding",
                data={"x": 20, "surrounding": list(range(20))})["data"]
    assert got == {"x": 40, "surrounding": [0] * 40}, got
    for value, wanted in (([12], 12), ([None], 0), (None, 0)):
        got = s.raw("echo_TestDoublePointer", data=value)["Return"]
        assert got == wanted, (value, got)


def echo_small(s):
    """Without the megabyte, which takes a guest its time."""
    return echo(s, SIZES[:-1])


def echo(s, sizes=SIZES):
    add_one(s)
    strings(s)
    levels(s)
    enums(s)
    pointers(s)
    data(s, sizes)
    assert s.raw("echo_TestSleep", seconds=0)["Return"] == 0
    return {"rpcecho": True}
