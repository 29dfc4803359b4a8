"""What of the file system the sandbox sees: the system and Python's libraries, read-only, and nothing of ours."""

from __future__ import annotations

import importlib.util
import os
import site
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import grader

INSIDE = "/run/grade"
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SYSTEM_FILES = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/localtime",
)


@dataclass(frozen=True)
class _Mount:
    """One step of the view that the sandbox has of the file system; `source` None hides what is there."""

    target: Path
    source: Path | None


def _covers(outer: Path, inner: Path) -> bool:
    return outer == inner or outer in inner.parents


def plan_mounts(libraries: Iterable[Path], hidden: Iterable[Path]) -> list[list[str]]:
    """Return bubblewrap's options for a read-only view of `libraries` without what is `hidden`.

    What is hidden stays hidden if it lies within a library folder, and a library within a hidden folder is still
    in view: the deeper of two paths wins.
    """
    mounts = [_Mount(path, path) for path in libraries] + [_Mount(path, None) for path in hidden]
    mounts.sort(key=lambda mount: (len(mount.target.parts), str(mount.target), mount.source is not None))
    options: list[list[str]] = []
    for mount in mounts:
        if mount.source is not None:
            if mounts_over(mount.target, options) == "--ro-bind":
                continue
            options += way_to(mount.target)
            options.append(["--ro-bind", str(mount.source), str(mount.target)])
        elif mounts_over(mount.target, options) == "--ro-bind":
            options.append(["--tmpfs", str(mount.target)])
    return options


def mounts_over(path: Path, options: list[list[str]]) -> str | None:
    """Return the kind of the deepest mount so far on which a path lies, or None if it lies on none."""
    for option in reversed(options):
        if option[0] != "--perms" and _covers(Path(option[-1]), path):
            return option[0]
    return None


def way_to(target: Path) -> list[list[str]]:
    """Return options that make the folders above a mount passable: run by root, bubblewrap makes them private."""
    above = [path for path in reversed(target.parents) if path != Path("/")]
    return [["--perms", "0755", "--dir", str(path)] for path in above]


def package_folders() -> list[str]:
    """Return the folders on the module path that hold what the sandbox imports, wherever they come from."""
    specs = [importlib.util.find_spec(module) for module in ("torch", "msgpack", "cloudpickle", "numpy")]
    return sorted({str(Path(spec.origin).parent.parent) for spec in specs if spec is not None and spec.origin})


def library_folders() -> list[Path]:
    """Return the folders from which this interpreter and its packages load."""
    names = [
        sys.prefix,
        sys.base_prefix,
        sys.exec_prefix,
        sysconfig.get_path("purelib"),
        sysconfig.get_path("platlib"),
    ]
    if site.ENABLE_USER_SITE:
        names.append(site.getusersitepackages())
    names += package_folders()
    folders: list[Path] = []
    for path in sorted({Path(name).resolve() for name in names} | {Path(name) for name in names}):
        if path.is_dir() and path != Path("/"):
            folders.append(path)
    return folders


def hidden_folders(private: Iterable[Path]) -> list[Path]:
    """Return what must not be seen even if it lies within a library folder: our own package, homes, the project."""
    package = Path(grader.__file__).resolve().parent
    installed = [(folder / "grader").resolve() for folder in library_folders()] + [
        Path(sysconfig.get_path(kind)) / "grader" for kind in ("purelib", "platlib")
    ]
    places = [
        *installed,
        package,
        package.parent / "exercises",
        package.parent / "reference",
        Path.home(),
        Path("/home"),
        Path("/root"),
    ]
    return [
        place for place in {*places, *(path.resolve() for path in private)} if place.is_dir() and place != Path("/")
    ]


def within(folder: str) -> list[Path]:
    """Return the library folders that lie in a folder, without those that lie in another of them."""
    found = [path for path in library_folders() if Path(folder) in path.parents]
    return [path for path in found if not any(other in path.parents for other in found)]


def view(private: Iterable[Path]) -> list[str]:
    """Return bubblewrap's options for all that the sandbox sees.

    Args:
        private: folders that must not be seen, wherever they are.
    """
    package = Path(grader.__file__).resolve().parent
    options: list[list[str]] = [["--perms", "0755", "--dir", "/etc"]]
    system = [Path(name) for name in SYSTEM]
    options += [["--symlink", os.readlink(path), str(path)] for path in system if path.is_symlink()]
    folders = [path for path in system if path.is_dir() and not path.is_symlink()]
    options += [["--ro-bind-try", name, name] for name in SYSTEM_FILES]
    options += plan_mounts([*folders, *library_folders()], hidden_folders(private))
    for name in ("__init__.py", "sandbox/__init__.py", "sandbox/inside"):
        target = Path(INSIDE, "grader", name)
        options += [*way_to(target), ["--ro-bind", str(package / name), str(target)]]
    return [word for option in options for word in option]
