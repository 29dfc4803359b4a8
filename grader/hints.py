"""Hints on an exercise, in steps: from what is asked to what a check looks at, and never the answer.

They are read from the exercise's texts. Nothing is imported or run for it: a spec is read as text, not as a program.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from grader.catalogue import CatalogueError, Exercise
from grader.results import Status, Text
from grader.state import Marked
from grader.translation import say

# The ends of a check about which its hint has something to say.
WRONG = frozenset({Status.FAILED, Status.ERROR, Status.TIMEOUT, Status.MEMORY})
# A statement is read up to its first heading, and from one of these.
_IDEA = re.compile(r"worth knowing|值得", re.IGNORECASE)
_BOOK = re.compile(r"in the book|书中", re.IGNORECASE)
_QUESTION, _WORTH_KNOWING = say("What is asked"), say("The idea behind it")
_MISTAKE = say("What probably happened")


@dataclass(frozen=True)
class Hint:
    """One step of help.

    Args:
        key: by which it is remembered.
        about: a heading: what it is about.
        text: its paragraphs, separated by line breaks; items of a list begin with a dash.
    """

    key: str
    about: Text
    text: Text


def ladder(exercise: Exercise, marked: Marked | None = None) -> tuple[Hint, ...]:
    """Return the hints on an exercise in the order in which they are best read; none if it has passed.

    At first come the question and the idea, then the checks. Of an exercise that was marked and is partly right, what
    went wrong comes first, and there is no word about what passed.

    Raises:
        CatalogueError: if the exercise's texts cannot be read.
    """
    if marked is not None and marked.passed:
        return ()
    asked = list(_statement(exercise))
    checks = _checks(exercise)
    if marked is None or not _is_begun(marked):
        return _unique([*asked, *checks.values()])
    statuses: dict[str, set[Status]] = {}
    for name, status in marked.checks.items():
        # One function stands for several checks where it has parameters.
        statuses.setdefault(name.partition("[")[0], set()).add(status)
    passed = {name for name, found in statuses.items() if found <= {Status.PASSED, Status.NOT_RUN}}
    wrong = [hint for name, hint in checks.items() if statuses.get(name, set()) & WRONG]
    rest = [hint for name, hint in checks.items() if hint not in wrong and name not in passed]
    return _unique([*_mistakes(exercise, marked.mistakes), *wrong, *asked, *rest])


def _is_begun(marked: Marked) -> bool:
    """Whether something was tried; of what does not even run, hints on answers know nothing."""
    return bool({Status.PASSED, Status.FAILED} & set(marked.checks.values()))


def _unique(hints: list[Hint]) -> tuple[Hint, ...]:
    return tuple({hint.text: hint for hint in reversed(hints)}.values())[::-1]


def _checks(exercise: Exercise) -> dict[str, Hint]:
    """Return the hint of each check that has one, by the name of its function."""
    chinese = exercise.check_texts()
    try:
        tree = ast.parse(exercise.spec.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError) as error:
        raise CatalogueError(f"{exercise.spec} cannot be read: {error}") from error
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            hint = next((text for decorator in node.decorator_list if (text := _hint(decorator))), "")
            own = chinese.get(node.name, {})
            title = (ast.get_docstring(node) or node.name).splitlines()[0]
            if hint:
                words = Text(hint, str(own.get("hint", "")))
                found[node.name] = Hint(f"check:{node.name}", Text(title, str(own.get("title", ""))), words)
    return found


def _hint(decorator: ast.expr) -> str:
    """Return the text of ``@pytest.mark.hint("...")``; nothing of any other decorator."""
    if not isinstance(decorator, ast.Call) or ast.unparse(decorator.func) != "pytest.mark.hint" or not decorator.args:
        return ""
    first = decorator.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _mistakes(exercise: Exercise, names: tuple[str, ...]) -> Iterator[Hint]:
    for mistake in exercise.mistakes():
        told = mistake.diagnosis
        if told.name in names:
            parts = (told.happened, told.matters, told.advice)
            words = Text("\n".join(part.en for part in parts), "\n".join(part.zh for part in parts if part.zh))
            yield Hint(f"mistake:{told.name}", _MISTAKE, words)


def _statement(exercise: Exercise) -> Iterator[Hint]:
    """Yield what is asked, with the place in the book, and the idea behind it."""
    parts = {language: _parts(exercise, language) for language in ("en", "zh")}
    book = say("In the book: {book}", book=exercise.book) if exercise.book else Text()
    for key, about, more in (("question", _QUESTION, book), ("idea", _WORTH_KNOWING, Text())):
        en, zh = (parts[language].get(key, []) for language in ("en", "zh"))
        words = Text(
            "\n".join([*en, *([more.en] if en and more else [])]), "\n".join([*zh, *([more.zh] if zh and more else [])])
        )
        if words:
            yield Hint(key, about, words)


def _parts(exercise: Exercise, language: str) -> dict[str, list[str]]:
    """Return the paragraphs of the question and of the idea in a statement; none where there is no statement."""
    try:
        text = (exercise.folder / f"statement.{language}.md").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    sections = re.split(
        r"^#+[ \t]*(.*)$", re.sub(r"^```.*?^```[^\n]*$", "", text, flags=re.DOTALL | re.MULTILINE), flags=re.MULTILINE
    )
    # In turns: a heading and what is below it, after what is above the first one.
    below = list(zip(sections[1::2], sections[2::2], strict=True))
    asked = _paragraphs(below[0][1]) if below else _paragraphs(sections[0])
    idea = next((_paragraphs(body) for heading, body in below[1:] if _IDEA.match(heading.strip())), [])
    return {
        "question": [paragraph for paragraph in asked if not paragraph.startswith("- ")],
        "idea": [paragraph for paragraph in idea if not _BOOK.match(paragraph)],
    }


def _paragraphs(markdown: str) -> list[str]:
    """Return the paragraphs and list items of some Markdown, each on one line, without emphasis; no tables."""
    found = []
    for block in re.split(r"\n\s*\n|\n(?=- )", markdown):
        lines = [line.strip() for line in block.strip().splitlines()]
        if lines and not lines[0].startswith("|"):
            joined = lines[0]
            for line in lines[1:]:
                joined += _between(joined[-1:], line[:1]) + line
            found.append(_without_emphasis(joined))
    return found


def _between(left: str, right: str) -> str:
    """Return what stands between two lines that become one: nothing between Chinese characters."""
    wide = [unicodedata.east_asian_width(char) in "WF" for char in (left, right) if char]
    marks = [unicodedata.category(char).startswith("P") for char in (left, right) if char]
    joined = all(wide) or any(is_wide and mark for is_wide, mark in zip(wide, marks, strict=True))
    return "" if joined else " "


def _without_emphasis(text: str) -> str:
    pieces = text.split("`")
    # Every second piece is code.
    pieces[::2] = [re.sub(r"\*+([^\s*](?:[^*]*[^\s*])?)\*+", r"\1", piece) for piece in pieces[::2]]
    return "`".join(pieces)
