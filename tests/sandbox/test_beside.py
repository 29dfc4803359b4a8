"""Modules beside the exercises are imported from their code alone, as Python would import them from files."""

from __future__ import annotations

import importlib
import marshal
import sys

import pytest

from grader.sandbox.inside.beside import import_all


@pytest.fixture(autouse=True)
def _tidy():
    """Leave no module behind."""
    before = dict(sys.modules)
    yield
    for name in set(sys.modules) - set(before):
        del sys.modules[name]
    sys.modules.update(before)


def codes(**texts: str) -> dict[str, bytes]:
    """Return marshalled code by name; two underscores stand for the dot of a package."""
    return {name.replace("__", "."): marshal.dumps(compile(text, name, "exec")) for name, text in texts.items()}


def test_modules_may_come_in_any_order():
    """A module that needs another one comes before it, and each is executed once."""
    first = "import sys\nimport zz_last\nVALUE = zz_last.VALUE + 1\nsys.zz_ran = getattr(sys, 'zz_ran', 0) + 1\n"
    import_all(codes(zz_first=first, zz_middle="from zz_first import VALUE\n", zz_last="VALUE = 1\n"))
    ran = vars(sys).pop("zz_ran")
    assert (ran, sys.modules["zz_middle"].VALUE) == (1, 2)


def test_packages_are_as_in_python():
    """Modules of a package are its attributes, import each other by whole or by relative names, and may be circular."""
    import_all(
        codes(
            zz_kit__tools="import zz_kit.parts\nfrom . import parts\nBOTH = parts is zz_kit.parts\n",
            zz_kit="from .tools import BOTH\n",
            zz_kit__parts="import zz_kit.tools\n\ndef tools():\n    return zz_kit.tools\n",
        )
    )
    kit = sys.modules["zz_kit"]
    assert kit.BOTH is True
    assert kit.parts.tools() is kit.tools is sys.modules["zz_kit.tools"]


def test_a_module_takes_the_place_of_another():
    """A module of the same name that was there before is replaced."""
    import_all(codes(zz_one="VALUE = 1\n"))
    import_all(codes(zz_one="VALUE = 2\n"))
    assert importlib.import_module("zz_one").VALUE == 2


@pytest.mark.parametrize("text", ["VALUE = 1\n", "import zz_nowhere\n", "raise ValueError\n"])
def test_nothing_stays_in_the_way_of_imports(text):
    """Once the modules are imported, or have failed to be, Python finds modules as before."""
    before = sys.meta_path[:]
    try:
        import_all(codes(zz_one=text))
    except (ImportError, ValueError):
        assert text != "VALUE = 1\n"
    assert sys.meta_path == before
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("zz_two")
