"""Writing a text file in one step, as others see it: whatever interrupts us, it is never half of one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from grader.errors import UserError
from grader.translation import say


def write_text(path: Path, pieces: Iterable[str], encoding: str = "utf-8") -> None:
    """Write a text file, in a folder that exists; what cannot be encoded is replaced.

    Raises:
        UserError: if that fails.
    """
    # Such as /dev/stdout, which cannot be replaced.
    is_special = path.exists() and not path.is_file()
    target = path if is_special else path.resolve()
    written = target if is_special else target.with_name(f".{target.name}.new")
    try:
        with written.open("w", encoding=encoding, errors="replace", newline="") as file:
            file.writelines(pieces)
        if not is_special:
            os.replace(written, target)
    except OSError as error:
        raise UserError(
            say(
                "{path} cannot be written: {strerror}. Free some space, or name another place.",
                path=path,
                strerror=error.strerror,
            )
        ) from error
