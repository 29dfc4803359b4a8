"""Where a result goes beside the terminal: files, and what GitHub Actions reads."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import click

from grader.catalogue import Exercise
from grader.errors import UserError
from grader.file_names import is_work
from grader.results import Result
from grader.translation import say
from grader.writing import write_text


@dataclass(frozen=True)
class Outputs:
    """Files to write a result to; None for those that nobody asked for.

    Args:
        html: the scorecard.
        json: `result.json`.
        junit: JUnit XML.
        gradescope: Gradescope's ``results.json``.
    """

    html: Path | None = None
    json: Path | None = None
    junit: Path | None = None
    gradescope: Path | None = None

    def check(self) -> None:
        """Find out before the work, not after it, that a result could not be written.

        Raises:
            UserError: if it could not, or if two would go to one file.
        """
        seen: set[Path] = set()
        for path in filter(None, (self.html, self.json, self.junit, self.gradescope)):
            check_writable(path)
            if path.resolve() in seen:
                raise UserError(say("{path} is named twice; each result needs a file of its own.", path=path))
            seen.add(path.resolve())

    def write(self, result: Result, exercises: list[Exercise], language: str) -> None:
        """Write the files.

        Raises:
            UserError: if that fails.
        """
        if self.html is not None:
            from grader.reports.scorecard import render_scorecard

            page = render_scorecard(result, language, statement_links(exercises, language, self.html))
            write_text(self.html, [page])
        if self.json is not None:
            from grader.results import to_json

            write_text(self.json, [to_json(result, language)])
        if self.junit is not None:
            from grader.reports.junit import junit_xml

            write_text(self.junit, junit_xml([result], language))
        if self.gradescope is not None:
            from grader.reports.gradescope import gradescope_json

            write_text(self.gradescope, [gradescope_json(result, language)])


def check_writable(path: Path) -> None:
    """Find out before the work, not after it, that a result could not be written, or would replace somebody's work.

    Raises:
        UserError: if so.
    """
    if path.is_dir():
        raise UserError(say("{path} is a folder; give the name of a file to write.", path=path))
    if not path.resolve().parent.is_dir():
        raise UserError(
            say("The folder {parent} does not exist; make it first, or write elsewhere.", parent=path.resolve().parent)
        )
    if is_work(path.name) or is_work(path.resolve().name):
        raise UserError(
            say(
                "{path} is a name for code or answers, which a result must not replace; give it another one.", path=path
            )
        )


def statement_links(exercises: list[Exercise], language: str, page: Path) -> dict[str, str]:
    """Return the address of each exercise's statement as seen from a page, by exercise id."""
    links = {}
    for exercise in exercises:
        try:
            path = os.path.relpath(exercise.folder / f"statement.{language}.md", page.resolve().parent)
        except ValueError:
            # On Windows there is no way from one drive to another.
            continue
        links[exercise.id] = quote(Path(path).as_posix())
    return links


# GitHub Actions


def is_github(option: bool | None, environment: Mapping[str, str]) -> bool:
    """Return whether to write for GitHub Actions: as the option says, else wherever it is GitHub Actions that runs."""
    return environment.get("GITHUB_ACTIONS") == "true" if option is None else option


@contextmanager
def commands_stopped(wanted: bool) -> Iterator[None]:
    """Keep GitHub's runner from obeying lines of the block's output: it takes any that begins with ``::`` for an order.

    Args:
        wanted: whether a runner is there at all.
    """
    if not wanted:
        yield
        return
    # Only who knows this word can turn commands on again, and it is known after the submission has run.
    token = secrets.token_hex(16)
    click.echo(f"::stop-commands::{token}")
    try:
        yield
    finally:
        click.echo(f"::{token}::")


def write_github(result: Result, language: str, folder: Path, environment: Mapping[str, str]) -> None:
    """Print annotations, and append the summary to the page of the run.

    Args:
        result: the result.
        language: of the texts.
        folder: from which the result's files are named.
        environment: such as `os.environ`.
    """
    from grader.reports.github import annotation_lines, summary_markdown

    for line in annotation_lines(result, language, path_in_repository(folder, environment)):
        # As bytes: the runner reads UTF-8, whatever the encoding of this output is.
        click.echo(f"{line}\n".encode("utf-8", "replace"), nl=False)
    page = environment.get("GITHUB_STEP_SUMMARY")
    if page:
        try:
            with Path(page).open("a", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(summary_markdown(result, language))
        except OSError as error:
            failed = say("The summary cannot be written: {strerror}.", strerror=error.strerror)
            click.echo(f"::warning::{failed.get(language)}\n".encode(), nl=False)


def path_in_repository(folder: Path, environment: Mapping[str, str]) -> str:
    """Return a folder as seen from the root of the repository; nothing for the root, and for what is outside of it."""
    root = Path(environment.get("GITHUB_WORKSPACE") or ".").resolve()
    inner = folder.resolve()
    return "/".join(inner.relative_to(root).parts) if inner.is_relative_to(root) else ""
