# SPDX-License-Identifier: GPL-2.0-or-later
"""Nodes to C: the header with the structures, the source with the tables."""

import re

from .layout import Measure, check_order
from .tree import Enum, Pipe, Struct, Typedef, Union

FLAGS = {"ref": "NDR_T_REF", "ptr": "NDR_T_FULL", "top": "NDR_T_TOP | NDR_T_REF"}
SHOWN = {"GUID": "GUID", "RPC_SID": "SID"}
MADE = "/* Made by the IDL compiler from {}; do not edit. */\n"


def declare(node, name):
    """C declaration of NAME as a slot for NODE."""
    if node.kind == "POINTER":
        inner = node.target
        if inner.kind == "ARRAY":
            return declare(inner.target, "*" + name)
        if inner.kind == "STRING":
            return f"char *{name}"
        return declare(inner, "*" + name)
    if node.kind == "ARRAY":
        if node.count is None:
            return declare(node.target, "*" + name)
        if name.startswith("*"):
            name = f"({name})"
        return declare(node.target, f"{name}[{node.count}]")
    if node.kind == "STRING":
        return f"char *{name}"
    return f"{node.ctype} {name}"


def slot(node):
    """C type of a slot, for sizeof."""
    return declare(node, "").strip()


class Header:
    """INTERFACE.h"""

    def __init__(self, file, resolver, name):
        self.file = file
        self.resolver = resolver
        self.name = name
        self.lines = []
        self.done = set()

    def guarded(self, key, body):
        """BODY once, even if several headers declare the same."""
        guard = "NDR_HAVE_" + re.sub(r"\W+", "_", key)
        mark = sum((i + 1) * ord(c) for i, c in enumerate(body)) & 0xffffffff
        self.lines += [f"#ifndef {guard}", f"#define {guard} {mark:#x}", body,
                       f"#elif {guard} != {mark:#x}",
                       f"#error two interfaces disagree about {key}: include "
                       "their headers in different files", "#endif"]

    def members(self, fields):
        return [f"\t{declare(f.node, f.name)};" for f in fields]

    def inner(self, nodes):
        """Definitions that NODES hold by value."""
        for node in nodes:
            while node.kind == "ARRAY" and node.count is not None:
                node = node.target
            if node.struct:
                self.node(node)
            elif node.values:
                self.enum(node)

    def node(self, node):
        if node.struct in self.done:
            return
        self.done.add(node.struct)
        if node.kind == "STRUCT":
            self.inner([f.node for f in node.fields])
            body = self.members(node.fields)
        else:
            arms = [(n, a) for n, a, _ in node.arms if a is not None]
            self.inner([a for _, a in arms])
            body = [f"\t{declare(a, n)};" for n, a in arms]
            # A union whose arms are all empty still has a place.
            body = body or ["\tchar nothing;"]
        self.guarded(node.struct, "\n".join([f"{node.struct} {{"] + body + ["};"]))
        self.pointees(node)

    def pointees(self, node):
        inner = [f.node for f in node.fields] if node.kind == "STRUCT" else \
            [a for _, a, _ in node.arms if a is not None]
        for each in inner:
            self.reach(each)

    def reach(self, node):
        while node.kind in ("POINTER", "ARRAY", "PIPE"):
            node = node.target
        self.inner([node])

    def enum(self, node):
        if node.ctype in self.done:
            return
        self.done.add(node.ctype)
        body = "\n".join(f"\t{name} = {number(value)}," for name, value in
                         node.values)
        self.guarded(node.ctype, f"{node.ctype} {{\n{body}\n}};")

    def typedef(self, typedef):
        """The name of a number, a structure, a union or an enumeration."""
        kind = typedef.type
        from .tree import Base, Named
        from .types import BASES
        if isinstance(kind, Named):
            kind = self.resolver.strip(kind)
            if isinstance(kind, Base) and kind.name in BASES:
                self.guarded(typedef.name,
                             f"typedef {BASES[kind.name][1]} {typedef.name};")
        elif isinstance(kind, Base) and kind.name in BASES:
            self.guarded(typedef.name,
                         f"typedef {BASES[kind.name][1]} {typedef.name};")
        if isinstance(kind, Pipe):
            self.guarded(typedef.name, f"typedef struct ndr_pipe {typedef.name};")
        if isinstance(kind, (Struct, Union, Enum)):
            word = {Struct: "struct", Union: "union", Enum: "enum"}[type(kind)]
            if isinstance(kind, Union) and kind.switch:
                word = "struct"
            if word == "enum":
                self.enum(self.resolver.enum(kind))
            self.guarded(typedef.name,
                         f"typedef {word} {kind.tag} {typedef.name};")

    def constants(self):
        enums = {name for d in self.file.declared if isinstance(d, Enum)
                 for name, _ in d.values or []}
        for name, value in self.file.consts.items():
            if name not in enums:
                self.lines += [f"#ifndef {name}",
                               f"#define {name} {number(value)}", "#endif"]

    def write(self, operations):
        for declared in self.file.declared:
            if isinstance(declared, Typedef):
                self.typedef(declared)
            elif isinstance(declared, Struct) and declared.members is not None:
                self.node(self.resolver.struct(declared))
            elif isinstance(declared, Enum):
                self.enum(self.resolver.enum(declared))
        for spelled, fields in operations:
            for field in fields:
                self.reach(field.node)
            self.lines += [f"{spelled} {{"] + self.members(fields) + \
                ([] if fields else ["\tchar nothing;"]) + ["};"]
        return self.text()

    def text(self):
        guard = "UNC_IDL_" + re.sub(r"\W", "_", self.name.upper()) + "_H"
        imports = [f'#include "{f.name.removesuffix(".idl")}.h"'
                   for f in self.file.imports]
        head = [MADE.format(self.file.name) + f"#ifndef {guard}",
                f"#define {guard}", '#include "ndr_types.h"'] + imports
        self.constants()
        return "\n".join(head + self.lines + [f"#endif /* {guard} */", ""])


