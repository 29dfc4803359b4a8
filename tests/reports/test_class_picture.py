"""The picture of students and checks."""

from grader.class_result import Entry, ExerciseMarks, Outcome
from grader.reports.class_picture import KINDS, picture, segments
from grader.results import Status

from .classes import class_of, column, entry, marks, realistic

P, F, E, N, G = Status.PASSED, Status.FAILED, Status.ERROR, Status.NOT_ATTEMPTED, Status.GRADER_ERROR
ONE, TWO = column("5.1.1", 4, 4.0), column("5.1.2", 3, 3.0)


def paths(strip) -> dict[str, str]:
    """Return the strokes of a strip by the name of their kind."""
    return {kind.name: path for kind, path in strip.paths}


def test_runs_become_strokes():
    """Neighbouring checks that end alike are one stroke, and exercises are a unit apart."""
    cls = class_of((ONE, TWO), entry("ann", marks(ONE, P, P, F, P), marks(TWO, P, E, E)))
    found = picture(cls)
    assert found.units == 8
    assert paths(found.strips[0]) == {"passed": "M0 6h2m1 0h1m1 0h1", "failed": "M2 6h1", "stopped": "M6 4h2"}
    assert found.strips[0].says == "5.1.1: 3/4, 5.1.2: 1/3"


def test_labels_stand_over_their_checks():
    """An exercise's id is above the middle of its checks."""
    labels = picture(class_of((ONE, TWO), entry("ann", marks(ONE, P), marks(TWO, P)))).labels
    assert [(label.id, label.at) for label in labels] == [("5.1.1", 25.0), ("5.1.2", 81.25)]


def test_best_comes_first_and_unknown_last():
    """Rows go by score; a score that nobody knows is no zero, and who was not marked has no row."""
    cls = class_of(
        (ONE,),
        entry("none", marks(ONE, N)),
        entry("ours", marks(ONE, G)),
        entry("half", marks(ONE, P, P, F, F)),
        Entry("gone", "Gone", Outcome.NO_SUBMISSION),
        entry("all", marks(ONE, P)),
    )
    assert [(s.entry.key, s.score) for s in picture(cls).strips] == [
        ("all", 4.0),
        ("half", 2.0),
        ("none", 0.0),
        ("ours", None),
    ]


def test_an_unreadable_spec_fills_its_exercise():
    """Where the checks are other ones than the column's, the exercise is drawn as it ended."""
    cls = class_of((ONE, TWO), entry("ann", ExerciseMarks(G, 0.0, (G,)), marks(TWO, P)))
    assert paths(picture(cls).strips[0]) == {"passed": "M5 6h3", "grader_error": "M0 6h4"}


def test_every_status_is_drawn():
    """Each status belongs to exactly one kind, and no two kinds look the same in black and white."""
    assert sorted(status for kind in KINDS for status in kind.statuses) == sorted(Status)
    shapes = [(kind.middle, kind.width) for kind in KINDS]
    # Passed and failed have the same shape: pale and dark.
    assert len(set(shapes)) == len(shapes) - 1


def test_a_large_class_has_few_elements():
    """A thousand students and 250 checks need at most six paths a student."""
    found = picture(realistic(1000))
    assert sum(found.counts) > 200 and len(found.strips) > 900
    assert max(len(strip.paths) for strip in found.strips) <= len(KINDS)


def test_segments_fill_the_bar():
    """A bar shows each kind as its share, in one row without gaps."""
    found = segments(((P, 6), (F, 3), (E, 2), (Status.TIMEOUT, 1)))
    assert [(kind.name, at, width) for kind, at, width in found] == [
        ("passed", 0.0, 50.0),
        ("failed", 50.0, 25.0),
        ("stopped", 75.0, 25.0),
    ]
    assert segments(()) == []


def test_nothing_to_draw():
    """Without exercises or students there is an empty picture."""
    assert picture(class_of(())).units == 0
    assert picture(class_of((ONE,))).strips == ()
