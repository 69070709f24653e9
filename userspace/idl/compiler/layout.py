# SPDX-License-Identifier: GPL-2.0-or-later
"""How nodes lie on the wire: alignment in both syntaxes, least size, flags."""

import dataclasses

from .lexer import IdlError
from .types import BASES

COUNT = (4, 8)              # alignment of a count or a pointer


@dataclasses.dataclass
class Layout:
    align: tuple            # on the wire, NDR32 and NDR64
    least: int              # bytes in NDR32, without pointees
    defer: bool = False     # has pointers
    conformant: bool = False
    arm_align: tuple = (1, 1)


def larger(one, other):
    return max(one[0], other[0]), max(one[1], other[1])


class Measure:
    def __init__(self):
        self.done = {}

    def __call__(self, node):
        if node not in self.done:
            method = getattr(self, node.kind.lower(), self.base)
            self.done[node] = method(node)
        return self.done[node]

    def base(self, node):
        narrow, wide = BASES[node.base][2:4]
        return Layout((narrow, wide), narrow)

    def enum16(self, node):
        return Layout((2, 4), 2)

    def enum32(self, node):
        return Layout((4, 4), 4)

    def context(self, node):
        return Layout((4, 4), 20)

    def pointer(self, node):
        return Layout(COUNT, 0 if node.mode == "top" else 4, True)

    def string(self, node):
        unit = 2 if node.wide else 1
        if node.count is not None:
            return Layout(larger(COUNT, (unit, unit)), 8)
        return Layout(larger(COUNT, (unit, unit)), 8, conformant=True)

    def array(self, node):
        inner = self(node.target)
        if inner.conformant:
            raise IdlError(node.where, "an array of conformant elements")
        align, least = inner.align, 0
        if node.length_is is not None:
            align, least = larger(align, COUNT), 8
        # The maximum count of a conformant array stands elsewhere.
        elif node.count is not None:
            least = node.count * inner.least
        return Layout(align, least, inner.defer, node.count is None)

    def pipe(self, node):
        inner = self(node.target)
        if inner.defer or inner.conformant or \
                node.target.kind in ("CONTEXT", "STRING"):
            raise IdlError(node.where, "a pipe of what has no fixed size")
        return Layout(COUNT, 4)

    def struct(self, node):
        align, least, defer, conformant = (1, 1), 0, False, False
        for field in node.fields:
            if "NDR_FIELD_OFF_WIRE" in field.flags:
                continue
            if conformant:
                raise IdlError(node.where, "a conformant array that is not the "
                               f"last of {node.name}: '{field.name}' follows")
            inner = self(field.node)
            align = larger(align, inner.align)
            least += inner.least
            defer = defer or inner.defer
            conformant = inner.conformant
        return Layout(align, least, defer, conformant)

    def union(self, node):
        tag = self(node.target)
        arms, defer = (1, 1), False
        for _, arm, _ in node.arms:
            if arm is None:
                continue
            inner = self(arm)
            if inner.conformant:
                raise IdlError(node.where, "a conformant arm of a union")
            arms = larger(arms, inner.align)
            defer = defer or inner.defer
        align = larger(arms, tag.align)
        # Without that extension of NDR32 each arm is aligned as itself.
        narrow = arms[0] if node.ms_union else 1
        return Layout(align, tag.least, defer, False, (narrow, align[1]))


def check_order(node):
    """What the size of an inline array depends on must stand before it."""
    seen = []
    for field in node.fields:
        for part in ("size_is", "length_is", "switch_is"):
            expr = getattr(field.node, part)
            late = [n for n in expr.names if n not in seen] if expr else []
            if late and field.node.kind in ("ARRAY", "UNION", "STRING"):
                raise IdlError(node.where, f"{node.name}.{field.name}: its {part} "
                                      f"needs '{late[0]}', which comes later")
        seen.append(field.name)
