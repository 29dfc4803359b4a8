"""Packing a spec: its probes by value, the modules beside it as code, and faults of the spec found before."""

from __future__ import annotations

import importlib.util
import marshal
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

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


@pytest.fixture
def spec(tmp_path, monkeypatch) -> Iterator[ModuleType]:
    """A spec with a module beside its exercise, and another module that it does not use."""
    (tmp_path / "ex").mkdir()
    (tmp_path / "ex" / "spec.py").write_text(SPEC)
    (tmp_path / "beside.py").write_text("def double(value):\n    return 2 * value\n")
    (tmp_path / "unused.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    imported("unused", tmp_path / "unused.py")
    yield imported("ex.spec", tmp_path / "ex" / "spec.py")
    for name in ("ex.spec", "beside", "unused"):
        sys.modules.pop(name, None)


def test_all_probes_of_a_spec_are_in_one_pack(spec):
    """Whichever probe asks first, the pack holds every probe of the spec and the modules beside it that it uses."""
    packed = pack(spec.first.probe_body)
    assert packed.probes == pack(spec.second.probe_body).probes
    assert list(packed.modules) == ["beside"]
    made: dict[str, object] = {}
    exec(marshal.loads(packed.modules["beside"]), made)
    assert made["double"](4) == 8  # type: ignore[operator]


def test_a_pack_needs_neither_spec_nor_pytest(spec, monkeypatch):
    """Unpacked where the spec cannot be imported, the probes run with helpers, constants and `error_of`."""
    packed = pack(spec.first.probe_body)
    beside = sys.modules["beside"]
    for name in ("ex.spec", "grader.spec", "pytest", "_pytest"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "beside", beside)
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
