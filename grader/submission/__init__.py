"""What a student handed in, as data: found, read, and never run or imported here."""

from grader.submission.finding import MAX_FILE, SubmissionError, find_submission, find_work
from grader.submission.source import CONTEXT_LINES, SHOWN_ENCODINGS, Source, SourceCell, Submission

__all__ = [
    "CONTEXT_LINES",
    "MAX_FILE",
    "SHOWN_ENCODINGS",
    "Source",
    "SourceCell",
    "Submission",
    "SubmissionError",
    "find_submission",
    "find_work",
]
