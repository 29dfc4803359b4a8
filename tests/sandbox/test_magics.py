"""Lines that only Jupyter understands are taken out of a cell; whatever is Python stays, at its line."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.inside.magics import python_of


def parse(text: str) -> ast.Module:
    """Parse a cell that begins at line 1."""
    return ast.parse(text)


def left(text: str) -> tuple[str | None, tuple[int, ...]]:
    """Return the Python that is left of a cell, in its plainest form, and the lines that were taken out."""
    found = python_of(text, 1, parse)
    return (None if found.tree is None else ast.unparse(found.tree)), found.skipped


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\ny = x % 2",
        "x = 10\nprint(x\n% 3)",
        "x = (7\n     % 4)",
        "s = '''\n%matplotlib inline\n!ls\nwhy?\n'''",
        's = "100%"  # really?\nd = {"a": "?"}',
        "def f():\n    return 1 \\\n    % 2",
        "x = not True",
        "pip = 1\nls = 2\npip\ncd = 3",
        "",
        "# only words",
        "x = f'{1!r}'",
    ],
)
def test_python_stays_as_it_is(text):
    """What Python understands is no magic, whatever it looks like."""
    assert left(text) == (ast.unparse(ast.parse(text)), ())


@pytest.mark.parametrize(
    ("text", "python", "lines"),
    [
        ("%matplotlib inline", "pass", (1,)),
        ("x = 1\n%load_ext autoreload\ny = 2", "x = 1\npass\ny = 2", (2,)),
        ("!pip install d2l==1.0.3\nimport torch", "pass\nimport torch", (1,)),
        ("if True:\n    !ls\n    x = 1", "if True:\n    pass\n    x = 1", (2,)),
        ("torch.nn?\n?torch.nn\nnet.forward??\nx = 1", "pass\npass\npass\nx = 1", (1, 2, 3)),
        ("files = !ls *.py\nx = %env HOME\ny = 1", "pass\npass\ny = 1", (1, 2)),
        ("a, b = !ls", "pass", (1,)),
        ("pip install torch\nx = 1", "pass\nx = 1", (1,)),
        ("cd ..\nls ~", "pass\npass", (1, 2)),
        ("!echo it's \"(\nx = (1\n)", "pass\nx = 1", (1,)),
        ("!pip install \\\n   torch \\\n   d2l\nx = 1", "pass\nx = 1", (1,)),
        ("%time x = f(1)", "x = f(1)", ()),
        ("%time -n x", "pass", (1,)),
        ("%timeit f(1)", "pass", (1,)),
        ("s = '''\n!a\n'''\n!b", "s = '\\n!a\\n'\npass", (4,)),
        ("%cd '''\nx = 1", "pass\nx = 1", (1,)),
        ("%matplotlib inline;", "pass", (1,)),
    ],
)
def test_lines_of_jupyter_are_taken_out(text, python, lines):
    """Magics, shell lines, questions and commands without their sign are taken out; a timed statement is run."""
    assert left(text) == (python, lines)


@pytest.mark.parametrize(
    ("text", "python", "lines"),
    [
        ("%%time\nx = 1", "x = 1", ()),
        ("\n\n%%capture out\n%%time\nx = 1", "x = 1", ()),
        ("# grade: 5.1.2\n%%time\nx = 1", "x = 1", ()),
        ("%%bash\nls\nx = (", None, (1,)),
        ("\n  %%html\n<b>", None, (2,)),
        ("%%timeit\nx = 1", None, (1,)),
        ("%%writefile a.py\nx = 1", None, (1,)),
        ("%%tab pytorch\nx = 1", "x = 1", ()),
        ("%%tab all\nx = 1", "x = 1", ()),
        ("%%tab mxnet, pytorch\nx = 1", "x = 1", ()),
        ("%%tab mxnet\nx = 1", None, (1,)),
        ("%%tab tensorflow, jax\nx = 1", None, (1,)),
        ("#@tab pytorch\nx = 1", "x = 1", ()),
        ("# @tab all\nx = 1", "x = 1", ()),
        ("#@tab mxnet\nx = 1", None, (1,)),
        ("x = 1\n#@tab mxnet\ny = 2", "x = 1\ny = 2", ()),
    ],
)
def test_magics_of_whole_cells(text, python, lines):
    """Magics that only watch a cell leave it; others take it with them, as do marks of libraries that are not ours."""
    assert left(text) == (python, lines)


def test_an_indented_cell():
    """A cell that is pasted with its indentation runs, as it does in Jupyter."""
    assert left("\n    x = 1\n    if x:\n        y = 2\n    z = 3") == ("x = 1\nif x:\n    y = 2\nz = 3", ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = (1", 1), ("x = 1\ny = = 2", 2), ("def f(:\n    pass", 1), ("%matplotlib inline\nx = ]", 2),
        ("x = 1\n  y = 2", 2), ("x = 'a", 1), ("class A\n    pass", 1), ("x = 1\nx %", 2),
    ],
)  # fmt: skip
def test_wrong_python_is_refused_at_its_line(text, line):
    """A line that is wrong and none of Jupyter's is an error at that line."""
    with pytest.raises(SyntaxError) as caught:
        python_of(text, 1, parse)
    assert caught.value.lineno == line


def test_lines_are_counted_from_the_first():
    """Lines are numbered as the parser numbers them, wherever the cell begins."""
    found = python_of("x = 1\n!ls\ny = z", 40, lambda text: ast.parse("\n" * 39 + text))
    assert found.skipped == (41,)
    assert found.tree is not None
    assert [node.lineno for node in found.tree.body] == [40, 41, 42]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from("x = 1|%a|!b|c?|'''|(|)|    |\\|\n|%%time|%%tab x|d:".split("|"))).map("".join))
def test_any_text_ends(text):
    """Any text gives a tree or a SyntaxError, with lines that the text has."""
    try:
        found = python_of(text, 1, parse)
    except SyntaxError:
        return
    assert all(1 <= line <= text.count("\n") + 1 for line in found.skipped)
