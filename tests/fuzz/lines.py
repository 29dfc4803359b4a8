"""What a refusal has to be, whoever refuses."""

from __future__ import annotations

import unicodedata

from grader.results import Text


def clear(text: Text, most: int = 600) -> None:
    """See that a refusal is one short line in each language, without anything that steers a terminal."""
    for words in (text.en, text.zh):
        assert words.strip()
        assert len(words) <= most
        assert not {char for char in words if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")}, ascii(words)
