"""What a child of the sandbox can see and do, asked of one that runs."""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, need_bubblewrap

from grader.results import Status
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.process import Limits
from grader.sandbox.session import Session, StudentFault
from grader.submission import Source

LIMITS = Limits(probe_seconds=20, exercise_seconds=300, memory=2**30, scratch=8 * 2**20, file_size=4 * 2**20)
SECRET = "only-the-judge-knows"


@pytest.fixture(scope="module")
def box(tmp_path_factory) -> Iterator[Bubblewrap]:
    """A sandbox of a judge that has a secret in its environment and a file open for its children."""
    need_bubblewrap()
    private = tmp_path_factory.mktemp("private")
    (private / "secret").write_text(SECRET)
    os.environ["GRADE_TEST_SECRET"] = SECRET
    descriptor = os.open(private / "secret", os.O_RDONLY)
    os.set_inheritable(descriptor, True)
    sandbox = Bubblewrap([ROOT, private], full=False)
    try:
        sandbox.wait_until_ready()
        yield sandbox
    finally:
        sandbox.close()
        os.close(descriptor)
        del os.environ["GRADE_TEST_SECRET"]


class Asking:
    """Runs probes in children of a sandbox."""

    def __init__(self, box: Bubblewrap) -> None:
        self.box = box
        self.packs: dict[str, Any] = {}
        self.session = self.new()

    def new(self) -> Session:
        """Return a session with a child of its own."""
        return Session(self.box, Source("work", "work.py", b""), LIMITS, 0, self.packs)

    def __call__(self, body: Any, **values: Any) -> Any:
        """Return what a body gives inside."""
        return self.session.run(body, values)


@pytest.fixture(scope="module")
def ask(box) -> Iterator[Asking]:
    """Runs a probe in one child that all tests of this file share."""
    asking = Asking(box)
    yield asking
    asking.session.close()


@pytest.fixture
def another(box, ask) -> Iterator[Asking]:
    """Runs a probe in a child of the test's own."""
    asking = Asking(box)
    asking.packs = ask.packs
    asking.session = asking.new()
    yield asking
    asking.session.close()


# Processes


def process_ids(student):
    return os.getpid(), sorted(int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def test_a_child_is_alone(ask):
    """A child is process 1 and sees no other."""
    own, seen = ask(process_ids)
    assert own == 1
    assert seen in ([1], [])


def kill_everyone(student):
    found = []
    for number in [-1, *range(2, 300)]:
        try:
            os.kill(number, 9)
            found.append(number)
        except ProcessLookupError:
            pass
        except PermissionError:
            found.append(-number)
    return found, os.getppid()


def test_a_child_reaches_no_process_with_signals(another, box):
    """Signals to everyone find nobody, and the sandbox goes on."""
    assert another(kill_everyone) == ([], 0)
    assert box._process.poll() is None


def capabilities(student):
    lines = Path("/proc/self/status").read_text().splitlines()
    return dict(line.split(":\t") for line in lines if line.startswith(("Cap", "NoNewPrivs", "Uid", "Gid", "Groups")))


def test_a_child_has_no_capabilities(ask):
    """All capability sets are empty and no program can win any."""
    found = ask(capabilities)
    for name in ("CapInh", "CapPrm", "CapEff", "CapAmb", "CapBnd"):
        assert int(found[name], 16) == 0, name
    assert found["NoNewPrivs"] == "1"


def test_a_child_is_nobody_else(ask):
    """A child of root is not root, in no sense of the word; a child of a user is that user."""
    found = ask(capabilities)
    for name in ("Uid", "Gid"):
        numbers = set(map(int, found[name].split()))
        assert len(numbers) == 1
        if os.getuid() == 0:
            assert min(numbers) > 60000
        else:
            assert numbers == {os.getuid() if name == "Uid" else os.getgid()}
    if os.getuid() == 0:
        assert found["Groups"].strip() == ""


def regain(student):
    libc = ctypes.CDLL(None, use_errno=True)
    tried = {}
    for name, flags in (("mount", 0x00020000), ("net", 0x40000000), ("pid", 0x20000000)):
        tried[name] = libc.unshare(flags), ctypes.get_errno()
    tried["mounting"] = libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), ctypes.get_errno()
    tried["root"] = libc.setresuid(0, 0, 0) if os.getuid() else -1, ctypes.get_errno()
    return tried


