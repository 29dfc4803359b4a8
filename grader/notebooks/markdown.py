"""Code cells of a Markdown file: its fenced blocks in Python, as CommonMark sees them.

Blocks begin with ``` or ~~~, in any length, also in lists and quotations, and say that they are Python::

    ```python    ```py    ```python3    ```ipython    ``` {.python .input}    ```{python}
"""

from __future__ import annotations

import codecs
import re

from grader.notebooks.cell import MIB, Cell, NotebookError, numbered
from grader.translation import say

MAX_BYTES = 2 * MIB
# They bound the time and the memory of a file made to be slow: a second or two, a hundred megabytes.
MAX_LINES = 10_000
MAX_NESTING = 10
PYTHON = frozenset("python py python2 python3 py3 ipython ipython3 python.input".split())


def read_markdown(data: bytes) -> tuple[Cell, ...]:
    """Return the blocks of Python code in a Markdown file; none if it has none.

    Raises:
        NotebookError: if the file is over a limit.
    """
    if len(data) > MAX_BYTES:
        raise NotebookError(say("is larger than {limit} MiB.", limit=MAX_BYTES // MIB))
    text = _decoded(data)
    if text.count("\n") + text.count("\r") > MAX_LINES:
        raise NotebookError(say("has more than {limit} lines.", limit=MAX_LINES))
    # Imported here because most hand-ins have no Markdown in them.
    from markdown_it import MarkdownIt

    # Without what stands within a line, which takes most of the time and holds no blocks.
    parser = MarkdownIt("zero", {"html": True, "maxNesting": MAX_NESTING})
    parser.enable(["fence", "code", "blockquote", "list", "html_block", "heading", "hr"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    blocks = [token for token in parser.parse(text) if token.type == "fence" and _is_python(token.info)]
    return numbered([(token.content, token.map[0] + 2 if token.map else 1) for token in blocks])


def has_bare_fences(data: bytes) -> bool:
    """Whether a Markdown file has fences that do not say their language."""
    return re.search(rb"^[ \t>]*(?:```+|~~~+)[ \t]*\r?$", data[:MAX_BYTES], re.MULTILINE) is not None


def _decoded(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or else what Chinese Windows writes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _is_python(info: str) -> bool:
    """Whether what stands behind a fence's first marks says that it is Python to run."""
    info = info.strip().lower()
    braces = re.match(r"\{([^{}]*)\}", info)
    words = re.split(r"[\s,]+", braces[1].strip() if braces else info)
    return words[0].lstrip(".") in PYTHON
