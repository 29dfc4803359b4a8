"""One result in plain words: what is told of a check, of the total and of the next step, for other programs."""

from __future__ import annotations

from grader.reports import outline, text
from grader.reports.export_words import in_language, worded
from grader.reports.words import MEANING, STATUS, WORDS, phrase
from grader.results import CheckResult, Diagnosis, ExerciseResult, Location, Result, Status

_MOST_LINES = 40
_MOST_CHARS = 4000
_PRINTED_LINES = 20


def clean(words: str) -> str:
    """Return a string that a student may have written without anything hidden, cut to a readable length."""
    shown, left_out = text.shortened(text.visible(text.without_ansi(words)), _MOST_LINES, _MOST_CHARS)
    return f"{shown}…" if left_out else shown


def line(words: str, chars: int = 200) -> str:
    """Return the same on one line of at most `chars` characters."""
    return text.brief(text.one_line(text.visible(text.without_ansi(words))), chars)


def title(check: CheckResult, language: str) -> str:
    """Return what a check asks for, on one line."""
    return line(in_language(check.title, language) or check.name)


def exercise_title(exercise: ExerciseResult, language: str) -> str:
    """Return the title of an exercise, on one line."""
    return line(in_language(exercise.title, language) or exercise.name)


def result_title(result: Result, language: str) -> str:
    """Return the title of the assignment, on one line."""
    return line(in_language(result.title, language) or result.assignment)


def message(check: CheckResult, language: str) -> str:
    """Return why a check ended as it did."""
    return clean(in_language(check.message or MEANING[check.status], language))


def labelled(key: str, words: str, language: str) -> str:
    """Return words behind the fixed word called `key`; several lines stand below it."""
    shown = clean(words)
    head = WORDS[key].get(language) + _colon(language)
    # Rows of a tensor stay aligned only when they all start in the same column.
    return f"{head.rstrip()}\n{shown}" if "\n" in shown else head + shown


def place(where: Location, language: str) -> str:
    """Return a place as ``file:line, in function``, with the student's line below it."""
    head = f"{line(where.file)}:{where.line}"
    if where.function:
        head += ", " + phrase("in_function", name=line(where.function, 80)).get(language)
    return "\n".join([head, *(f"> {s.number} | {line(s.text)}" for s in where.source if s.marked)])


def details(check: CheckResult, language: str) -> str:
    """Return all that helps with a check that did not pass: message, both values, place and hint."""
    told = [message(check, language)]
    values = (("expected", check.expected), ("seen", check.seen))
    told += [labelled(key, in_language(value, language), language) for key, value in values if value]
    if check.location:
        told.append(place(check.location, language))
    for group in outline.groups([check]):
        told += [labelled("hint", in_language(hint, language), language) for hint in group.hints]
    return "\n".join(filter(None, told))


def diagnosis(found: Diagnosis, language: str) -> str:
    """Return what probably happened, why it matters and what to try, a line each."""
    parts = outline.diagnosis_parts(found)
    return "\n".join(labelled(key, line(in_language(part, language), 1000), language) for key, part in parts)


def printed(exercise: ExerciseResult, language: str) -> list[str]:
    """Return the end of what the code of an exercise printed, below a heading; nothing if it printed nothing."""
    end = "\n".join(text.printed(exercise.output).split("\n")[-_PRINTED_LINES:])[-_MOST_CHARS:]
    return [f"{WORDS['output'].get(language)}{_colon(language).rstrip()}\n{clean(end)}"] if end.strip() else []


def score(exercise: ExerciseResult) -> str:
    """Return the points of an exercise as ``4 / 5``, with a dash where nothing could be decided."""
    earned = "-" if outline.is_undecided(exercise) else outline.points(exercise.score, exercise.max_score)
    return f"{earned} / {outline.points(exercise.max_score)}"


def nothing_decided(result: Result) -> bool:
    """Return whether no check was decided, so that a score would be a made-up zero."""
    return all(outline.is_undecided(exercise) or not exercise.checks for exercise in result.exercises)


def total(result: Result, language: str) -> str:
    """Return the total and the count of passed checks; without a number where nothing was decided."""
    key = "no_total" if nothing_decided(result) else "total" if result.complete else "so_far_total"
    earned = outline.points(result.score, result.max_score)
    counted = outline.tally(result).get(language).rstrip(".。")
    found = worded(key, language, score=earned, best=outline.points(result.max_score))
    return f"{found}（{counted}）" if language == "zh" else f"{found} ({counted})"


def reservations(result: Result, language: str) -> list[str]:
    """Return what to know before relying on the score: why it is not complete, and that nothing was isolated."""
    told = []
    if not result.complete:
        counts = [
            STATUS[status].get(language) + _colon(language) + str(outline.count(result.exercises, status))
            for status in (Status.GRADER_ERROR, Status.NOT_RUN)
            if outline.count(result.exercises, status)
        ]
        why = [", ".join(counts) or WORDS["undecided"].get(language)]
        if result.has_grader_error:
            why.append(MEANING[Status.GRADER_ERROR].get(language))
        told.append(worded("incomplete", language, why=". ".join(why) if language == "en" else "。".join(why)))
    # A note that says so has the reason too, and once is enough.
    if result.sandbox == "none" and not any("without isolation" in note.en for note in result.notes):
        told.append(worded("isolation", language, how=WORDS["sandbox_none"].get(language)))
    return told + [line(in_language(note, language), 400) for note in result.notes]


def next_step(result: Result, language: str) -> str:
    """Return what the student should do next."""
    return worded("next", language, what=line(outline.next_words(result).get(language), 400))


def _colon(language: str) -> str:
    return "：" if language == "zh" else ": "
