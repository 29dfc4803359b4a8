"""Cells run in one namespace as in Jupyter, with nobody there, and leave the process as it was."""

from __future__ import annotations

import builtins
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from grader.sandbox.inside.cells import MAX_ANSWERS, Cells


class Notebook:
    """A notebook whose cells follow each other in a file, as the judge sends it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "__notebook__.py"
        self.text = "# coding: utf-8\n"
        self.cells = Cells(self.file)

    def run(self, text: str, rank: int = 1) -> dict[str, Any]:
        """Run one more cell; return what it tells."""
        first = self.text.count("\n") + 1
        self.text += text + "\n"
        self.file.write_text(self.text, encoding="utf-8")
        told: dict[str, Any] = {}
        self.cells.run({"text": text, "first": first, "rank": rank}, told)
        return told

    @property
    def names(self) -> SimpleNamespace:
        """The names that the cells have set."""
        return SimpleNamespace(**self.cells.module.__dict__)


@pytest.fixture
def notebook(tmp_path) -> Iterator[Notebook]:
    """A notebook, closed afterwards."""
    made = Notebook(tmp_path)
    yield made
    made.cells.close()


# As in Jupyter


def test_cells_share_their_names(notebook):
    """A cell sees what cells above have set, and the last definition of a name counts."""
    notebook.run("x = 1\ndef f():\n    return x")
    notebook.run("x = 2")
    notebook.run("y = f()")
    assert notebook.names.y == 2


def test_an_exception_leaves_what_came_before_it(notebook):
    """What a cell has set before it raised stays; cells below run."""
    with pytest.raises(ZeroDivisionError):
        notebook.run("x = 1\n1 / 0\ny = 2")
    notebook.run("z = x")
    assert notebook.names.z == 1
    assert not hasattr(notebook.names, "y")


def test_a_cell_that_cannot_be_compiled_does_nothing(notebook):
    """Wrong Python anywhere in a cell keeps all of it from running."""
    for text in ("x = 1\ny = ]", "x = 1\nreturn 5", "x = 1\n\0"):
        with pytest.raises((SyntaxError, ValueError)):
            notebook.run(text)
    assert not hasattr(notebook.names, "x")


def test_lines_are_those_of_the_file(notebook):
    """Tracebacks and errors of syntax have the lines that the cell has in the file."""
    notebook.run("x = 1\n\ny = 2")
    with pytest.raises(SyntaxError) as syntax:
        notebook.run("x = 1\ny = ]")
    assert (syntax.value.filename, syntax.value.lineno) == (str(notebook.file), 6)
    with pytest.raises(ZeroDivisionError) as raised:
        notebook.run("def f():\n    return 1 / 0\nf()")
    places = [(str(entry.path), entry.lineno + 1) for entry in raised.traceback[-2:]]
    assert places == [(str(notebook.file), 9), (str(notebook.file), 8)]


def test_lines_of_jupyter_are_told(notebook):
    """Lines that were left out are told by their number in the file, also if the cell fails afterwards."""
    notebook.run("x = 1")
    assert notebook.run("%matplotlib inline\nx = 2\n!ls")["skipped"] == [3, 5]
    assert notebook.run("%%bash\nrm -r /")["skipped"] == [6]
    told: dict[str, Any] = {}
    with pytest.raises(ZeroDivisionError):
        notebook.cells.run({"text": "!ls\n1 / 0", "first": 40, "rank": 1}, told)
    assert told["skipped"] == [40]


def test_last_values(notebook):
    """The value of the last line is _ and in Out, None is not; what was run is in In."""
    notebook.run("5;")
    notebook.run("x = _ + 1\nNone")
    notebook.run("x, Out[1], In[1]")
    assert notebook.names.x == 6
    notebook.run("y = _")
    assert notebook.names.y == (6, 5, "5;")
    notebook.run("for _ in range(3): pass")
    notebook.run("z = _")
    assert notebook.names.z == 2


def test_await_at_the_top(notebook):
    """Cells may await, loop and enter asynchronously, and end in an awaited value."""
    notebook.run("import asyncio\nasync def f(): return 5")
    notebook.run("x = await f()\nasync with asyncio.timeout(5):\n    y = await f()\nawait f()")
    notebook.run("z = _")
    assert (notebook.names.x, notebook.names.y, notebook.names.z) == (5, 5, 5)


def test_the_future_holds_for_all_cells_below(notebook):
    """An import from __future__ holds from its cell on, and ours holds in none."""
    notebook.run("def f(x: int): pass")
    notebook.run("from __future__ import annotations")
    notebook.run("def g(x: nowhere): pass")
    assert notebook.names.f.__annotations__ == {"x": int}
    assert notebook.names.g.__annotations__ == {"x": "nowhere"}


def test_what_jupyter_has_is_there(notebook, capsys):
    """What is displayed is printed, get_ipython gives something that does nothing, and the book's tabs are PyTorch."""
    notebook.run("display(1, 'two', metadata={})\nget_ipython().run_line_magic('matplotlib', 'inline')")
    notebook.run("get_ipython().system('ls')\nx = tab.selected('mxnet', 'pytorch'), tab.selected('jax')")
    notebook.run("tab.interact_select(['pytorch'])")
    assert notebook.names.x == (True, False)
    assert capsys.readouterr().out == "1 two\n"


