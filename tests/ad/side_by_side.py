#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The attributes of accounts that different programs made, side by side.

    side_by_side.py DOCUMENT NAME=FILE...

Each FILE is what ldapsearch says of the account NAME.  Prints the table, which must
be the one in DOCUMENT, behind the words "side_by_side.py".
"""

import csv
import pathlib
import re
import sys

# Names, times and numbers of the one account
APART = """
    dn cn name distinguishedName objectSid objectGUID whenCreated whenChanged
    uSNCreated uSNChanged pwdLastSet lastLogon logonCount lastLogonTimestamp
    badPasswordTime badPwdCount
""".lower().split()


def system():
    text = pathlib.Path("/etc/os-release").read_text(encoding="utf-8")
    return re.search(r'^PRETTY_NAME="?(.*?)"?$', text, re.M)[1]


def read(path, name):
    """Attribute to its values, with the account's own name as NAME."""
    found = {}
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        value = re.sub(re.escape(name), "NAME", value.strip(": "), flags=re.I)
        if key and key.lower() not in APART:
            found.setdefault(key, []).append(value.replace(
                system(), "PRETTY_NAME"))
    assert len(found) > 8, (path, found)
    return {key: "; ".join(sorted(values)) for key, values in found.items()}


def documented(path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    lines = text.split("side_by_side.py", 1)[1].splitlines()
    rows = [line.strip() for line in lines if line.startswith('   "')]
    return list(csv.reader(rows, skipinitialspace=True))


def main():
    document, *accounts = sys.argv[1:]
    columns = [read(file, name) for name, file in
               (account.split("=", 1) for account in accounts)]
    seen = [[key, *(column.get(key, "") for column in columns)]
            for key in sorted(set().union(*columns), key=str.lower)]
    wanted = [row for row in documented(document) if len(row) == len(seen[0])]
    for row in seen:
        print("  ", ", ".join(f'"{value}"' for value in row))
    if seen == wanted:
        return 0
    print(f"this is not the table of {document}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
