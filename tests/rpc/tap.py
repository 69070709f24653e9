# SPDX-License-Identifier: GPL-2.0-or-later
"""TAP for tests in Python."""

_count = _failed = 0


def ok(good, name, note=""):
    """One test; the note is shown when it fails."""
    global _count, _failed
    _count += 1
    _failed += not good
    print(f"{'' if good else 'not '}ok {_count} - {name}", flush=True)
    if not good:
        print("\n".join("# " + line for line in str(note).splitlines()),
              flush=True)


def done():
    """The plan; returns the exit status."""
    print(f"1..{_count}", flush=True)
    return 1 if _failed or not _count else 0
