# SPDX-License-Identifier: GPL-2.0-or-later
"""What a capture of scripts/bench counted: as a table, as JSON, against limits.

    table.py CAPTURE LIMITS [--json FILE] [--svg FILE] [--tap]
"""

import argparse
import json
import sys
from pathlib import Path

import counts

WIDTH, ROW, LEFT = 760, 26, 250
COLOURS = {"uncfs": "#2a7", "cifs": "#c75", "cifs-tuned": "#da8"}


def short(commands):
    """[A, A, B] as 2 A, B."""
    runs = []
    for command in commands:
        if runs and runs[-1][1] == command:
            runs[-1][0] += 1
        else:
            runs.append([1, command])
    text = ", ".join(f"{n} {name}" if n > 1 else name for n, name in runs)
    return text if len(text) < 60 else text[:57] + "..."


def table(found, limits):
    systems = list(dict.fromkeys(system for system, _ in found))
    yield (f"{'waits (messages)':<32}" +
           "".join(f"{system:>14}" for system in systems) + f"{'goal':>6}")
    for name, limit in limits.items():
        cells = [found.get((system, name)) for system in systems]
        if not any(cells):
            continue
        row = "".join(f"{f'{c.waits} ({c.messages})' if c else '-':>14}"
                      for c in cells)
        ours = found.get(("uncfs", name))
        yield (f"{name:<32}{row}{limit['goal']:>6}  "
               f"{short(ours.commands) if ours else ''}")


def tap(found, limits):
    """One test for each limit: a count that grows fails."""
    number = failed = 0
    for name, limit in limits.items():
        ours = found.get(("uncfs", name))
        if limit.get("full") and not ours:
            continue
        number += 1
        good = ours is not None and ours.waits <= limit["waits"] and \
            ours.bytes <= limit.get("bytes", ours.bytes)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {name}")
        if not good:
            said = f"{ours.waits} waits, {ours.bytes} bytes, " \
                f"{short(ours.commands)}" if ours else "not measured"
            print(f"#   {name}: {said}; limit {limit}", file=sys.stderr)
    print(f"1..{number}")
    return 1 if failed or not number else 0


def as_json(found):
    return {name: {system: {"waits": c.waits, "messages": c.messages,
                            "bytes": c.bytes, "commands": short(c.commands)}
                   for (system, other), c in found.items() if other == name}
            for name in dict.fromkeys(name for _, name in found)}


def svg(found):
    """Bars on a scale by roots, or the single waits would not be seen."""
    systems = list(dict.fromkeys(system for system, _ in found))
    names = list(dict.fromkeys(name for _, name in found))
    most = max(count.waits for count in found.values()) or 1
    height = ROW * len(names) + 50
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
           f'height="{height}" font-family="sans-serif" font-size="11">')
    yield f'<rect width="{WIDTH}" height="{height}" fill="white"/>'
    for i, system in enumerate(systems):
        yield (f'<rect x="{LEFT + i * 110}" y="8" width="10" height="10" '
               f'fill="{COLOURS[system]}"/>'
               f'<text x="{LEFT + 14 + i * 110}" y="17">{system}</text>')
    thick = (ROW - 6) / len(systems)
    for row, name in enumerate(names):
        top = 34 + row * ROW
        yield (f'<text x="{LEFT - 8}" y="{top + 13}" text-anchor="end">'
               f'{name}</text>')
        for i, system in enumerate(systems):
            count = found.get((system, name))
            if not count:
                continue
            length = (WIDTH - LEFT - 60) * (count.waits / most) ** 0.5
            at = top + i * thick
            yield (f'<rect x="{LEFT}" y="{at:.1f}" width="{length + 1:.1f}" '
                   f'height="{thick - 0.5:.1f}" fill="{COLOURS[system]}"/>'
                   f'<text x="{LEFT + length + 5:.1f}" y="{at + thick - 0.5:.1f}" '
                   f'font-size="7">{count.waits}</text>')
    yield "</svg>"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("capture")
    parser.add_argument("limits")
    parser.add_argument("--json")
    parser.add_argument("--svg")
    parser.add_argument("--tap", action="store_true")
    options = parser.parse_args()
    found = counts.count(options.capture)
    limits = json.loads(Path(options.limits).read_text())
    if options.json:
        Path(options.json).write_text(
            json.dumps(as_json(found), indent=1) + "\n")
    if options.svg:
        Path(options.svg).write_text("\n".join(svg(found)) + "\n")
    if options.tap:
        return tap(found, limits)
    print("\n".join(table(found, limits)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
