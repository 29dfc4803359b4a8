"""Where nothing can be drawn, code that draws goes on, and nothing is left of it afterwards."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator

import pytest

from grader.sandbox.inside import standins
from grader.sandbox.inside.standins import Drawing, Finder, Nothing


@pytest.fixture
def finder(monkeypatch) -> Iterator[Finder]:
    """A finder in use, for modules that are not installed anywhere."""
    monkeypatch.setattr(standins, "DRAWING", frozenset({"no_such_plots", "json"}))
    finder = Finder()
    sys.meta_path.append(finder)
    yield finder
    sys.meta_path.remove(finder)
    finder.forget()


def test_what_people_write(finder):
    """The usual ways to plot run to their end."""
    plt = importlib.import_module("no_such_plots.pyplot")
    fig, ax = plt.subplots(figsize=(3.5, 2.5))
    (line,) = ax.plot([1, 2], label="x")
    ax.set_xlabel("x")
    fig, axes = plt.subplots(2, 2)
    axes[0][1].imshow([[1]])
    for one in axes.flat:
        one.axis("off")
    n, bins, patches = plt.hist([1, 2])
    with plt.style.context("dark"):
        plt.title(f"{line.get_label()!s:.5}")
    plt.rcParams["figure.figsize"] = (3, 2)
    line.color = "red"
    plt.gca().legend(["a"]).get_frame().set_alpha(0)
    assert plt.show() is not None
    assert bool(plt.figure())
    assert list(plt.figure()) == []


def test_every_way_to_import(finder):
    """Modules within modules, and names from them, can be imported."""
    import no_such_plots.a.b as deep  # type: ignore[import-not-found]
    from no_such_plots import display, pyplot  # type: ignore[import-not-found]
    from no_such_plots.backends import set_matplotlib_formats  # type: ignore[import-not-found]

    assert isinstance(deep, Drawing)
    assert isinstance(display(1), Nothing)
    assert isinstance(pyplot, (Drawing, Nothing))
    assert isinstance(set_matplotlib_formats("svg"), Nothing)


def test_real_modules_go_before(finder):
    """A module that is installed is itself; what it does not have is missing as always."""
    assert importlib.import_module("json") is sys.modules["json"]
    assert not isinstance(sys.modules["json"], Drawing)
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("json.no_such_module")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_such_module_at_all")


def test_nothing_is_left(finder):
    """After it is forgotten, such a module is not installed any more."""
    importlib.import_module("no_such_plots.pyplot")
    finder.forget()
    assert not [name for name in sys.modules if name.startswith("no_such_plots")]


def test_it_pretends_to_be_nothing_special():
    """What asks for special methods is told that there are none, so that copies and pickles do not go astray."""
    for thing in (Nothing(), Drawing("x")):
        with pytest.raises(AttributeError):
            thing.__deepcopy__  # noqa: B018
