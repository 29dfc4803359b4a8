"""The template's files are found wherever the assignments are, and an incomplete template is said to be one."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

import pytest
from support import ROOT

from grader.catalogue import CatalogueError, load_assignment
from grader.template.files import plain_template, section_of, sections, stub_paths, template_files


@pytest.fixture
def course(tmp_path) -> Path:
    """The folder of a small course's assignments, with a template beside it."""
    hw = tmp_path / "exercises" / "hw"
    entries = []
    for name, number in (("first", "1.1"), ("second", "1.2")):
        (hw / name).mkdir(parents=True)
        (hw / name / "spec.py").write_text("", encoding="utf-8")
        entries.append(f'[[exercises]]\nname = "{name}"\nid = "{number}"\npoints = 50\ntitle = "{name}"\n')
    (hw / "assignment.toml").write_text('title = "Homework"\n' + "".join(entries), encoding="utf-8")
    stubs = tmp_path / "student_template" / "hw"
    stubs.mkdir(parents=True)
    for name in ("first", "second"):
        (stubs / f"{name}.py").write_text(f"def {name}():\n    raise NotImplementedError\n", encoding="utf-8")
    (stubs.parent / ".hidden").mkdir()
    (stubs.parent / ".hidden" / "file").write_bytes(b"\x00\xff")
    return tmp_path / "exercises"


def test_every_file_is_in_it_hidden_ones_too(course):
    """A template has its files in order, by their paths, with their bytes."""
    template = plain_template(course)
    assert [str(file.path) for file in template.files] == [".hidden/file", "hw/first.py", "hw/second.py"]
    assert template.files[0].data == b"\x00\xff"
    assert [str(path) for path in template.work] == ["hw/first.py", "hw/second.py"]
    assert [str(path) for path in template.others] == ["hw/hw_1.ipynb"]
    assert [assignment.name for assignment in template.assignments] == ["hw"]


@pytest.mark.parametrize(
    "name",
    ["hw/__pycache__/first.pyc", ".venv/pyvenv.cfg", ".ruff_cache/0", "hw/.ipynb_checkpoints/a.ipynb", ".DS_Store"],
)
def test_what_programs_left_there_is_not_in_it(course, name):
    """Caches, virtual environments and the like, which somebody's work in the template left, are not copied."""
    before = template_files(course)
    path = course.parent / "student_template" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    assert template_files(course) == before


def test_a_template_that_lacks_an_exercise(course):
    """A missing stub is a fault of the course, and is named."""
    (course.parent / "student_template" / "hw" / "second.py").unlink()
    with pytest.raises(CatalogueError, match=r"student_template lacks hw/second\.py"):
        plain_template(course)


def test_no_template_at_all(course):
    """Assignments without a template beside them are a fault of the course too."""
    shutil.rmtree(course.parent / "student_template")
    with pytest.raises(CatalogueError, match="There is no template"):
        plain_template(course)


def test_the_sections_of_chapter_5():
    """Chapter 5 has six sections or more, and every exercise is in the one whose number begins its own."""
    assignment = load_assignment(ROOT / "exercises" / "ex5")
    found = [section_of(exercise) for exercise in assignment.exercises]
    assert found == [exercise.id.rpartition(".")[0] for exercise in assignment.exercises]
    assert set(found) >= {f"5.{n}" for n in range(1, 7)}
    assert sections(assignment) == {PurePosixPath(f"ex5/ex5_{part[2:]}.ipynb"): part for part in found}
    assert list(stub_paths(assignment))[0] == PurePosixPath("ex5/ex5_1_1_sequential.py")


def test_the_sections_of_the_warm_up():
    """Where an assignment's name does not end in its number, the whole number is in a notebook's name."""
    assignment = load_assignment(ROOT / "exercises" / "ex5_warmup")
    assert sections(assignment) == {PurePosixPath(f"ex5_warmup/ex5_warmup_{n}.ipynb"): str(n) for n in range(1, 5)}


def test_the_template_that_comes_with_the_grader_is_complete():
    """It has the stubs of chapter 5 and of the warm-up in the order of their catalogues, and these files besides."""
    template = plain_template(ROOT / "exercises")
    assert [str(path) for path in template.work] == [
        f"{name}/{exercise.name}.py"
        for name in ("ex5", "ex5_warmup")
        for exercise in load_assignment(ROOT / "exercises" / name).exercises
    ]
    assert {str(file.path) for file in template.files if file.path not in template.work} == {
        ".devcontainer/devcontainer.json",
        ".github/classroom/autograding.json",
        ".github/workflows/classroom.yml",
        ".github/workflows/grade.yml",
        ".gitignore",
        "README.md",
        "README.zh.md",
        "requirements.txt",
    }
