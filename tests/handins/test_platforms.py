"""The names that platforms give to hand-ins are taken apart as the platforms put them together."""

from __future__ import annotations

import pytest
from handins.builders import KNOWN

from grader.handins.platforms import (
    Facts,
    accounts,
    canvas,
    classroom_prefix,
    exercise_in,
    is_gradescope,
    moodle,
    without_resubmission,
)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("berganna_4711_90210_hw.zip", Facts("berganna", "4711", "hw.zip", 90210)),
        ("lastfirst_LATE_12345_67890_file-1.zip", Facts("lastfirst", "12345", "file.zip", 67890, True, 2)),
        ("müllerjörg_12_3456_a.tar.gz", Facts("müllerjörg", "12", "a.tar.gz", 3456)),
        ("berganna_4711_90210_hw-3.tar.gz", Facts("berganna", "4711", "hw.tar.gz", 90210, attempt=4)),
        ("王磊_4713_90212_第五章 作业.zip", Facts("王磊", "4713", "第五章 作业.zip", 90212)),
        ("o_brien_4711_90210_a_b_c.py", Facts("o_brien", "4711", "a_b_c.py", 90210)),
        ("anon_x7Rk2_90216_hw.zip", Facts("", "anon_x7Rk2", "hw.zip", 90216)),
        ("LATE_anon_x7Rk2_90216_hw.zip", Facts("", "anon_x7Rk2", "hw.zip", 90216, True)),
        ("sofialund_4715_text.html", Facts("sofialund", "4715", "text.html", typed=True)),
        ("sofialund_LATE_4715_link.html", Facts("sofialund", "4715", "link.html", late=True, typed=True)),
        ("berganna_4711_90210_text.html", Facts("berganna", "4711", "text.html", 90210)),
        ("group5_4711_90210_ex5_1_2_parallel-1.py", Facts("group5", "4711", "ex5_1_2_parallel.py", 90210, attempt=2)),
        ("latenight_4711_90210_hw.zip", Facts("latenight", "4711", "hw.zip", 90210)),
    ],
)
def test_canvas(name, facts):
    """Name, LATE, the two numbers, the student's own name for the file and its resubmission are told apart."""
    assert canvas(name) == facts


@pytest.mark.parametrize(
    "name",
    [
        "hw.zip",
        "anna_hw.zip",
        "ex5_1_2_parallel.py",
        "anna_ex5_1_2_parallel.py",
        "4711_90210_hw.zip",
        "王磊_20210101.zip",
    ]
    + ["anna_hw_1_2_final.zip", "Anna Berg_1234567_assignsubmission_file_", "submission_345678", "a_1_text.html"],
)
def test_not_canvas(name):
    """Names of others are not taken for Canvas's."""
    assert canvas(name) is None


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("Anna Maria Berg_1234567_assignsubmission_file_", Facts("Anna Maria Berg", "1234567")),
        ("Anna Maria Berg_1234567_assignsubmission_file", Facts("Anna Maria Berg", "1234567")),
        ("王磊_1234567_assignsubmission_file_", Facts("王磊", "1234567")),
        ("Berg, Anna_77_assignsubmission_file_hw_1.tar.gz", Facts("Berg, Anna", "77", "hw_1.tar.gz")),
        ("Qidi SUN (ikun)_14_assignsubmission_onlinetext_", Facts("Qidi SUN (ikun)", "14", typed=True)),
        (
            "Anna_14_assignsubmission_onlinetext_onlinetext.html",
            Facts("Anna", "14", "onlinetext.html", typed=True),
        ),
        ("Participant_1234567_assignsubmission_file_", Facts("Participant", "1234567")),
        ("Group 5_33_assignsubmission_file_", Facts("Group 5", "33")),
        ("Default group_assignsubmission_file_", Facts("Default group")),
        ("20210101 王磊_55_assignsubmission_file_作业.zip", Facts("20210101 王磊", "55", "作业.zip")),
    ],
)
def test_moodle(name, facts):
    """Name, number of the participant, kind of hand-in and the student's own name for the file are told apart."""
    assert moodle(name) == facts


