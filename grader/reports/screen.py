"""A terminal as a report writes to it: wrapped to its width, in what it can show, and in a language it can show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.text import Text as Line

from grader.reports import text
from grader.reports.words import WORDS
from grader.results import Text

# A piece of a line: words, or words and their style.
Piece = str | tuple[str, str]


class Screen:
    """Writes plain lines to a console; nothing in them is taken for markup or steers the terminal.

    Args:
        console: where to write.
        language: ``"en"`` or ``"zh"``; a console that cannot show Chinese is written to in English.
    """

    def __init__(self, console: Console, language: str = "en") -> None:
        self.console = console
        self.encoding = console.encoding
        self.width = max(console.width, 20)
        # A console that cannot show Chinese would show nothing but escapes.
        self.language = language if text.can_encode("评分", self.encoding) else "en"
        self.unicode = text.can_encode("✓✗·…", self.encoding)

    @property
    def colon(self) -> str:
        """What stands between a label and what it labels."""
        return "\uff1a" if self.language == "zh" else ": "

    @property
    def semicolon(self) -> str:
        """What stands between two parts of an enumeration."""
        return "\uff1b" if self.language == "zh" else "; "

    @property
    def stop(self) -> str:
        """What ends a sentence before the next one."""
        return "。" if self.language == "zh" else ". "

    def get(self, words: Text) -> str:
        """Return words in the console's language, or in the one that there is."""
        return words.get(self.language) or words.zh

    def word(self, key: str) -> str:
        """Return the fixed words called `key`."""
        return self.get(WORDS[key])

    def style(self, style: str) -> str:
        """Return a style, or none where there is to be no colour."""
        # Rich leaves bold and dim in place under NO_COLOR; plain means plain.
        return "" if self.console.no_color else style

    def clean(self, words: str) -> str:
        """Return words without anything that is hidden, steers a terminal or cannot be shown on this one."""
        shown = text.visible(text.without_ansi(words)).expandtabs(4)
        if not self.unicode:
            shown = shown.replace("…", "...")
        return text.encodable(shown, self.encoding)

    def brief(self, words: str, chars: int) -> str:
        """Return words on one line of at most `chars` characters."""
        return text.brief(text.one_line(text.visible(text.without_ansi(words))), chars)

    def text(self, words: str, style: str = "") -> Line:
        """Return clean words in a style."""
        return Line(self.clean(words), style=self.style(style))

    def assemble(self, pieces: Iterable[Piece]) -> Line:
        """Return pieces as one text."""
        line = Line()
        for piece in pieces:
            words, style = (piece, "") if isinstance(piece, str) else piece
            line.append(self.clean(words), self.style(style))
        return line

    def blank(self) -> None:
        """Write an empty line."""
        self.console.print()

    def line(self, *pieces: Piece) -> None:
        """Write pieces on one line, however long."""
        self._print(self.assemble(pieces))

    def block(self, *pieces: Piece, indent: int = 0, hang: int = 0, most: int = 0) -> None:
        """Write `pieces` wrapped to the width; lines after the first one stand `hang` columns further in.

        Where `most` is given, there are at most that many lines, and a last one that says that there is more.
        """
        wrapped: list[Line] = []
        for line in self.assemble(pieces).split("\n", allow_blank=True):
            # Wrapping is costly, and what is beyond the last line shown is not needed.
            if most and len(wrapped) > most:
                break
            line.truncate(self.width * (most + 2) if most else 20_000)
            wrapped += line.wrap(self.console, self.width - indent - hang, overflow="fold") or [Line()]
        if most and len(wrapped) > most:
            ellipsis = "…" if self.unicode else "..."
            wrapped = [*wrapped[:most], Line(f"{ellipsis} {self.word('more')}", self.style("dim"))]
        for number, line in enumerate(wrapped):
            line.rstrip()
            self._print(Line(" " * (indent + (hang if number else 0) if line.plain else 0)).append_text(line))

    def _print(self, line: Line) -> None:
        options: dict[str, Any] = {"soft_wrap": True, "highlight": False, "markup": False, "emoji": False}
        self.console.print(line, **options)
