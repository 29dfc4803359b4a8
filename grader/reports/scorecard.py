"""The scorecard of a submission, and a list of scorecards: each one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.reports import outline, text, words
from grader.results import CheckResult, Result, Status, Text

_TONES = {
    Status.PASSED: "good",
    Status.GRADER_ERROR: "ours",
    Status.NOT_ATTEMPTED: "idle",
    Status.NOT_RUN: "idle",
}
_NO_TEXT = Text()
# Characters of a value that fit beside another value; longer ones stand above each other.
_HALF_WIDTH = 44


@dataclass(frozen=True)
class IndexRow:
    """A line of the list of scorecards: whose, where, and how the checks ended."""

    name: str
    href: str
    score: float
    max_score: float
    counts: tuple[tuple[Status, int], ...] = ()
    note: Text = _NO_TEXT


def index_row(result: Result, href: str, note: Text | None = None) -> IndexRow:
    """Return the line for `result`, whose scorecard is at `href`."""
    counts = tuple((status, outline.count(result.exercises, status)) for status in reversed(Status))
    return IndexRow(result.submission, href, result.score, result.max_score, counts, note or _NO_TEXT)


def render_scorecard(result: Result, language: str = "en", statement_links: Mapping[str, str] | None = None) -> str:
    """Return the scorecard as one HTML page that opens in `language`.

    `statement_links` gives the address of an exercise's statement by the exercise's id. Addresses other than
    http, https and relative ones are left out.
    """
    result, file_notes = outline.told_once(result)
    found = outline.sections(result)
    title = result.title or Text(result.assignment)
    heading = Text(*(f"{result.submission}: {title.get(lang) or title.zh}" for lang in ("en", "zh")))
    return page(
        "scorecard.html.j2",
        language,
        heading,
        brand="scorecard",
        result=result,
        file_notes=file_notes,
        links=statement_links or {},
        parts=[(name, getattr(found, name)) for name in ("work", "not_started", "open", "passed")],
        passed=outline.count(result.exercises, Status.PASSED),
        hidden_left=outline.has_hidden(result),
        total=outline.count(result.exercises),
        open_checks={str(status): _ended(result, status) for status in (Status.GRADER_ERROR, Status.NOT_RUN)},
    )


def render_index(rows: Iterable[IndexRow], title: Text | str, language: str = "en") -> str:
    """Return a page that lists scorecards, in the order of `rows`."""
    heading = Text(title) if isinstance(title, str) else title
    return page("index.html.j2", language, heading, brand="scorecards", title=heading, rows=list(rows))


def page(template: str, language: str, heading: Text, **values: object) -> str:
    """Return a page of ours that needs nothing else, from a template of this package."""
    environment = _environment()
    common = {"heading": heading, "language": language}
    return environment.get_template(template).render(common | values) + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("grader.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "anchor": _anchor,
        "are_long": _are_long,
        "brief": text.brief,
        "csp_hash": _csp_hash,
        "diagnosis_parts": outline.diagnosis_parts,
        "frames": outline.frames,
        "groups": outline.groups,
        "href": _href,
        "is_undecided": outline.is_undecided,
        "is_untouched": outline.is_untouched,
        "moment": _moment,
        "passed_checks": outline.passed_checks,
        "points": outline.points,
        "printed": text.printed,
        "short_link": _short_link,
        "source_lines": outline.source_lines,
        "status_word": outline.status_word,
        "web": _web,
        "short_text": _short_text,
        "shortened": text.shortened,
        "shown": _shown,
    }
    environment.globals |= {
        "MEANING": words.MEANING,
        "STATUS": words.STATUS,
        "UNDECIDED": outline.UNDECIDED,
        "TONE": {status: _TONES.get(status, "bad") for status in Status},
        "Text": Text,
        "WORDS": words.WORDS,
        "phrase": words.phrase,
    }
    # The browser hashes what stands between the tags, so it is fixed here, once, to the byte.
    for name, file in (
        ("css", "style.css.j2"),
        ("noscript_css", "noscript.css.j2"),
        ("script", "switch.js.j2"),
    ):
        environment.globals[name] = Markup(environment.get_template(file).render())
    return environment


def _finalize(value: object) -> object:
    # The last gate: what no filter has looked at is still made visible before it is escaped.
    return text.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _shown(value: str) -> Markup:
    pieces = (
        Markup('<span class="escape">{}</span>').format(piece) if hidden else Markup.escape(piece)
        for piece, hidden in text.parts(value)
    )
    inner = Markup("").join(pieces)
    # Only right-to-left letters need to be kept from reordering their surroundings.
    return inner if value.isascii() else Markup("<bdi>{}</bdi>").format(inner)


def _short_text(value: Text) -> Text:
    kept = [text.shortened(part, lines=60, chars=4000) for part in (value.en, value.zh)]
    return Text(*(start + " …" if left else start for start, left in kept))


def _ended(result: Result, status: Status) -> list[tuple[str, CheckResult]]:
    return [(e.id, check) for e in result.exercises for check in e.checks if check.status is status]


def _are_long(values: Iterable[Text]) -> bool:
    """Return whether a line of `values` is too long for half the width of a page, in either language."""
    lines = (line for value in values for words in (value.en, value.zh) for line in words.split("\n"))
    return any(len(line) > _HALF_WIDTH for line in lines)


def _anchor(exercise_id: str) -> str:
    return "ex-" + re.sub(r"[^A-Za-z0-9.-]+", "-", exercise_id)


def _csp_hash(content: str) -> Markup:
    digest = hashlib.sha256(content.encode()).digest()
    return Markup("sha256-" + base64.b64encode(digest).decode())


def _href(address: str) -> str:
    """Return `address` if a link to it is harmless, else nothing."""
    if not address or text.visible(address) != address or any(char.isspace() for char in address):
        return ""
    try:
        parsed = urlsplit(address)
    except ValueError:
        return ""
    if parsed.scheme in ("http", "https"):
        return address if parsed.netloc else ""
    return "" if parsed.scheme or ":" in parsed.path.split("/")[0] else address


def _web(address: str) -> str:
    """Return `address` if it is a harmless one on the web, else nothing: the book may be named in words."""
    return _href(address) if address.startswith(("http://", "https://")) else ""


def _short_link(address: str) -> str:
    """Return an address as a reader wants to see it, without its scheme."""
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/")


def _moment(created: str) -> Markup | str:
    try:
        when = datetime.fromisoformat(created)
    except ValueError:
        return created
    zone = when.strftime("%Z") if when.tzinfo else ""
    shown = f"{when:%Y-%m-%d %H:%M} {zone}".strip()
    return Markup('<time datetime="{}">{}</time>').format(when.isoformat(), shown)
