# SPDX-License-Identifier: GPL-2.0-or-later
"""The lab: real servers and a real kernel around uncfs, on one machine.

cli.py is the way in (scripts/lab calls it); Documentation/testing.rst tells
how the parts fit together.
"""
