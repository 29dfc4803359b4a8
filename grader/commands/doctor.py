"""`grade doctor`: what is installed and whether it works, in lines for a bug report."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import click

from grader.commands.examination import examine
from grader.commands.privacy import hide
from grader.reports import text
from grader.translation import say

_COLUMN = 17
_WORKS = say("Marking can work here.")
_WORKS_NOT = say("Marking cannot work here. See the lines with !! above.")


def run_doctor(submission: Path, lang: str) -> int:
    """Print what is found, a line each, as it is found; return 0 if marking can work here, else 3."""
    # No Rich here: it may be what is broken.
    encoding = sys.stdout.encoding or "ascii"
    language = lang if text.can_encode("评分", encoding) else "en"
    broken = False
    for finding in examine(submission):
        mark = {True: "ok", None: "--", False: "!!"}[finding.works]
        label = finding.label.get(language)
        gap = " " * max(1, _COLUMN - sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in label))
        told = text.one_line(text.visible(hide(finding.told.get(language))))
        click.echo(text.encodable(f"{mark}  {label}{gap}{told}", encoding))
        broken = broken or finding.works is False
    click.echo(text.encodable((_WORKS_NOT if broken else _WORKS).get(language), encoding))
    return 3 if broken else 0
