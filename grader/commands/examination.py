"""What `grade doctor` looks at: every part that marking needs, each so that a broken one does not hide the others."""

from __future__ import annotations

import importlib.metadata
import json
import locale
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grader
from grader.errors import UserError
from grader.language import choose, chosen_by
from grader.results import Text
from grader.translation import say

IMPORT_SECONDS = 240
JUDGE, REPORTS = "grader.judge.marking", "grader.reports.terminal"
PACKAGE = "d2l-grader"
# What marking imports, where no list of an installed package says it better.
NEEDED = tuple("torch numpy pytest pytest-json-report jinja2 markupsafe rich cloudpickle msgpack".split())
VARIABLES = tuple(
    "GRADE_EXERCISES GRADE_LANG GRADE_DEBUG PYTHONPATH PYTHONUTF8 PYTHONIOENCODING CUDA_VISIBLE_DEVICES "
    "WATCHFILES_FORCE_POLLING GITHUB_ACTIONS WSL_DISTRO_NAME".split()
)
# In a process of its own: an import can end its process, and it takes seconds.
IMPORTS = """
import importlib, json, sys
sys.path[:] = json.loads(sys.argv[1])
def say(**facts):
    print(json.dumps(facts), flush=True)
for name in sys.argv[2:]:
    say(name=name)
    try:
        module = importlib.import_module(name)
    except BaseException as error:
        say(name=name, error=f"{type(error).__name__}: {error}")
    else:
        say(name=name, file=str(module.__file__), version=str(getattr(module, "__version__", "")))
torch = sys.modules.get("torch")
if hasattr(torch, "cuda"):
    say(name="cuda")
    try:
        cuda, found = torch.cuda, torch.cuda.is_available()
        devices = [cuda.get_device_name(i) for i in range(cuda.device_count())] if found else []
        say(name="cuda", built=torch.version.cuda or "", devices=devices)
    except BaseException as error:
        say(name="cuda", error=f"{type(error).__name__}: {error}")
"""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Args:
        label: its name.
        told: what was found.
        works: False if marking cannot work like this; None if something is missing that it can do without.
    """

    label: Text
    told: Text
    works: bool | None = True


@dataclass
class Imports:
    """What importing torch and the judge gave, by name; asked for once, when it is first needed."""

    facts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, name: str) -> dict[str, Any]:
        """Return what is known of a module or of ``cuda``; its ``error``, if there is one."""
        if not self.facts:
            self.facts = _import("torch", JUDGE, REPORTS, "grader.reports.scorecard")
        return self.facts.get(name, {"error": "not reached"})


def examine(submission: Path) -> Iterator[Finding]:
    """Yield what is found, one by one; whatever is broken, nothing is raised."""
    imports = Imports()
    torch, judge, reports = Text("torch"), say("judge"), say("reports")
    looks: list[tuple[Text, bool | None, Callable[[], Iterator[Finding]]]] = [
        (Text("grader"), None, _grader),
        (Text("Python"), None, _python),
        (say("packages"), False, _packages),
        (torch, False, lambda: _imported(torch, imports.of("torch"))),
        (judge, False, lambda: _imported(judge, imports.of(JUDGE))),
        (reports, False, lambda: _imported(reports, imports.of(REPORTS), imports.of("grader.reports.scorecard"))),
        (Text("CUDA"), None, lambda: _cuda(imports.of("cuda"))),
        (say("sandbox"), False, lambda: _sandbox("error" in imports.of("torch"))),
        (say("exercises"), False, _exercises),
        (say("template"), None, _template),
        (say("your work"), None, lambda: _work(submission)),
        (say("folders"), False, _folders),
        (say("console"), None, _console),
    ]
    for label, works, look in looks:
        try:
            yield from look()
        except Exception as error:
            yield Finding(label, _failed(error), works)


def _failed(error: Exception) -> Text:
    said = f"{type(error).__name__}: {error}"
    return say("cannot be looked at: {said}", said=said)


def _grader() -> Iterator[Finding]:
    yield Finding(Text("grader"), Text(f"{grader.__version__}, {Path(grader.__file__).resolve().parent}"))


def _python() -> Iterator[Finding]:
    bits = 64 if sys.maxsize > 2**32 else 32
    told = f"{platform.python_version()} {platform.python_implementation()}, {bits} bit, {sys.executable}"
    own = sys.prefix != sys.base_prefix
    where = say("virtual environment") if own else say("no virtual environment")
    yield Finding(Text("Python"), say("{told}, {where}", told=told, where=where))
    yield Finding(say("system"), Text(f"{platform.platform()}, {os.cpu_count()} CPU"))


def _packages() -> Iterator[Finding]:
    wrong, told = [], []
    for name, least in _requirements():
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(say("{name} is not installed", name=name))
            continue
        told.append(f"{name} {version}")
        if _numbers(version) < _numbers(least):
            wrong.append(say("{name} is older than {least}", name=name, least=least))
    yield Finding(say("packages"), Text(", ".join(told)))
    for problem in wrong:
        yield Finding(say("packages"), problem, False)


def _requirements() -> list[tuple[str, str]]:
    """Return what has to be installed, with the least version, as the installed package says."""
    try:
        lines = importlib.metadata.requires(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        lines = list(NEEDED)
    found = [re.match(r"([\w.-]+)(?:.*?>=\s*([\w.]+))?", line) for line in lines if "extra ==" not in line]
    return [(match[1], match[2] or "0") for match in found if match]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version.partition("+")[0])[:3])


def _import(*names: str) -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-X", "utf8", "-P", "-c", IMPORTS, json.dumps(sys.path), *names]
    facts: dict[str, dict[str, Any]] = {}
    last = names[0]
    try:
        done = subprocess.run(command, capture_output=True, timeout=IMPORT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return {last: {"error": f"{type(error).__name__}: {error}".partition(" '")[0]}}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        try:
            fact = json.loads(line)
            last = fact["name"]
        except (ValueError, TypeError, KeyError):
            # What an import prints.
            continue
        facts[last] = fact
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        facts[last] = {"error": f"its process ended ({done.returncode}) {said[-1] if said else ''}".strip()}
    return facts


def _imported(label: Text, *facts: dict[str, Any]) -> Iterator[Finding]:
    wrong = next((fact for fact in facts if "error" in fact), None)
    if wrong is not None:
        said = str(wrong["error"]).strip().partition("\n")[0][:500]
        yield Finding(label, say("cannot be imported: {said}", said=said), False)
    else:
        found = facts[0]
        yield Finding(label, Text(", ".join(filter(None, (found.get("version"), str(Path(found["file"]).parent))))))


def _cuda(fact: dict[str, Any]) -> Iterator[Finding]:
    label = Text("CUDA")
    if "error" in fact:
        yield Finding(label, say("not usable: {error}", error=fact["error"]), None)
    elif fact["devices"]:
        yield Finding(label, Text(f"{fact['built']}: {', '.join(fact['devices'])}"))
    elif fact["built"]:
        yield Finding(label, say("{built}, but no device", built=fact["built"]), None)
    else:
        yield Finding(label, say("torch is built for the CPU alone"), None)


def _sandbox(torch_is_broken: bool) -> Iterator[Finding]:
    from grader.limits import Limits
    from grader.sandbox.bubblewrap import Bubblewrap, find_bubblewrap, why_unavailable
    from grader.sandbox.filter import why_no_filter
    from grader.sandbox.plain import Plain

    label, reason = say("sandbox"), why_unavailable()
    if reason is None:
        program = find_bubblewrap() or "bwrap"
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)
        yield Finding(label, say("{version} works, {program}", version=said.stdout.strip(), program=program))
        lacking = why_no_filter()
        if lacking is None:
            yield Finding(label, say("system calls that no exercise needs are refused"))
        else:
            yield Finding(label, say("no system call is refused: {reason}", reason=lacking), None)
    else:
        yield Finding(label, say("none, marking goes without isolation: {reason}", reason=reason), None)
    if torch_is_broken:
        # It would wait for minutes for what cannot come.
        return
    trial = say("trial")
    box = Plain(False) if reason else Bubblewrap((), False)
    try:
        box.start(Limits())
        yield Finding(trial, say("a process for your code starts"))
    except Exception as error:
        said_last = (str(error).strip().splitlines() or [type(error).__name__])[-1]
        told = say("a process for your code does not start: {said}", said=said_last)
        yield Finding(trial, told if reason else say("{told}; --no-sandbox may work", told=told), False)
    finally:
        box.close()


def _exercises() -> Iterator[Finding]:
    from grader.catalogue import assignment_names, exercises_root, load_assignment
    from grader.hints import ladder

    label, root = say("exercises"), exercises_root()
    names = assignment_names(root)
    if not names:
        yield Finding(label, say("no assignment in {root}", root=root), False)
    for name in names:
        try:
            assignment = load_assignment(root / name)
            for exercise in assignment.exercises:
                # Whether all its texts can be read.
                ladder(exercise)
                exercise.mistakes()
        except Exception as error:
            yield Finding(label, say("{name} is broken: {error}", name=name, error=error), False)
        else:
            n = len(assignment.exercises)
            yield Finding(label, say("{name}: {n}, {folder}", name=name, n=n, folder=assignment.folder))


def _template() -> Iterator[Finding]:
    from grader.catalogue import exercises_root, template_folder

    label, folder = say("template"), template_folder(exercises_root())
    if not folder.is_dir():
        yield Finding(label, say("none"), None)
        return
    stubs = {path.name: len(list(path.glob("*.py"))) for path in sorted(folder.iterdir()) if path.is_dir()}
    counted = ", ".join(f"{name}: {n}" for name, n in stubs.items() if n)
    yield Finding(label, Text(f"{counted or '-'}, {folder}"))


def _work(submission: Path) -> Iterator[Finding]:
    from grader.catalogue import assignment_names, exercises_root, load_assignment
    from grader.submission import find_work

    label, root = say("your work"), exercises_root()
    for name in assignment_names(root):
        try:
            assignment = load_assignment(root / name)
            names = [exercise.name for exercise in assignment.exercises]
            sources = find_work(submission, assignment, names).sources.values()
        except Exception as error:
            told = error.text if isinstance(error, UserError) else Text(str(error))
            yield Finding(label, say("{name}: {told}", name=name, told=told), None)
            continue
        there = sum(source.data is not None for source in sources)
        yield Finding(label, Text(f"{name}: {there} / {len(assignment.exercises)}, {submission.resolve()}"))


def _folders() -> Iterator[Finding]:
    from grader.state import cache_folder

    temporary, cache = Path(tempfile.gettempdir()), cache_folder()
    for label, folder, works in (
        (say("temporary files"), temporary, False),
        (say("cache"), cache, None),
    ):
        if folder is None:
            yield Finding(label, say("none"), None)
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder) as file:
                file.write(b"x" * 4096)
        except OSError as error:
            yield Finding(label, say("{folder} cannot be written: {error}", folder=folder, error=error), works)
            continue
        free = f"{shutil.disk_usage(folder).free / 2**30:.1f} GiB"
        yield Finding(label, say("{folder}, {free} free", folder=folder.resolve(), free=free))


def _console() -> Iterator[Finding]:
    size = shutil.get_terminal_size()
    kind = say("terminal") if sys.stdout.isatty() else say("no terminal")
    codes = f"{sys.stdout.encoding}, {sys.getfilesystemencoding()}, {locale.getpreferredencoding(False)}"
    facts = f"{codes}, {size.columns} x {size.lines}"
    yield Finding(say("console"), say("{facts}, {kind}", facts=facts, kind=kind))
    named = {name: os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE") if os.environ.get(name)}
    how = ", ".join([chosen_by(None, os.environ), *(f"{name}={value}" for name, value in named.items())])
    yield Finding(say("language"), Text(f"{choose(None, os.environ)} ({how})"))
    given = [f"{name}={os.environ[name]}" for name in VARIABLES if name in os.environ]
    yield Finding(say("environment"), Text(", ".join(given) or "-"))
