"""What a person can mend is said to them in both languages."""

from __future__ import annotations

import pickle

from grader.errors import UserError
from grader.results import Text


def test_an_error_says_the_same_in_both_languages():
    """Its text is in both, and its message is the English one, for whoever prints it as it is."""
    error = UserError(Text("no such file", "没有这个文件"))
    assert str(error) == error.text.en == "no such file"
    assert error.text.zh == "没有这个文件"


def test_an_error_can_be_sent_to_another_process():
    """An error stays what it is when it is sent on, with its text."""
    error = pickle.loads(pickle.dumps(UserError(Text("no such file", "没有这个文件"))))
    assert (type(error), error.text.zh) == (UserError, "没有这个文件")
