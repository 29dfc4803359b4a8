"""The commands that a page prints, and whether they are real ones."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

import click
from support import ROOT

from grader.cli import main

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<kind>sh|bash|powershell|console|ini|text)\n(?P<body>.*?)^(?P=indent)```",
    re.DOTALL | re.MULTILINE,
)
INLINE = re.compile(r"(?<!`)`((?:grade|make|python) [^`\n]+)`(?!`)")
CALLED = re.compile(r"(?:^|[\s/])grade(?= )(?P<words>.*)")
TARGETS = re.compile(r"^\.PHONY: (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Printed:
    """A command line as a page prints it; `line` is counted from 1."""

    line: int
    text: str


def printed(markdown: str) -> Iterator[Printed]:
    """Yield the command lines of a page: those of its blocks, and those within a sentence."""
    for block in FENCE.finditer(markdown):
        first = markdown[: block.start("body")].count("\n") + 1
        for number, line in enumerate(block["body"].splitlines(), first):
            text = line.strip()
            if block["kind"] in ("sh", "bash", "powershell") or "/bin/grade " in text:
                yield Printed(number, text)
            elif text.startswith("$ "):
                yield Printed(number, text.removeprefix("$ "))
    rest = FENCE.sub(lambda block: "\n" * block.group().count("\n"), markdown)
    for sentence in INLINE.finditer(rest):
        # A command's name alone is no command line.
        if sentence[1].removeprefix("grade ") not in main.commands:
            yield Printed(rest[: sentence.start()].count("\n") + 1, sentence[1])


def complaint(text: str) -> str:
    """Return what is wrong with a command line; nothing if it is a real one, or none of ours."""
    text = text.split(" # ")[0].split(" || ")[0].strip()
    called = CALLED.search(text)
    if called and not text.startswith(("echo", "#")):
        return _of_grade(shlex.split(called["words"], comments=True))
    words = shlex.split(text, comments=True)
    if words[:1] == ["make"]:
        known = " ".join(TARGETS.findall((ROOT / "Makefile").read_text(encoding="utf-8"))).split()
        return "".join(f"make has no target {word}; " for word in words[1:] if "=" not in word and word not in known)
    if len(words) > 1 and words[0].endswith("python") and words[1].endswith(".py"):
        return "" if (ROOT / words[1]).is_file() else f"there is no {words[1]}"
    return ""


def _of_grade(words: list[str]) -> str:
    """Return what Click would say of the words behind `grade`, before it looks at files."""
    if words[:1] and words[0] in ("--help", "-h", "--version"):
        return ""
    name = words.pop(0) if words[:1] and words[0] in main.commands else "mark"
    command = main.commands[name]
    ctx = click.Context(command, info_name=name, **main.context_settings)
    try:
        values, rest, _ = command.make_parser(ctx).parse_args(words)
    except click.UsageError as error:
        return f"grade {name}: {error.format_message()}"
    needed = [one.name for one in command.params if isinstance(one, click.Argument) and one.required]
    lacking = [name for name in needed if not isinstance(values.get(str(name)), (str, tuple))]
    if "help" not in values and (rest or lacking):
        return f"grade {name}: too much: {rest}, too little: {lacking}"
    return ""
