"""Blocks of Python in Markdown are found wherever CommonMark has them, at their lines; nothing else is run."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.notebooks.cell import NotebookError
from grader.notebooks.markdown import MAX_BYTES, MAX_LINES, has_bare_fences, read_markdown


def texts(text: str) -> list[str]:
    """Return the texts of a file's blocks."""
    return [cell.text for cell in read_markdown(text.encode())]


@pytest.mark.parametrize(
    "info",
    [
        "python", "Python", "py", "python3", "py3", "ipython", "ipython3", " python ", "python title='x'", "python,x",
        "{.python .input}", "{.python .input  n=3}", "{.python .input #model-construction}", "{python}", "{.python}",
        " {.python .input}", "python {linenos}", "python.input",
    ],
)  # fmt: skip
def test_what_says_that_it_is_python(info):
    """A block whose first word is Python by any of its names is a cell."""
    assert texts(f"Words.\n\n```{info}\nx = 1\n```\n") == ["x = 1"]


@pytest.mark.parametrize(
    "info",
    [
        "",
        "text",
        "pycon",
        "python-repl",
        "bash",
        "{.json .output n=3}",
        "r",
        "pythonic",
        "output python",
        "{}",
        "{",
        "}",
    ],
)
def test_what_does_not(info):
    """Other languages, sessions, outputs and blocks without a language are no cells."""
    assert texts(f"Words.\n\n```{info}\nx = 1\n```\n") == []


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("~~~python\nx = 1\n~~~", ["x = 1"]),
        ("`````python\n```\nx = 1\n```\n`````", ["```\nx = 1\n```"]),
        ("~~~~python\n~~~\n~~~~", ["~~~"]),
        ("   ```python\n   x = 1\n     y = 2\n   ```", ["x = 1\n  y = 2"]),
        ("    ```python\n    x = 1\n    ```", []),
        ("1. First:\n\n   ```python\n   if x:\n       y = 2\n   ```\n\n2. Next", ["if x:\n    y = 2"]),
        ("- a\n  - b\n\n    ```py\n    x = 1\n    ```", ["x = 1"]),
        ("> ```python\n> x = 1\n>\n> y = 2\n> ```", ["x = 1\n\ny = 2"]),
        ("```python\nx = 1", ["x = 1"]),
        ("```python\n```", []),
        ("```python\n\n   \n```", []),
        ("text ```python\nx = 1\n``` text", []),
        ("<!--\n```python\nx = 1\n```\n-->", []),
        ("<details>\n\n```python\nx = 1\n```\n\n</details>", ["x = 1"]),
        ("```text\n```python\nx = 1\n```", []),
        ("# Title\n```python\nx = 1\n```\n---\n```python\ny = 2\n```", ["x = 1", "y = 2"]),
        ("\\```python\nx = 1\n```", []),
        ("", []),
    ],
    ids="tilde longer longer_tilde indented code list nested quote open empty blank inline comment details inner "
    "headings escaped nothing".split(),
)
def test_forms_of_blocks(text, cells):
    """Blocks are those of CommonMark, in every form, with their own indentation taken off."""
    assert texts(text) == cells


def test_numbers_and_lines():
    """Blocks are counted from 1, and begin at the line of the file that an editor shows."""
    text = "---\ntitle: x\n---\n\n```python\nx = 1\n```\n\n1. y\n\n   ```py\n   y = 2\n   ```\n"
    text += "```python\n\n```\n~~~py\nz\n~~~"
    cells = read_markdown(text.encode())
    assert [(cell.number, cell.line, cell.text) for cell in cells] == [(1, 6, "x = 1"), (2, 12, "y = 2"), (3, 18, "z")]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends(end):
    """Files from Windows and old Macs have the same cells at the same lines."""
    (cell,) = read_markdown(f"Words{end}{end}```python{end}x = 1{end}y = 2{end}```{end}".encode())
    assert (cell.line, cell.text) == (4, "x = 1\ny = 2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding):
    """Files as editors write them are decoded: with a mark, in UTF-16, as Chinese Windows does."""
    (cell,) = read_markdown("```python\nx = '你好，世界'\n```".encode(encoding))
    assert cell.text == "x = '你好，世界'"


def test_fences_without_a_language_are_noticed():
    """Blocks that do not say what they are can be told about, those that do are not taken for them."""
    assert has_bare_fences(b"```\nx = 1\n```")
    assert has_bare_fences(b"> ~~~~\r\n> x\r\n> ~~~~")
    assert not has_bare_fences(b"no blocks ``` at all")


# Limits


def test_size_is_limited():
    """A file that is too large, or has too many lines, is refused in one line."""
    for data in (b"x" * (MAX_BYTES + 1), b"\n" * (MAX_LINES + 1), b"\r" * (MAX_LINES + 1)):
        with pytest.raises(NotebookError, match=r"^(is larger|has more) than [^\n]*$") as caught:
            read_markdown(data)
        assert caught.value.text.zh


LINES = MAX_LINES - 10
SLOW = {
    "quotations": ("> " * 9 + "a\n") * LINES,
    "lists": ("- " * 9 + "a\n") * LINES,
    "both": ("> - " * 9 + "a\n") * LINES,
    "fences": ("> - " * 4 + "```python\n") * LINES,
    "deeper": "".join(" " * (2 * (i % 30)) + "- a\n" for i in range(LINES)),
    "lazy": "> " * 9 + "a\n" + "b\n" * LINES,
    "html": "<!--\n" * LINES,
    "tags": ("> " * 9 + "<div>\n") * LINES,
    "long": "> - " * (MAX_BYTES // 4),
    "ticks": "`" * MAX_BYTES,
    "openers": "".join("`" * (3 + i % 200) + "\n" for i in range(LINES)),
    "numbers": "1. " * (MAX_BYTES // 3),
    "spaces": " " * MAX_BYTES,
}


@pytest.mark.parametrize("name", SLOW)
def test_files_made_to_be_slow_are_not(name):
    """The worst that a file can do takes seconds."""
    started = time.monotonic()
    with suppress(NotebookError):
        read_markdown(SLOW[name].encode())
    assert time.monotonic() - started < 20


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=100)
    | st.lists(
        st.sampled_from("```|~~~|```python|{.python .input}|\n|> |- |    |x = 1|<!--|\0|\t".split("|")),
        max_size=30,
    ).map(lambda parts: "".join(parts).encode())
)  # fmt: skip
def test_any_bytes_are_read(data):
    """Bytes of any kind give cells, or one line."""
    try:
        cells = read_markdown(data)
    except NotebookError:
        return
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(cell.text.strip() and cell.line is not None and 1 < cell.line <= lines + 1 for cell in cells)
