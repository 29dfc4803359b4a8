"""What is said to people: English in the code, and Chinese from the catalogue ``locales/zh/LC_MESSAGES/grader.po``.

A message is the key of its translation, so what a function here is given must be a text in quotes: only that is found
by ``make translations``. What changes from case to case is a named value, filled in where its name stands in braces.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from grader.results import Text

LOCALES = Path(__file__).resolve().parent / "locales"
DOMAIN = "grader"


@cache
def _chinese() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, ["zh"])


def say(message: str, /, **values: object) -> Text:
    """Return a message in both languages, with `values` filled in; without any, braces stay as they are.

    A value that is itself a `Text` is filled in by its language.
    """
    return fill(Text(message, _chinese().gettext(message)), **values)


def say_as(context: str, message: str, /, **values: object) -> Text:
    """Return the same for a message that is said otherwise in Chinese when it is, say, the heading of a column."""
    return fill(Text(message, _chinese().pgettext(context, message)), **values)


def say_many(one: str, many: str, number: float, /, **values: object) -> Text:
    """Return the same for a message that has another form in English where the `number` is not one."""
    return fill(Text(one if number == 1 else many, _chinese().ngettext(one, many, 2)), **values)


def fill(words: Text, /, **values: object) -> Text:
    """Return a text with `values` filled in, those that are texts themselves by their language."""
    return Text(_filled(words, "en", values), _filled(words, "zh", values)) if values else words


def series(texts: Iterable[Text | str]) -> Text:
    """Return texts as a list on one line."""
    return joined(texts, say(", "))


def either(texts: Iterable[Text | str]) -> Text:
    """Return texts as a choice between them."""
    return joined(texts, say(" or "))


def joined(texts: Iterable[Text | str], between: Text) -> Text:
    """Return texts as one, with another `between` them."""
    found = [Text(text, text) if isinstance(text, str) else text for text in texts]
    return Text(between.en.join(text.en for text in found), between.get("zh").join(text.get("zh") for text in found))


def _filled(words: Text, language: str, values: dict[str, object]) -> str:
    given = {name: value.get(language) if isinstance(value, Text) else value for name, value in values.items()}
    return words.get(language).format(**given)
