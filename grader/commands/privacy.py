"""Texts about a machine without whose it is: for what people paste where everybody can read it."""

from __future__ import annotations

import os
import re
from pathlib import Path

# Names of accounts that say nothing about a person.
_NOBODY = frozenset("root user admin administrator ubuntu vscode runner home".split())


def hide(text: str, home: Path | None = None) -> str:
    """Return a text with ``~`` for the home folder, and ``USER`` where its name stands in another path.

    Args:
        text: with paths of this system in it.
        home: the home folder; else that of whoever runs this.
    """
    home = home or Path(os.path.expanduser("~"))
    name = home.name
    for folder in sorted({str(home), os.path.realpath(home), home.as_posix()}, key=len, reverse=True):
        if len(folder) > 1:
            # Only as a whole: /home/annabelle is another folder than /home/anna. Windows does not mind upper case.
            flags = re.IGNORECASE if os.name == "nt" else 0
            text = re.sub(rf"(?<!\w){re.escape(folder)}(?![\w-])", lambda _: "~", text, flags=flags)
    if name and name.lower() not in _NOBODY:
        text = re.sub(rf"(?<=[/\\]){re.escape(name)}(?=[/\\]|$)", "USER", text, flags=re.IGNORECASE)
    return text
