"""The tables of figures in README.md."""

from __future__ import annotations

import textwrap
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def write_readme(name: str, text: str) -> None:
    """Put figures between the two comments of a name, ``<!-- NAME -->`` and ``<!-- /NAME -->``, in README.md.

    Raises:
        ValueError: if one of them is not there.
    """
    before, begin, rest = README.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition(f"<!-- /{name} -->")
    if not begin or not end:
        raise ValueError(f"README.md has no place for the figures: <!-- {name} --> and <!-- /{name} -->")
    wrapped = "\n".join(line if line.startswith("|") else textwrap.fill(line, 119) for line in text.splitlines())
    README.write_text(f"{before}<!-- {name} -->\n{wrapped}\n<!-- /{name} -->{after}", encoding="utf-8")
