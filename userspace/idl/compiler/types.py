# SPDX-License-Identifier: GPL-2.0-or-later
"""Declarations to types: attributes are applied, names are looked up.

The result is a graph of Nodes, one for every type as it is used, which layout
measures and emit writes down.
"""

import dataclasses
import typing

from .lexer import IdlError
from .tree import Array, Base, Enum, Named, Pipe, Pointer, Struct, Union
from .values import Scope, compile_expr

# name in IDL: (kind, C type, bytes in NDR32, in NDR64, hint)
BASES = {
    "char": ("U8", "uint8_t", 1, 1, "BYTE"),
    "byte": ("U8", "uint8_t", 1, 1, "BYTE"),
    "unsigned small": ("U8", "uint8_t", 1, 1, "BYTE"),
    "small": ("I8", "int8_t", 1, 1, "PLAIN"),
    "boolean": ("U8", "uint8_t", 1, 1, "PLAIN"),
    "wchar_t": ("U16", "uint16_t", 2, 2, "WCHAR"),
    "unsigned short": ("U16", "uint16_t", 2, 2, "PLAIN"),
    "short": ("I16", "int16_t", 2, 2, "PLAIN"),
    "unsigned long": ("U32", "uint32_t", 4, 4, "PLAIN"),
    "long": ("I32", "int32_t", 4, 4, "PLAIN"),
    "error_status_t": ("U32", "uint32_t", 4, 4, "PLAIN"),
    "unsigned hyper": ("U64", "uint64_t", 8, 8, "PLAIN"),
    "hyper": ("I64", "int64_t", 8, 8, "PLAIN"),
    "float": ("F32", "float", 4, 4, "PLAIN"),
    "double": ("F64", "double", 8, 8, "PLAIN"),
    "unsigned __int3264": ("U3264", "uint64_t", 4, 8, "PLAIN"),
    "__int3264": ("I3264", "int64_t", 4, 8, "PLAIN"),
}
CHARACTERS = ("char", "wchar_t", "byte", "unsigned small", "unsigned short")
# A WCHAR is an unsigned short in some documents.
WIDE = ("wchar_t", "unsigned short")
POINTERS = ("ref", "unique", "ptr")


@dataclasses.dataclass(eq=False)
class Node:
    """A type as it is used; what its members mean is in ndr/table.h."""
    kind: str
    name: str
    ctype: str = None       # C type of the slot
    base: str = None        # name in BASES
    show: str = "PLAIN"
    mode: str = None        # pointers: ref, unique, ptr, top
    target: typing.Any = None
    fields: list = None     # [Field]
    arms: list = None       # [(name or None, Node or None, [values])]
    values: list = None
    count: int = None       # arrays and strings of fixed size
    size_is: typing.Any = None
    length_is: typing.Any = None
    switch_is: typing.Any = None
    range: tuple = None
    tagged: bool = False
    ms_union: bool = False  # [MS-RPCE] 2.2.4.5
    wide: bool = False
    struct: str = None      # spelling in C of a structure or union
    where: str = ""


@dataclasses.dataclass(eq=False)
class Field:
    name: str
    node: Node
    flags: list


class Uses:
    """Attributes on their way to the part of a declaration they belong to."""

    def __init__(self, attributes, scope, pointers):
        self.a = dict(attributes)
        self.scope = scope
        self.pointers = pointers        # mode of pointers that do not say
        self.mode = next((p for p in POINTERS if p in attributes), None)
        self.size = self.bounds("size_is", "max_is")
        self.length = self.bounds("length_is", "last_is")
        self.index = None               # of the member in the scope
        self.top = None                 # mode of the next pointer, if special
        self.name = None                # last typedef that was passed
        if "first_is" in attributes:
            raise IdlError(scope.where, "first_is is not supported")

    def bounds(self, count, last):
        if last in self.a:
            return [None if e is None else self.scope.plus_one(e)
                    for e in self.a[last]]
        return list(self.a.get(count) or [])

    def through(self, typedef):
        """The attributes of a typedef count where the use says nothing."""
        for key, value in typedef.attributes.items():
            self.a.setdefault(key, value)
        if self.mode is None:
            self.mode = next((p for p in POINTERS if p in typedef.attributes),
                             None)

    def take(self):
        """Size and length of the outermost dimension that is left."""
        return (self.size.pop(0) if self.size else None,
                self.length.pop(0) if self.length else None)

    def pointer_mode(self):
        mode, self.mode = self.mode, None
        top, self.top = self.top, None
        if mode in (None, "ref") and top:
            return top
        return mode or self.pointers


