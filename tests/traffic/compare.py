#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What joins said on the wire, beside the table in the documentation.

    python3 -m traffic.compare DOCUMENT KEY NAME METHOD=CAPTURE...

KEY is the controller's AES key in hexadecimal, NAME the computer that joined. The
table for METHOD is behind the words "traffic.compare: METHOD"; those of its rows that
name a protocol must be what the capture has, in its order.
"""

import csv
import itertools
import pathlib
import re
import sys

from impacket.krb5 import crypto

from . import operations, talks

AES256 = 18
COLUMNS = 4     # the document's operation, protocol, operation, why


def plain(words, name):
    """Without what another lab, or another computer, would have otherwise."""
    words = re.sub(re.escape(name), "NAME", words, flags=re.I)
    return re.sub(r"DC=lab,DC=test|(?<![\w$])lab\.test", "DOMAIN", words,
                  flags=re.I)


def heard(path, key, name):
    """[[protocol, words]] of a capture; what is the same again is counted, and
    an address of either kind is asked for at once."""
    before, rows = set(), []
    found = sorted((operation for talk in talks.talks_of(path) for operation
                    in operations.of_talk(talk, key, before)),
                   key=lambda operation: operation[0])
    for _, protocol, words in found:
        words = plain(words, name)
        # A resolver asks for both at once; of two datagrams the capture of a
        # busy machine may have missed the first.
        if words.startswith("AAAA "):
            if rows[-1][:2] == [protocol, words[3:]]:
                rows.pop()
            rows.append([protocol, "A, " + words, 1])
        elif rows and rows[-1][:2] == [protocol, words]:
            rows[-1][2] += 1
        else:
            rows.append([protocol, words, 1])
    return [[protocol, words + (f", {count} times" if count > 1 else "")]
            for protocol, words, count in rows]


def documented(path, method):
    """The rows of a method's table that say what is on the wire."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    behind = text.split(f"traffic.compare: {method}\n", 1)[1].splitlines()
    table = itertools.takewhile(
        lambda line: not line.startswith(".. compared by"), behind)
    rows = csv.reader((line.strip() for line in table if
                       line.startswith('   "')), skipinitialspace=True)
    rows = [row for row in rows if row]
    if any(len(row) != COLUMNS for row in rows):
        raise ValueError(f"a row of the table for {method} has not four columns")
    return [row[1:3] for row in rows if row[1]]


def main():
    document, key, name, *captures = sys.argv[1:]
    key = crypto.Key(AES256, bytes.fromhex(key))
    wrong = 0
    for method, path in (capture.split("=", 1) for capture in captures):
        seen = list(heard(path, key, name))
        if seen == documented(document, method):
            continue
        wrong = 1
        print(f"the wire says, of the join by {method}:")
        for row in seen:
            print("  ", ", ".join(f'"{value}"' for value in row))
    return wrong


if __name__ == "__main__":
    sys.exit(main())