def number(value):
    if -0x80000000 <= value <= 0x7fffffff:
        return str(value) if value != -0x80000000 else "(-2147483647 - 1)"
    return f"{value:#x}" if value >= 0 else f"({value}LL)"


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Tables:
    """INTERFACE_table.c"""

    def __init__(self, file, name):
        self.file = file
        self.name = name
        self.measure = Measure()
        self.index = {}         # node key to its number
        self.expressions = {}
        self.forward, self.lines, self.tail = [], [], []

    def expression(self, expr):
        if expr is None:
            return "NULL"
        key = expr.key()
        if key not in self.expressions:
            at = self.expressions[key] = len(self.expressions)
            self.lines.append(f"static const struct ndr_op o{at}[] = {{ "
                              f"{', '.join(expr.ops)} }};")
            self.lines.append(
                f"static const struct ndr_expr e{at} = {{ {quoted(expr.text)}, "
                f"{len(expr.ops)}, o{at} }};")
        return f"&e{self.expressions[key]}"

    def key(self, node):
        """Nodes of the same key are the same table."""
        if node.kind in ("STRUCT", "UNION", "ENUM16", "ENUM32"):
            extra = node.switch_is.key() if node.switch_is else None
            tag = id(node.arms) if node.arms is not None else id(node)
            return node.kind, tag, extra
        exprs = tuple(e.key() if e else None for e in
                      (node.size_is, node.length_is))
        target = self.key(node.target) if node.target else None
        return (node.kind, node.name, node.mode, node.count, node.range,
                node.wide, node.show, exprs, target, node.ctype)

    def type(self, node):
        key = self.key(node)
        if key not in self.index:
            at = self.index[key] = len(self.index)
            self.forward.append(f"static const struct ndr_type t{at};")
            self.describe(node, at)
        return f"&t{self.index[key]}"

    def flags(self, node, layout):
        found = []
        if layout.defer:
            found.append("NDR_T_DEFER")
        if layout.conformant:
            found.append("NDR_T_CONFORMANT")
        if node.kind == "STRING" or node.length_is is not None:
            found.append("NDR_T_VARYING")
        if node.wide:
            found.append("NDR_T_WIDE")
        if node.mode in FLAGS:
            found.append(FLAGS[node.mode])
        if node.tagged:
            found.append("NDR_T_TAGGED")
        if node.range:
            found.append("NDR_T_RANGE")
        return " | ".join(found) or "0"

    def describe(self, node, at):
        layout = self.measure(node)
        parts = {"name": quoted(node.name), "kind": f"NDR_{node.kind}",
                 "show": f"NDR_SHOW_{node.show}",
                 "flags": self.flags(node, layout),
                 "align": "{ %d, %d }" % layout.align,
                 "size": f"sizeof({slot(node)})", "wire_min": str(layout.least)}
        if node.kind == "STRUCT" and node.name in SHOWN:
            parts["show"] = f"NDR_SHOW_{SHOWN[node.name]}"
        if node.kind == "UNION":
            parts["arm_align"] = "{ %d, %d }" % layout.arm_align
        if node.count is not None:
            parts["count"] = str(node.count)
        if node.target is not None:
            parts["target"] = self.type(node.target)
        for part in ("size_is", "length_is", "switch_is"):
            if getattr(node, part) is not None:
                parts[part] = self.expression(getattr(node, part))
        if node.range:
            parts["min"], parts["max"] = (f"{number(v)}" for v in node.range)
        parts.update(self.parts(node, at))
        body = ",\n".join(f"\t.{key} = {value}" for key, value in parts.items())
        self.tail.append(f"static const struct ndr_type t{at} = {{\n{body}\n}};")

    def parts(self, node, at):
        if node.kind == "STRUCT":
            check_order(node)
            self.fields(f"f{at}", node.struct, node.fields)
            return {"fields": f"f{at}", "count": str(len(node.fields))}
        if node.kind == "UNION":
            return {"arms": f"a{at}", "count": str(self.arms(f"a{at}", node))}
        if node.values is not None:
            rows = ", ".join(f"{{ {quoted(n)}, {number(v)} }}"
                             for n, v in node.values)
            self.lines.append(f"static const struct ndr_name n{at}[] = "
                              f"{{ {rows} }};")
            return {"names": f"n{at}", "count": str(len(node.values))}
        return {}

    def fields(self, name, spelled, fields):
        rows = [f"\t{{ {quoted(f.name)}, {self.type(f.node)}, "
                f"offsetof({spelled}, {f.name}), "
                f"{' | '.join(f.flags) or '0'} }}," for f in fields]
        self.tail.append(f"static const struct ndr_field {name}[] = {{\n" +
                         "\n".join(rows) + "\n};")
        self.forward.append(f"static const struct ndr_field {name}"
                            f"[{len(fields)}];")

    def arms(self, name, node):
        rows = []
        for arm, inner, cases in node.arms:
            kind = self.type(inner) if inner is not None else "NULL"
            label = quoted(arm) if arm else "NULL"
            for case in cases:
                default = "true" if case is None else "false"
                rows.append(f"\t{{ {label}, {kind}, {number(case or 0)}, "
                            f"{default} }},")
        self.tail.append(f"static const struct ndr_arm {name}[] = {{\n" +
                         "\n".join(rows) + "\n};")
        self.forward.append(f"static const struct ndr_arm {name}[{len(rows)}];")
        return len(rows)

    def method(self, at, operation, made):
        spelled, fields = made
        reserved = "notusedonwire" in operation.name.lower() or \
            "local" in operation.attributes
        params = "ndr_no_params"
        if fields:
            self.fields(f"p{at}", spelled, fields)
            params = f"p{at}"
        return (f"\t{{ {quoted(operation.name)}, "
                f"{quoted(self.file.interface)}, {at}, {len(fields)}, "
                f"sizeof({spelled}), {params}, "
                f"{'true' if reserved else 'false'} }},")

    def interface(self, rows):
        attributes = self.file.attributes
        uuid = attributes["uuid"][0].replace("-", "")
        rest = ", ".join(f"0x{uuid[i:i + 2]}" for i in range(16, 32, 2))
        major, _, minor = attributes.get("version", ["0.0"])[0].partition(".")
        endpoints = attributes.get("endpoint")
        endpoint = quoted(",".join(
            e.strip('"').replace("\\\\", "\\") for e in endpoints)) \
            if endpoints else "NULL"
        name = self.file.interface
        return [f"static const struct ndr_method methods[] = {{"] + rows + \
            ["};", f"const struct ndr_interface ndr_interface_{name} = {{",
             f"\t.name = {quoted(name)},",
             f"\t.uuid = {{ 0x{uuid[:8]}, 0x{uuid[8:12]}, 0x{uuid[12:16]}, "
             f"{{ {rest} }} }},", f"\t.major = {major}, .minor = {minor or 0},",
             f"\t.endpoint = {endpoint},",
             f"\t.n_methods = {len(rows)},", "\t.methods = methods,", "};", ""]

    def write(self, operations):
        rows = [self.method(at, operation, made) for at, (operation, made) in
                enumerate(zip(self.file.operations, operations))]
        head = [MADE.format(self.file.name) + f'#include "{self.name}.h"',
                '#include "table.h"']
        return "\n".join(head + self.forward + self.lines + self.tail +
                         self.interface(rows))