def test_a_child_cannot_win_power_back(another):
    """New namespaces, mounts and root's identity are refused."""
    found = another(regain)
    assert {name: result for name, (result, _) in found.items()} == dict.fromkeys(found, -1)
    assert found["mounting"][1] == errno.EPERM


def leave_orphans(student):
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            os.close(1)
            os.close(2)
            time.sleep(600)
            os._exit(0)
    return os.getpid()


def test_nothing_outlives_a_child(box, ask):
    """Processes that a child started, in sessions of their own, end with it."""
    asking = Asking(box)
    marker = box._process.pid
    before = descendants(marker)
    asking(leave_orphans)
    assert len(descendants(marker)) == len(before) + 4
    asking.session.close()
    deadline = time.monotonic() + 10
    while len(descendants(marker)) > len(before) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert descendants(marker) == before


def descendants(pid: int) -> set[int]:
    """Return the ids of all processes below one."""
    parents: dict[int, int] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                text = (path / "stat").read_text()
            except OSError:
                continue
            parents[int(path.name)] = int(text.rpartition(")")[2].split()[1])
    found, waiting = set(), [pid]
    while waiting:
        above = waiting.pop()
        below = [child for child, parent in parents.items() if parent == above]
        found.update(below)
        waiting += below
    return found


# Network


def network(student):
    names = [name for _, name in socket.if_nameindex()]
    tried = []
    for address in (("127.0.0.1", 9), ("192.0.2.1", 80)):
        with socket.socket() as wanted:
            wanted.settimeout(2)
            tried.append(wanted.connect_ex(address))
    return names, tried


def test_a_child_has_no_network(ask):
    """There is no interface but the loopback, and nobody on it."""
    names, tried = ask(network)
    assert names == ["lo"]
    assert 0 not in tried


def abstract(student, name):
    with socket.socket(socket.AF_UNIX) as wanted:
        return wanted.connect_ex("\0" + name)


def test_a_child_reaches_no_abstract_socket(ask):
    """A socket with a name outside the file system, as desktops have, cannot be connected to."""
    with socket.socket(socket.AF_UNIX) as listening:
        name = f"grade-test-{os.getpid()}"
        listening.bind("\0" + name)
        listening.listen()
        assert ask(abstract, name=name) != 0


# Files


def temporary(student):
    found = {path: sorted(os.listdir(path)) for path in ("/tmp", "/dev/shm", os.getcwd())}
    for path in ("/tmp/left", "/dev/shm/left"):
        Path(path).write_text("x")
    return found, Path("/tmp/left").exists(), os.getcwd()


def test_tmp_is_empty_and_private(box, ask):
    """A child starts with its own folder in an empty /tmp; what it leaves there is gone with it."""
    for _ in range(2):
        asking = Asking(box)
        found, written, folder = asking(temporary)
        asking.session.close()
        assert found == {"/tmp": ["grade"], "/dev/shm": [], folder: []}
        assert written
        assert folder.startswith("/tmp/grade/")
    assert not Path("/tmp/left").exists()
    assert not Path("/dev/shm/left").exists()


def writable(student):
    """Where a file can be made: every folder near the top, and those from which Python imports."""
    folders = {"/", "/etc", "/usr", "/usr/bin", "/lib", "/dev", "/proc", "/run", "/run/grade", *sys.path}
    folders |= {str(Path(module.__file__).parent) for module in list(sys.modules.values()) if hasattr(module, "torch")}
    folders |= {str(Path(sys.executable).parent), sys.prefix}
    for top in Path("/").iterdir():
        folders.add(str(top))
    found = []
    for folder in sorted(folder for folder in folders if os.path.isdir(folder)):
        try:
            Path(folder, "written").write_text("x")
            found.append(folder)
        except OSError:
            pass
    return found, os.getcwd()


