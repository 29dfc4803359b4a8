"""Archives that were changed in any place are opened within their folder, or refused."""

from __future__ import annotations

import os

import pytest
from fuzz import archives
from fuzz.edits import steady, strange
from hypothesis import given

from grader.handins.unpacking import Unpacked


@pytest.mark.parametrize("seed", archives.SEEDS, ids=range(len(archives.SEEDS)))
def test_unchanged_archives_are_opened(seed, tmp_path):
    """The archives that are changed below are good ones, but for the links and paths that are in some of them."""
    archives.check(seed)
    data = archives.mended(seed[1:]) if seed[0] & archives.MEND else seed[1:]
    (tmp_path / "a.zip").write_bytes(data)
    archives.unpack(tmp_path / "a.zip", tmp_path / "out", archives.LIMITS, strict=False)


@steady
@given(strange(archives.SEEDS))
def test_changed_archives_are_opened_or_refused(data):
    """Whatever is changed in an archive, ordinary files come out of it within limits, or one clear line."""
    archives.check(data)


def test_the_target_notices_what_is_written_outside(monkeypatch):
    """A reader that wrote, made or linked anything outside of its folder would be found."""

    def writes(archive, target, *more):
        target.mkdir()
        (target / ".." / ".." / "outside").write_bytes(b"")
        return Unpacked()

    def links(archive, target, *more):
        target.mkdir()
        os.symlink("/etc/passwd", target / "users.py")
        return Unpacked()

    for wrong in (writes, links):
        monkeypatch.setattr(archives, "unpack", wrong)
        with pytest.raises(AssertionError):
            archives.check(archives.SEEDS[0])


def test_the_target_notices_what_is_too_large(monkeypatch):
    """A reader that unpacked more than its limits allow would be found."""

    def swells(archive, target, *more):
        target.mkdir()
        (target / "large.py").write_bytes(bytes(2 * archives.LIMITS.total))
        return Unpacked()

    monkeypatch.setattr(archives, "unpack", swells)
    with pytest.raises(AssertionError):
        archives.check(archives.SEEDS[0])


def test_checksums_are_mended():
    """A tar with a changed name is one with its right checksum again."""
    seed = archives.SEEDS[3][1:]
    changed = seed.replace(b"tiny/tiny_1_double.py", b"tiny/tiny_2_double.py")
    assert archives.mended(seed) == seed != changed != archives.mended(changed)
