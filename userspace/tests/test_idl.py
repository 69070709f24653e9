#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The IDL compiler on snippets: what it understands, and what it refuses.

TAP; see userspace/idl/compiler.
"""

import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP / "idl"), str(TOP.parent / "tests/rpc")]
sys.dont_write_bytecode = True

from compiler.emit import Header, Tables, declare     # noqa: E402
from compiler.layout import Measure                   # noqa: E402
from compiler.lexer import IdlError                   # noqa: E402
from compiler.parser import Parser                    # noqa: E402
from compiler.types import Resolver                   # noqa: E402
from tap import done, ok                              # noqa: E402

HEAD = """[uuid(12345678-1234-abcd-ef00-01234567cffb), version(2.1),
	endpoint("ncacn_np:[\\\\pipe\\\\x]"), pointer_default(unique)]
interface x {
"""


def parse(body):
    def load(name, where):
        raise IdlError(where, f"cannot find {name}")
    return Parser(HEAD + body + "\n}\n", "x.idl", load).run()


def resolve(body):
    """Name of an operation to its fields."""
    file = parse(body)
    resolver = Resolver(file)
    return file, resolver, {op.name: resolver.operation(op, "x")
                            for op in file.operations}


def emit(body):
    file, resolver, made = resolve(body)
    header = Header(file, resolver, "x").write(list(made.values()))
    return header, Tables(file, "x").write(list(made.values()))


def fields(body):
    """The parameters of the operation f."""
    return {f.name: f.node for f in resolve(body)[2]["f"][1]}


def refused(body, words, what):
    try:
        emit(body)
    except IdlError as error:
        ok(words in str(error) and str(error).startswith("x.idl:"),
           f"refused: {error}")
        return
    ok(False, f"{what} is not refused")


def test_types():
    f = fields("""
        typedef unsigned long DWORD, *PDWORD;
        typedef [string] wchar_t *NAME;
        void f([in] DWORD a, [in] PDWORD b, [in, unique] PDWORD c,
               [in, string] wchar_t *d, [in, unique] NAME e, [in] hyper g,
               [in, range(1, 5)] short h, [in, ptr] long *i);""")
    ok(f["a"].kind == "U32" and f["a"].ctype == "DWORD", "a typedef of a number")
    ok(f["b"].mode == "top" and f["b"].target.kind == "U32",
       "a parameter that points is a reference")
    ok(f["c"].mode == "unique" and f["i"].mode == "ptr", "unless it says more")
    ok(f["d"].target.kind == "STRING" and f["d"].target.wide and
       declare(f["d"], "d") == "char *d", "strings")
    ok(f["e"].mode == "unique" and f["e"].target.kind == "STRING",
       "strings by typedef")
    ok(f["g"].kind == "I64" and f["h"].range == (1, 5), "hyper, range")


def test_arrays():
    f = fields("""
        const long N = 4; #define TWICE (N * 2)
        typedef struct { long n; [size_is(n)] long *p; byte b[TWICE]; } S;
        void f([in] long n, [in, size_is(n)] byte a[],
               [in, size_is(, n)] long **b, [in, size_is(n)] long **c,
               [in, size_is(1000), length_is(n)] long d[*],
               [in, string, size_is(n)] wchar_t **e, [in] S *s,
               [in, max_is(n)] short *g, [in] byte h[16],
               [in, unique, size_is(n)] S *i[*]);""".replace(
                   "; #define", ";\n#define").replace("(N * 2)", "(N * 2)\n"))
    ok(f["a"].mode == "top" and f["a"].target.kind == "ARRAY" and
       f["a"].target.size_is.text == "n", "conformant")
    ok(f["b"].target.kind == "POINTER" and f["b"].target.target.kind == "ARRAY"
       and declare(f["b"], "b") == "int32_t **b", "the second dimension")
    ok(f["c"].target.kind == "ARRAY" and f["c"].target.target.kind == "POINTER",
       "an array of pointers")
    ok(f["d"].target.length_is.text == "n" and f["d"].target.size_is.text ==
       "1000", "varying")
    ok(f["e"].target.kind == "ARRAY" and
       f["e"].target.target.target.kind == "STRING", "an array of strings")
    ok(f["g"].target.size_is.text == "(n + 1)", "max_is")
    ok(f["h"].target.count == 16, "fixed")
    ok(f["i"].mode == "unique" and f["i"].target.kind == "ARRAY" and
       f["i"].target.target.mode == "unique", "an array that may be missing")
    ok(f["s"].target.fields[2].node.count == 8, "constants")


def test_constants():
    file, _, made = resolve("""
        typedef wchar_t WCHAR; typedef [string] wchar_t *NAME;
        typedef struct { short a; hyper b; byte c[3]; } S;
        typedef enum { LOW = 3, HIGH = 7 } E;
        #define BYTES 1024
        #define TEXT (BYTES / sizeof(WCHAR))
        #define ITEMS (BYTES / sizeof(S))
        void f([in, range(0, TEXT), string] NAME a, [in, range(LOW, HIGH)] E e,
               [in] E any);""")
    f = {field.name: field.node for field in made["f"][1]}
    ok(file.consts["TEXT"] == 512 and file.consts["ITEMS"] == 1024 // 24,
       "sizeof of a number and of a structure")
    ok(f["a"].target.range == (0, 512), "in the range of a string")
    ok(f["e"].range == (3, 7) and f["any"].range is None,
       "an enumeration with a range, for one use of it")


def test_nameless():
    f = fields("""
        typedef struct { long type; [switch_is(type)] union {
            [case(0)] long none; [case(1)] [string] wchar_t *text; }; } S;
        void f([in] S *s);""")
    inner = f["s"].target.fields[1]
    ok(inner.name == "u" and inner.node.kind == "UNION" and
       [arm[0] for arm in inner.node.arms] == ["none", "text"],
       "a union without a name")


def layout(body, name="s"):
    return Measure()(fields(body)[name].target)


def test_layout():
    one = layout("typedef struct { byte a; hyper b; } S; void f([in] S *s);")
    ok(one.align == (8, 8) and one.least == 9 and not one.defer, "a hyper aligns")
    one = layout("typedef struct { byte a; long *b; } S; void f([in] S *s);")
    ok(one.align == (4, 8) and one.defer, "a pointer is larger in NDR64")
    one = layout("typedef struct { short n; [size_is(n)] byte b[]; } S; "
                 "void f([in] S *s);")
    ok(one.conformant and one.align == (2, 2), "a conformant structure")
    one = layout("typedef enum { A, B } E; typedef [v1_enum] enum { C } F;"
                 "typedef struct { E e; F f; } S; void f([in] S *s);")
    ok(one.align == (4, 4) and one.least == 6, "enumerations")
    one = layout("typedef [switch_type(short)] union { [case(1)] byte a; "
                 "[case(2)] hyper b; [default] ; } U; "
                 "void f([in] short n, [in, switch_is(n)] U *s);")
    ok(one.align == (8, 8) and one.arm_align == (1, 8) and one.least == 2,
       "a union")
    one = layout("typedef [switch_type(short), ms_union] union { "
                 "[case(1)] byte a; [case(2)] hyper b; } U; "
                 "void f([in] short n, [in, switch_is(n)] U *s);")
    ok(one.arm_align == (8, 8), "a union of Microsoft's")


def test_dialect():
    f = fields("""
        cpp_quote("#define IGNORED 1")
        typedef [context_handle] void *H;
        typedef union switch (long l) u { case 1: case 2: byte a; default: ; } U;
        typedef struct T { struct T *next; struct { long x; } inner; } T;
        long f([in] handle_t h, [in] H a, [out] H *b, [in] U *u, [in] T *t,
               [in, out] const unsigned int *c);""")
    ok("h" not in f, "handle_t is not on the wire")
    ok(f["a"].kind == "CONTEXT" and f["b"].target.kind == "CONTEXT",
       "context handles")
    ok(f["u"].target.fields[1].node.tagged and
       f["u"].target.fields[1].node.arms[0][2] == [1, 2], "encapsulated unions")
    ok(f["t"].target.fields[0].node.target is f["t"].target, "recursion")
    ok(f["Return"].kind == "I32", "the result")
    f = fields("""
        typedef struct { long n; [switch_is(0xff & n)] union {
            [case(2)] byte b; } v; } S; void f([in] S *s);""")
    ok(f["s"].target.fields[1].node.target.kind == "I32",
       "a masked number as the switch")


def test_refused():
    void = "void f([in] long a);"
    refused("const long A = sizeof(long *);" + void, "no fixed size", "sizeof")
    refused("void f([in] T a);", "'T' is not declared", "an unknown type")
    refused("typedef pipe long P; typedef struct { P p; } S;"
            "void f([in] S *s);", "only a parameter", "a pipe in a structure")
    refused("typedef pipe long *P; void f([in] P *p);", "only a parameter",
            "a pointer to a pipe that is none")
    refused("typedef long *L; typedef pipe L P; void f([in] P *p);",
            "no fixed size", "a pipe of pointers")
    refused("void f([in] void *a);", "void", "a pointer to void")
    refused("void f([in, size_is(n)] long *a);", "'n' is not known", "a size")
    refused("void f([in] long a[]);", "without a size", "an array")
    refused("typedef struct { long n; [size_is(n)] byte a[]; long b; } S; "
            "void f([in] S *s);", "not the last", "an array in the middle")
    refused("typedef [switch_type(long)] union { [case(1)] long a; } U; "
            "void f([in] U *s);", "switch_is", "a union without switch_is")
    refused("typedef struct { [switch_is(n)] union { [case(1)] long a; } u; "
            "long n; } S; void f([in] S *s);", "comes later", "a late switch")
    refused("typedef struct { long *n; [size_is(*n)] byte *a; } S; "
            "void f([in] S *s);", "pointer in an expression", "*n in a struct")
    refused("void f([in, first_is(1), size_is(2)] long *a);", "first_is", "it")
    refused("const long A = 1 / 0;" + void, "division", "division by zero")
    refused("import \"y.idl\";" + void, "cannot find y.idl", "an import")
    refused("typedef struct { long a } S;" + void, "expected ';'", "syntax")
    refused("typedef struct { } S; void f([in] S *s);", "empty", "no members")
    refused("struct S; void f([in] struct S *s);", "never defined", "a promise")
    refused("void f([in] long a[1 .. 4]);", "start at 0", "a lower bound")


def test_compiles():
    header, tables = emit("""
        typedef struct _A { long n; [size_is(n)] struct _A *next; } A;
        typedef [switch_type(long)] union { [case(1)] A a; [default] ; } U;
        void f([in] A *a); long g([in] long n, [out, switch_is(n)] U *u);
        void h(void); void Opnum3NotUsedOnWire(void);""")
    ok("{ 0x12345678, 0x1234, 0xabcd, { 0xef, 0x00" in tables and
       ".major = 2, .minor = 1" in tables and
       '.endpoint = "ncacn_np:[\\\\pipe\\\\x]"' in tables, "attributes")
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "x.h").write_text(header)
        (pathlib.Path(folder) / "x_table.c").write_text(tables)
        run = subprocess.run(
            ["cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
             f"-I{TOP}/ndr", f"-I{folder}", f"{folder}/x_table.c"],
            capture_output=True, text=True, check=False)
    ok(run.returncode == 0, f"C without warnings {run.stderr[:300]}")


for test in (test_types, test_arrays, test_constants, test_nameless,
             test_layout, test_dialect, test_refused, test_compiles):
    test()
sys.exit(done())
