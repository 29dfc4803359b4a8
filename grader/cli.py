"""The `grade` command. Nothing heavy is imported before it is needed, so that help answers at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

import grader
from grader.commands.help_texts import clicks_words, speaking, translated
from grader.language import LANGUAGES, asked_for, choose
from grader.reports.text import can_encode
from grader.results import Text
from grader.translation import say

EXIT_PASSED, EXIT_NOT_PASSED, EXIT_USAGE, EXIT_GRADER_ERROR = 0, 1, 2, 3
EXIT_INTERRUPTED = 130


@dataclass(frozen=True)
class Person:
    """Who runs the command: the language to speak to them, and what ``LANGUAGE`` is in their environment."""

    language: str
    variable: str | None = None


class TargetGroup(click.Group):
    """A group whose first word is a subcommand or else what to mark: ``grade ex5`` is ``grade mark ex5``."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Do what Click does, in the language that the command line or the environment asks for."""
        asked = asked_for(sys.argv[1:] if args is None else args)
        person = Person(choose(asked, os.environ), os.environ.get("LANGUAGE"))
        # Help goes to the one, errors to the other.
        shown = all(can_encode("评分", stream.encoding or "ascii") for stream in (sys.stdout, sys.stderr))
        language = person.language if shown else "en"
        with clicks_words(), speaking(language):
            return click.Group.main(translated(self, language), args, *rest, obj=person, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take options in front that are not of the group for those of ``mark``: ``grade -v ex5``."""
        own = {name for option in self.get_params(ctx) for name in option.opts}
        if args[:1] == ["--lang"] and args[1:2] and args[1] in LANGUAGES:
            # It was understood before, and holds for every command.
            args = args[2:]
        if args and args[0].startswith("-") and args[0] != "--" and args[0] not in own:
            args = ["mark", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take an unknown first word as the target of ``mark``."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["mark", *args]
        return super().resolve_command(ctx, args)


def _chosen(ctx: click.Context, _option: click.Parameter, value: str | None) -> str:
    return choose(value, os.environ) if value is not None else _person(ctx).language


def _person(ctx: click.Context) -> Person:
    return ctx.obj if isinstance(ctx.obj, Person) else Person(choose(None, os.environ), os.environ.get("LANGUAGE"))


FILE = click.Path(path_type=Path)
submission = click.option(
    "--submission", type=FILE, default=Path("."), help="Folder, .py file or notebook; else this folder."
)
language = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    callback=_chosen,
    help="Language of the texts; else GRADE_LANG of the environment, else your system's.",
)


@click.group(cls=TargetGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(grader.__version__, prog_name="grade", help="Show the version and exit.")
def main() -> None:
    """Mark PyTorch course exercises.

    \b
      grade ex5          the whole of chapter 5, in this folder
      grade ex5.1        one section
      grade ex5.1.2      one exercise

    \b
      grade ex5 --watch  again on every save
      grade hint 5.1.2   a hint, the next one each time

    Exit status: 0 everything passed, 1 something did not, 2 wrong usage, 3 the grader failed.
    """  # noqa: D301  # Click wants the character, not the two that name it


@main.command(short_help="Mark the submission in this folder.")
@click.argument("target")
@submission
@click.option("--watch", is_flag=True, help="Mark again on every save, until Ctrl-C.")
@click.option("--html", type=FILE, help="Write the scorecard to this file.")
@click.option("--json", "json_path", type=FILE, help="Write result.json to this file.")
@click.option("--junit", type=FILE, help="Write JUnit XML, for CI servers, to this file.")
@click.option("--gradescope", type=FILE, help="Write Gradescope's results.json to this file.")
@click.option(
    "--github/--no-github",
    default=None,
    help="Write a summary and annotations for GitHub Actions; by itself only there.",
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Of all random inputs.")
@click.option("--sandbox/--no-sandbox", default=True, help="Isolate the code with bubblewrap where possible.")
@language
@click.option("-v", "--verbose", is_flag=True, help="List passed checks and printed output too.")
@click.pass_context
def mark(ctx: click.Context, /, target: str, **options: Any) -> None:
    """Mark the submission in this folder: TARGET is ex5, ex5.1, ex5.1.2 or an exercise's name."""
    from grader.commands.mark import run_mark

    _run(ctx, lambda: run_mark(target, **options))


@main.command(short_help="A hint on an exercise, the next one each time.")
@click.argument("target")
@submission
@click.option("--again", is_flag=True, help="Show those again that you have seen.")
@click.option("--all", "everything", is_flag=True, help="Show all of them at once.")
@click.option("--reset", is_flag=True, help="Begin anew.")
@language
@click.pass_context
def hint(ctx: click.Context, /, target: str, **options: Any) -> None:
    """Show the next hint on an exercise: TARGET is ex5.1.2, or ex5 for the exercise to go on with.

    What was marked last and did not pass comes first. No hint is the solution.
    """
    from grader.commands.hint import run_hint

    _run(ctx, lambda: run_hint(target, **options))


@main.command(short_help="Say what is installed and whether it works.")
@submission
@language
@click.pass_context
def doctor(ctx: click.Context, /, **options: Any) -> None:
    """Say what is installed and whether it works, in lines for a bug report. They name no user and no computer.

    Exit status: 0 if marking can work here, 3 if not.
    """
    from grader.commands.doctor import run_doctor

    _run(ctx, lambda: run_doctor(**options))


@main.command(short_help="Write a copy of the exercises to work in.")
@click.argument("folder", metavar="DIR", type=FILE)
@click.option("--notebook", is_flag=True, help="One notebook for each section in place of the .py files.")
@language
@click.pass_context
def new(ctx: click.Context, /, folder: Path, **options: Any) -> None:
    """Write a copy of the exercises to DIR, a new or empty folder, and say what comes next.

    In a folder that holds an earlier copy, only what is missing is written. No file is ever overwritten.
    """
    from grader.commands.new import run_new

    _run(ctx, lambda: run_new(folder, **options))


@main.command(short_help="Mark a class, for instructors.")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for gradebook and pages.")
@click.option("--assignment", default="ex5", show_default=True, help="What was handed in, or a part of it: ex5.1.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Hand-ins marked at the same time; else one for each core.")
@click.option("--roster", type=click.Path(path_type=Path), help="CSV file with the columns id, name and email.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Of all random inputs.")
@click.option("--fresh", is_flag=True, help="Mark again what is in the gradebook already.")
@click.option("--sandbox/--no-sandbox", default=True, help="Isolate the code. Without it, results are untrusted.")
@click.option("--hidden", type=click.Path(path_type=Path), help="Folder of hidden checks, EXERCISE/hidden.py.")
@language
@click.pass_context
def batch(ctx: click.Context, /, path: Path, **options: Any) -> None:
    """Mark a class: PATH is the archive that Canvas, Moodle or Gradescope gave, or a folder of hand-ins.

    Results go to the gradebook in the folder given by --out as they come. Interrupted, the same command goes on where
    it stopped; after a change, it marks only what changed.

    Exit status: 0 every hand-in was marked or refused, 2 wrong usage, 3 the grader failed on some, 130 interrupted.
    """
    from grader.commands.batch import run_batch

    _run(ctx, lambda: run_batch(path, **options))


@main.command(short_help="Prove the specs, for course authors.")
@click.argument("target", required=False)
@click.option("--html", type=click.Path(path_type=Path), help="Write the outcome to this file, as one page.")
@click.option("--seeds", type=click.IntRange(1, 1000), default=3, show_default=True, help="How many seeds to try.")
@click.option("--mutants/--no-mutants", default=True, help="Make mutants of the solutions too.")
@click.option(
    "--reference",
    type=click.Path(path_type=Path),
    help="Folder of solutions, variants and mistakes; else reference/ASSIGNMENT beside the exercises.",
)
@click.option(
    "--stubs",
    type=click.Path(path_type=Path),
    help="Folder of stubs; else student_template/ASSIGNMENT beside the exercises.",
)
@click.pass_context
def verify(ctx: click.Context, /, target: str | None, **options: Any) -> None:
    """Prove the specs, for course authors: TARGET is as for marking; without it, every assignment.

    Solution and variants must get full marks, the stub nothing, every known mistake must fail the checks that it
    names, every check must be failed by a mistake, and few changes of the solution may go unnoticed. Exit status 1
    if anything is wrong.
    """
    from grader.commands.verify import run_verify

    _run(ctx, lambda: run_verify(target, **options))


def _run(ctx: click.Context, command: Callable[[], int]) -> None:
    """End with a command's exit status, or with one line for what it raises."""
    from grader.errors import BrokenError, UserError

    person = _person(ctx)
    try:
        # Only Click goes by our LANGUAGE; programs that a command starts get the one that was given.
        with speaking(person.variable):
            status = command()
        ctx.exit(status)
    except UserError as error:
        _complain(error.text, person)
        ctx.exit(EXIT_USAGE)
    except BrokenError as error:
        _complain(say("the exercises are broken, not the submission: {error}", error=error), person)
        ctx.exit(EXIT_GRADER_ERROR)
    except (click.exceptions.Exit, click.Abort):
        raise
    except KeyboardInterrupt:
        _complain(say("stopped."), person)
        ctx.exit(EXIT_INTERRUPTED)
    except Exception as error:
        if isinstance(error, BrokenPipeError) and _is_unread():
            # Click ends without a word then.
            raise
        if "GRADE_DEBUG" in os.environ:
            raise
        failed = say(
            "the grader itself failed, not the submission: {kind}: {error}\n"
            "Run it again with GRADE_DEBUG=1 in the environment, and report what it prints.",
            kind=type(error).__name__,
            error=error,
        )
        _complain(failed, person)
        ctx.exit(EXIT_GRADER_ERROR)


def _is_unread() -> bool:
    """Whether nobody reads what is printed any more, as after ``| head``."""
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except OSError:
        return True
    return False


def _complain(text: Text, person: Person) -> None:
    language = person.language if can_encode("评分", sys.stderr.encoding or "ascii") else "en"
    click.echo(f"grade: {text.get(language)}", err=True)
