# SPDX-License-Identifier: GPL-2.0-or-later
"""Where things are: the checkout, its build folder, the cache outside it."""

import os
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BUILD = TOP / "build"
RUNS = BUILD / "run"
VM = TOP / "tests" / "vm"

# Outside the checkout, so that a fresh clone finds the downloads and kernels
# of the one before it.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or
             Path.home() / ".cache") / "uncfs"
