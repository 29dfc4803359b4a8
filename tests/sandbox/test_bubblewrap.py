"""What the sandbox sees of the file system, and why there is none."""

from __future__ import annotations

import base64
import os
import sys
from pathlib import Path

import pytest

import grader
from grader.results import Text
from grader.sandbox import bubblewrap, mounts
from grader.sandbox.bubblewrap import Bubblewrap, command_line, why_unavailable
from grader.sandbox.filter import compile_filter
from grader.sandbox.mounts import mounts_over, plan_mounts
from grader.sandbox.process import SandboxError


def seen(options: list[list[str]], path: str) -> str | None:
    """Return what is at a path once bubblewrap has carried out its options: the last mount that covers it."""
    found = None
    for option in options:
        if option[0] in ("--ro-bind", "--tmpfs") and (
            Path(path) == Path(option[-1]) or Path(option[-1]) in Path(path).parents
        ):
            found = option[0]
    return found


def plan(libraries: str, hidden: str) -> list[list[str]]:
    """Return the options for folders separated by blanks."""
    return plan_mounts(map(Path, libraries.split()), map(Path, hidden.split()))


def test_what_is_hidden_inside_a_library_is_masked():
    """A hidden folder within a library is empty, and the library around it is not."""
    options = plan("/opt/venv", "/opt/venv/site/grader")
    assert seen(options, "/opt/venv/site/torch") == "--ro-bind"
    assert seen(options, "/opt/venv/site/grader/exercises") == "--tmpfs"


def test_a_library_inside_a_hidden_folder_stays_in_view():
    """A library within somebody's home is there, and the home around it is not."""
    options = plan("/home/ann/venv", "/home /home/ann")
    assert seen(options, "/home/ann/venv/lib") == "--ro-bind"
    assert seen(options, "/home/ann/secret") is None
    assert seen(options, "/home/bob") is None


@pytest.mark.parametrize("turn", [1, -1])
def test_the_deeper_path_wins_at_every_depth(turn):
    """Library in home in library in home: each is shown or hidden by the deepest path over it."""
    libraries, hidden = ["/a", "/a/b/c", "/a/b/c/d/e"], ["/a/b", "/a/b/c/d"]
    options = plan(" ".join(libraries[::turn]), " ".join(hidden[::turn]))
    kinds = [seen(options, path) for path in ("/a/x", "/a/b/x", "/a/b/c/x", "/a/b/c/d/x", "/a/b/c/d/e/x")]
    assert kinds == ["--ro-bind", "--tmpfs", "--ro-bind", "--tmpfs", "--ro-bind"]


def test_a_library_within_a_library_is_mounted_once():
    """A folder that is in view already is not mounted again."""
    options = plan("/opt/venv /opt/venv/lib/site-packages", "")
    assert [option for option in options if option[0] == "--ro-bind"] == [["--ro-bind", "/opt/venv", "/opt/venv"]]


def test_the_same_folder_hidden_and_needed_is_in_view():
    """A library that is itself to be hidden stays: without it nothing would start."""
    assert seen(plan("/opt/venv", "/opt/venv"), "/opt/venv/lib") == "--ro-bind"


def test_a_neighbour_with_the_same_beginning_is_not_covered():
    """/opt/venv2 does not lie in /opt/venv."""
    options = plan("/opt/venv", "/opt/venv2")
    assert seen(options, "/opt/venv2") is None
    assert mounts_over(Path("/opt/venv2"), options) == "--dir" or mounts_over(Path("/opt/venv2"), options) is None


def test_folders_on_the_way_are_passable():
    """Folders above a mount are made for everyone to pass, from the top down."""
    options = plan("/opt/deep/venv", "")
    made = [option for option in options if option[0] == "--perms"]
    assert made == [["--perms", "0755", "--dir", "/opt"], ["--perms", "0755", "--dir", "/opt/deep"]]
    assert options.index(made[-1]) < options.index(["--ro-bind", "/opt/deep/venv", "/opt/deep/venv"])


