"""Making strings that a student wrote safe to show: nothing invisible, nothing that steers the display."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

MAX_CHARS = 20_000
_MAX_COMBINING = 4

_ANSI = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movement
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC, DCS and their like: titles, links, clipboard
    r"|\x1b[ -/]*[0-Z\\^-~]"  # two-character escapes
)
# Letters by category, yet drawn as nothing by every font.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u2800")
# With and without a combining class: those that enclose a character have none, nor have many vowels.
_MARKS = ("Mn", "Me")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def parts(text: str) -> Iterator[tuple[str, bool]]:
    r"""Split `text` into runs of ordinary characters and, marked true, escapes standing for hidden ones.

    Newlines and tabs stay. Control, bidi and other invisible characters, private ones, lone surrogates and
    heaps of combining marks become Python escapes such as ``\x1b`` and ``\u202e``.
    """
    text = text.replace("\r\n", "\n")
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        if text:
            yield text, False
        return
    plain: list[str] = []
    combining = 0
    for char in text:
        combining = combining + 1 if unicodedata.category(char) in _MARKS else 0
        if combining <= _MAX_COMBINING and not _is_hidden(char):
            plain.append(char)
            continue
        if plain:
            yield "".join(plain), False
            plain.clear()
        yield char.encode("unicode_escape").decode("ascii"), True
    if plain:
        yield "".join(plain), False


def visible(text: str) -> str:
    """Return `text` with every hidden character replaced by a Python escape; always valid UTF-8."""
    return "".join(piece for piece, _ in parts(text))


def without_ansi(text: str) -> str:
    """Return `text` without terminal escape sequences such as colours."""
    return _ANSI.sub("", text)


def printed(text: str) -> str:
    """Return captured output as a terminal would have left it: no colours, overwritten progress bars gone."""
    lines = without_ansi(text).replace("\r\n", "\n").split("\n")
    left = (next((part for part in reversed(line.split("\r")) if part), "") for line in lines)
    return "\n".join(left).strip("\n")


def shortened(text: str, lines: int = 400, chars: int = MAX_CHARS) -> tuple[str, int]:
    """Return the start of `text`, at most `lines` lines and `chars` characters, and the count left out."""
    kept = "\n".join(text.split("\n", lines)[:lines])[:chars]
    return kept, len(text) - len(kept)


def brief(text: str, chars: int = 200) -> str:
    """Return the start of `text`, with an ellipsis where it was longer than `chars` characters."""
    return text if len(text) <= chars else text[:chars] + "…"


def one_line(text: str) -> str:
    """Return `text` on one line, its line breaks and tabs as spaces."""
    return " ".join(text.split())


def encodable(text: str, encoding: str) -> str:
    """Return `text` with what `encoding` cannot express replaced by escapes."""
    try:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:
        return text.encode("ascii", "backslashreplace").decode("ascii")


def can_encode(text: str, encoding: str) -> bool:
    """Return whether `encoding` can express all of `text`."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _is_hidden(char: str) -> bool:
    if char in "\n\t":
        return False
    if unicodedata.category(char) in _HIDDEN_CATEGORIES or char in _BLANK_LETTERS:
        return True
    code = ord(char)
    # Noncharacters: an HTML parser calls them errors.
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
