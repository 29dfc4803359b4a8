"""The corpus of attacks: what each tries, what must not happen, how its checks may end, and its hand-in on the disk.

Run as a program with ``--write``, it writes the table of attacks into docs/security.md, between two markers.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

HOSTILE = Path(__file__).resolve().parent / "hostile"
PAGE = HOSTILE.parent.parent / "docs" / "security.md"
FAMILIES = {
    "forge": "to make a wrong answer pass for a right one",
    "wire": "to confuse the judge with bytes and values of its own making",
    "leave": "to end, or to outlive its turn",
    "read": "to see what it must not",
    "write": "to change what others find",
    "resource": "to use up what others need",
    "text": "to attack whoever reads the results",
    "broken": "to break whatever opens the hand-in",
}
# A hand-in that is refused as a whole is not marked, and its student is told why.
REFUSED = "refused"
ASSIGNMENTS = ("tiny", "wide")
KEYS = {"family", "tries", "never", "allowed", "absent", "after"}
BEGIN, END = "<!-- attacks: begin -->", "<!-- attacks: end -->"


@dataclass(frozen=True)
class Attack:
    """A hand-in that attacks.

    Args:
        name: of its folder, which begins with the family.
        family: of `FAMILIES`.
        tries: what it does, in one sentence.
        never: what must not happen, in one sentence.
        allowed: the statuses with which its checks may end, and ``refused``.
        assignment: which it pretends to answer.
        absent: paths that must not exist afterwards.
        after: the attack whose traces it looks for, which is marked right before it; empty if there is none.
    """

    name: str
    family: str
    tries: str
    never: str
    allowed: tuple[str, ...]
    assignment: str
    absent: tuple[str, ...] = ()
    after: str = ""

    @property
    def folder(self) -> Path:
        """Its folder in the corpus."""
        return HOSTILE / self.name

    def write(self, folder: Path) -> None:
        """Write the hand-in into a folder, which is made."""
        folder.mkdir(parents=True)
        recipe = self.folder / "make.py"
        if not recipe.exists():
            shutil.copytree(self.folder / self.assignment, folder / self.assignment)
            return
        spec = importlib.util.spec_from_file_location(f"make_{self.name}", recipe)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.make(folder)


def read_attack(name: str) -> Attack:
    """Return an attack of the corpus.

    Raises:
        ValueError: if its description has keys that mean nothing.
        KeyError: if it lacks one.
    """
    about = tomllib.loads((HOSTILE / name / "attack.toml").read_text(encoding="utf-8"))
    if unknown := about.keys() - KEYS:
        raise ValueError(f"{name}/attack.toml: nothing is called {', '.join(sorted(unknown))}")
    found = [assignment for assignment in ASSIGNMENTS if (HOSTILE / name / assignment).is_dir()]
    return Attack(
        name=name,
        family=about["family"],
        tries=about["tries"],
        never=about["never"],
        allowed=tuple(about["allowed"]),
        assignment=found[0] if found else "tiny",
        absent=tuple(about.get("absent", ())),
        after=about.get("after", ""),
    )


def names() -> list[str]:
    """Return the names of all attacks."""
    return sorted(path.parent.name for path in HOSTILE.glob("*/attack.toml"))


def attacks() -> list[Attack]:
    """Return all attacks, in the order of their names."""
    return [read_attack(name) for name in names()]


def table(found: list[Attack]) -> str:
    """Return Markdown that lists attacks by family: what each tries, what must not happen, how its checks may end."""
    parts = [f"{len(found)} attacks, each with a score of 0."]
    for family, aim in FAMILIES.items():
        rows = [attack for attack in found if attack.family == family]
        if not rows:
            continue
        parts.append(f"### {family}: {aim} ({len(rows)})")
        lines = ["| Attack | It tries | What must not happen | How its checks may end |", "| --- | --- | --- | --- |"]
        for attack in rows:
            words = [_cell(text) for text in (attack.tries, attack.never, ", ".join(attack.allowed))]
            lines.append(f"| `{attack.name}` | {' | '.join(words)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def owned_by(users: Collection[int], *places: Path) -> list[Path]:
    """Return what lies in some folders and belongs to one of some users."""
    found = []
    for path in (path for place in places for path in place.iterdir()):
        try:
            owner = path.lstat().st_uid
        except FileNotFoundError:
            # It was another process's, and is gone.
            continue
        if owner in users:
            found.append(path)
    return found


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def page_with(content: str, page: str) -> str:
    """Return a page with new content between its markers.

    Raises:
        ValueError: if the page has no markers.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{content}\n{END}{after}"


def main() -> None:
    """Write the table into the page, or tell that it is out of date."""
    page = PAGE.read_text(encoding="utf-8")
    new = page_with(table(attacks()), page)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(new, encoding="utf-8")
    elif new != page:
        sys.exit(f"{PAGE} is out of date; run {sys.argv[0]} --write")


if __name__ == "__main__":
    main()
