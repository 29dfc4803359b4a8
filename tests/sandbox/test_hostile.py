"""Hostile hand-ins earn nothing, end in time, and change nothing for their neighbours."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from support import HOSTILE, ROOT, SAMPLES, need_bubblewrap, results, tiny

from grader.results import Result
from grader.sandbox.bubblewrap import Bubblewrap

HONEST = SAMPLES / "honest"
ATTACKS = sorted(path.name for path in HOSTILE.iterdir() if (path / "attack.toml").exists())


@pytest.fixture(scope="module")
def marked() -> dict[str, tuple[Result, Result]]:
    """Every attack's result, with that of the honest hand-in marked right after it."""
    need_bubblewrap()
    order: list[Path] = []
    for name in ATTACKS:
        order += [HOSTILE / name, HONEST]
    sandbox = Bubblewrap([ROOT], full=False)
    try:
        found = results(tiny(), sandbox, order)
    finally:
        sandbox.close()
    return {name: (found[2 * i], found[2 * i + 1]) for i, name in enumerate(ATTACKS)}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_earns_nothing(name, marked):
    """A hostile hand-in gets no point, and each check ends as its description allows."""
    allowed = set(tomllib.loads((HOSTILE / name / "attack.toml").read_text(encoding="utf-8"))["allowed"])
    result, _ = marked[name]
    assert result.score == 0
    assert {check.status.value for check in result.exercises[0].checks} <= allowed
    assert result.complete


@pytest.mark.parametrize("name", ATTACKS)
def test_honest_neighbour_keeps_everything(name, marked):
    """The hand-in marked after an attack gets its full marks."""
    _, neighbour = marked[name]
    assert neighbour.score == neighbour.max_score == 10


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_ends_in_time(name, marked):
    """No attack outlasts the time of its exercise by more than the time to clean up after it."""
    assert marked[name][0].seconds < 4 + 5


def test_nothing_is_left_on_this_machine(marked):
    """No attack's file or process is there once all of them have been marked."""
    assert not Path("/tmp/owned-by-a-pickle").exists()
    assert not Path("/tmp/left-behind").exists()
    assert not Path("/dev/shm/left-behind").exists()
    if os.getuid() == 0:
        owners = [path.stat().st_uid for path in Path("/proc").iterdir() if path.name.isdigit() and path.exists()]
        assert owners
        assert 61000 + os.getpid() % 4000 not in owners
