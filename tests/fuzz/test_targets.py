"""Every target is run, and what was found with it can be given to it again."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys

import pytest
from support import ROOT

from fuzz.run import TARGETS, TESTS, escaped

BESIDE = {"__init__", "edits", "lines", "run", "test_targets"}


def test_every_target_is_run():
    """There is no module of a target that `make fuzz` leaves out, and none that it only names."""
    assert {path.stem for path in (TESTS / "fuzz").glob("*.py")} - BESIDE == set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_has_what_the_fuzzer_needs(name):
    """A target has seeds that nothing is wrong with, words, and a check that takes bytes."""
    target = importlib.import_module(f"fuzz.{name}")
    assert all(type(seed) is bytes and seed for seed in target.SEEDS)
    assert all(type(word) is bytes and word for word in target.WORDS)
    target.check(b"")


def test_words_are_written_as_the_fuzzer_reads_them():
    """Quotes, backslashes and bytes that are no letters are written by their number."""
    assert escaped(b'a"\\\xff') == r"\x61\x22\x5c\xff"


def test_an_input_can_be_given_again(tmp_path):
    """What was found is given to its target by its path; an unknown target is named."""
    (tmp_path / "found").write_bytes(b"# notes\n")
    run = [sys.executable, str(TESTS / "fuzz" / "run.py")]
    done = subprocess.run(
        [*run, "--replay", "markdown", str(tmp_path / "found")], capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (0, "nothing is wrong with it\n"), done.stderr
    done = subprocess.run([*run, "nothing"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 2
    assert re.search("no target nothing", done.stderr)
