"""The error that every layer raises for what a person can mend: one line, without a traceback."""

from __future__ import annotations

from grader.results import Text


class BrokenError(Exception):
    """Something that students did not make is wrong, such as an exercise; the message says where and what."""


class UserError(Exception):
    """Something given to `grade` is wrong; `text` says what, and what to do next. The message is its English."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return self.text.en
