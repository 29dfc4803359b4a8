"""Copies are found whatever they call things and however they are laid out; other code and short code are not."""

from __future__ import annotations

import ast
import random
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT, SAMPLES

from grader.batch.similarity import LEAST_TOKENS, SameCode, fingerprint
from grader.submission import MAX_FILE
from grader.verify.mutants import make_mutants

REFERENCE = ROOT / "reference" / "ex5"
EXERCISES = sorted(path.name for path in REFERENCE.iterdir())
# Makes any snippet long enough to say something.
LONG = f"\nprint({', '.join(map(str, range(LEAST_TOKENS // 2)))})\n"


def mark(source: str) -> str:
    """Return the fingerprint of a snippet, made long enough to have one."""
    found = fingerprint((source + LONG).encode())
    assert found is not None
    return found


def same_code(files, stubs):
    """Return the groups among files: name of an exercise, key of a student, source."""
    found = SameCode(stubs)
    for exercise, key, source in files:
        found.add(exercise, key, source)
    return found.groups()


def stub_of(exercise: str) -> bytes:
    """Return what students were given."""
    return (ROOT / "student_template" / "ex5" / f"{exercise}.py").read_bytes()


def solution_of(exercise: str) -> str:
    """Return the reference solution."""
    return (REFERENCE / exercise / "solution.py").read_text(encoding="utf-8")


# Names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("def f(x):\n y = x\n return y", "def f(a):\n b = a\n return b"),
        ("def f(x): return x\ndef g(x): return x", "def f(y): return y\ndef g(x): return x"),
        ("def f(x): return x", "def longer(x): return x"),
        ("def f(x): return x\ny = f(1)", "def g(x): return x\nz = g(1)"),
        ("def f(size): pass\nf(size=3)", "def f(n): pass\nf(n=3)"),
        ("def f(*, x=1, **y): return x, y", "def f(*, a=1, **b): return a, b"),
        ("class A:\n def f(self): self.g()\n def g(self): pass", "class B:\n def f(me): me.h()\n def h(me): pass"),
        (
            "class A:\n def __init__(self, net): self.net = net\n def f(self, x): return self.net(x)",
            "class A:\n def __init__(self, first): self.first = first\n def f(self, x): return self.first(x)",
        ),
        (
            "class A:\n def f(self): self.a, self.b = 1, 2\nclass B:\n def f(self): self.a = 1",
            "class A:\n def f(self): self.a, self.b = 1, 2\nclass B:\n def f(self): self.c = 1",
        ),
        (
            "class A:\n def __init__(self): self.x: int = 1\na = A()\nprint(a.x)",
            "class A:\n def __init__(self): self.y: int = 1\na = A()\nprint(a.y)",
        ),
        (
            "class A:\n x = 1\n y = x\n def f(self): return self.x",
            "class A:\n z = 1\n y = z\n def f(self): return self.z",
        ),
        (
            "class A(B):\n def __init__(self, x): super().__init__(x=x)",
            "class A(B):\n def __init__(self, y): super().__init__(y=y)",
        ),
        ("def f(x):\n def g(y): return y\n return g(x)", "def f(x):\n def h(z): return z\n return h(x)"),
        ("def f(x): return [p for p in x], [p for p in x]", "def f(x): return [p for p in x], [q for q in x]"),
        ("def f(x): return {k: [v for v in w] for k, w in x}", "def f(x): return {a: [c for c in b] for a, b in x}"),
        ("def f(x): return sum(len(p) for p in x)", "def f(y): return sum(len(q) for q in y)"),
        ("def f(x): return lambda a, b: a + b + x", "def f(z): return lambda c, d: c + d + z"),
        ("def f(input): return input", "def f(x): return x"),
        (
            "def f(x):\n sum = 0\n for id in x: sum += id\n return sum",
            "def f(x):\n y = 0\n for z in x: y += z\n return y",
        ),
        ("def f(x): return (lambda input: input)(x)", "def f(x): return (lambda y: y)(x)"),
        ("def f(x): return [id for id in x]", "def f(x): return [y for y in x]"),
        ("with f() as input: input", "with f() as x: x"),
        ("try: f()\nexcept E as type: print(type)", "try: f()\nexcept E as e: print(e)"),
        ("if (id := f()): print(id)", "if (x := f()): print(x)"),
        ("def sum(x): return sum(x)", "def add(x): return add(x)"),
        ("def f(x): return f'{x} and {x.y:>{x}}'", "def f(z): return f'{z} and {z.y:>{z}}'"),
        ("import numpy as np\nnp.add(1)", "import numpy as number\nnumber.add(1)"),
        ("from torch import nn\nnn.Linear()", "import torch.nn as layers\nlayers.Linear()"),
        ("from torch import nn\nnn.Linear()", "import torch\ntorch.nn.Linear()"),
        ("import time\ndef f(time): return time", "import time\ndef f(x): return x"),
        ("async def f(x): await x", "async def g(y): await y"),
    ],
)
def test_own_names_do_not_matter(one, other):
    """Renaming what a file names itself changes nothing: variables, parameters, attributes, functions, classes."""
    assert mark(one) == mark(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("def f(x, y): return x - y", "def f(x, y): return y - x"),
        ("def f(x):\n y = x\n return y", "def f(x):\n y = x\n return x"),
        ("def f(x): return max(x)", "def f(x): return min(x)"),
        ("def f(x): return x.sum()", "def f(x): return x.mean()"),
        ("import torch\ntorch.cat([])", "import torch\ntorch.stack([])"),
        ("from torch import cat as f\nf([])", "from torch import stack as f\nf([])"),
        ("import torch\ntorch.cat(dim=0)", "import torch\ntorch.cat(axis=0)"),
        ("dict(a=1)", "dict(b=1)"),
        ("def f(x): return x.to(device=1)", "def f(x): return x.to(dtype=1)"),
        ("class A:\n def __call__(self): pass", "class A:\n def __len__(self): pass"),
        ("class A:\n def f(self): self.a, self.b = 1, 2", "class A:\n def f(self): self.a, self.a = 1, 2"),
        ("def f(x): return [p for p in x if p]", "def f(x): return [p for p in x if x]"),
        ("def f(x): return 1", "def f(x): return 2"),
        ("def f(x): return 'a'", "def f(x): return 'b'"),
        ("def f(x): return x[1:]", "def f(x): return x[:1]"),
        ("for x in y: f(x)\ng()", "for x in y:\n    f(x)\n    g()"),
        ("f()\ng(1)", "g(1)\nf()"),
        ("a = 1\nb = 2\nprint(a)", "a = 1\nb = 2\nprint(b)"),
        ("@f\ndef g(): pass", "def g(): pass"),
    ],
)
def test_other_code_is_other_code(one, other):
    """What code does, and the names that others gave, keep files apart."""
    assert mark(one) != mark(other)