def test_only_scratch_folders_are_writable(another):
    """Nothing but /tmp can be written to: not /, /usr, the libraries nor /dev."""
    found, _ = another(writable)
    assert [folder for folder in found if not folder.startswith("/tmp")] == []
    assert "/tmp" in found


def visible(student, paths):
    return {path: os.listdir(path) if os.path.isdir(path) else "file" for path in paths if os.path.lexists(path)}


def test_project_home_and_specs_are_out_of_view(ask, box):
    """The project, its specs and solutions, homes and private folders are not there, or are empty."""
    folders = [ROOT / name for name in ("grader", "exercises", "reference", "tests", "student_template", ".git")]
    folders += [Path("/home"), Path("/etc/passwd"), Path("/etc/shadow"), Path("/var"), Path("/run/user"), Path("/sys")]
    folders += [ROOT / "exercises/ex5/assignment.toml", ROOT / "pyproject.toml"]
    found = ask(visible, paths=[str(path) for path in folders])
    assert {path: inside for path, inside in found.items() if inside != []} == {}
    home = ask(visible, paths=[str(Path.home())]).get(str(Path.home()), [])
    assert not set(home) - {Path(sys.base_prefix).relative_to(Path.home()).parts[0]} if home else True


def search(student, names):
    """Every file of these names that can be reached from the root."""
    found = []
    for folder, inner, files in os.walk("/"):
        if folder in ("/proc", "/usr/share"):
            inner.clear()
        found += [os.path.join(folder, file) for file in files if file in names]
    return found


def test_no_spec_can_be_found_by_searching(ask):
    """A walk over everything in view finds no spec, no list of mistakes and no judge."""
    found = ask(search, names=["spec.py", "mistakes.toml", "checks.zh.toml", "solution.py", "marking.py", "secret"])
    assert [path for path in found if "exercises" in path or "reference" in path or "grader" in path] == []
    assert not [path for path in found if path.endswith(("mistakes.toml", "checks.zh.toml", "/secret"))]


# What is inherited


def inherited(student):
    return sorted(map(int, os.listdir("/proc/self/fd"))), dict(os.environ)


def test_no_descriptor_is_inherited(ask):
    """A child has its channel and the three standard descriptors, and none of the judge's or the warm process's."""
    found, _ = ask(inherited)
    # Listing a folder opens one more.
    assert [number for number in found if number < 4] == [0, 1, 2, 3]
    assert len(found) <= 5


def standard_input(student):
    return os.read(0, 10), sys.stdin.read()


def test_standard_input_is_empty(ask):
    """Reading from standard input ends at once."""
    assert ask(standard_input) == (b"", "")


def test_the_environment_is_ours_alone(ask):
    """The environment has only what the sandbox sets."""
    _, environment = ask(inherited)
    allowed = "PATH HOME LANG PYTHONUTF8 PYTHONHASHSEED OMP_NUM_THREADS MKL_NUM_THREADS PWD LC_CTYPE".split()
    # What torch and its libraries set for themselves as they are imported tells nothing of the judge.
    strange = {name: value for name, value in environment.items() if name not in allowed}
    assert set(strange) <= {"KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK", "TORCHINDUCTOR_CACHE_DIR"}
    assert SECRET not in str(environment)


def memory_of_others(student):
    tried = []
    for number in [0, 2, os.getppid()]:
        try:
            with open(f"/proc/{number}/mem", "rb") as file:
                file.read(1)
            tried.append(number)
        except OSError:
            pass
    return tried


def test_no_other_memory_can_be_read(ask):
    """There is no memory of another process to open."""
    assert ask(memory_of_others) == []


# Limits


def limits(student):
    names = ("AS", "CPU", "FSIZE", "NOFILE", "CORE", "NPROC")
    own = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return {name: list(resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))) for name in names}, own


