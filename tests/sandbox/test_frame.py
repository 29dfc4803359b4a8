"""A frame's header announces two lengths, and neither may be over its limit."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support import ROOT

from grader.sandbox.inside.frame import HEADER, MAX_BLOB, MAX_TREE, MalformedError, check_header


@pytest.mark.parametrize(("tree", "blob"), [(0, 0), (1, 2), (MAX_TREE, MAX_BLOB)])
def test_lengths_up_to_the_limits_are_taken(tree, blob):
    """Lengths up to both limits come back as they were announced, tree first."""
    assert check_header(HEADER.pack(tree, blob)) == (tree, blob)


@pytest.mark.parametrize(("tree", "blob"), [(MAX_TREE + 1, 0), (0, MAX_BLOB + 1), (2**64 - 1, 0), (0, 2**64 - 1)])
def test_lengths_over_a_limit_are_refused(tree, blob):
    """A length over its limit is refused before a byte of it is waited for."""
    with pytest.raises(MalformedError):
        check_header(HEADER.pack(tree, blob))


def test_the_limit_of_an_exercise_stands_in_for_the_common_one():
    """An exercise's own limit on the blob counts, be it lower or higher."""
    assert check_header(HEADER.pack(5, 10), max_blob=10) == (5, 10)
    assert check_header(HEADER.pack(5, MAX_BLOB + 1), max_blob=2 * MAX_BLOB) == (5, MAX_BLOB + 1)
    with pytest.raises(MalformedError):
        check_header(HEADER.pack(5, 11), max_blob=10)


def test_the_header_is_sixteen_bytes_in_network_order():
    """The header is two unsigned 64-bit numbers, most significant byte first."""
    assert HEADER.pack(1, 2) == b"\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\2"


def test_it_needs_no_torch():
    """Starting a sandbox must not wait for torch, so nothing on that way imports it."""
    code = "import sys, grader.sandbox.bubblewrap, grader.sandbox.plain; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
