"""The figures of a class, against ones worked out by hand."""

from dataclasses import replace

import pytest

from grader.class_result import Entry, ExerciseMarks, Outcome
from grader.reports import class_figures
from grader.reports.class_figures import Spread, Step
from grader.results import Status, Text

from .classes import class_of, column, entry, marks

P, F, E, N, G, R = (
    Status.PASSED,
    Status.FAILED,
    Status.ERROR,
    Status.NOT_ATTEMPTED,
    Status.GRADER_ERROR,
    Status.NOT_RUN,
)
ONE, TWO = column("5.1.1", 2, 4.0), column("5.1.2", 3, 6.0)

# Scores: 10, 8, 2, 0 of those marked completely; hal's and ida's are open.
CLASS = class_of(
    (ONE, TWO),
    entry("ann", marks(ONE, P, P), marks(TWO, P, P, P)),
    entry("bob", marks(ONE, P, P), marks(TWO, P, F, P, diagnoses=("swapped",))),
    entry("cyd", marks(ONE, P, F, diagnoses=("in_place",)), marks(TWO, F, F, E, diagnoses=("swapped", "in_place"))),
    entry("dan", marks(ONE, N), marks(TWO, N)),
    entry("hal", marks(ONE, P, P), marks(TWO, P, G, P)),
    entry("ida", marks(ONE, P, R), marks(TWO, F, F, P)),
    Entry("eve", "Eve", Outcome.NO_SUBMISSION),
    Entry("fay", "Fay", Outcome.REFUSED),
    Entry("gus", "Gus", Outcome.CRASHED),
    same_code=(
        ("5.1.2", ("bob", "ann")),
        ("5.1.1", ("bob", "ann", "hal")),
        ("5.1.1", ("ann", "bob")),
        ("5.1.1", ("cyd", "nobody")),
    ),
)


def test_summary_counts_what_is_complete():
    """Scores are those of hand-ins that were marked completely; everyone else is counted, not averaged."""
    found = class_figures.summary(CLASS)
    assert (found.students, found.hand_ins, found.marked) == (9, 8, 6)
    assert found.scores == (10.0, 8.0, 2.0, 0.0)
    assert found.spread == Spread(0.0, 1.5, 5.0, 5.0, 8.5, 10.0)
    assert (found.full, found.nothing) == (1, 1)


@pytest.mark.parametrize(
    ("scores", "spread"),
    [((), None), ((7.0,), Spread(7.0, 7.0, 7.0, 7.0, 7.0, 7.0)), ((1.0, 3.0), Spread(1.0, 1.5, 2.0, 2.0, 2.5, 3.0))],
)
def test_spread_of_few(scores, spread):
    """One score is its own median and quartiles, no score has none."""
    cls = class_of((), *(replace(entry(f"s{i}"), score=score) for i, score in enumerate(scores)))
    assert class_figures.summary(cls).spread == spread


def test_distribution_puts_scores_into_round_steps():
    """A score on an edge belongs to the step that begins there, the highest score to the last step."""
    steps = class_figures.distribution((0.0, 9.99, 10.0, 55.0, 99.5, 100.0), 100.0)
    assert [step.count for step in steps] == [2, 1, 0, 0, 0, 1, 0, 0, 0, 2]
    assert (steps[0], steps[-1]) == (Step(0.0, 10.0, 2), Step(90.0, 100.0, 2))


@pytest.mark.parametrize(
    ("best", "bars", "width", "last"),
    [(100, 10, 10, 100), (103, 11, 10, 103), (24, 12, 2, 24), (9, 9, 1, 9), (1, 10, 0.1, 1), (0.3, 6, 0.05, 0.3)],
)
def test_distribution_fits_any_total(best, bars, width, last):
    """There are at most twelve steps, of a round width, and they end at the most that can be had."""
    steps = class_figures.distribution((best,), best)
    assert (len(steps), steps[0].high, steps[-1].high, steps[-1].count) == (bars, width, last, 1)


def test_float_dust_stays_in_its_step():
    """A score that is an edge but for rounding is counted where it belongs."""
    steps = class_figures.distribution((0.1 + 0.2,), 1.0)
    assert [step.low for step in steps if step.count] == [0.3]


def test_no_distribution_without_scores_or_points():
    """Nothing is drawn where there is nothing to draw."""
    assert class_figures.distribution((), 10.0) == ()
    assert class_figures.distribution((0.0,), 0.0) == ()


def test_exercises_come_hardest_first():
    """Exercises are ordered by the share of points; what was not decided counts neither way."""
    two, one = class_figures.exercises_by_difficulty(CLASS)
    assert (two.column, one.column) == (TWO, ONE)
    # 5.1.1: 4, 4, 2, 0 and hal's 4; ida's check that was not run gives points, so hers is open.
    assert (one.decided, one.mean, one.full) == (5, 2.8, 3)
    assert one.share == pytest.approx(0.7)
    # 5.1.2: 6, 4, 0, 0 and ida's 2; hal's is the grader's fault.
    assert (two.decided, two.mean, two.full) == (5, 2.4, 1)
    assert dict(one.counts) == {P: 3, F: 1, N: 1, R: 1}
    assert dict(two.counts) == {P: 1, F: 2, E: 1, N: 1, G: 1}


