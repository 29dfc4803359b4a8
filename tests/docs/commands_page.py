"""Writes docs/commands.md, what every command takes, as Click says it: `python tests/docs/commands_page.py`."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import click

from grader.cli import main

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "commands.md"
HEAD = """\
# Commands

Generated from the command itself by `tests/docs/commands_page.py`; `grade --help` and `grade COMMAND --help` print the
same, in English or Chinese. The most used command needs no name: `grade ex5` is `grade mark ex5`.

| exit status | meaning |
| --- | --- |
| 0 | everything passed |
| 1 | something did not (`grade batch`: never; `grade verify`: there is a finding) |
| 2 | wrong usage: an unknown exercise, no submission there, a result that cannot be written |
| 3 | the grader failed; the score is marked as not complete |
| 130 | `grade batch` was interrupted; everything that was finished is kept |

| variable of the environment | meaning |
| --- | --- |
| `GRADE_LANG` | language of all texts, `en` or `zh`; `--lang` comes first |
| `GRADE_EXERCISES` | folder of assignments to use in place of those that come with the package |
| `GRADE_DEBUG` | if set, a fault of the grader's ends with its traceback |
"""


def page() -> str:
    """Return the page as Markdown."""
    top = click.Context(main, info_name="grade", **main.context_settings)
    parts = [HEAD, _section(main, top, 2)]
    parts += [
        _section(command, click.Context(command, info_name=name, parent=top), 2)
        for name, command in main.commands.items()
    ]
    return "\n".join(parts)


def _section(command: click.Command, ctx: click.Context, level: int) -> str:
    """Return the heading, usage, description and options of a command."""
    usage = " ".join([ctx.command_path, *command.collect_usage_pieces(ctx)])
    lines = [f"{'#' * level} {ctx.command_path}", "", "```text", usage, "```", "", *_description(command.help or "")]
    options = [parameter for parameter in command.get_params(ctx) if isinstance(parameter, click.Option)]
    lines += ["", "| option | meaning |", "| --- | --- |"]
    lines += [f"| {_name(option, ctx)} | {_meaning(option, ctx)} |" for option in options]
    if isinstance(command, click.Group):
        lines += ["", "| command | does |", "| --- | --- |"]
        lines += [f"| [{name}](#grade-{name}) | {one.get_short_help_str(200)} |" for name, one in _listed(command)]
    return "\n".join([*lines, ""])


def _listed(group: click.Group) -> list[tuple[str, click.Command]]:
    return list(group.commands.items())


def _description(text: str) -> list[str]:
    r"""Return a help text as Markdown: a paragraph after ``\b`` as it stands, all others filled."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        first, _, rest = paragraph.partition("\n")
        if first.strip() == "\b":
            found += ["```text", textwrap.dedent(rest), "```", ""]
        else:
            found += [textwrap.fill(" ".join(paragraph.split()), 118, break_on_hyphens=False), ""]
    return found[:-1]


def _record(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    record = option.get_help_record(ctx)
    return record if record is not None else (", ".join(option.opts), "")


def _name(option: click.Option, ctx: click.Context) -> str:
    return f"`{_cell(_record(option, ctx)[0])}`"


def _meaning(option: click.Option, ctx: click.Context) -> str:
    return _cell(_record(option, ctx)[1])


def _cell(text: Any) -> str:
    """Return a text as a table can hold it; a bar within code may be escaped too."""
    return " ".join(str(text).split()).replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
