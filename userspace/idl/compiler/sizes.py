# SPDX-License-Identifier: GPL-2.0-or-later
"""sizeof: how large a type is in C, for the constants that documents compute.

Only types that have the same size everywhere; pointers have not.
"""

from .lexer import IdlError
from .tree import Array, Base, Enum, Named, Struct
from .types import BASES


class Sizes:
    """FIND gives the Typedef of a name, VALUE the value of a bound."""

    def __init__(self, find, value):
        self.find = find
        self.value = value

    def __call__(self, kind, where):
        return self.measure(kind, where)[0]

    def measure(self, kind, where):
        """Size and alignment."""
        if isinstance(kind, Named):
            return self.measure(self.find(kind.name).type, where)
        if isinstance(kind, Base) and kind.name in BASES:
            narrow, wide = BASES[kind.name][2:4]
            if narrow == wide:
                return narrow, narrow
        if isinstance(kind, Enum):
            return 4, 4
        if isinstance(kind, Array) and kind.bound is not None:
            size, align = self.measure(kind.element, where)
            return size * self.value(kind.bound), align
        if isinstance(kind, Struct) and kind.members:
            return self.struct(kind, where)
        raise IdlError(where, "sizeof of a type that has no fixed size")

    def struct(self, kind, where):
        end, widest = 0, 1
        for member in kind.members:
            size, align = self.measure(member.type, where)
            end = (end + align - 1) // align * align + size
            widest = max(widest, align)
        return (end + widest - 1) // widest * widest, widest
