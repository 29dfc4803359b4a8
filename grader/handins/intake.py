"""Reading a class's hand-ins: in goes a folder or an archive, out a folder to mark or one problem for each student."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.errors import UserError
from grader.file_names import is_archive, is_work, shown
from grader.handins.choosing import Chosen, choose
from grader.handins.drafts import Draft, drafts_of
from grader.handins.handin import HandIn
from grader.handins.homes import Wanted
from grader.handins.layout import Laid, lay_out
from grader.handins.opening import open_class
from grader.handins.platforms import FOLDER, GITHUB
from grader.handins.roster import Roster
from grader.translation import say


def read_handins(
    path: Path,
    assignment: str,
    known: Sequence[str],
    workspace: Path,
    roster: Roster | None = None,
    asked: Sequence[str] = (),
    ignore: Iterable[Path] = (),
    target: str = "",
) -> tuple[HandIn, ...]:
    """Read a class's hand-ins, and lay out each in a folder of its own.

    Args:
        path: a folder of hand-ins, or an archive as a platform gives it: see `grader.handins.platforms`.
        assignment: name of the assignment, such as ``ex5``.
        known: all its exercises.
        workspace: a folder to unpack and lay out in.
        roster: who is in the class.
        asked: the exercises to mark, if not all; where that is one, a lone program of any name is taken for it.
        ignore: what lies among the hand-ins without being one, such as the folder for the results.
        target: what is to be marked as a command has it, such as ``ex5.1.2``; without it, the assignment.

    Returns:
        One hand-in for each student who handed in anything, the latest, in the order of keys. Whoever handed in
        nothing is in `Roster.missing`.

    Raises:
        UserError: if `path` is no class's hand-ins, or the workspace cannot be written.
    """
    wanted = Wanted(assignment, tuple(known), tuple(asked), target or assignment)
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(workspace)):
        raise UserError(
            say(
                "{path} lies within {workspace}, where hand-ins are unpacked. Give another folder.",
                path=path,
                workspace=workspace,
            )
        )
    exported = workspace / "export"
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(exported, ignore_errors=True)
        try:
            items, name = open_class(path, exported, wanted, [workspace, *ignore])
            drafts = drafts_of(items, name, assignment, known)
            chosen = choose(drafts, roster, assignment)
            handins = [_handin(one, workspace, wanted, roster) for one in chosen]
        finally:
            shutil.rmtree(exported, ignore_errors=True)
    except OSError as error:
        raise UserError(
            say(
                "{workspace} cannot be written: {strerror}. Free some space there.",
                workspace=workspace,
                strerror=error.strerror,
            )
        ) from error
    strange = all(handin.folder is None and handin.platform == FOLDER for handin in handins)
    named = roster is not None and any(handin.matched for handin in handins)
    opened = any(is_archive(item.name) or is_work(item.name) for item in items)
    if not handins or (strange and not named and not opened):
        raise UserError(
            say(
                "There are no hand-ins of {assignment} in {path}. It must hold, for each student, a "
                "folder, an archive (.zip, .tar.gz), a .py, an .ipynb or a .md file; or be what "
                "Canvas, Moodle or Gradescope gave as an archive, or a folder of clones of GitHub "
                "Classroom.",
                assignment=assignment,
                path=path,
            )
        )
    return tuple(handins)


def _handin(one: Chosen, workspace: Path, wanted: Wanted, roster: Roster | None) -> HandIn:
    """Lay out the hand-in of one student."""
    draft, student = one.draft, one.student
    target = workspace / "handins" / one.key
    shutil.rmtree(target, ignore_errors=True)
    laid = _laid(draft, target, workspace / "scratch", wanted)
    return HandIn(
        key=one.key,
        name=student.name if student else shown(draft.name, 200),
        folder=laid.folder,
        platform=draft.platform,
        student=student.id if student else shown(draft.number, 200),
        email=(student.email if student else "") or draft.who.email,
        login=student.login if student else "",
        canvas_id=student.canvas_id if student else "",
        matched=roster is None or student is not None,
        late=draft.late,
        attempt=draft.attempt,
        problem=laid.problem,
        notes=tuple(dict.fromkeys((*draft.notes, *laid.notes))),
    )


def _laid(draft: Draft, target: Path, scratch: Path, wanted: Wanted) -> Laid:
    if draft.problem:
        return Laid(None, draft.problem)
    return lay_out(draft.pieces, target, scratch, wanted, nested=draft.platform != GITHUB)
