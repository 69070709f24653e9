#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs test modules of Python's own suite in a folder.

    python_suite.py FOLDER MODULE...    prints "RESULT TEST" for each test

RESULT is ok, skipped or failed.  Two folders' results can be compared line by
line: what one file system passes and the other does not is a difference.
"""

import os
import sys
import tempfile
import unittest


class Result(unittest.TestResult):
    """Remembers how each test ended, the worst if it ended several times."""
    RANK = ("ok", "skipped", "failed")

    def __init__(self):
        super().__init__()
        self.ends = {}
        self.why = {}

    def end(self, test, how, why=""):
        test = getattr(test, "test_case", test)     # of a subtest
        name = test.id()
        if self.RANK.index(how) >= self.RANK.index(self.ends.get(name, "ok")):
            self.ends[name] = how
            self.why[name] = why

    def addSuccess(self, test):
        self.end(test, "ok")

    def addSkip(self, test, reason):
        self.end(test, "skipped")

    def addError(self, test, err):
        self.end(test, "failed", f"{err[0].__name__}: {err[1]}")

    addFailure = addError
    addExpectedFailure = lambda self, test, err: self.end(test, "ok")

    def addSubTest(self, test, subtest, err):
        if err:
            self.addError(test, err)


def main():
    folder, *modules = sys.argv[1:]
    os.chdir(folder)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    result = Result()
    unittest.defaultTestLoader.loadTestsFromNames(
        [f"test.{module}" for module in modules]).run(result)
    for name, how in sorted(result.ends.items()):
        why = " ".join(result.why[name].split())[:150]
        print(how, name, *([f"({why})"] if why else []))


if __name__ == "__main__":
    main()
