"""Of a student's hand-ins the latest counts, and one that could be somebody else's is nobody's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.handins.choosing import Chosen, choose
from grader.handins.drafts import Draft, Piece
from grader.handins.matching import Who
from grader.handins.roster import Roster, Student

ROSTER = Roster(
    (
        Student("s01", "Anna Berg", "s01", "anna@uni.example", canvas_id="11"),
        Student("s02", "王磊", "s02"),
        Student("s03", "Yu Chen", "s03"),
    )
)


def draft(platform: str, person: str, name: str, path: Path | str = "none", **more: object) -> Draft:
    """Return a hand-in of a platform's student."""
    who = more.pop("who", Who(name))
    label = f"{name}_{person}" if platform != "folder" else name
    return Draft(platform, person, label, name, who, (Piece(Path(path), "hw.zip"),), **more)  # type: ignore[arg-type]


def keys(chosen: list[Chosen]) -> dict[str, str | None]:
    """Return the student's id of each key."""
    return {one.key: one.student and one.student.id for one in chosen}


def test_keys_come_from_the_roster_or_the_platform():
    """A student of the roster has the roster's key, another the platform's name; sorted."""
    drafts = [draft("moodle", "9", "Tom Kim"), draft("moodle", "7", "王磊"), draft("folder", "zed", "zed")]
    assert keys(choose(drafts, ROSTER, "ex5")) == {"Tom_Kim_9": None, "s02": "s02", "zed": None}
    assert keys(choose(drafts, None, "ex5")) == {"Tom_Kim_9": None, "zed": None, "王磊_7": None}


def test_keys_do_not_depend_on_the_others():
    """A hand-in has the same key alone and in a class, in whatever order."""
    drafts = [draft("moodle", str(number), name) for number, name in enumerate(["王磊", "Tom Kim", "Tom Kim", "x/y"])]
    together = keys(choose(drafts, None, "ex5"))
    assert keys(choose(drafts[::-1], None, "ex5")) == together
    assert {key for one in drafts for key in keys(choose([one], None, "ex5"))} == set(together)


def test_keys_of_the_roster_are_kept_free():
    """A stranger with the name of a student's key gets another one, whether that student handed in or not."""
    chosen = choose([draft("folder", "s03", "S03!", who=Who("Nobody Known"))], ROSTER, "ex5")
    (key,) = keys(chosen)
    assert key.startswith("S03-")


def test_the_higher_attempt_counts():
    """Of the hand-ins of a person the one with the highest number counts, and a note says how many there are."""
    drafts = [draft("folder", "anna", "anna", attempt=number) for number in (1, 3, 2)]
    (one,) = choose(drafts, None, "ex5")
    assert one.draft.attempt == 3
    assert one.draft.notes[0].en == "There are 3 hand-ins of this student; the latest one counts: hw.zip."
    assert one.draft.notes[0].zh


def test_the_platforms_time_counts_more():
    """Where the platform knows the time, that decides."""
    drafts = [
        draft("gradescope", "a@x", "Anna", attempt=5, submitted=100.0),
        draft("gradescope", "a@x", "Anna", attempt=1, submitted=200.0),
    ]
    (one,) = choose(drafts, None, "ex5")
    assert one.draft.submitted == 200.0


def test_else_the_time_of_the_files_counts(tmp_path):
    """Otherwise the files' own times decide: an archive and the folder it was unpacked to."""
    for name, seconds in (("old", 1_000), ("new", 2_000)):
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (seconds, seconds))
    drafts = [draft("folder", "anna", "anna", tmp_path / name) for name in ("new", "old")]
    (one,) = choose(drafts, None, "ex5")
    assert one.draft.pieces[0].path.name == "new"


def test_several_ways_to_one_student():
    """Hand-ins under an id and under a name are the same student's."""
    drafts = [draft("folder", "s02", "s02"), draft("folder", "王磊", "王磊", attempt=2)]
    chosen = choose(drafts, ROSTER, "ex5")
    assert keys(chosen) == {"s02": "s02"}
    assert chosen[0].draft.attempt == 2


def test_two_people_of_one_name():
    """Two accounts of a platform with the name of one student are nobody's, and both say why."""
    chosen = choose([draft("canvas", "21", "chenyu"), draft("canvas", "22", "chenyu")], ROSTER, "ex5")
    assert keys(chosen) == {"chenyu_21": None, "chenyu_22": None}
    assert all("not guessed" in one.draft.notes[0].en and one.draft.notes[0].zh for one in chosen)


def test_a_number_tells_two_people_of_one_name_apart():
    """If one of them is known by more than the name, only the other is nobody's."""
    chosen = choose(
        [
            draft("canvas", "11", "berganna", who=Who("berganna", canvas_id="11")),
            draft("canvas", "12", "berganna", who=Who("berganna", canvas_id="12")),
        ],
        ROSTER,
        "ex5",
    )
    assert keys(chosen) == {"berganna_12": None, "s01": "s01"}


def test_another_platform_may_know_the_name_alone():
    """A hand-in by mail beside one of a platform is the same student's."""
    chosen = choose(
        [
            draft("canvas", "11", "berganna", who=Who("berganna", canvas_id="11")),
            draft("folder", "anna berg", "Anna Berg", attempt=9),
        ],
        ROSTER,
        "ex5",
    )
    assert keys(chosen) == {"s01": "s01"}


@pytest.mark.parametrize("roster", [None, ROSTER])
def test_nothing(roster):
    """No hand-ins give none."""
    assert choose([], roster, "ex5") == []
