"""What a name says about a file: work to mark, an archive, something to ignore; and how to show a stranger's name."""

from __future__ import annotations

import re

WORK = (".py", ".ipynb", ".md")
# Longer ones first: of `a.tar.gz` the whole ending counts.
ARCHIVES = (".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".tbz2", ".tbz", ".txz", ".tar", ".zip")
JUNK_NAMES = frozenset(
    "__macosx __pycache__ node_modules site-packages venv thumbs.db desktop.ini icon\r $recycle.bin".split(" ")
)
JUNK_ENDINGS = (".pyc", ".pyo", ".swp", "~")
# What lies beside hand-ins without being one.
BESIDE = (".csv", ".tsv", ".xls", ".xlsx", ".ods", ".yml", ".yaml", ".json", ".toml", ".ini", ".cfg", ".log", ".sqlite")
ABOUT = frozenset("readme license licence copying changelog contributing makefile notice requirements".split())


def is_junk(name: str) -> bool:
    """Whether a file or folder is none of the student's work: hidden, a cache, left by a system or an editor."""
    lower = name.lower()
    return lower.startswith((".", "~$")) or lower in JUNK_NAMES or lower.endswith(JUNK_ENDINGS)


def is_work(name: str) -> bool:
    """Whether a file can hold answers."""
    return name.lower().endswith(WORK)


def is_archive(name: str) -> bool:
    """Whether a file is an archive of a kind that can be opened."""
    return name.lower().endswith(ARCHIVES)


def is_about(name: str) -> bool:
    """Whether a file is about the files beside it, such as a README."""
    return name.partition(".")[0].lower() in ABOUT


def is_beside(name: str) -> bool:
    """Whether a loose file among hand-ins is no hand-in, such as a list of grades."""
    return name.lower().endswith(BESIDE) or is_about(name)


def stem(name: str) -> str:
    """Return a file's name without the ending, of which ``.tar.gz`` is one."""
    for ending in (*ARCHIVES, *WORK):
        if name.lower().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name.rpartition(".")[0] or name


def shown(name: str, length: int = 60) -> str:
    """Return a stranger's name fit for a message: printable, on one line, and cut in the middle if it is long."""
    name = "".join(char if char.isprintable() else "�" for char in name)
    if len(name) > length:
        half = length // 2
        name = f"{name[:half]}…{name[half + 1 - length :]}"
    return name


def without_count(stem: str) -> tuple[str, int]:
    """Return a stem without the number of a later download of the same name, ``hw (1)``, and the number, or 0."""
    found = re.fullmatch(r"(.+?)[ _]?[(（](\d{1,2})[)）]", stem)
    return (found[1], int(found[2])) if found else (stem, 0)
