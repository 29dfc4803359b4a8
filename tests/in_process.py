"""The grade command within this process: what it prints, without the time to start another one and import torch."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack, chdir
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner
from support import ROOT

from grader.cli import main
from grader.sandbox.bubblewrap import Bubblewrap


def grade_here(
    *arguments: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT, box: Bubblewrap | None = None
) -> subprocess.CompletedProcess[str]:
    """Do what `support.grade` does, in this process, for tests of what is printed.

    Args:
        arguments: of the command.
        env: variables to set beside those that there are.
        cwd: where the command is typed.
        box: a sandbox to mark in, which stays open; else the command starts its own, and ends it.
    """
    environment = {"GRADE_LANG": "en", "GITHUB_ACTIONS": "", **(env or {})}
    with ExitStack() as stack:
        stack.enter_context(chdir(cwd))
        if box is not None:
            stack.enter_context(patch("grader.commands.mark.open_sandbox", return_value=(box, ())))
            stack.enter_context(patch.object(box, "close"))
        runner = CliRunner(env=environment)
        done = runner.invoke(main, [*map(str, arguments)], prog_name="grade", catch_exceptions=False)
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)
