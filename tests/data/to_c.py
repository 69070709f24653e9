# SPDX-License-Identifier: GPL-2.0-or-later
"""Write kmod/tests/vectors.h and vectors.c from the .hex files beside this."""

import pathlib
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent.parent / "kmod/tests"
NOTE = ("Good vectors of the codecs. Written by tests/data/to_c.py from the "
        ".hex\n * files beside it, which tell where each comes from.")


def read(path):
    """Return (comment, bytes) of a .hex file."""
    lines = path.read_text().splitlines()
    comment = " ".join(line[2:] for line in lines if line.startswith("#"))
    return comment, bytes.fromhex("".join(
        line for line in lines if not line.startswith("#")))


def array(name, comment, data):
    rows = [data[at:at + 12] for at in range(0, len(data), 12)]
    body = "\n".join("\t" + " ".join(f"0x{b:02x}," for b in row)
                     for row in rows)
    text = "\n".join(" * " + line for line in textwrap.wrap(comment, 74))
    return (f"\n/*\n{text}\n */\n"
            f"const u8 vec_{name}[{len(data)}] = {{\n{body}\n}};\n")


def main():
    header = ("/* SPDX-License-Identifier: GPL-2.0-or-later */\n"
              f"/*\n * {NOTE}\n */\n"
              "#ifndef UNCFS_TESTS_VECTORS_H\n#define UNCFS_TESTS_VECTORS_H\n\n"
              '#include "../wire/wire_os.h"\n\n')
    source = ("// SPDX-License-Identifier: GPL-2.0-or-later\n"
              f"/*\n * {NOTE}\n */\n"
              '#include "vectors.h"\n')
    for path in sorted(HERE.glob("*.hex")):
        comment, data = read(path)
        header += f"extern const u8 vec_{path.stem}[{len(data)}];\n"
        source += array(path.stem, comment, data)
    header += "\n#endif /* UNCFS_TESTS_VECTORS_H */\n"
    (TARGET / "vectors.h").write_text(header)
    (TARGET / "vectors.c").write_text(source)


if __name__ == "__main__":
    main()