def test_mounts_over_finds_the_deepest():
    """The last mount that covers a path is what is there; nothing is there where none does."""
    options = [["--ro-bind", "/a", "/a"], ["--tmpfs", "/a/b"], ["--ro-bind", "/c", "/a/b/c"]]
    found = [mounts_over(Path(path), options) for path in ("/a", "/a/x", "/a/b", "/a/b/x", "/a/b/c/x", "/ab", "/")]
    assert found == ["--ro-bind", "--ro-bind", "--tmpfs", "--tmpfs", "--ro-bind", None, None]


# The command line


def command(monkeypatch, libraries: list[Path], private: list[Path]) -> list[list[str]]:
    """Return the mount options of the command for given library folders."""
    monkeypatch.setattr(mounts, "library_folders", lambda: libraries)
    words = command_line("bwrap", 5, None, "light", private)
    # The folders of these tests are below /tmp, which is replaced as a whole before they are shown.
    at = words.index("/tmp", words.index("--tmpfs"))
    assert at < words.index("--ro-bind")
    del words[at - 1 : at + 1]
    options = []
    for at, word in enumerate(words):
        if word in ("--ro-bind", "--ro-bind-try", "--symlink"):
            options.append([word.removesuffix("-try"), words[at + 1], words[at + 2]])
        elif word in ("--tmpfs", "--dir"):
            options.append([word, words[at + 1]])
    return options


def test_project_home_and_package_are_hidden(monkeypatch, tmp_path):
    """Within a library folder that holds everything, our package, its data, homes and private folders are masked."""
    root = Path(grader.__file__).resolve().parent.parent
    home, work = tmp_path / "home", tmp_path / "work"
    for folder in (home, work, tmp_path / "lib" / "grader"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    options = command(monkeypatch, [root, tmp_path, tmp_path / "lib"], [work])
    for hidden in (root / "grader", root / "exercises", root / "reference", home, work, tmp_path / "lib/grader"):
        assert seen(options, str(hidden / "anything")) == "--tmpfs", hidden
    assert seen(options, str(tmp_path / "lib/torch")) == "--ro-bind"


def test_a_package_installed_for_the_whole_system_is_hidden(monkeypatch, tmp_path):
    """Installed below /usr, as by pip in a container, our package with its specs is masked too."""
    usr = tmp_path / "usr"
    installed = usr / "lib" / "python3" / "grader"
    (installed / "exercises").mkdir(parents=True)
    monkeypatch.setattr(mounts, "SYSTEM", (str(usr),))
    monkeypatch.setattr(grader, "__file__", str(installed / "__init__.py"))
    options = command(monkeypatch, [], [])
    assert seen(options, str(usr / "lib" / "python3" / "torch")) == "--ro-bind"
    assert seen(options, str(installed / "exercises" / "ex5")) == "--tmpfs"


def test_nothing_of_the_whole_file_system_is_bound(monkeypatch):
    """Neither / nor /home, /root, /etc, /var or /run is in view as a whole."""
    options = command(monkeypatch, [Path(sys.prefix)], [])
    bound = {option[-1] for option in options if option[0] == "--ro-bind"}
    assert "/usr" in bound
    assert not bound & {"/", "/home", "/root", "/etc", "/var", "/run", "/tmp", "/proc", "/dev", str(Path.home())}


def test_only_the_inner_half_of_the_sandbox_is_in_view(monkeypatch):
    """Of our package, the sandbox has the two marker files and the folder `inside`."""
    package = Path(grader.__file__).resolve().parent
    options = command(monkeypatch, [], [])
    ours = [option[1] for option in options if option[0] == "--ro-bind" and option[1].startswith(str(package))]
    assert ours == [str(package / name) for name in ("__init__.py", "sandbox/__init__.py", "sandbox/inside")]


def test_namespaces_and_environment():
    """No network, no other processes, no environment of ours, and the end of the judge is the end of it."""
    words = command_line("bwrap", 5, 61000, "full", [])
    assert {"--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--die-with-parent"} <= set(words)
    assert {"--new-session", "--clearenv"} <= set(words)
    names = [words[at + 1] for at, word in enumerate(words) if word == "--setenv"]
    expected = "PATH HOME LANG PYTHONUTF8 PYTHONHASHSEED OMP_NUM_THREADS MKL_NUM_THREADS OPENBLAS_NUM_THREADS"
    assert set(names) == {*expected.split(), "GLIBC_TUNABLES", "PYTHONMALLOC"}
    # After them come only the library folders below /tmp, if the tests run from there.
    kept = [str(path) for path in mounts.within("/tmp")]
    *last, _, depth = words[-4 - len(kept) : len(words) - len(kept)]
    assert [*last, depth, *words[len(words) - len(kept) :]] == ["5", "61000", "full", *kept]
    assert command_line("bwrap", 5, None, "light", [])[-4 - len(kept) :][:2] == ["5", "-"]


def test_the_filter_is_handed_over(monkeypatch):
    """The warm process is given the compiled filter, or nothing where there can be none."""
    given = command_line("bwrap", 5, None, "light", [])[-2 - len(mounts.within("/tmp"))]
    assert base64.b64decode(given, validate=True) == compile_filter()
    monkeypatch.setattr(bubblewrap, "why_no_filter", lambda: Text("there is none"))
    assert command_line("bwrap", 5, None, "light", [])[-2 - len(mounts.within("/tmp"))] == ""


# Whether there is one


def fake_program(folder: Path, text: str) -> None:
    """Write a program called bwrap."""
    program = folder / "bwrap"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)


