# SPDX-License-Identifier: GPL-2.0-or-later
"""How long operations took at several round-trip times, and what follows.

    times.py LOG [--json FILE] [--svg FILE]

A time is a straight line over the latency: its slope is how many round trips a
program waited for, one after the other, and where it begins is what processors
had to do.  Of several measurements of one thing the median counts.
"""

import argparse
import json
import statistics
import sys
from pathlib import Path

from table import COLOURS

CELL, GAP, LEFT, ROW = 190, 34, 20, 150


def measured(path):
    """{operation: {system: {delay in ms: seconds}}}"""
    found = {}
    for line in Path(path).read_text().splitlines():
        word, *fields = line.split("\t")
        if word != "TOOK":
            continue
        system, delay, took, name = fields
        found.setdefault(name, {}).setdefault(system, {}).setdefault(
            int(delay), []).append(float(took))
    return {name: {system: {delay: statistics.median(times)
                            for delay, times in sorted(delays.items())}
                   for system, delays in systems.items()}
            for name, systems in found.items()}


def line(delays):
    """Round trips and milliseconds of processor of {ms: seconds}."""
    fit = statistics.linear_regression(
        list(delays), [took * 1000 for took in delays.values()])
    return fit.slope, fit.intercept


def table(found):
    delays = sorted({delay for systems in found.values()
                     for took in systems.values() for delay in took})
    yield (f"{'ms at a latency of':<32}{'':<11}" +
           "".join(f"{f'{delay} ms':>10}" for delay in delays) +
           f"{'round trips':>13}{'rest, ms':>10}")
    for name, systems in found.items():
        for system, took in systems.items():
            slope, rest = line(took)
            cells = "".join(f"{took[delay] * 1000:>10.1f}" if delay in took
                            else f"{'-':>10}" for delay in delays)
            yield f"{name:<32}{system:<11}{cells}{slope:>13.1f}{rest:>10.1f}"
            name = ""


def as_json(found):
    return {name: {system: {
        "ms": {delay: round(s * 1000, 2) for delay, s in took.items()},
        "round_trips": round(line(took)[0], 2),
        "rest_ms": round(line(took)[1], 2)}
        for system, took in systems.items()}
        for name, systems in found.items()}


def plot(name, systems, left, top):
    """One small diagram: time over latency, a line for each system."""
    most = max(max(took.values()) for took in systems.values()) * 1000
    last = max(max(took) for took in systems.values()) or 1
    bottom, height = top + ROW - GAP, ROW - 2 * GAP
    yield (f'<text x="{left}" y="{top + 14}" font-weight="bold">{name}</text>'
           f'<text x="{left}" y="{top + 27}" font-size="8">{most:.0f} ms</text>'
           f'<path d="M{left} {top + GAP}V{bottom}H{left + CELL - GAP}" '
           f'fill="none" stroke="#999"/>'
           f'<text x="{left + CELL - GAP}" y="{bottom + 10}" font-size="8" '
           f'text-anchor="end">{last} ms</text>')
    for system, took in systems.items():
        points = " ".join(
            f"{left + delay / last * (CELL - GAP):.1f},"
            f"{bottom - seconds * 1000 / most * height:.1f}"
            for delay, seconds in took.items())
        yield (f'<polyline points="{points}" fill="none" stroke-width="1.5" '
               f'stroke="{COLOURS[system]}"/>')


def svg(found):
    columns = 4
    rows = -(-len(found) // columns)
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" '
           f'width="{LEFT + columns * CELL}" height="{rows * ROW + 30}" '
           f'font-family="sans-serif" font-size="10">')
    yield '<rect width="100%" height="100%" fill="white"/>'
    systems = {system for each in found.values() for system in each}
    for i, system in enumerate(sorted(systems)):
        yield (f'<rect x="{LEFT + i * 110}" y="8" width="10" height="10" '
               f'fill="{COLOURS[system]}"/>'
               f'<text x="{LEFT + 14 + i * 110}" y="17">{system}</text>')
    for i, (name, each) in enumerate(found.items()):
        yield from plot(name, each, LEFT + i % columns * CELL,
                        24 + i // columns * ROW)
    yield "</svg>"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("log")
    parser.add_argument("--json")
    parser.add_argument("--svg")
    options = parser.parse_args()
    found = measured(options.log)
    if options.json:
        Path(options.json).write_text(
            json.dumps(as_json(found), indent=1) + "\n")
    if options.svg:
        Path(options.svg).write_text("\n".join(svg(found)) + "\n")
    print("\n".join(table(found)))
    return 0 if found else 1


sys.exit(main())
