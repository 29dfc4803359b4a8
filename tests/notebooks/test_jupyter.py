"""Notebooks of every format are read as data; whatever else is in a file, there is one clear line and no crash."""

from __future__ import annotations

import json
import time
import tracemalloc
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import v4
from notebook_files import notebook

from grader.notebooks.cell import NotebookError
from grader.notebooks.jupyter import MAX_BYTES, MAX_PARTS, read_notebook


def texts(data: bytes) -> list[str]:
    """Return the texts of a notebook's cells."""
    return [cell.text for cell in read_notebook(data)]


def changed(change: Any) -> bytes:
    """Return a notebook with two cells after a change to its JSON."""
    content = json.loads(notebook("x = 1", "y = 2"))
    change(content)
    return json.dumps(content).encode()


# What is read


def test_code_cells_in_their_order():
    """Code cells are read with their numbers; Markdown and raw cells are left out."""
    cells = read_notebook(
        notebook(v4.new_markdown_cell("# x = 0"), "x = 1\ny = 2\n", v4.new_raw_cell("raw"), "", "z = 3")
    )
    assert [(cell.number, cell.text, cell.line) for cell in cells] == [(1, "x = 1\ny = 2", None), (2, "z = 3", None)]


@pytest.mark.parametrize("version", [3, 4])
def test_old_formats(version):
    """A notebook in nbformat 3, with its worksheets, is read as one in nbformat 4."""
    data = notebook(v4.new_markdown_cell("# Title"), "x = 1\ny = '你好'", "z = 3", version=version)
    assert json.loads(data)["nbformat"] == version
    assert texts(data) == ["x = 1\ny = '你好'", "z = 3"]


def test_format_2():
    """A notebook in nbformat 2, whose lines have no ends, is read too."""
    cells = [{"cell_type": "code", "language": "python", "input": ["x = 1", "y = 2"], "outputs": []}]
    data = json.dumps({"nbformat": 2, "metadata": {}, "worksheets": [{"cells": cells}]}).encode()
    assert texts(data) == ["x = 1\ny = 2"]


def test_several_worksheets():
    """Cells of several worksheets follow each other."""
    cell = {"cell_type": "code", "language": "python", "input": "x = 1", "outputs": [], "collapsed": False}
    sheets = [{"cells": [cell]}, {"cells": [cell | {"input": "y = 2"}]}]
    for version in (3, 4):
        content = {"nbformat": version, "nbformat_minor": 0, "metadata": {}, "worksheets": sheets}
        assert texts(json.dumps(content).encode()) == ["x = 1", "y = 2"]


def test_sources_of_either_form():
    """A source is a text or a list of lines."""
    data = changed(lambda content: content["cells"][0].update(source=["a = 1\n", "\n", "b = 2"]))
    assert texts(data) == ["a = 1\n\nb = 2", "y = 2"]


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.pop("metadata"),
        lambda content: content.update(metadata=[1], odd=True, nbformat_minor="x"),
        lambda content: content.update(metadata={"kernelspec": None, "language_info": {"name": 5}}),
        lambda content: [cell.pop("metadata") for cell in content["cells"]],
        lambda content: [cell.pop("outputs") for cell in content["cells"]],
        lambda content: [cell.update(execution_count="many", id=5, outputs=5, odd=[]) for cell in content["cells"]],
        lambda content: [cell.update(metadata="x", attachments=[[[]]]) for cell in content["cells"]],
        lambda content: content["cells"].append({"cell_type": "something new", "source": 5}),
        lambda content: content["cells"].append({"cell_type": "code"}),
    ],
    ids="bare odd no_names no_metadata no_outputs odd_cells odd_metadata new_kind no_source".split(),
)
def test_what_does_not_matter_may_be_odd(change):
    """What tools leave out or add, and what no answer depends on, does not stop a notebook from being read."""
    assert texts(changed(change)) == ["x = 1", "y = 2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings_of_json(encoding):
    """JSON in any encoding that JSON may have is read."""
    assert texts(notebook("x = '你好'").decode().encode(encoding)) == ["x = '你好'"]


def test_windows_line_ends():
    """A file and sources with CRLF are read."""
    data = notebook("x = 1\r\ny = 2").replace(b"\n", b"\r\n")
    assert texts(data) == ["x = 1\ny = 2"]


def test_outputs_cost_nothing():
    """Pictures in outputs are not looked at, up to the limit on the file."""
    cell = v4.new_code_cell("x = 1", outputs=[v4.new_output("display_data", {"image/png": "A" * 9 * 2**20})])
    assert texts(notebook(cell)) == ["x = 1"]


def test_cells_in_other_languages():
    """Cells that say that they are in another language than Python are left out."""
    cells = [v4.new_code_cell("SELECT 1", metadata={"vscode": {"languageId": "sql"}}), "x = 1"]
    assert texts(notebook(*cells, v4.new_code_cell("y = 2", metadata={"vscode": {"languageId": "python"}}))) == [
        "x = 1", "y = 2",
    ]  # fmt: skip


def test_nbformat_complains_about_nothing(capfd):
    """Reading says nothing on the terminal, whatever nbformat thinks of the notebook."""
    read_notebook(changed(lambda content: [cell.update(metadata=5, outputs="x") for cell in content["cells"]]))
    read_notebook(notebook("x = 1", version=3))
    assert capfd.readouterr() == ("", "")


# What is refused


def refusal(data: bytes) -> str:
    """Return the one line that refuses a file, and check that there is one in Chinese."""
    with pytest.raises(NotebookError) as caught:
        read_notebook(data)
    text = caught.value.text
    assert "\n" not in text.en + text.zh
    assert any("\u4e00" <= character <= "\u9fff" for character in text.zh)
    assert len(text.en) < 200
    return text.en


def damaged_cell(**parts: Any) -> bytes:
    """Return a notebook whose second cell has other parts."""
    return changed(lambda content: content["cells"][1].update(parts))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\xef\xbb\xbf", "not JSON"),
        (b"<!doctype html>", "not JSON (line 1)"),
        (b'{\n"nbformat": 4,\n"cells": [', "not JSON (line 3)"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"\x89PNG\r\n\x1a\n\xff", "not JSON"),
        (b"[]", "some other JSON"),
        (b'"nbformat"', "some other JSON"),
        (b"{}", "does not say its format"),
        (b'{"nbformat": "4", "cells": []}', "does not say its format"),
        (b'{"nbformat": true, "cells": []}', "does not say its format"),
        (b'{"nbformat": 5, "cells": []}', "format 5"),
        (b'{"nbformat": ' + b"9" * 4000 + b"}", "format 999"),
        (b'{"nbformat": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"nbformat": 4}', "no list of cells"),
        (b'{"nbformat": 4, "cells": {}}', "no list of cells"),
        (b'{"nbformat": 3}', "no list of worksheets"),
        (b'{"nbformat": 3, "worksheets": [5]}', "worksheet"),
        (b'{"nbformat": 3, "worksheets": [{}]}', "no list of cells"),
        (b'{"nbformat": 4, "cells": ["x"]}', "cell 1 of it is damaged"),
        (b'{"nbformat": 4, "cells": [{"cell_type": ["code"]}]}', "cell 1 of it is damaged"),
        (damaged_cell(source=5), "cell 2 of it is no text"),
        (damaged_cell(source=None), "cell 2 of it is no text"),
        (damaged_cell(source=["a", 5]), "cell 2 of it is no text"),
        (damaged_cell(source={"a": "b"}), "cell 2 of it is no text"),
        (changed(lambda c: c.update(metadata={"kernelspec": {"language": "R"}})), "a notebook in R"),
        (changed(lambda c: c.update(metadata={"language_info": {"name": "ju\nlia" * 99}})), "a notebook in ju?lia"),
        (b"[" * 500_000, "too deep"),
        (b'{"a":' * 500_000, "too deep"),
    ],
)  # fmt: skip
def test_one_clear_line(data, words):
    """What is no notebook is refused in one line that says what is wrong, in both languages."""
    assert words in refusal(data)


