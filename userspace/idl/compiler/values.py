# SPDX-License-Identifier: GPL-2.0-or-later
"""Expressions of size_is, length_is and switch_is to steps on a stack."""

import dataclasses

from .lexer import IdlError
from .tree import Base, Enum, Expr, Pointer

CODES = {"+": "ADD", "-": "SUB", "*": "MUL", "/": "DIV", "%": "MOD", "&": "AND",
         "|": "OR", "^": "XOR", "<<": "SHL", ">>": "SHR", "==": "EQ", "!=": "NE",
         "<": "LT", ">": "GT", "<=": "LE", ">=": "GE", "u-": "NEG", "u!": "NOT",
         "u~": "INV", "?": "COND"}
STACK = 8                   # NDR_EXPR_STACK


@dataclasses.dataclass(eq=False)
class Compiled:
    text: str
    ops: list               # initialisers of struct ndr_op
    names: list             # members that it looks at

    def key(self):
        return self.text, tuple(self.ops)


class Scope:
    """What the names in an expression mean: the members around it."""

    def __init__(self, resolver, spelled, members, method, where):
        self.resolver = resolver
        self.spelled = spelled
        self.members = members
        self.method = method
        self.where = where

    def index(self, name):
        for index, member in enumerate(self.members):
            if member.name == name:
                return index
        return None

    def member(self, name):
        index = self.index(name)
        return None if index is None else self.members[index]

    def plus_one(self, expr):
        """size_is for max_is, length_is for last_is."""
        one = Expr("const", [1], expr.where)
        return Expr("+", [expr, one], expr.where)

    def type_of(self, expr):
        """The declared type of the variable that EXPR is, or that it masks."""
        while expr.op in ("deref", "&"):
            named = [a for a in expr.args if a.op not in ("const",)]
            expr = named[0] if named else expr.args[0]
        member = self.member(expr.args[0]) if expr.op == "name" else None
        if not member:
            raise IdlError(expr.where, "switch_is of this needs a switch_type")
        kind = self.resolver.strip(member.type)
        return kind.target if isinstance(kind, Pointer) else member.type

    def expression_of(self, name):
        return compile_expr(Expr("name", [name], self.where), self)


def number_kind(resolver, kind, where):
    from .types import BASES
    kind = resolver.strip(kind)
    if isinstance(kind, Enum):
        return "NDR_ENUM32"
    if isinstance(kind, Base) and kind.name in BASES:
        return "NDR_" + BASES[kind.name][0]
    raise IdlError(where, "not a number")


def variable(expr, scope, deref, names):
    name = expr.args[0]
    member = scope.member(name)
    if member is None:
        value = scope.resolver.const(name)
        if value is None:
            raise IdlError(expr.where, f"'{name}' is not known here")
        return f"{{ NDR_OP_CONST, 0, 0, {value} }}"
    names.append(name)
    kind = scope.resolver.strip(member.type)
    code = "FIELD"
    if isinstance(kind, Pointer):
        if not scope.method:
            raise IdlError(expr.where, "a pointer in an expression of a "
                                       "structure is not supported")
        code, kind = "DEREF", kind.target
    elif deref:
        raise IdlError(expr.where, f"'{name}' is no pointer")
    number = number_kind(scope.resolver, kind, expr.where)
    return (f"{{ NDR_OP_{code}, {number}, "
            f"offsetof({scope.spelled}, {name}), 0 }}")


def condition(expr, scope, names):
    """A pointer as a condition asks whether it is set."""
    if expr.op == "name":
        member = scope.member(expr.args[0])
        if member and isinstance(scope.resolver.strip(member.type), Pointer):
            names.append(member.name)
            return [f"{{ NDR_OP_SET, 0, offsetof({scope.spelled}, "
                    f"{member.name}), 0 }}"]
    return steps(expr, scope, names)


def steps(expr, scope, names):
    if expr.op == "const":
        return [f"{{ NDR_OP_CONST, 0, 0, {expr.args[0]} }}"]
    if expr.op == "name":
        return [variable(expr, scope, False, names)]
    if expr.op == "deref":
        if expr.args[0].op != "name":
            raise IdlError(expr.where, "only a parameter can be dereferenced")
        return [variable(expr.args[0], scope, True, names)]
    if expr.op not in CODES:
        raise IdlError(expr.where, f"'{expr.op}' in size_is, length_is or "
                                   "switch_is is not supported")
    made = []
    for index, arg in enumerate(expr.args):
        if expr.op == "?" and index == 0:
            made += condition(arg, scope, names)
        else:
            made += steps(arg, scope, names)
    return made + [f"{{ NDR_OP_{CODES[expr.op]}, 0, 0, 0 }}"]


def height(expr):
    """Places on the stack that EXPR needs."""
    return max([1] + [index + height(arg) for index, arg in
                      enumerate(expr.args) if isinstance(arg, Expr)])


def compile_expr(expr, scope):
    if height(expr) > STACK:
        raise IdlError(expr.where, "an expression that is too deep")
    names = []
    return Compiled(expr.text(), steps(expr, scope, names), names)
