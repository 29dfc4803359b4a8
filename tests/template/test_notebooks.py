"""Notebooks hold the statements and the stubs of a section, are valid, and are the same in every copy."""

from __future__ import annotations

import nbformat
import pytest
from support import ROOT

from grader.catalogue import load_assignment
from grader.template.files import plain_template, section_of
from grader.template.notebooks import MARKER, notebook_template

EXERCISES = ROOT / "exercises"
SECTIONS = [("ex5", f"5.{n}", f"ex5.{n}") for n in range(1, 7)]
SECTIONS += [("ex5_warmup", str(n), f"ex5_warmup.{n}") for n in range(1, 5)]


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request) -> str:
    """A language."""
    return request.param


@pytest.fixture(scope="module")
def notebooks(language) -> dict[str, nbformat.NotebookNode]:
    """The ten notebooks by their paths, as nbformat reads them."""
    template = notebook_template(EXERCISES, language)
    files = {str(file.path): file.data for file in template.files if file.path in template.work}
    return {path: nbformat.reads(data.decode("utf-8"), as_version=nbformat.NO_CONVERT) for path, data in files.items()}


def test_there_is_one_for_each_section(notebooks):
    """There are ten notebooks, one for each section, and all are valid notebooks of format 4."""
    assert list(notebooks) == [f"{name}/{target.replace('.', '_')}.ipynb" for name, _, target in SECTIONS]
    for notebook in notebooks.values():
        nbformat.validate(notebook)
        assert notebook.nbformat == 4
        assert notebook.metadata.language_info.name == "python"


def test_statements_and_stubs_are_in_it(notebooks, language):
    """After an opening, each exercise has its statement and its stub, which begins with the marker."""
    for (name, section, target), notebook in zip(SECTIONS, notebooks.values(), strict=True):
        everything = load_assignment(EXERCISES / name).exercises
        exercises = [exercise for exercise in everything if section_of(exercise) == section]
        opening, *cells = notebook.cells
        assert opening.cell_type == "markdown"
        assert f"grade {target}\n" in opening.source
        assert [cell.cell_type for cell in cells] == ["markdown", "code"] * len(exercises)
        for exercise, statement, code in zip(exercises, cells[::2], cells[1::2], strict=True):
            told = (exercise.folder / f"statement.{language}.md").read_text(encoding="utf-8")
            stub = (ROOT / "student_template" / name / f"{exercise.name}.py").read_text(encoding="utf-8")
            assert statement.source == told.rstrip("\n")
            assert code.source == f"{MARKER}{exercise.id}\n{stub}".rstrip("\n")
            assert code.source.startswith(f"# grade: {exercise.id}\n")
            assert (code.outputs, code.execution_count) == ([], None)


def test_every_cell_has_an_id_of_its_own(notebooks):
    """Ids are unique within a notebook, so that editors need not change the file when they open it."""
    for notebook in notebooks.values():
        ids = [cell.id for cell in notebook.cells]
        assert len(set(ids)) == len(ids)


def test_copies_are_the_same(language):
    """The same notebooks are made every time, byte by byte."""
    assert notebook_template(EXERCISES, language) == notebook_template(EXERCISES, language)


def test_the_rest_is_as_in_the_plain_form(language):
    """Everything but the exercises is the same in both forms, and each form knows the other's files."""
    plain, notebook = plain_template(EXERCISES), notebook_template(EXERCISES, language)
    assert [file for file in notebook.files if file.path not in notebook.work] == [
        file for file in plain.files if file.path not in plain.work
    ]
    assert (notebook.work, notebook.others) == (plain.others, plain.work)


def test_cells_run_as_they_are(notebooks):
    """A notebook's code cells, one after the other, define every stub without an error."""
    for notebook in notebooks.values():
        names: dict[str, object] = {}
        for cell in notebook.cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, cell.id, "exec"), names)
        assert len(names) > 3
