# SPDX-License-Identifier: GPL-2.0-or-later
"""What the parser makes of an IDL file: the declarations as they are written."""

import dataclasses
import typing

# Attributes of a declaration: name to None, or to a list of expressions where
# a left-out one is None ("size_is(,n)").
Attributes = dict


@dataclasses.dataclass(eq=False)
class Base:
    """A type of the language: its name in normal form ("unsigned long")."""
    name: str


@dataclasses.dataclass(eq=False)
class Named:
    """A name that a typedef declares."""
    name: str
    where: str


@dataclasses.dataclass(eq=False)
class Member:
    """A field, a parameter or an arm of a union (whose type may be None)."""
    name: str
    type: typing.Any
    attributes: Attributes
    where: str
    cases: list = None      # arms: values; [None] is the default


@dataclasses.dataclass(eq=False)
class Struct:
    tag: str
    members: list           # None until it is defined
    where: str
    title: str = None       # its first typedef


@dataclasses.dataclass(eq=False)
class Union:
    tag: str
    members: list
    where: str
    switch: Member = None   # encapsulated: the discriminant
    inner: str = "u"        # encapsulated: the name of the union in it
    switch_type: typing.Any = None
    title: str = None


@dataclasses.dataclass(eq=False)
class Enum:
    tag: str
    values: list            # (name, value)
    where: str
    wide: bool = False
    title: str = None


@dataclasses.dataclass(eq=False)
class Pointer:
    target: typing.Any


@dataclasses.dataclass(eq=False)
class Array:
    element: typing.Any
    bound: typing.Any       # expression; None for [] and [*]


@dataclasses.dataclass(eq=False)
class Pipe:
    element: typing.Any


@dataclasses.dataclass(eq=False)
class Typedef:
    name: str
    type: typing.Any
    attributes: Attributes
    where: str


@dataclasses.dataclass(eq=False)
class Operation:
    name: str
    result: typing.Any
    params: list
    attributes: Attributes
    where: str


@dataclasses.dataclass(eq=False)
class Expr:
    """op: const, name, deref, the operators by their sign, or "?"."""
    op: str
    args: list
    where: str

    def text(self):
        if self.op == "const":
            return str(self.args[0])
        if self.op == "name":
            return self.args[0]
        if self.op == "deref":
            return "*" + self.args[0].text()
        parts = [arg.text() for arg in self.args]
        if self.op == "?":
            return f"{parts[0]} ? {parts[1]} : {parts[2]}"
        if len(parts) == 1:
            return self.op[-1] + parts[0]
        return f"({parts[0]} {self.op} {parts[1]})"


@dataclasses.dataclass(eq=False)
class File:
    """One IDL file. Declarations are in the order in which they were made."""
    name: str
    imports: list
    declared: list          # Typedef, Struct, Union, Enum
    typedefs: dict
    tags: dict              # (kind, tag) to Struct, Union or Enum
    consts: dict            # name to value
    interface: str = None
    attributes: Attributes = None
    operations: list = None
