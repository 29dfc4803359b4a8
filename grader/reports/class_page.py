"""The instructor's page of a marked class: one HTML file that needs nothing else."""

from __future__ import annotations

from grader.class_result import ClassResult
from grader.reports import class_figures, class_picture, class_rows, words
from grader.reports.outline import points
from grader.reports.scorecard import page
from grader.results import Text

# What a page shows of a long list before the rest is folded away.
_HARDEST = 10
_MISTAKES = 12


def render_class(cls: ClassResult, language: str = "en") -> str:
    """Return the page of a class, which opens in `language`.

    Links lead to ``students/KEY/scorecard.html``, beside the page.
    """
    rows = class_rows.rows(cls)
    summary = class_figures.summary(cls)
    exercises = class_figures.exercises_by_difficulty(cls)
    concerns = class_rows.concerns(cls)
    title = cls.title or Text(cls.assignment)
    return page(
        "class.html.j2",
        language,
        words.phrase("class_of", title=Text(title.en or title.zh, title.zh)),
        brand="class_page",
        cls=cls,
        class_title=title,
        summary=summary,
        steps=class_figures.distribution(summary.scores, cls.max_score),
        exercises=exercises,
        hardest=class_figures.hardest_checks(exercises, _HARDEST),
        decided=any(check.decided for figures in exercises for check in figures.checks),
        mistakes=class_figures.frequent_mistakes(cls),
        few_mistakes=_MISTAKES,
        same_code=class_figures.same_code(cls),
        ours=[concern for concern in concerns if concern.name == "grader_error"],
        concerns=[concern for concern in concerns if concern.name != "grader_error"],
        picture=class_picture.picture(cls),
        kinds=class_picture.KINDS,
        strip_height=class_picture.HEIGHT,
        rows=rows,
        tags=class_rows.tag_counts(rows),
        labels=class_rows.labels(cls.entries),
        identity=class_rows.identity,
        scorecard_link=class_rows.scorecard_link,
        segments=class_picture.segments,
        percent=percent,
        across=across,
        span=span,
    )


def percent(part: float, whole: float) -> str:
    """Return a share as people write it; never rounded to nothing or to all."""
    share = 100 * part / whole
    rounded = round(share)
    if 0 < share < 100:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded}%"


def across(value: float, best: float) -> float:
    """Return how far along an axis from 0 to `best` points a value lies, in percent."""
    return round(100 * min(value / best, 1), 2)


def span(step: class_figures.Step, last: bool = False) -> Text:
    """Return the range of a bar in words."""
    key = "to_full" if last else "from_to"
    return words.phrase(key, low=points(step.low), high=points(step.high))
