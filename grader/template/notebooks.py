"""The template as Jupyter notebooks: one for each section, with its statements and stubs."""
# mypy: disallow-untyped-calls=False
# nbformat says nothing about the types of its functions.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import nbformat
from nbformat import NotebookNode, v4

from grader.catalogue import Assignment, Exercise
from grader.results import address
from grader.template.files import File, Template, plain_template, section_of, sections, stub_paths
from grader.translation import say

# The first line of a cell that belongs to an exercise; the exercise's number follows.
MARKER = "# grade: "

_OPENING = say(
    "# {title}: {section}\n\nWrite your code in the cells that begin with `{marker}…`, and leave that "
    "line as it is: it says to which exercise a cell belongs. Cells of your own may stand between them; "
    "they run too when the notebook is marked.\n\nSave the notebook. Then, in a terminal, in the folder "
    "that holds `{assignment}`:\n\n```sh\ngrade {target}\n```"
)


def notebook_template(exercises: Path, language: str) -> Template:
    """Return the template with one notebook for each section in place of the exercises' `.py` files.

    Args:
        exercises: the folder of all assignments; the template lies beside it.
        language: of the statements, ``"en"`` or ``"zh"``.

    Raises:
        CatalogueError: if there is no template, or it lacks an exercise.
    """
    plain = plain_template(exercises)
    stubs = {file.path: file.data.decode("utf-8") for file in plain.files if file.path in plain.work}
    notebooks = [file for assignment in plain.assignments for file in _notebooks(assignment, stubs, language)]
    kept = [file for file in plain.files if file.path not in plain.work]
    return Template(plain.assignments, (*kept, *notebooks), plain.others, plain.work)


def _notebooks(assignment: Assignment, stubs: Mapping[PurePosixPath, str], language: str) -> Iterator[File]:
    for path, section in sections(assignment).items():
        cells = [_markdown(f"section-{section}", _opening(assignment, section, language))]
        for stub, exercise in stub_paths(assignment).items():
            if section_of(exercise) == section:
                cells += [
                    _markdown(f"statement-{exercise.id}", _statement(exercise, language)),
                    _code(f"exercise-{exercise.id}", f"{MARKER}{exercise.id}\n{stubs[stub]}"),
                ]
        notebook = v4.new_notebook(cells=cells, metadata=_metadata())
        yield File(path, f"{nbformat.writes(notebook)}\n".encode())


def _opening(assignment: Assignment, section: str, language: str) -> str:
    return _OPENING.get(language).format(
        title=assignment.title.get(language),
        section=section,
        marker=MARKER,
        assignment=assignment.name,
        target=address(assignment.name, section),
    )


def _statement(exercise: Exercise, language: str) -> str:
    for name in (f"statement.{language}.md", "statement.en.md"):
        if (exercise.folder / name).is_file():
            return (exercise.folder / name).read_text(encoding="utf-8")
    return f"# {exercise.id} {exercise.title.get(language)}"


def _markdown(name: str, text: str) -> NotebookNode:
    node: NotebookNode = v4.new_markdown_cell(text.rstrip("\n"), id=_cell_id(name))
    return node


def _code(name: str, source: str) -> NotebookNode:
    node: NotebookNode = v4.new_code_cell(source.rstrip("\n"), id=_cell_id(name))
    return node


def _cell_id(name: str) -> str:
    """Return an id that is the same in every copy; the format's own are random."""
    return name.replace(".", "-")[:64]


def _metadata() -> dict[str, dict[str, str]]:
    return {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
    }
