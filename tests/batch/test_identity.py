"""Whatever can change a result changes its key; nothing else does."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from support import TINY

from grader.batch.identity import marking_digest, submission_digest
from grader.catalogue import load_assignment
from grader.results import Text
from grader.submission import Source, Submission

BASE = Source("ex", "ex5/ex.py", b"x = 1", Text(), {"util.py": b"y"})


def key(source: Source) -> str:
    """Return the digest of a submission of one file."""
    return submission_digest(Submission("alice", {"ex": source}))


@pytest.mark.parametrize(
    "changed",
    [
        replace(BASE, data=b"x = 2"),
        replace(BASE, data=None),
        replace(BASE, data=b""),
        replace(BASE, file="ex.py"),
        replace(BASE, problem=Text("too large")),
        replace(BASE, helpers={}),
        replace(BASE, helpers={"util.py": b"z"}),
        replace(BASE, helpers={"utily": b".p"}),
    ],
)
def test_content_counts(changed):
    """Every part of what was handed in is part of its key."""
    assert key(changed) != key(BASE)


def test_whose_it_is_does_not_count():
    """The same content has the same key whoever hands it in."""
    assert submission_digest(Submission("bob", {"ex": BASE})) == key(BASE)


def test_the_marking_counts(tmp_path):
    """Seed, sandbox, chosen exercises and every file of the assignment are part of the key, caches are not."""
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder, ignore=shutil.ignore_patterns("__pycache__"))
    assignment = load_assignment(folder)
    names = list(assignment.exercises)
    base = marking_digest(assignment, names, 0, "bubblewrap")
    assert marking_digest(assignment, names, 0, "bubblewrap") == base
    assert marking_digest(assignment, names, 1, "bubblewrap") != base
    assert marking_digest(assignment, names, 0, "none") != base
    assert marking_digest(assignment, [], 0, "bubblewrap") != base
    hidden = tmp_path / "hidden.py"
    hidden.write_text("# one", encoding="utf-8")
    with_hidden = [replace(assignment.exercises[0], hidden_spec=hidden), *assignment.exercises[1:]]
    one = marking_digest(assignment, with_hidden, 0, "bubblewrap")
    hidden.write_text("# two", encoding="utf-8")
    assert len({base, one, marking_digest(assignment, with_hidden, 0, "bubblewrap")}) == 3
    (assignment.exercises[0].folder / "__pycache__").mkdir()
    (assignment.exercises[0].folder / "__pycache__" / "spec.pyc").write_bytes(b"cache")
    assert marking_digest(assignment, names, 0, "bubblewrap") == base
    spec = assignment.exercises[0].spec
    spec.write_text(spec.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert marking_digest(assignment, names, 0, "bubblewrap") != base