@pytest.mark.parametrize(
    "name", ["anna", "assignsubmission_file_", "berganna_4711_90210_hw.zip", "x_assignfeedback_file_"]
)
def test_not_moodle(name):
    """Names of others are not taken for Moodle's."""
    assert moodle(name) is None


def test_gradescope():
    """Gradescope's folders have a number alone."""
    assert is_gradescope("submission_345678")
    assert not is_gradescope("submission_anna")
    assert not is_gradescope("my_submission_345678")


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("hw-1.zip", ("hw.zip", 1)),
        ("hw-12.tar.gz", ("hw.tar.gz", 12)),
        ("hw.zip", ("hw.zip", 0)),
        ("hw-2026.zip", ("hw-2026.zip", 0)),
        ("hw-1-2.py", ("hw-1.py", 2)),
        ("notes-1.pdf", ("notes.pdf", 1)),
        ("-1.py", ("-1.py", 0)),
    ],
)
def test_resubmissions(file, expected):
    """Canvas counts files of the same name before the whole ending."""
    assert without_resubmission(file) == expected


@pytest.mark.parametrize(
    ("names", "parent", "cloned", "prefix"),
    [
        (["ex5-annab", "ex5-chen-yu"], "ex5-submissions", False, "ex5-"),
        (["builders-guide-annab"], "builders-guide-submissions", False, "builders-guide-"),
        (["ex5-annab", "ex5-diego"], "downloads", False, "ex5-"),
        (["Ex5-annab"], "downloads", False, "ex5-"),
        (["ex5-guide-annab", "ex5-guide-diego"], "downloads", False, "ex5-guide-"),
        (["hw3-annab", "hw3-diego"], "downloads", True, "hw3-"),
        (["annab", "diego"], "downloads", True, ""),
        (["berg-anna", "berg-jonas"], "downloads", False, None),
        (["anna", "diego"], "hand-ins", False, None),
        (["anna", "ex5-diego"], "ex5-submissions", False, None),
        ([], "ex5-submissions", False, None),
    ],
)
def test_classroom_prefix(names, parent, cloned, prefix):
    """The prefix is that of GitHub's own tool, else what all clones begin with; other folders have none."""
    assert classroom_prefix(names, parent, "ex5", cloned) == prefix


def test_accounts():
    """What all names begin with may be more than the prefix; a second clone has a number."""
    assert accounts("ex5-annab", "ex5-") == ("annab",)
    assert accounts("ex5-chen-yu", "ex5-chen-") == ("yu", "chen-yu")
    assert accounts("ex5-leiwang-1", "ex5-") == ("leiwang-1", "leiwang")
    assert accounts("annab", "") == ("annab",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ex5_1_2_parallel.py", ("ex5_1_2_parallel", "")),
        ("Ex5_1_2_Parallel.py", ("ex5_1_2_parallel", "")),
        ("ex5_1_2_parallel (1).py", ("ex5_1_2_parallel", "")),
        ("ex5_1_2_parallel-2.py", ("ex5_1_2_parallel", "")),
        ("anna_ex5_1_2_parallel.py", ("ex5_1_2_parallel", "anna")),
        ("ex5_1_2_parallel_王磊.py", ("ex5_1_2_parallel", "王磊")),
        ("Berg, Anna - ex5_1_2_parallel.ipynb", ("ex5_1_2_parallel", "Berg, Anna")),
        ("ex5_1_2_parallels.py", None),
        ("myex5_1_2_parallel.py", None),
        ("ex5_1_2_paralleſ.py", None),
        ("ex5_1_2_ſhared_layer.py", None),
        ("王磊ex5_1_2_parallel.py", ("ex5_1_2_parallel", "王磊")),
        ("helpers.py", None),
    ],
)
def test_exercises_in_names(name, expected):
    """A file is named after an exercise if its name has that as a whole word; the rest is usually who wrote it."""
    assert exercise_in(name, KNOWN) == expected


def test_the_longest_exercise_counts():
    """Where one exercise's name begins another's, the longer one is meant."""
    assert exercise_in("anna_ex5_1_2.py", ["ex5_1", "ex5_1_2"]) == ("ex5_1_2", "anna")