def test_checks_come_hardest_first():
    """Within an exercise and over all, the check that fewest passed comes first; ties stay in course order."""
    exercises = class_figures.exercises_by_difficulty(CLASS)
    two = exercises[0]
    assert [(c.column.name, c.passed, c.decided) for c in two.checks] == [
        ("test_1", 1, 5),
        ("test_0", 3, 6),
        ("test_2", 4, 6),
    ]
    assert [c.number for c in two.checks] == [3, 2, 4]
    hardest = class_figures.hardest_checks(exercises, 3)
    assert [(c.exercise.id, c.column.name) for c in hardest] == [
        ("5.1.2", "test_1"),
        ("5.1.2", "test_0"),
        ("5.1.1", "test_1"),
    ]


def test_a_check_that_all_passed_is_not_hard():
    """Checks without a miss, or never decided, are no hardest ones."""
    cls = class_of((ONE,), entry("ann", marks(ONE, P, R)))
    assert class_figures.hardest_checks(class_figures.exercises_by_difficulty(cls), 9) == []


def test_undecided_exercises_come_last():
    """Where nothing is known there is no mean, no share, and no first place among the hard ones."""
    cls = class_of((ONE, TWO), entry("ann", marks(ONE, G), marks(TWO, P)))
    assert [(f.column.id, f.mean, f.share) for f in class_figures.exercises_by_difficulty(cls)] == [
        ("5.1.2", 6.0, 1.0),
        ("5.1.1", None, None),
    ]


def test_zero_point_checks_leave_a_score_decided():
    """A check without points that was not run here takes nothing from the score; a grader error always does."""
    gpu = replace(ONE, checks=(ONE.checks[0], replace(ONE.checks[1], max_score=0.0)))
    assert class_figures.is_decided(ExerciseMarks(P, 4.0, (P, R)), gpu)
    assert not class_figures.is_decided(ExerciseMarks(G, 4.0, (P, G)), gpu)


def test_checks_of_another_spec_are_no_column():
    """An unreadable spec leaves a single check of its own: it counts as the grader's, for no column."""
    cls = class_of((ONE,), entry("ann", marks(ONE, P, P)), entry("bob", ExerciseMarks(G, 0.0, (G,))))
    (one,) = class_figures.exercises_by_difficulty(cls)
    assert [(c.passed, c.decided) for c in one.checks] == [(1, 1), (1, 1)]
    assert (one.decided, dict(one.counts)) == (1, {P: 1, G: 1})


def test_frequent_mistakes():
    """Diagnoses are counted by exercise, the most frequent first, with what they say and whom they fit."""
    found = class_figures.frequent_mistakes(CLASS)
    assert [(m.exercise.id, m.name, [e.key for e in m.entries]) for m in found] == [
        ("5.1.2", "swapped", ["bob", "cyd"]),
        ("5.1.1", "in_place", ["cyd"]),
        ("5.1.2", "in_place", ["cyd"]),
    ]
    assert found[0].happened.en.startswith("The outputs were probably joined")


def test_a_mistake_without_text_goes_by_its_name():
    """A diagnosis that the columns do not know is shown by its name."""
    bare = replace(ONE, mistakes=())
    cls = class_of((bare,), entry("ann", marks(bare, F, F, diagnoses=("odd", "odd"))))
    (found,) = class_figures.frequent_mistakes(cls)
    assert (found.happened, len(found.entries)) == (Text("odd"), 1)


def test_same_code_is_told_once_for_each_group():
    """Those who share most exercises come first; keys that are not in the class are left out."""
    found = class_figures.same_code(CLASS)
    assert [([e.key for e in group.entries], group.exercises) for group in found] == [
        (["ann", "bob"], ("5.1.1", "5.1.2")),
        (["ann", "bob", "hal"], ("5.1.1",)),
    ]


@pytest.mark.parametrize(
    ("who", "score"),
    [
        (entry("a", marks(ONE, P, F), marks(TWO, N)), 2.0),
        (entry("b", marks(ONE, G, P), marks(TWO, P, P, P)), 8.0),
        (entry("c", marks(ONE, G), marks(TWO, G)), None),
        (Entry("d", "D", Outcome.CRASHED), None),
        (Entry("e", "E", Outcome.NO_SUBMISSION), None),
    ],
)
def test_an_unknown_score_is_no_zero(who, score):
    """A score is known where at least one exercise has one."""
    assert class_figures.known_score(who, (ONE, TWO)) == score
