"""Markdown that is slow to read."""

from __future__ import annotations

from pathlib import Path

PARTS = [
    "> " * 3000 + "a\n",
    "- " * 3000 + "a\n",
    "".join("> " * depth + "```\n" for depth in range(1, 500)),
    "".join(" " * (2 * depth) + "- a\n" for depth in range(500)),
    "<!--" * 4000 + "\n" + "[" * 4000 + "](" * 4000 + "\n",
    "~~~~" * 4000 + "\n" + "#" * 4000 + " a\n" + "`" * 4000 + "\n",
]


def make(folder: Path) -> None:
    """Write the hand-in."""
    for number, part in enumerate(PARTS):
        (folder / f"part_{number}.md").write_text(part, encoding="utf-8")
    (folder / "tiny_1_double.md").write_text("".join(PARTS * 3), encoding="utf-8")
