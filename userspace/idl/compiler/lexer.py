# SPDX-License-Identifier: GPL-2.0-or-later
"""Text of an IDL file to tokens."""

import dataclasses
import re


class IdlError(Exception):
    """Something in an IDL file that is wrong, or that we do not do."""

    def __init__(self, where, what):
        super().__init__(f"{where}: {what}")


@dataclasses.dataclass
class Token:
    kind: str       # name, number, string, uuid, punct, end
    text: str
    where: str      # FILE:LINE


PATTERNS = re.compile(r"""
    (?P<space>   [ \t\r\f]+ | //[^\n]* | \\\n )
  | (?P<newline> \n )
  | (?P<comment> /\*.*?\*/ )
  | (?P<define>  \#[ \t]*define[^\n]* )
  | (?P<hash>    \#[^\n]* )
  | (?P<uuid>    [0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12} )
  | (?P<number>  (0[xX][0-9a-fA-F]+ | [0-9]+(\.[0-9]+)?) [uUlL]* )
  | (?P<char>    L?'(\\.|[^'\\])' )
  | (?P<string>  L?"([^"\\]|\\.)*" )
  | (?P<name>    [A-Za-z_]\w* )
  | (?P<punct>   <<|>>|&&|\|\||==|!=|<=|>=|\.\.|[][(){}<>;:,.*=+\-/%|&^~!?] )
""", re.VERBOSE | re.DOTALL)

DEFINE = re.compile(r"#\s*define\s+(\w+)\s+(\S.*?)\s*$")


def tokens(text, name):
    """The tokens of TEXT.  A #define of a value becomes a "define" token."""
    line, at = 1, 0
    while at < len(text):
        where = f"{name}:{line}"
        match = PATTERNS.match(text, at)
        if not match:
            raise IdlError(where, f"unexpected {text[at]!r}")
        kind, body = match.lastgroup, match.group()
        at = match.end()
        line += body.count("\n")
        if kind == "define" and DEFINE.match(body):
            yield Token("define", body, where)
        elif kind in ("uuid", "number", "char", "string", "name", "punct"):
            yield Token(kind, body, where)
    yield Token("end", "", f"{name}:{line}")


def number(text):
    digits = text.rstrip("uUlL")
    if digits.lower().startswith("0x"):
        return int(digits, 16)
    if len(digits) > 1 and digits.startswith("0"):
        return int(digits, 8)
    return int(digits)