@pytest.fixture
def path(tmp_path, monkeypatch) -> Path:
    """An empty folder that is the whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_without_bubblewrap_one_line_says_what_to_install(path):
    """Where there is no bwrap, the reason names the package; starting one fails as a fault of the sandbox."""
    reason = why_unavailable()
    assert reason is not None
    assert "apt install bubblewrap" in reason.en
    assert "apt install bubblewrap" in reason.zh
    assert "\n" not in reason.en
    with pytest.raises(SandboxError, match="not installed"):
        Bubblewrap()


def test_a_bubblewrap_that_refuses_says_why_in_one_line(path):
    """The last line of what bwrap says is in the reason, as it stands."""
    fake_program(path, "echo warning >&2; echo 'bwrap: No permissions to create a new namespace' >&2; exit 1")
    reason = why_unavailable()
    assert reason is not None
    assert reason.en == "bubblewrap is not allowed here: bwrap: No permissions to create a new namespace"
    assert reason.zh == "这里不允许使用 bubblewrap：bwrap: No permissions to create a new namespace"


def test_a_bubblewrap_that_refuses_silently_has_a_reason(path):
    """Without a word from bwrap, its exit status is the reason."""
    fake_program(path, "exit 3")
    reason = why_unavailable()
    assert reason is not None
    assert reason.en == "bubblewrap is not allowed here: exit status 3"


def test_a_bubblewrap_that_cannot_be_run_has_a_reason(path):
    """A file called bwrap that is no program is a reason too."""
    fake_program(path, "")
    (path / "bwrap").write_bytes(b"\x7fELF nonsense")
    reason = why_unavailable()
    assert reason is not None
    assert reason.en.startswith("bubblewrap does not run here")
    assert "\n" not in reason.en


def test_a_bubblewrap_that_works_is_taken(path):
    """Where bwrap runs, there is no reason against it, and it is tried with the options of the sandbox."""
    fake_program(path, f'echo "$@" > {path}/asked')
    assert why_unavailable() is None
    asked = (path / "asked").read_text()
    assert "--unshare-net" in asked
    assert ("--unshare-user" in asked) == (os.getuid() != 0)


def test_elsewhere_than_on_linux_there_is_none(monkeypatch):
    """On another system the reason says so, and nothing is looked for."""
    monkeypatch.setattr(sys, "platform", "darwin")
    reason = why_unavailable()
    assert reason is not None
    assert "Linux" in reason.en
    assert bubblewrap.find_bubblewrap() is None


def test_a_sandbox_that_dies_at_once_says_what_it_printed(path):
    """What bwrap prints before it ends is in the error."""
    fake_program(path, "echo 'bwrap: out of namespaces' >&2; exit 1")
    box = Bubblewrap()
    try:
        with pytest.raises(SandboxError, match="out of namespaces"):
            box.wait_until_ready()
    finally:
        box.close()
