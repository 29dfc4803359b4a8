"""What Click prints, in the language of who asks: our help from the catalogue ``grader.po``, its own from ``click.po``.

Click's own words are those such as Usage and No such option.
"""

from __future__ import annotations

import copy
import gettext
import inspect
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from grader.translation import LOCALES, say

CLICK = "click"
# Before it, Click keeps the lines of a paragraph as they are.
KEPT = "\b\n"
# Words and numbers stay whole; a line may begin with any other character but a closing one.
_PIECE = re.compile(r"[“‘（《]*(?:[\x21-\x7e]+|\s+|[^\s\x21-\x7e])[”’）》，。；：、！？…]*")


def paragraphs(text: str) -> list[tuple[str, str]]:
    """Return the paragraphs of a help text, each as what goes before it for Click, and what is translated."""
    found = inspect.cleandoc(text).split("\n\n")
    return [
        (KEPT, part.removeprefix(KEPT)) if part.startswith(KEPT) else ("", " ".join(part.split())) for part in found
    ]


def translated(command: click.Command, language: str) -> click.Command:
    """Return a copy of a command, with all below it, whose help is in ``"en"`` or ``"zh"``."""
    found = copy.copy(command)
    found.params = [_option(param, language) if isinstance(param, click.Option) else param for param in command.params]
    if isinstance(found, click.Group):
        found.commands = {name: translated(inner, language) for name, inner in found.commands.items()}
    if language == "zh":
        found.help, found.short_help = _chinese(command.help), _chinese(command.short_help)
        found.context_class = _ChineseContext
    return found


def _option(option: click.Option, language: str) -> click.Option:
    found = copy.copy(option)
    found.help = _chinese(option.help) if language == "zh" else option.help
    return found


def _chinese(text: str | None) -> str | None:
    return text and "\n\n".join(before + say(part).zh for before, part in paragraphs(text))


@contextmanager
def clicks_words() -> Iterator[None]:
    """Have Click look for its own words in our catalogue until the block ends; see `speaking`."""
    before = gettext.textdomain()
    gettext.bindtextdomain(CLICK, str(LOCALES))
    gettext.textdomain(CLICK)
    try:
        yield
    finally:
        gettext.textdomain(before)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Set the variable ``LANGUAGE`` until the block ends, or unset it: Click's words go by the environment alone."""
    before = os.environ.get("LANGUAGE")
    _set(language)
    try:
        yield
    finally:
        _set(before)


def _set(language: str | None) -> None:
    if language is None:
        os.environ.pop("LANGUAGE", None)
    else:
        os.environ["LANGUAGE"] = language


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a paragraph, at most `width` columns wide, of which a Chinese character takes two."""
    lines = [""]
    for piece in _PIECE.findall(" ".join(text.split())):
        if lines[-1] and columns(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


class _ChineseFormatter(click.HelpFormatter):
    """Breaks lines between Chinese characters, by their width."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, gettext.gettext("Usage:") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}\uff1a\n")

    def write_text(self, text: str) -> None:
        super().write_text(_kept(text, self.width - self.current_indent))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        first = min(max((columns(term) for term, _ in rows), default=0), col_max) + col_spacing
        width = max(self.width - first - 2, 10)
        super().write_dl([(term, _kept(told, width)) for term, told in rows], col_max, col_spacing)


class _ChineseContext(click.Context):
    formatter_class = _ChineseFormatter


def _kept(text: str, width: int) -> str:
    """Return a text whose lines are broken, so that Click leaves them alone."""
    return "\n\n".join(
        part if part.startswith(KEPT) else KEPT + "\n".join(wrapped(part, width)) for part in text.split("\n\n")
    )