def test_order_of_definitions_and_imports_does_not_matter():
    """Functions and classes may change places, and imports too, wherever and however they are written."""
    one = "import torch\nfrom torch import nn\nA = 1\ndef f(x): return nn.g(x)\n@f\nclass B:\n x = torch.h(A)\nf(B)"
    other = (
        "from torch import nn, cat\n@f\nclass B:\n import torch\n x = torch.h(A)\nA = 1\ndef f(x): return nn.g(x)\nf(B)"
    )
    assert mark(one) == mark(other)


# The real thing


class Renaming(ast.NodeTransformer):
    """Gives new names to all that a file names itself; names of its attributes are told from others' by ``self``."""

    def __init__(self, tree: ast.Module) -> None:
        nodes = list(ast.walk(tree))
        functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
        self.calls = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        self.names = self.calls | {node.arg for node in nodes if isinstance(node, ast.arg)}
        self.names |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        self.names |= {node.name for node in nodes if isinstance(node, ast.ExceptHandler) and node.name}
        methods = {
            item.name for node in nodes if isinstance(node, ast.ClassDef) for item in node.body if item in functions
        }
        self.attributes = methods | {
            node.attr
            for node in nodes
            if isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == "self"
        }

    def new(self, name: str, known: set[str]) -> str:
        """Return the new name of something, if it is to have one."""
        return f"new_{name}" if name in known and not name.startswith("__") else name

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Rename what is in a node, whatever its kind."""
        super().generic_visit(node)
        if isinstance(node, ast.Name):
            node.id = self.new(node.id, self.names)
        elif isinstance(node, ast.arg):
            node.arg = self.new(node.arg, self.names)
        elif isinstance(node, ast.Attribute):
            node.attr = self.new(node.attr, self.attributes)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler) and node.name:
            node.name = self.new(node.name, self.names)
        elif isinstance(node, ast.Global):
            node.names = [self.new(name, self.names) for name in node.names]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for word in node.keywords if node.func.id.removeprefix("new_") in self.calls else ():
                word.arg = word.arg and self.new(word.arg, self.names)
        return node


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_renamed_solution_is_the_same(exercise):
    """Right and wrong answers to every exercise are the same with all of their own names changed."""
    for path in sorted((REFERENCE / exercise).rglob("*.py")):
        plain = ast.unparse(ast.parse(path.read_bytes()))
        tree = ast.parse(plain)
        renamed = ast.unparse(Renaming(tree).visit(tree))
        assert renamed != plain
        assert mark(renamed) == mark(plain), path


def test_a_formatted_solution_is_the_same(tmp_path):
    """Right and wrong answers to every exercise are the same in another layout, as a formatter makes it."""
    shutil.copytree(REFERENCE, tmp_path / "ex5")
    settings_file = tmp_path / "ruff.toml"
    settings_file.write_text("line-length = 60\nindent-width = 2\n[format]\nquote-style = 'single'\n", encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--quiet", "--no-cache", "--config", str(settings_file), "ex5"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    changed = 0
    for path in sorted(REFERENCE.rglob("*.py")):
        before, after = (p.read_text(encoding="utf-8") for p in (path, tmp_path / path.relative_to(REFERENCE.parent)))
        changed += before != after
        assert mark(before) == mark(after), path
    assert changed > 400


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_changed_solution_is_another(exercise):
    """No small change to what a solution does goes unnoticed."""
    plain = mark(ast.unparse(ast.parse(solution_of(exercise))))
    mutants = make_mutants(solution_of(exercise), stub_of(exercise))
    assert mutants
    assert [mutant.diff for mutant in mutants if mark(mutant.code) == plain] == []


# Too short


def test_short_answers_say_nothing():
    """Only exercises whose answers take a page have a fingerprint, for the others all right answers are alike."""
    telling = {name for name in EXERCISES if fingerprint(solution_of(name).encode(), stub_of(name))}
    assert telling == {"ex5_2_2_initializers", "ex5_2_3_shared_layer", "ex5_5_1_checkpoint"}


def test_the_least_number_of_tokens():
    """Tokens are counted but for heads, imports, docstrings and layout, and those of the stub's statements."""
    enough = "x = [" + ", ".join("1" * (LEAST_TOKENS // 2 - 2)) + "]"  # as many tokens as numbers and commas, plus 3
    assert LEAST_TOKENS % 2 == 0
    assert fingerprint(enough.encode()) is None
    assert fingerprint(f"{enough}; y".encode())
    more = f'"""A docstring."""\nimport a\n@b\nclass C:\n    def f(self, x, y): {enough}  # and a comment\n'
    assert fingerprint(more.encode()) is None
    assert fingerprint(f"{enough}; y".encode(), b"def f():\n    y\n") is None
    assert fingerprint(f"{enough}; y".encode(), b"z\n")
    assert fingerprint(f"{enough}; y".encode(), b"'") is not None


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_stub_says_nothing(exercise):
    """The untouched stub has no fingerprint."""
    assert fingerprint(stub_of(exercise), stub_of(exercise)) is None
    assert fingerprint(b"", stub_of(exercise)) is None


def test_a_renamed_stub_says_nothing():
    """A stub that is long and whose names were changed is still the stub."""
    stub = "def given(x):\n    return x" + " + x" * LEAST_TOKENS
    renamed = stub.replace("x", "y").encode()
    assert fingerprint(stub.encode(), stub.encode()) is None
    assert fingerprint(renamed, stub.encode()) is None
    assert fingerprint(renamed, b"") == fingerprint(stub.encode(), b"") is not None


# Any bytes

PIECES = (
    "x y self . = : ; , * ** @ ! := ( ) [ ] { } for in lambda def class async import from as None 1 'a' f'{x}'".split()
)


@given(
    st.one_of(
        st.binary(max_size=300).map(lambda data: data + LONG.encode()),
        st.lists(st.sampled_from([*PIECES, "\n", "\n ", "\n  "]), max_size=60).map(
            lambda pieces: (" ".join(pieces) + LONG).encode()
        ),
    )
)
@settings(deadline=None, derandomize=True, database=None, max_examples=500)
def test_any_bytes_have_a_fingerprint_or_none(data):
    """Whatever a file holds, the answer is a hash, always the same, or None."""
    found = fingerprint(data)
    assert found is None or len(bytes.fromhex(found)) == 32
    assert fingerprint(data) == found


@pytest.mark.parametrize(
    "data",
    [
        bytes(MAX_FILE + 1),
        b"x = '" + LONG.encode(),
        ("(" * 5000 + ")" * 5000 + LONG).encode(),
        LONG.encode("utf-16"),
    ],
    ids="large unfinished deep utf16".split(),
)
def test_what_cannot_be_read(data):
    """What is no Python, or too much of it, has no fingerprint."""
    assert fingerprint(data) is None


def test_nothing_of_a_file_is_run(tmp_path):
    """A file is only read."""
    trap = tmp_path / "trap"
    source = f"open({str(trap)!r}, 'w')\nclass A:\n    open({str(trap)!r}, 'w')\n"
    assert mark(source)
    assert not trap.exists()


# Groups


def code(number: int) -> str:
    """Return a file of its own kind for each number."""
    return f"def f(x):\n    return x + {number}\n{LONG}"


def test_groups():
    """Two or more students of an exercise are a group; those alone in theirs, and the same code elsewhere, are not."""
    files = [
        ("ex_2", "dora", code(1)),
        ("ex_2", "carl", "# mine\n" + code(1).replace("x", "y")),
        ("ex_2", "anna", code(2)),
        ("ex_2", "bert", code(2).replace("f(", "helper(")),
        ("ex_2", "emil", code(1)),
        ("ex_1", "dora", code(7)),
        ("ex_1", "bert", code(7)),
        ("ex_1", "carl", code(8)),
        ("ex_3", "anna", code(7)),
        ("ex_3", "emil", code(9)),
    ]
    expected = (("ex_1", ("bert", "dora")), ("ex_2", ("anna", "bert")), ("ex_2", ("carl", "dora", "emil")))
    for seed in range(5):
        random.Random(seed).shuffle(files)
        assert same_code(((name, key, source.encode()) for name, key, source in files), {}) == expected


def test_one_student_is_no_group():
    """A student's files are not held against each other."""
    assert same_code([("ex_1", "anna", code(1).encode())] * 3, {}) == ()


def test_who_handed_in_the_stub_is_left_out():
    """The stub, as it was or with other names, makes no group, and what it says does not make code long."""
    stub = code(1).encode()
    files = [("ex_1", key, data) for key, data in (("a", stub), ("b", stub), ("c", code(1).replace("x", "y").encode()))]
    assert same_code(files, {"ex_1": stub}) == ()
    assert same_code(files, {"ex_2": stub}) == (("ex_1", ("a", "b", "c")),)
    files = [("ex_1", key, code(2).encode()) for key in "ab"]
    assert same_code(files, {"ex_1": stub}) == ()


def test_a_stub_that_cannot_be_read_is_no_stub():
    """A stub that is no Python takes nothing away."""
    files = [("ex_1", key, code(1).encode()) for key in "ab"]
    assert same_code(files, {"ex_1": b"'"}) == (("ex_1", ("a", "b")),)


def test_what_cannot_be_read_is_in_no_group():
    """Files that are no Python are not said to be the same."""
    assert same_code([("ex_1", key, b"\0" * 500) for key in "ab"] + [("ex_1", "c", b""), ("ex_1", "d", b"")], {}) == ()


def test_a_class_in_which_nobody_copied():
    """Hand-ins that were written apart make no group."""
    files = [
        (path.stem, path.parent.parent.name, path.read_bytes())
        for path in sorted((SAMPLES / "class").glob("*/ex5/*.py"))
        if path.stem in EXERCISES
    ]
    assert len(files) > 50
    assert same_code(files, {name: stub_of(name) for name in EXERCISES}) == ()


def test_a_copy_in_a_class_is_found():
    """Who handed in another's page of code with other names and comments is in a group with the author."""
    author = Path(SAMPLES / "class" / "anna" / "ex5" / "ex5_2_3_shared_layer.py").read_bytes()
    copy = author.replace(b"optimizer", b"opt").replace(b"history", b"log").replace(b"shared", b"middle")
    copy = b"# My own work\n" + copy.replace(b"    ", b"\t")
    assert copy != author
    files = [("ex5_2_3_shared_layer", "anna", author), ("ex5_2_3_shared_layer", "zoe", copy)]
    stubs = {"ex5_2_3_shared_layer": stub_of("ex5_2_3_shared_layer")}
    assert same_code(files, stubs) == (("ex5_2_3_shared_layer", ("anna", "zoe")),)


def test_files_are_not_kept():
    """A class four times as large takes little more memory: sources are read one after the other and let go."""

    def large(number: int) -> Iterator[tuple[str, str, bytes]]:
        for place in range(number):
            yield "ex_1", str(place), f"{'# padding' * 1000}\n".encode() * 10 + code(place).encode()

    peaks = []
    for number in (50, 50, 200):
        tracemalloc.start()
        same_code(large(number), {})
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] * 1.3
