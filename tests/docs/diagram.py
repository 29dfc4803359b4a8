"""Draws docs/images/layers.svg, who imports whom in grader/: `python tests/docs/diagram.py` writes it anew.

The layers are those of tests/test_layers.py, the lines are the imports that the sources have. A line is left out where
others lead the same way. Every box stands on the lowest one; lines to that are left out too.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))
from test_layers import LAYERS, MODULES, imports  # noqa: E402

TARGET = TESTS.parent / "docs" / "images" / "layers.svg"
# The lowest layer is one box.
BOTTOM = "results"
INSIDE = "sandbox.inside"
# The middle of every box, so that lines do not run behind boxes.
COLUMNS = {
    "cli": 560, "commands": 560, "batch": 330, "verify": 440, "reports": 260, "judge": 440, "sandbox": 390,
    "submission": 490, "hints": 712, "template": 800, "handins": 585, "notebooks": 395, "state": 680, "catalogue": 790,
    "sandbox.inside": 85, "seeding": 205, "spec": 285, "file_names": 500, "limits": 790,
}  # fmt: skip
WIDTH, ROW, BOX, MARGIN = 870, 76, 34, 16


def unit_of(module: str) -> str:
    """Return the box to which a module belongs, as it is called in the picture."""
    covers = [
        part
        for layer in LAYERS
        for part in layer
        if module == part or (part != "grader" and module.startswith(part + "."))
    ]
    found = max(covers, key=len)
    return BOTTOM if found in LAYERS[0] else found.removeprefix("grader.")


def rows() -> list[list[str]]:
    """Return the boxes from the bottom to the top: row by row, a layer with imports of its own in several."""
    found = [[BOTTOM]]
    below = lines()
    for layer in LAYERS[1:]:
        left = {part.removeprefix("grader.") for part in layer}
        while left:
            row = {name for name in left if not any((name, other) in below for other in left)}
            found.append(sorted(row, key=lambda name: COLUMNS.get(name, 0)))
            left -= row
    return found


def lines() -> set[tuple[str, str]]:
    """Return which box imports which, each pair once, none to the lowest and none where a way leads over a third."""
    found: dict[str, set[str]] = {unit_of(module): set() for module in MODULES}
    for module, path in MODULES.items():
        for other in imports(path):
            if other in MODULES and unit_of(other) not in (unit_of(module), BOTTOM):
                found[unit_of(module)].add(unit_of(other))
    return {
        (above, below)
        for above, all_below in found.items()
        for below in all_below
        if not any(below in _reached(found, third) for third in all_below - {below})
    }


def _reached(found: dict[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for name in found[waiting.pop()] - reached:
            reached.add(name)
            waiting.append(name)
    return reached


def _edges(name: str) -> tuple[float, float]:
    """Return the left edge and the width of a box."""
    if name == BOTTOM:
        return MARGIN, WIDTH - 2 * MARGIN
    assert name in COLUMNS, f"{name} has no place in the picture; give it a column in tests/docs/diagram.py"
    width = 28 + 8 * len(name)
    return COLUMNS[name] - width / 2, width


def draw() -> str:
    """Return the picture as SVG."""
    levels = rows()
    height = MARGIN * 2 + ROW * (len(levels) - 1) + BOX
    boxes: dict[str, tuple[float, float, float]] = {}
    for number, names in enumerate(levels):
        top = height - MARGIN - BOX - ROW * number
        for name in names:
            left, width = _edges(name)
            boxes[name] = (left, top, width)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="ui-monospace, SFMono-Regular, Consolas, monospace" font-size="13">',
        "<title>The layers of grader/ and their imports</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for above, below in sorted(lines()):
        parts.append(_line(boxes[above], boxes[below]))
    for name, (left, top, width) in boxes.items():
        fill, edge = ("#fde9d9", "#b4540a") if name == INSIDE else ("#e3f2f0", "#00695c")
        parts.append(
            f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{BOX}" rx="6" fill="{fill}" stroke="{edge}"/>'
        )
        label = "results, errors, texts: what all others stand on" if name == BOTTOM else name
        parts.append(f'<text x="{left + width / 2:g}" y="{top + 22:g}" text-anchor="middle">{escape(label)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(above: tuple[float, float, float], below: tuple[float, float, float]) -> str:
    """Return a curve from the lower edge of a box to the upper edge of another."""
    x1, y1 = above[0] + above[2] / 2, above[1] + BOX
    x2, y2 = below[0] + below[2] / 2, below[1]
    half = (y2 - y1) / 2
    path = f"M{x1:g},{y1:g} C{x1:g},{y1 + half:g} {x2:g},{y2 - half:g} {x2:g},{y2:g}"
    return f'<path d="{path}" fill="none" stroke="#7a8a88" stroke-width="1.2"/>'


if __name__ == "__main__":
    TARGET.write_text(draw(), encoding="utf-8")
