"""Packing a spec: its probes by value, the modules beside it as code, and faults of the spec found before."""

from __future__ import annotations

import importlib
import importlib.util
import marshal
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from grader.sandbox.probes import pack, undefined_globals


def uses_undefined(student, x):
    """Names that exist and names that do not, at every depth."""

    class Inner:
        def method(self):
            return undefined_in_method(x)  # noqa: F821

    def nested():
        return [undefined_in_comprehension + n for n in range(3)]  # noqa: F821

    os.path.join("a", "b")
    return student.undefined_attribute, print, Iterator, nested, Inner, lambda: undefined_in_lambda  # noqa: F821


def uses_defined(student, x):
    """Names of every kind that exist."""

    def nested():
        return x + len([os.getpid() for _ in range(3)])

    return student.anything, nested, Path, ValueError


def test_undefined_names_of_a_probe_are_found():
    """Names are found in nested functions and classes; attributes, builtins, locals and globals are not."""
    expected = ["undefined_in_comprehension", "undefined_in_lambda", "undefined_in_method"]
    assert undefined_globals(uses_undefined) == expected
    assert undefined_globals(uses_defined) == []


SPEC = """
import beside
import pytest
from beside import double
from grader.spec import error_of, probe

FACTOR = 3


def helper(value):
    return FACTOR * double(value)


@pytest.fixture
def x():
    return 5


@probe
def first(student, x):
    return helper(x)


@probe(fresh=True, scope="module")
def second(student):
    return error_of(int, "x"), beside.double(2)
"""


def imported(name: str, path: Path) -> ModuleType:
    """Import a file as the judge's pytest does."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BESIDE = """
import os
import rates


def double(value):
    from kit.tools import times
    return times(rates.TWO, value)
"""
FILES = {
    "beside.py": BESIDE,
    "rates.py": "import beside\n\nTWO = 2\n",
    "kit/__init__.py": "from kit.parts import PARTS\n",
    "kit/parts.py": "PARTS = 3\n",
    "kit/tools.py": "from kit import parts\n\ndef times(a, b):\n    return a * b\n",
    "kit/hidden.py": "",
    "unused.py": "",
    "ex/spec.py": SPEC,
}


@pytest.fixture
def spec(tmp_path, monkeypatch) -> Iterator[ModuleType]:
    """A spec with modules and a package beside its exercise, and more that it does not use or must not send."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    for name in ("unused", "kit.tools", "kit.hidden"):
        importlib.import_module(name)
    yield imported("ex.spec", tmp_path / "ex" / "spec.py")
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_all_probes_of_a_spec_are_in_one_pack(spec):
    """Whichever probe asks first, the pack holds every probe of the spec."""
    packed = pack(spec.first.probe_body)
    assert packed.probes == pack(spec.second.probe_body).probes
    assert set(pickle.loads(packed.probes)) == {"first", "second"}


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """Return a code object and all within it."""
    yield code
    for value in code.co_consts:
        if isinstance(value, CodeType):
            yield from codes_in(value)


def test_modules_beside_are_followed(spec):
    """What the spec imports from beside is packed, what that imports as well, and nothing else of the folder."""
    packed = pack(spec.first.probe_body)
    assert set(packed.modules) == {"beside", "rates", "kit", "kit.parts", "kit.tools"}
    made: dict[str, object] = {}
    exec(marshal.loads(packed.modules["kit.parts"]), made)
    assert made["PARTS"] == 3


def test_packed_modules_do_not_tell_where_they_lie(spec):
    """The code of a module names its file by the path within the assignment's folder, in its functions too."""
    packed = pack(spec.first.probe_body)
    files = {
        name: {code.co_filename for code in codes_in(marshal.loads(data))} for name, data in packed.modules.items()
    }
    assert files["beside"] == {"beside.py"}
    assert files["kit"] == {"kit/__init__.py"}
    assert files["kit.tools"] == {"kit/tools.py"}


def test_a_module_that_python_cannot_load_again_is_compiled(spec):
    """A module whose loader keeps no code, such as one that pytest has rewritten, is packed from its file."""
    beside = sys.modules["beside"]
    assert beside.__spec__ is not None
    beside.__spec__.loader = None
    made: dict[str, object] = {}
    exec(marshal.loads(pack(spec.first.probe_body).modules["beside"]), made)
    assert made["double"](4) == 8  # type: ignore[operator]


def test_a_changed_module_is_sent_as_it_is_now(spec, tmp_path):
    """The code comes from the file that is there, whatever Python has kept of an earlier one."""
    (tmp_path / "rates.py").write_text("TWO = 2000\n")
    made: dict[str, object] = {}
    exec(marshal.loads(pack(spec.first.probe_body).modules["rates"]), made)
    assert made["TWO"] == 2000


def test_a_pack_needs_neither_spec_nor_pytest(spec, monkeypatch):
    """Unpacked where the spec cannot be imported, the probes run with helpers, constants and `error_of`."""
    packed = pack(spec.first.probe_body)
    for name in ("ex.spec", "grader.spec", "pytest", "_pytest"):
        monkeypatch.setitem(sys.modules, name, None)
    probes = pickle.loads(packed.probes)
    assert set(probes) == {"first", "second"}
    assert probes["first"](None, 5) == 30
    assert probes["second"](None)[0][0][0] == "ValueError"


def test_a_bad_probe_is_a_fault_of_its_own(spec):
    """A probe that uses an undefined name is named with that name; the other probes of its spec are there."""
    del spec.__dict__["beside"]
    packed = pack(spec.first.probe_body)
    assert list(packed.faults) == ["second"]
    assert "probe second uses names" in packed.faults["second"]
    assert packed.faults["second"].endswith("beside")
    assert pack(spec.second.probe_body).faults == packed.faults
