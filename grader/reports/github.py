"""A result for GitHub Actions: a summary in Markdown, and annotations at the lines of the student's files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.reports import outline, plain
from grader.reports.export_words import in_language, worded
from grader.reports.words import STATUS, WORDS
from grader.results import CheckResult, ExerciseResult, Result, Status

# GitHub shows that many annotations of one level for a step, and drops the others without a word.
MOST_OF_A_LEVEL = 10
_MOST_CHARS = 2000
_SYMBOLS = {
    Status.PASSED: "✅",
    Status.NOT_ATTEMPTED: "⬜",
    Status.NOT_RUN: "⬜",
    Status.GRADER_ERROR: "⚠️",
}
_LEVELS = {Status.GRADER_ERROR: "warning", Status.NOT_RUN: "notice", Status.NOT_ATTEMPTED: "notice"}
_ORDER = ("error", "warning", "notice")
# All punctuation but what means nothing to Markdown, to HTML and to GitHub's additions to them, wherever it stands.
_SPECIAL = re.compile(r"[!-$&(-+\-.:<-@\[-`{-~]")
# How a place in a notebook is shown: its cells count their own lines, which are not those of the file.
_CELL = re.compile(r"(.+\.ipynb), cell \d+", re.DOTALL)


@dataclass(frozen=True)
class _Note:
    """An annotation: error, warning or notice; ``file`` and ``line`` may be missing."""

    level: str
    rank: tuple[int, ...]
    title: str
    message: str
    file: str = ""
    line: int = 0


def summary_markdown(result: Result, language: str = "en") -> str:
    """Return a summary for ``$GITHUB_STEP_SUMMARY``: a table of exercises, the total and what to do next.

    Whatever could be Markdown, HTML, a mention, a link or an emoji in a student's words is shown as it was written.
    """
    told = [
        f"## {_markdown(plain.result_title(result, language))} {_code(result.submission)}".rstrip(),
        *_table(result, language),
        f"**{_markdown(plain.total(result, language))}**",
        *(_markdown(words) for words in plain.reservations(result, language)),
        _markdown(plain.next_step(result, language)),
    ]
    return "\n\n".join(told) + "\n"


def annotation_lines(result: Result, language: str = "en", prefix: str = "") -> list[str]:
    """Return workflow commands to print, a line each: errors, warnings and notices at the student's lines.

    The first problem of every exercise comes before the second of any, and what keeps code from running before wrong
    answers. Of each level there are at most `MOST_OF_A_LEVEL`; the last one then says how many more there are.
    Exercises that were not begun share one notice. A fault of the grader is a warning that points at no file.

    Args:
        result: the result.
        language: of the texts.
        prefix: the folder of the submission as seen from the root of the repository, such as ``homework/5``.
    """
    notes = sorted(_notes(result, language, prefix), key=lambda note: note.rank)
    told = []
    for level in _ORDER:
        found = [note for note in notes if note.level == level]
        if len(found) > MOST_OF_A_LEVEL:
            rest = len(found) - MOST_OF_A_LEVEL + 1
            more = worded("more_problems", language, n=rest)
            found = [*found[: MOST_OF_A_LEVEL - 1], _Note(level, (), WORDS["scorecard"].get(language), more)]
        told += [_command(note) for note in found]
    return told


def _table(result: Result, language: str) -> list[str]:
    if not result.exercises:
        return []
    head = [
        "",
        *(WORDS[key].get(language) for key in ("exercise", "status", "score")),
        worded("first_problem", language),
    ]
    rows = [head, ["---", "---", "---", "---:", "---"]]
    for exercise in result.exercises:
        status = f"{_SYMBOLS.get(exercise.status, '❌')} {outline.status_word(exercise).get(language)}"
        title = _markdown(plain.exercise_title(exercise, language))
        rows.append([_markdown(exercise.id), title, status, plain.score(exercise), _first_problem(exercise, language)])
    return ["\n".join(f"| {' | '.join(row)} |" for row in rows)]


def _first_problem(exercise: ExerciseResult, language: str) -> str:
    if exercise.diagnoses:
        return _markdown(in_language(exercise.diagnoses[0].happened, language))
    groups = _by_importance(exercise)
    if not groups or outline.is_untouched(exercise):
        return ""
    check = groups[0].first
    why = plain.message(check, language)
    # Our own words are prose; what the code says, or may have said, is code.
    return f"{_markdown(plain.title(check, language))}<br>{_code(why) if check.message else _markdown(why)}"


def _by_importance(exercise: ExerciseResult) -> list[outline.Group]:
    """Return the problems of an exercise: what keeps code from running, wrong answers, and what was not decided."""
    order = list(Status)
    # What was not run and would give no points is no problem of anybody's.
    found = [
        group for group in outline.groups(exercise.checks) if group.status is not Status.NOT_RUN or group.max_score
    ]
    return sorted(found, key=lambda group: (group.status in outline.UNDECIDED, order.index(group.status)))


def _notes(result: Result, language: str, prefix: str) -> Iterator[_Note]:
    found = outline.sections(result)
    if found.not_started:
        ids = ", ".join(exercise.id for exercise in found.not_started)
        title = STATUS[Status.NOT_ATTEMPTED].get(language)
        yield _Note("notice", (-1,), title, worded("not_started", language, ids=ids))
    for number, exercise in enumerate(result.exercises):
        if outline.is_untouched(exercise):
            continue
        for place, group in enumerate(_by_importance(exercise)):
            check = group.first
            told = [plain.diagnosis(one, language) for one in exercise.diagnoses if not place]
            told.append(plain.details(check, language))
            level = _LEVELS.get(group.status, "error")
            file, line = _spot(exercise, check)
            yield _Note(
                level=level,
                rank=(place, list(Status).index(group.status), number),
                title=worded(
                    "problem_of",
                    language,
                    exercise=f"{exercise.id} {plain.exercise_title(exercise, language)}",
                    check=plain.title(check, language),
                ),
                message="\n".join(told),
                file="" if group.status is Status.GRADER_ERROR else _path(prefix, file),
                line=line,
            )


def _spot(exercise: ExerciseResult, check: CheckResult) -> tuple[str, int]:
    """Return the file that has the problem, and the line there, 0 if the file alone is known."""
    if check.location is None:
        return exercise.file, 0
    cell = _CELL.fullmatch(check.location.file)
    return (cell[1], 0) if cell else (check.location.file, check.location.line)


def _path(prefix: str, file: str) -> str:
    parts = [*prefix.replace("\\", "/").split("/"), *file.replace("\\", "/").split("/")] if file else []
    return "/".join(part for part in parts if part not in ("", "."))


def _command(note: _Note) -> str:
    properties = {
        "file": plain.line(note.file),
        "line": str(note.line) if note.line > 0 and note.file else "",
        "title": plain.line(note.title),
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    message = plain.clean(note.message)
    if len(message) > _MOST_CHARS:
        message = message[:_MOST_CHARS] + "…"
    return f"::{note.level}{' ' if told else ''}{told}::{_data(message)}"


def _data(words: str) -> str:
    # The percent sign first: it is what the others are written with.
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def _markdown(words: str) -> str:
    """Return one line of text in which nothing is Markdown, HTML or a mention."""
    # GitHub looks for mentions in what it has read, where the reference is an "@" again.
    return _referenced(plain.line(words, 400)).replace("&#64;", "&#64;&#8203;")


def _code(words: str) -> str:
    """Return one line of a student's words as code, where GitHub looks for nothing at all."""
    found = _referenced(plain.line(words, 160))
    return f"<code>{found}</code>" if found else ""


def _referenced(words: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found.group())};", words)
