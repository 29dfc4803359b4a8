"""The reader of Markdown: blocks of code come out, or one clear line."""

from __future__ import annotations

from fuzz.jupyter import look
from fuzz.lines import clear
from grader.notebooks.cell import NotebookError
from grader.notebooks.markdown import has_bare_fences, read_markdown

TEXTS = (
    "# Notes\n\n```python\nx = 1\n# grade: 5.1.2\n```\n\ntext\n\n~~~ {.python .input}\ny = 2\n~~~\n",
    "1. one\n\n   ```py\n   x = 1\n   ```\n\n> ```{python}\n> z = 1\n> ```\n\n```\nbare\n```\n",
    "<div>\n```python\nno\n```\n</div>\n\n    ```python\n    no\n    ```\n\n---\n\n````python3\n```\nx\n```\n````",
    "```python\nnever closed\r\n\tand\x00more",
)
SEEDS = (*(text.encode() for text in TEXTS), TEXTS[0].encode("utf-16"), "```py\n# 两倍\nx = 1\n```".encode("gb18030"))
WORDS = tuple(b"``` ~~~ ```python {.py} > - 1. <div> <!-- # \t \r\n\n \xff\xfe # grade:".split(b" "))


def check(data: bytes) -> None:
    """Read bytes as Markdown."""
    assert type(has_bare_fences(data)) is bool
    try:
        cells = read_markdown(data)
    except NotebookError as error:
        clear(error.text)
        return
    look(cells)
    assert all(cell.line is not None for cell in cells)
