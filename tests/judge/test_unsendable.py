"""Why a value could not be sent is told in both languages."""

from __future__ import annotations

import ast

import pytest
from support import ROOT

from grader.judge.unsendable import unsendable
from grader.results import Text


def reasons() -> list[str]:
    """Return what the sandbox's inside says, with a number for whatever it fills in."""
    source = ROOT / "grader" / "sandbox" / "inside" / "wire.py"
    found = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "UnsendableError":
            (said,) = node.args
            parts = said.values if isinstance(said, ast.JoinedStr) else [said]
            found.append("".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts))
    return found


@pytest.mark.parametrize("message", sorted(set(reasons())))
def test_every_reason_is_known(message):
    """Whatever the inside says of a value has its Chinese, and its English is unchanged."""
    found = unsendable(message)
    assert found.en == message
    assert found.zh
    assert ("7" in message) == ("7" in found.zh)


def test_there_are_reasons():
    """The inside was read."""
    assert len(reasons()) > 10


def test_what_it_tells_of_is_kept():
    """What was filled in stands in the Chinese as it is."""
    assert unsendable("a value of type torch.nn.Linear is not plain data").zh == "torch.nn.Linear 类型的值不是普通数据"


@pytest.mark.parametrize("message", ["", "something else", "the value has too many parts\nand more", "{size} %s"])
def test_anything_else_stands_as_it_is(message):
    """A process with student code in it may say anything."""
    assert unsendable(message) == Text(message)
