# SPDX-License-Identifier: GPL-2.0-or-later
"""Tokens to declarations: the IDL dialect of the Open Specifications."""

from .lexer import DEFINE, IdlError, number, tokens
from .sizes import Sizes
from .tree import (Array, Base, Enum, Expr, File, Member, Named, Operation,
                   Pipe, Pointer, Struct, Typedef, Union)

WORDS = {"unsigned", "signed", "long", "short", "small", "char", "hyper", "int",
         "void", "byte", "boolean", "wchar_t", "float", "double", "handle_t",
         "error_status_t", "__int64", "__int32", "__int16", "__int8",
         "__int3264"}
IGNORED_WORDS = {"const", "volatile", "__stdcall", "__cdecl", "__RPC_FAR", "far",
                 "__RPC_USER", "extern"}
NORMAL = {"int": "long", "__int32": "long", "__int16": "short", "__int8": "small",
          "__int64": "hyper", "long long": "hyper", "long int": "long",
          "short int": "short", "": "long"}
LEVELS = [["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="],
          ["<", ">", "<=", ">="], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]]
# Their arguments are types or text, not expressions.
TYPE_ATTRIBUTES = {"switch_type", "transmit_as", "wire_marshal", "represent_as",
                   "iid_is"}


class Parser:
    """Reads one file. LOAD gives the File of an import."""

    def __init__(self, text, name, load):
        self.list = list(tokens(text, name))
        self.at = 0
        self.load = load
        self.file = File(name, [], [], {}, {}, {}, operations=[])
        self.anonymous = []

    # Tokens

    @property
    def next(self):
        return self.list[self.at]

    def fail(self, what):
        raise IdlError(self.next.where, what)

    def take(self):
        token = self.next
        self.at += 1
        return token

    def found(self, *texts):
        if self.next.kind != "string" and self.next.text in texts:
            return self.take()
        return None

    def need(self, text):
        return self.found(text) or \
            self.fail(f"expected '{text}', found '{self.next.text}'")

    def name(self):
        if self.next.kind != "name":
            self.fail(f"expected a name, found '{self.next.text}'")
        return self.take().text

    # Names of this file and of those that it imports

    def look_up(self, table, key):
        for file in [self.file] + self.file.imports:
            if key in getattr(file, table):
                return getattr(file, table)[key]
        return None

    # Expressions

    def expression(self):
        condition = self.binary(0)
        if not self.found("?"):
            return condition
        yes = self.expression()
        where = self.need(":").where
        return Expr("?", [condition, yes, self.expression()], where)

    def binary(self, level):
        if level == len(LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while True:
            token = self.found(*LEVELS[level])
            if not token:
                return left
            left = Expr(token.text, [left, self.binary(level + 1)], token.where)

    def unary(self):
        token = self.found("*", "-", "~", "!", "+")
        if token:
            inner = self.unary()
            if token.text == "+":
                return inner
            op = "deref" if token.text == "*" else "u" + token.text
            return Expr(op, [inner], token.where)
        return self.primary()

    def primary(self):
        token = self.next
        if self.found("("):
            if self.starts_type():
                self.type_spec()
                while self.found("*"):
                    pass
                self.need(")")
                return self.unary()
            inner = self.expression()
            self.need(")")
            return inner
        if token.kind == "number":
            return Expr("const", [number(self.take().text)], token.where)
        if token.kind == "char":
            return Expr("const", [ord(self.take().text[-2])], token.where)
        if self.found("sizeof"):
            return self.size_of(token.where)
        return Expr("name", [self.name()], token.where)

    def size_of(self, where):
        self.need("(")
        kind = self.type_spec()
        while self.found("*"):
            kind = Pointer(kind)
        self.need(")")
        sizes = Sizes(lambda name: self.look_up("typedefs", name), self.value)
        return Expr("const", [sizes(kind, where)], where)

    def starts_type(self):
        text = self.next.text
        return text in WORDS or text in ("struct", "union", "enum") or \
            self.look_up("typedefs", text) is not None

    def value(self, expr):
        """The value of a constant expression."""
        if expr.op == "const":
            return expr.args[0]
        if expr.op == "name":
            found = self.look_up("consts", expr.args[0])
            if found is None:
                raise IdlError(expr.where, f"'{expr.args[0]}' is no constant")
            return found
        return fold(expr, [self.value(arg) for arg in expr.args])

    # Attributes

    def attributes(self):
        found = {}
        while self.found("["):
            while not self.found("]"):
                name = self.name()
                found[name] = self.attribute(name) if self.found("(") else None
                if not self.found(","):
                    self.need("]")
                    break
        return found

    def attribute(self, name):
        if name in TYPE_ATTRIBUTES:
            kind = self.type_spec()
            self.need(")")
            return kind
        values = []
        while True:
            if self.next.text in (",", ")") and self.next.kind == "punct":
                values.append(None)
            elif self.next.kind in ("string", "uuid"):
                values.append(self.take().text)
            elif name == "version":
                values.append(self.take().text)
            else:
                values.append(self.expression())
            if self.found(")"):
                return values
            self.need(",")

    # Types

    def type_spec(self):
        while self.next.text in IGNORED_WORDS:
            self.take()
        if self.next.text in ("struct", "union", "enum"):
            return self.aggregate(self.take().text)
        words = []
        while self.next.text in WORDS or self.next.text in IGNORED_WORDS:
            word = self.take().text
            if word not in IGNORED_WORDS:
                words.append(word)
        if words:
            return self.base(words)
        where = self.next.where
        name = self.name()
        if name == "pipe":
            return Pipe(self.type_spec())
        if self.look_up("typedefs", name) is None:
            raise IdlError(where, f"'{name}' is not declared")
        while self.next.text in IGNORED_WORDS:
            self.take()
        return Named(name, where)

    def base(self, words):
        unsigned = "unsigned" in words
        rest = " ".join(w for w in words if w not in ("unsigned", "signed"))
        rest = NORMAL.get(rest, rest)
        if rest == "char" and "signed" in words:
            rest = "small"
        if " " in rest:
            self.fail(f"no such type: {' '.join(words)}")
        if unsigned and rest != "char":
            rest = "unsigned " + rest
        return Base(rest)

    def aggregate(self, kind):
        where = self.next.where
        tag = self.name() if self.next.kind == "name" and \
            self.next.text != "switch" else None
        if kind == "union" and self.next.text == "switch":
            return self.encapsulated(tag, where)
        if not self.found("{"):
            if not tag:
                self.fail(f"expected the name or the body of a {kind}")
            return self.tagged(kind, tag, where)
        made = self.tagged(kind, tag, where)
        members = getattr(self, kind + "_body")()
        if kind == "enum":
            made.values = members
        elif made.members is not None:
            raise IdlError(where, f"{kind} {tag} is defined twice")
        else:
            made.members = members
        self.declare(made)
        return made

    def tagged(self, kind, tag, where):
        """The struct, union or enum of that tag, made when new."""
        found = tag and self.look_up("tags", (kind, tag))
        if found:
            return found
        made = {"struct": lambda: Struct(tag, None, where),
                "union": lambda: Union(tag, None, where),
                "enum": lambda: Enum(tag, None, where)}[kind]()
        if tag:
            self.file.tags[kind, tag] = made
        return made

    def declare(self, what):
        if what not in self.file.declared:
            self.file.declared.append(what)

    def struct_body(self):
        members = []
        while not self.found("}"):
            members += self.members()
        return members

    def members(self):
        """The fields of one declaration; they may share a type."""
        attributes = self.attributes()
        kind = self.type_spec()
        found = [self.member(kind, attributes)]
        while self.found(","):
            found.append(self.member(kind, attributes))
        self.need(";")
        return found

    def member(self, kind, attributes):
        where = self.next.where
        name, kind, more = self.declarator(kind)
        if name is None and isinstance(kind, (Struct, Union)):
            name = "u"          # without a name in the document
        return Member(name, kind, {**attributes, **more}, where)

    def declarator(self, kind):
        """Pointers, a name (None without) and arrays around the type KIND."""
        more = {}
        while True:
            if self.found("*"):
                kind = Pointer(kind)
            elif self.next.text in IGNORED_WORDS:
                self.take()
            elif self.next.text == "[" and self.list[self.at + 1].text in \
                    ("unique", "ref", "ptr", "string"):
                more.update(self.attributes())
            else:
                break
        if self.next.text == "(":
            self.fail("pointers to functions are not supported")
        name = self.name() if self.next.kind == "name" else None
        bounds = []
        while self.found("["):
            bounds.append(self.bound())
        for bound in reversed(bounds):
            kind = Array(kind, bound)
        return name, kind, more

    def bound(self):
        if self.found("]"):
            return None
        if self.found("*"):
            self.need("]")
            return None
        bound = self.expression()
        if self.found(".."):
            if self.value(bound) != 0:
                self.fail("arrays that do not start at 0 are not supported")
            if self.found("*"):
                self.need("]")
                return None
            top = self.expression()
            bound = Expr("const", [self.value(top) + 1], top.where)
        self.need("]")
        return Expr("const", [self.value(bound)], bound.where)

    def enum_body(self):
        values, following = [], 0
        while not self.found("}"):
            name = self.name()
            if self.found("="):
                following = self.value(self.expression())
            values.append((name, following))
            self.file.consts[name] = following
            following += 1
            if not self.found(","):
                self.need("}")
                break
        return values

    def union_body(self):
        arms, cases = [], []
        while not self.found("}"):
            if self.next.text in ("case", "default"):
                cases += self.case_label()
                continue
            where = self.next.where
            attributes = self.attributes()
            if "case" in attributes:
                cases += [self.value(v) for v in attributes.pop("case")]
            if "default" in attributes:
                cases.append(attributes.pop("default"))
            if self.next.text in ("case", "default"):
                continue
            if not cases:
                self.fail("an arm of a union needs a case")
            arm = Member(None, None, attributes, where)
            if not self.found(";"):
                name, kind, more = self.declarator(self.type_spec())
                arm = Member(name, kind, {**attributes, **more}, where)
                self.need(";")
            arm.cases, cases = cases, []
            arms.append(arm)
        return arms

    def case_label(self):
        if self.found("default"):
            self.need(":")
            return [None]
        self.need("case")
        values = [self.value(self.expression())]
        while self.found(","):
            values.append(self.value(self.expression()))
        self.need(":")
        return values

    def encapsulated(self, tag, where):
        self.need("switch")
        self.need("(")
        switch = self.member(self.type_spec(), {})
        self.need(")")
        inner = self.name() if self.next.kind == "name" else "tagged_union"
        self.need("{")
        made = self.tagged("union", tag, where)
        made.switch, made.inner = switch, inner
        made.members = self.union_body()
        self.declare(made)
        return made

    # Declarations

    def typedef(self, attributes):
        attributes = {**attributes, **self.attributes()}
        kind = self.type_spec()
        while True:
            where = self.next.where
            name, full, more = self.declarator(kind)
            if not name:
                self.fail("a typedef needs a name")
            self.add_typedef(Typedef(name, full, {**attributes, **more}, where))
            if not self.found(","):
                break
        self.need(";")

    def add_typedef(self, typedef):
        inner = typedef.type
        if isinstance(inner, Enum) and "v1_enum" in typedef.attributes:
            inner.wide = True
        if isinstance(inner, Union) and "switch_type" in typedef.attributes:
            inner.switch_type = typedef.attributes["switch_type"]
        if isinstance(inner, (Struct, Union, Enum)):
            inner.tag = inner.tag or "_" + typedef.name
            inner.title = inner.title or typedef.name
        self.file.typedefs[typedef.name] = typedef
        self.declare(typedef)

    def constant(self):
        self.type_spec()
        while self.found("*"):
            pass
        name = self.name()
        self.need("=")
        if self.next.kind == "string":
            self.take()
        else:
            self.file.consts[name] = self.value(self.expression())
        self.need(";")

    def define(self):
        token = self.take()
        name, body = DEFINE.match(token.text).groups()
        inner = Parser(body, token.where, self.load)
        inner.file = self.file
        try:
            self.file.consts[name] = inner.value(inner.expression())
        except (IdlError, ValueError):
            pass                # text for a C compiler, not a number

    def operation(self, attributes):
        result = self.type_spec()
        while self.found("*"):
            result = Pointer(result)
        where = self.next.where
        name = self.name()
        self.need("(")
        params = []
        while not self.found(")"):
            params.append(self.parameter())
            if not self.found(","):
                self.need(")")
                break
        self.need(";")
        if len(params) == 1 and params[0] is None:
            params = []
        self.file.operations.append(
            Operation(name, result, params, attributes, where))

    def parameter(self):
        attributes = self.attributes()
        param = self.member(self.type_spec(), attributes)
        if param.name is None:
            if isinstance(param.type, Base) and param.type.name == "void":
                return None
            if not isinstance(param.type, Base):
                self.fail("a parameter needs a name")
            param.name = "binding"
        return param

    def import_file(self):
        while True:
            name = self.take().text.strip('"')
            file = self.load(name, self.next.where)
            for one in file.imports + [file]:
                if one not in self.file.imports:
                    self.file.imports.append(one)
            if not self.found(","):
                break
        self.need(";")

    def body(self):
        """Declarations up to the end of the interface or of the file."""
        while self.next.kind != "end" and self.next.text != "}":
            if self.next.kind == "define":
                self.define()
            elif self.found("import"):
                self.import_file()
            elif self.found("const"):
                self.constant()
            elif self.found("cpp_quote", "midl_pragma"):
                while not self.found(")"):
                    self.take()
                self.found(";")
            elif self.found(";"):
                pass
            else:
                self.declaration()

    def declaration(self):
        attributes = self.attributes()
        if self.found("typedef"):
            self.typedef(attributes)
        elif self.found("interface"):
            self.interface(attributes)
        elif self.next.text in ("struct", "union", "enum") and self.bodied():
            self.type_spec()
            self.need(";")
        else:
            self.operation(attributes)

    def bodied(self):
        ahead = [token.text for token in self.list[self.at + 1:self.at + 3]]
        return "{" in ahead or ahead[-1:] in (["switch"], [";"])

    def interface(self, attributes):
        if self.file.interface:
            self.fail("one interface a file, please")
        self.file.interface = self.name()
        self.file.attributes = attributes
        if self.found(";"):
            self.fail("an interface needs a body")
        self.need("{")
        self.body()
        self.need("}")

    def run(self):
        self.body()
        while self.found(";"):
            pass
        if self.next.kind != "end":
            self.fail(f"unexpected '{self.next.text}'")
        return self.file


def fold(expr, args):
    """The operator of EXPR applied to numbers."""
    table = {
        "u-": lambda a: -a, "u~": lambda a: ~a, "u!": lambda a: int(not a),
        "+": lambda a, b: a + b, "-": lambda a, b: a - b,
        "*": lambda a, b: a * b, "/": lambda a, b: a // b,
        "%": lambda a, b: a % b, "<<": lambda a, b: a << b,
        ">>": lambda a, b: a >> b, "|": lambda a, b: a | b,
        "&": lambda a, b: a & b, "^": lambda a, b: a ^ b,
        "==": lambda a, b: int(a == b), "!=": lambda a, b: int(a != b),
        "<": lambda a, b: int(a < b), ">": lambda a, b: int(a > b),
        "<=": lambda a, b: int(a <= b), ">=": lambda a, b: int(a >= b),
        "&&": lambda a, b: int(bool(a and b)),
        "||": lambda a, b: int(bool(a or b)),
        "?": lambda a, b, c: b if a else c,
    }
    if expr.op not in table:
        raise IdlError(expr.where, f"'{expr.op}' in a constant")
    if expr.op in "/%" and not args[1]:
        raise IdlError(expr.where, "division by zero")
    return table[expr.op](*args)