class Resolver:
    """Makes the nodes of one File."""

    def __init__(self, file):
        self.file = file
        self.made = {}          # declaration to Node
        attributes = file.attributes or {}
        default = attributes.get("pointer_default")
        self.pointers = default[0].args[0] if default else "unique"
        self.ms_union = "ms_union" in attributes

    def find(self, name, where):
        for file in [self.file] + self.file.imports:
            if name in file.typedefs:
                return file.typedefs[name]
        raise IdlError(where, f"'{name}' is not declared")

    def strip(self, kind):
        """KIND without typedefs."""
        while isinstance(kind, Named):
            kind = self.find(kind.name, kind.where).type
        return kind

    def attributes_of(self, kind):
        """Those of the typedefs around KIND."""
        found = {}
        while isinstance(kind, Named):
            typedef = self.find(kind.name, kind.where)
            found = {**typedef.attributes, **found}
            kind = typedef.type
        return found

    def const(self, name):
        for file in [self.file] + self.file.imports:
            if name in file.consts:
                return file.consts[name]
        return None

    # Members of structures, and parameters

    def field(self, member, scope, top=None):
        uses = Uses(member.attributes, scope, self.pointers)
        uses.index = scope.index(member.name)
        uses.top = top
        node = self.resolve(member.type, uses, member.where)
        if "switch_is" in member.attributes and not uses.a.get("used_switch"):
            raise IdlError(member.where, "switch_is without a union")
        return node

    def resolve(self, kind, uses, where):
        if isinstance(kind, Named):
            typedef = self.find(kind.name, kind.where)
            uses.through(typedef)
            uses.name = kind.name
            return self.resolve(typedef.type, uses, where)
        if isinstance(kind, Pointer):
            return self.pointer(kind, uses, where)
        if isinstance(kind, Array):
            return self.array(kind, uses, where)
        if isinstance(kind, Pipe):
            return self.pipe(kind, uses, where)
        uses_name, uses.name = uses.name, None
        if isinstance(kind, Base):
            return self.base(kind, uses_name, uses, where)
        if isinstance(kind, Enum):
            return self.ranged(self.enum(kind), uses)
        if isinstance(kind, Struct):
            return self.struct(kind)
        return self.union(kind, uses, where)

    def base(self, kind, name, uses, where):
        if kind.name not in BASES:
            raise IdlError(where, f"'{kind.name}' cannot be marshalled")
        code, ctype, _, _, show = BASES[kind.name]
        if name in ("WCHAR",):
            show = "WCHAR"
        node = Node(code, name or kind.name, name or ctype, kind.name, show)
        return self.ranged(node, uses)

    def ranged(self, node, uses):
        """NODE, or one like it that has the limits of this use."""
        limits = uses.a.get("range")
        if not limits:
            return node
        return dataclasses.replace(
            node, range=tuple(self.number(e) for e in limits))

    def number(self, expr):
        from .parser import fold
        if expr.op == "const":
            return expr.args[0]
        if expr.op == "name":
            value = self.const(expr.args[0])
            if value is None:
                raise IdlError(expr.where, f"'{expr.args[0]}' is no constant")
            return value
        return fold(expr, [self.number(arg) for arg in expr.args])

    def enum(self, kind):
        if kind not in self.made:
            code = "ENUM32" if kind.wide else "ENUM16"
            self.made[kind] = Node(code, kind.title or kind.tag, f"enum {kind.tag}",
                                   values=kind.values, where=kind.where)
        return self.made[kind]

    def is_character(self, kind):
        kind = self.strip(kind)
        return isinstance(kind, Base) and kind.name in CHARACTERS

    def string(self, element, uses, size, count):
        wide = self.strip(element).name in WIDE
        node = Node("STRING", uses.name or "string", "char *", wide=wide,
                    count=count)
        if size is not None:
            node.size_is = compile_expr(size, uses.scope)
        limits = uses.a.get("range")
        if limits:
            node.range = tuple(self.number(e) for e in limits)
        return node

    def pointer(self, kind, uses, where):
        if isinstance(self.strip(kind.target), Base) and \
                self.strip(kind.target).name == "void":
            return self.context(uses, where)
        mode, name = uses.pointer_mode(), uses.name
        size, length = uses.take()
        if "string" in uses.a and self.is_character(kind.target):
            target = self.string(kind.target, uses, size, None)
        elif size is not None or length is not None:
            uses.name = None
            target = self.sequence(kind.target, uses, (size, length, None), where)
        else:
            uses.name = None
            target = self.resolve(kind.target, uses, where)
        if target.kind == "PIPE" and mode != "top":
            raise IdlError(where, "only a parameter can be a pipe")
        return Node("POINTER", name or target.name + " *", mode=mode,
                    target=target, where=where)

    def context(self, uses, where):
        if "context_handle" not in uses.a:
            raise IdlError(where, "a pointer to void cannot be marshalled")
        uses.pointer_mode()
        return Node("CONTEXT", uses.name or "context handle",
                    "struct ndr_context_handle")

    def array(self, kind, uses, where):
        size, length = uses.take()
        count = None if kind.bound is None else self.number(kind.bound)
        mode, uses.top = uses.top, None
        # That of the array itself, not of pointers in it.
        if mode and uses.mode in ("unique", "ptr"):
            mode, uses.mode = uses.mode, None
        if size is not None:
            count = None
        if count is not None and count <= 0:
            raise IdlError(where, "an array needs at least one element")
        if "string" in uses.a and self.is_character(kind.element):
            node = self.string(kind.element, uses, size, count)
        else:
            uses.name = None
            node = self.sequence(kind.element, uses, (size, length, count), where)
        if not mode:
            return node
        return Node("POINTER", node.name, mode=mode, target=node, where=where)

    def sequence(self, element, uses, bounds, where):
        size, length, count = bounds
        # The range of an array is that of its size.
        limits = uses.a.pop("range", None)
        inner = self.resolve(element, uses, where)
        node = Node("ARRAY", inner.name, target=inner, count=count, where=where)
        if limits:
            node.range = tuple(self.number(e) for e in limits)
        if inner.kind == "PIPE":
            raise IdlError(where, "only a parameter can be a pipe")
        if count is None and size is None:
            raise IdlError(where, "an array without a size")
        if size is not None:
            node.size_is = compile_expr(size, uses.scope)
        if length is not None:
            node.length_is = compile_expr(length, uses.scope)
        if inner.kind in ("ARRAY", "STRING") and inner.count is None:
            raise IdlError(where, "conformant arrays of more than one "
                                  "dimension are not supported")
        return node

    def pipe(self, kind, uses, where):
        if not uses.scope.method:
            raise IdlError(where, "only a parameter can be a pipe")
        name, uses.name = uses.name, None
        inner = self.resolve(kind.element, uses, where)
        return Node("PIPE", name or f"pipe of {inner.name}", "struct ndr_pipe",
                    target=inner, where=where)

    # Structures and unions

    def struct(self, kind):
        if kind in self.made:
            return self.made[kind]
        if kind.members is None:
            raise IdlError(kind.where, f"struct {kind.tag} is never defined")
        spelled = f"struct {kind.tag}"
        node = Node("STRUCT", kind.title or kind.tag, spelled, struct=spelled,
                    where=kind.where)
        self.made[kind] = node
        scope = Scope(self, spelled, kind.members, False, kind.where)
        self.name_inner(kind)
        node.fields = [Field(m.name, self.field(m, scope), [])
                       for m in kind.members]
        if not node.fields:
            raise IdlError(kind.where, "an empty structure")
        return node

    def name_inner(self, kind):
        """Tags for the structures that are written within another."""
        for member in kind.members:
            inner = member.type
            while isinstance(inner, (Pointer, Array)):
                inner = getattr(inner, "target", None) or inner.element
            if isinstance(inner, (Struct, Union, Enum)) and not inner.tag:
                inner.tag = f"{kind.tag}_{member.name}"

    def union(self, kind, uses, where):
        if kind.members is None:
            raise IdlError(kind.where, f"union {kind.tag} is never defined")
        if kind.switch:
            return self.encapsulated(kind)
        if "switch_is" not in uses.a:
            raise IdlError(where, "a union needs switch_is or switch(...)")
        uses.a["used_switch"] = True
        switch = uses.a["switch_is"][0]
        given = kind.switch_type or uses.a.get("switch_type")
        if given is None:
            given = uses.scope.type_of(switch)
        plain = Node("UNION", kind.title or kind.tag, f"union {kind.tag}",
                     struct=f"union {kind.tag}", where=kind.where)
        plain.switch_is = compile_expr(switch, uses.scope)
        plain.target = self.discriminant(given, where)
        plain.arms = self.arms(kind)
        plain.ms_union = self.ms_union or "ms_union" in uses.a
        return plain

    def discriminant(self, kind, where):
        scope = Scope(self, "", [], False, where)
        uses = Uses({}, scope, self.pointers)
        node = self.resolve(kind, uses, where)
        if node.kind in ("POINTER", "STRUCT", "UNION", "ARRAY", "CONTEXT"):
            raise IdlError(where, "a union switches on a number")
        return node

    def arms(self, kind):
        if kind in self.made:
            return self.made[kind]
        self.made[kind] = made = []
        self.name_inner(kind)
        scope = Scope(self, f"union {kind.tag}", kind.members, False, kind.where)
        for arm in kind.members:
            node = self.field(arm, scope) if arm.type else None
            made.append((arm.name, node, arm.cases))
        return made

    def encapsulated(self, kind):
        key = (kind, "struct")
        if key in self.made:
            return self.made[key]
        spelled = f"struct {kind.tag}"
        outer = Node("STRUCT", kind.title or kind.tag, spelled, struct=spelled,
                     where=kind.where)
        self.made[key] = outer
        scope = Scope(self, spelled, [kind.switch], False, kind.where)
        tag = self.field(kind.switch, scope)
        inner = Node("UNION", kind.inner, f"union {kind.tag}_{kind.inner}",
                     struct=f"union {kind.tag}_{kind.inner}", where=kind.where,
                     tagged=True, target=tag)
        inner.switch_is = scope.expression_of(kind.switch.name)
        inner.arms = self.arms(kind)
        outer.fields = [Field(kind.switch.name, tag, ["NDR_FIELD_OFF_WIRE"]),
                        Field(kind.inner, inner, [])]
        return outer

    # Operations

    def operation(self, operation, interface):
        spelled = f"struct {interface}_{operation.name}"
        params = [p for p in operation.params
                  if getattr(self.strip(p.type), "name", "") != "handle_t"]
        scope = Scope(self, spelled, params, True, operation.where)
        fields = []
        for param in params:
            flags = ["NDR_" + d.upper() for d in ("in", "out")
                     if d in param.attributes]
            if not flags:
                flags = ["NDR_IN"]
            node = self.field(param, scope, top="top")
            fields.append(Field(param.name, node, flags))
        result = self.strip(operation.result)
        if not (isinstance(result, Base) and result.name == "void"):
            uses = Uses({}, scope, self.pointers)
            node = self.resolve(operation.result, uses, operation.where)
            fields.append(Field("Return", node, ["NDR_OUT"]))
        return spelled, fields