def test_size_is_limited():
    """A file over the limit is refused before it is parsed."""
    assert "larger than 10 MiB" in refusal(b" " * MAX_BYTES + b"{}")


@pytest.mark.parametrize("piece", [b"[],", b"{},", b"0,", b'"",'])
def test_memory_is_bounded(piece):
    """JSON that is small as a file and large in memory is refused before it is."""
    data = b'{"nbformat": 4, "cells": [' + piece * ((MAX_BYTES - 100) // len(piece)) + b"0]}"
    tracemalloc.start()
    started = time.monotonic()
    assert "too many parts" in refusal(data)
    assert time.monotonic() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


def test_as_many_parts_as_are_allowed_take_a_bounded_memory():
    """The most that is parsed stays below a few hundred megabytes."""
    data = b'{"nbformat": 4, "cells": [], "x": [' + b'{"":0},' * (MAX_PARTS // 2 - 10) + b"0]}"
    tracemalloc.start()
    assert texts(data) == []
    assert tracemalloc.get_traced_memory()[1] < 300 * 2**20
    tracemalloc.stop()


# Anything at all

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
CELL = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | JSON,
        "source": st.lists(st.text(max_size=9), max_size=3) | JSON,
        "input": st.lists(st.text(max_size=9), max_size=3) | JSON,
        "metadata": JSON, "outputs": JSON, "language": st.just("python") | JSON, "id": JSON, "level": JSON,
    },
)  # fmt: skip
CELLS = st.lists(CELL | JSON, max_size=4) | JSON
NOTEBOOK = st.fixed_dictionaries(
    {"nbformat": st.sampled_from([1, 2, 3, 4, 4, 4, 5]) | JSON},
    optional={
        "cells": CELLS,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": CELLS}), max_size=3) | JSON,
        "metadata": JSON,
        "nbformat_minor": JSON,
        "orig_nbformat": JSON,
    },
)


def assert_read_or_refused(data: bytes) -> None:
    """Read a file; check that it gives cells or one line."""
    try:
        cells = read_notebook(data)
    except NotebookError:
        return
    assert [cell.number for cell in cells] == list(range(1, len(cells) + 1))
    assert all(cell.text.strip() and "\r" not in cell.text for cell in cells)
    assert all(cell.text.encode() for cell in cells)


@settings(max_examples=400, deadline=None)
@given(NOTEBOOK)
def test_any_json_is_read_or_refused(content):
    """JSON that looks more or less like a notebook gives cells or one line, never anything else."""
    assert_read_or_refused(json.dumps(content).encode())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    """Bytes of any kind give one line."""
    assert_read_or_refused(data)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_notebook_is_read_or_refused(data):
    """A notebook with bytes changed or cut off gives cells or one line."""
    whole = bytearray(notebook("x = 1", v4.new_markdown_cell("# y"), "z = '你好'"))
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert_read_or_refused(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_what_nbformat_writes_is_read(sources):
    """Whatever stands in the cells, a notebook as nbformat writes it gives them back."""
    data = nbformat.writes(v4.new_notebook(cells=list(map(v4.new_code_cell, sources)))).encode("utf-8", "replace")
    wanted = [source.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") for source in sources if source.strip()]
    assert texts(data) == [text.encode("utf-8", "replace").decode() for text in wanted]