def test_limits_are_set_for_good(ask):
    """Every limit of the exercise holds, soft and hard alike."""
    found, own = ask(limits)
    assert all(soft == hard for soft, hard in found.values())
    soft = {name: value[0] for name, value in found.items()}
    assert soft["CORE"] == 0
    assert soft["FSIZE"] == LIMITS.file_size
    assert soft["NOFILE"] == LIMITS.open_files
    assert soft["NPROC"] == LIMITS.processes
    assert soft["CPU"] > LIMITS.exercise_seconds
    assert soft["AS"] <= own + LIMITS.memory
    assert soft["AS"] > LIMITS.memory


def too_much_memory(student):
    return len(bytearray(2**31))


def test_memory_is_limited(another):
    """More memory than the limit is refused, and said to be that."""
    with pytest.raises(StudentFault) as caught:
        another(too_much_memory)
    assert caught.value.fault.status is Status.MEMORY


def too_large_a_file(student):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open("large", "wb") as file:
        try:
            for _ in range(8):
                file.write(bytes(2**20))
                file.flush()
        except OSError as error:
            return error.errno, file.tell() <= 4 * 2**20
    return None


def test_files_are_limited(another):
    """A file larger than the limit is refused."""
    assert another(too_large_a_file) == (errno.EFBIG, True)


def too_many_files(student):
    written = 0
    for number in range(100):
        try:
            Path(f"part{number}").write_bytes(bytes(2**20))
            written += 1
        except OSError as error:
            return error.errno, written
    return None, written


def test_the_scratch_folder_is_limited(another):
    """All files together are no larger than the limit."""
    number, written = another(too_many_files)
    assert number == errno.ENOSPC
    assert written <= 8


def too_many_processes(student):
    started = 0
    try:
        for _ in range(1000):
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
            started += 1
    except OSError as error:
        return error.errno, started
    return None, started


def test_processes_are_limited(another):
    """A child that forks without end is stopped at the limit, and the next child starts all the same."""
    number, started = another(too_many_processes)
    assert number == errno.EAGAIN
    assert started <= LIMITS.processes
    another.session.close()
    assert Asking(another.box)(process_ids)[0] == 1


# Children and the warm process


def spoil(student):
    import builtins

    import torch

    builtins.len = lambda value: 99
    torch.add = None
    os.environ["LEFT"] = "x"
    return True


def is_spoilt(student):
    import torch

    return len([]), torch.add is None, "LEFT" in os.environ


def test_what_a_child_does_reaches_no_other(box, ask):
    """Builtins, torch and the environment of the next child are as they were."""
    asking = Asking(box)
    assert asking(spoil)
    asking.session.close()
    asking = Asking(box)
    assert asking(is_spoilt) == (0, False, False)
    asking.session.close()


def test_children_live_side_by_side(box, ask):
    """Several children at once answer each its own session."""
    several = [Asking(box) for _ in range(3)]
    assert [asking(process_ids)[0] for asking in several] == [1, 1, 1]
    several[1].session.close()
    assert several[2](process_ids)[0] == several[0](process_ids)[0] == 1
    for asking in several:
        asking.session.close()


def test_the_end_of_the_judge_is_the_end_of_the_sandbox(tmp_path):
    """A judge that is killed leaves no process behind."""
    need_bubblewrap()
    code = (
        "import sys, time\n"
        "from grader.sandbox.bubblewrap import Bubblewrap\n"
        "from grader.sandbox.process import Limits\n"
        "box = Bubblewrap([], full=False)\n"
        "process = box.start(Limits())\n"
        "print(box._process.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    judge = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert judge.stdout is not None
    sandbox = int(judge.stdout.readline())
    family = {sandbox, *descendants(sandbox)}
    assert len(family) >= 3
    judge.kill()
    judge.wait()
    deadline = time.monotonic() + 10
    while any(is_running(pid) for pid in family) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in family if is_running(pid)] == []


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