def test_classes_belong_to_main(notebook):
    """Classes of a notebook are those of __main__: they can be pickled, and dataclasses work."""
    notebook.run("from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int = 3\na = A()")
    assert (notebook.names.__name__, notebook.names.A.__module__) == ("__main__", "__main__")
    assert pickle.loads(pickle.dumps(notebook.names.a)).x == 3


def test_functions_can_be_scripted(notebook):
    """torch.jit finds the source of what a cell defines, also where a cell below has defined it anew."""
    notebook.run("import torch\nfrom torch import nn")
    net = "class Net(nn.Module):\n    def forward(self, X):\n        return X + {}\nnet = torch.jit.script(Net())"
    notebook.run(net.format(1))
    notebook.run(net.format(2))
    assert float(notebook.names.net(torch.zeros(()))) == 2


# With nobody there


def test_input_gets_no_answer(notebook, capsys):
    """input() returns an empty line, and ends a loop that asks for ever."""
    notebook.run("x = input('Name? ')")
    assert notebook.names.x == ""
    with pytest.raises(EOFError):
        notebook.run("while True:\n    input()")
    assert capsys.readouterr().out.count("\n") <= MAX_ANSWERS + 2


def test_what_is_not_installed_is_told(notebook):
    """An import of what is not there is told, and the cell goes on; one in a function or try is as always."""
    told = notebook.run("import no_such_thing as d2l, json\nfrom no_such_package.x import y\nimport math\nx = math.pi")
    assert [line for line, _ in told["lacking"]] == [2, 3]
    assert told["lacking"][0][1] == "No module named 'no_such_thing'"
    assert notebook.names.x > 3
    notebook.run("try:\n    import no_such_thing\nexcept ImportError:\n    d2l = None")
    assert notebook.names.d2l is None
    with pytest.raises(ModuleNotFoundError):
        notebook.run("def f():\n    import no_such_thing\nf()")
    with pytest.raises(ImportError):
        notebook.run("from json import no_such_name")


# Which definition counts


def test_ranks(notebook):
    """Once settled, names have their values from the cells of the highest rank that have set them."""
    notebook.run("a = 'others'\nb = 'others'\nc = 'others'", rank=0)
    notebook.run("a = 'own'\nd = 'own'", rank=2)
    notebook.run("a = 'common'\nb = 'common'", rank=1)
    notebook.run("a = 'late'\nb = 'late'\nc = 'late'", rank=0)
    assert notebook.names.a == "late"
    notebook.cells.settle()
    names = notebook.names
    assert (names.a, names.b, names.c, names.d) == ("own", "common", "late", "own")


def test_what_is_settled_stays_so(notebook):
    """What a probe changes after that is not undone by the next one."""
    notebook.run("a = 1", rank=2)
    notebook.run("a = 2", rank=0)
    notebook.cells.settle()
    notebook.cells.module.__dict__["a"] = 3
    notebook.cells.settle()
    assert notebook.names.a == 3


def test_without_markers_the_last_counts(notebook):
    """Among cells of one rank names stay as they are, deleted ones deleted."""
    notebook.run("a = b = 1")
    notebook.run("a = 2\ndel b")
    notebook.cells.settle()
    assert notebook.names.a == 2
    assert not hasattr(notebook.names, "b")


def test_a_deleted_name_does_not_come_back(notebook):
    """A name that a cell deletes is gone, unless a cell of a higher rank has set it."""
    notebook.run("a = b = 1", rank=1)
    notebook.run("b = 2", rank=2)
    notebook.run("del a, b", rank=1)
    notebook.cells.settle()
    assert not hasattr(notebook.names, "a")
    assert notebook.names.b == 2


def test_a_cell_that_fails_counts_as_far_as_it_came(notebook):
    """What a failing cell of the exercise has set counts too."""
    with pytest.raises(ZeroDivisionError):
        notebook.run("a = 1\n1 / 0", rank=2)
    notebook.run("a = 2", rank=1)
    notebook.cells.settle()
    assert notebook.names.a == 1


# Afterwards


def test_the_process_is_as_it_was(tmp_path):
    """Closed, a notebook has left nothing in builtins, among the modules or among the finders."""
    main, finders, names = sys.modules["__main__"], list(sys.meta_path), set(vars(builtins))
    made = Notebook(tmp_path)
    made.run("import matplotlib.pyplot as plt\nimport IPython\nprint = None\nlen = 5\n_")
    assert sys.modules["__main__"] is made.cells.module
    made.cells.close()
    assert sys.modules["__main__"] is main
    assert sys.meta_path == finders
    assert set(vars(builtins)) == names
    assert builtins.len is len
