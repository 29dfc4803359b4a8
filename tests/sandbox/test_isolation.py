"""What a child of the sandbox can see and do, asked of one that runs."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sandbox import calling
from sandbox import looking_around as look
from support import ROOT, need_bubblewrap

from grader.limits import Limits
from grader.results import Status
from grader.sandbox.bubblewrap import HUGE_PAGES, Bubblewrap
from grader.sandbox.mounts import within
from grader.sandbox.session import Packed, Session, StudentFault
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
        self.packed = Packed()
        self.session = self.new()

    def new(self) -> Session:
        """Return a session with a child of its own."""
        return Session(self.box, Source("work", "work.py", b""), LIMITS, 0, self.packed)

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
    asking.packed = ask.packed
    asking.session = asking.new()
    yield asking
    asking.session.close()


# Processes


def test_a_child_is_alone(ask):
    """A child is process 1 and sees no other."""
    own, seen = ask(look.process_ids)
    assert own == 1
    assert seen in ([1], [])


def test_a_child_reaches_no_process_with_signals(another, box):
    """Signals to everyone find nobody, and the sandbox goes on."""
    assert another(look.kill_everyone) == ([], 0)
    assert box._process.poll() is None


def test_a_child_has_no_capabilities(ask):
    """All capability sets are empty and no program can win any."""
    found = ask(look.capabilities)
    for name in ("CapInh", "CapPrm", "CapEff", "CapAmb", "CapBnd"):
        assert int(found[name], 16) == 0, name
    assert found["NoNewPrivs"] == "1"


def test_a_child_is_nobody_else(ask):
    """A child of root is not root, in no sense of the word; a child of a user is that user."""
    found = ask(look.capabilities)
    for name in ("Uid", "Gid"):
        numbers = set(map(int, found[name].split()))
        assert len(numbers) == 1
        if os.getuid() == 0:
            assert min(numbers) > 60000
        else:
            assert numbers == {os.getuid() if name == "Uid" else os.getgid()}
    if os.getuid() == 0:
        assert found["Groups"].strip() == ""


def test_a_child_cannot_win_power_back(another):
    """New namespaces, mounts and root's identity are refused."""
    found = another(look.regain)
    assert {name: result for name, (result, _) in found.items()} == dict.fromkeys(found, -1)
    assert found["mounting"][1] == errno.EPERM


def test_nothing_outlives_a_child(box, ask):
    """Processes that a child started, in sessions of their own, end with it."""
    asking = Asking(box)
    marker = box._process.pid
    before = descendants(marker)
    asking(look.leave_orphans)
    new = descendants(marker) - before
    # The orphans; the child itself or the next one in waiting may be among them.
    assert len(new) >= 4
    asking.session.close()
    deadline = time.monotonic() + 10
    while len(new & descendants(marker)) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(new & descendants(marker)) <= 1


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


def test_a_child_has_no_network(ask):
    """There is no interface but the loopback, and nobody on it."""
    names, tried = ask(look.network)
    assert names == ["lo"]
    assert 0 not in tried


def test_a_child_reaches_no_abstract_socket(ask):
    """A socket with a name outside the file system, as desktops have, cannot be connected to."""
    with socket.socket(socket.AF_UNIX) as listening:
        name = f"grade-test-{os.getpid()}"
        listening.bind("\0" + name)
        listening.listen()
        assert ask(look.abstract, name=name) != 0


# Files


def test_tmp_is_empty_and_private(box, ask):
    """A child starts with its own folder in an empty /tmp; what it leaves there is gone with it."""
    for _ in range(2):
        asking = Asking(box)
        found, written, folder = asking(look.temporary)
        asking.session.close()
        # The libraries stay in view, if the tests run from an environment below /tmp.
        libraries = {path.parts[2] for path in within("/tmp")}
        assert found == {"/tmp": sorted({"grade", *libraries}), "/dev/shm": [], folder: []}
        assert written
        assert folder.startswith("/tmp/grade/")
    assert not Path("/tmp/left").exists()
    assert not Path("/dev/shm/left").exists()


def test_only_scratch_folders_are_writable(another):
    """Nothing but /tmp can be written to: not /, /usr, the libraries nor /dev."""
    found = another(look.writable)
    assert [folder for folder in found if not folder.startswith("/tmp")] == []
    assert "/tmp" in found


def test_project_home_and_specs_are_out_of_view(ask, box):
    """The project, its specs and solutions, homes and private folders are not there, or are empty."""
    folders = [ROOT / name for name in ("grader", "exercises", "reference", "tests", "student_template", ".git")]
    folders += [Path("/home"), Path("/etc/passwd"), Path("/etc/shadow"), Path("/var"), Path("/run/user")]
    folders += [ROOT / "exercises/ex5/assignment.toml", ROOT / "pyproject.toml"]
    found = ask(look.visible, paths=[str(path) for path in folders])
    assert {path: inside for path, inside in found.items() if inside != []} == {}
    home = Path.home()
    libraries = [Path(prefix) for prefix in (sys.prefix, sys.base_prefix) if Path(prefix).is_relative_to(home)]
    allowed = {".local", *(path.relative_to(home).parts[0] for path in libraries)}
    assert set(ask(look.visible, paths=[str(home)]).get(str(home), [])) <= allowed


def test_of_the_hardware_only_huge_pages_are_told(ask):
    """Below /sys nothing can be read but what glibc needs to use huge pages."""
    assert set(ask(look.files_below, folder="/sys")) <= set(HUGE_PAGES)


def test_no_spec_can_be_found_by_searching(ask):
    """A walk over everything in view finds no spec, no list of mistakes and no judge."""
    found = ask(
        look.search, names=["spec.py", "mistakes.toml", "checks.zh.toml", "solution.py", "marking.py", "secret"]
    )
    assert [path for path in found if "exercises" in path or "reference" in path or "grader" in path] == []
    assert not [path for path in found if path.endswith(("mistakes.toml", "checks.zh.toml", "/secret"))]


# What is inherited


def test_no_descriptor_is_inherited(ask):
    """A child has its channel and the three standard descriptors, and none of the judge's or the warm process's."""
    found, _ = ask(look.inherited)
    # Listing a folder opens one more.
    assert [number for number in found if number < 4] == [0, 1, 2, 3]
    assert len(found) <= 5


@pytest.mark.parametrize("call", [436, 9999], ids=["close_range", "older kernel"])
def test_descriptors_are_closed_however_high(call):
    """Of what a process has open, nothing above the given number is left, at whatever number it is."""
    code = (
        "import os, resource\n"
        "from grader.sandbox.inside import isolation\n"
        f"isolation.CLOSE_RANGE = {call}\n"
        "most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))\n"
        "high = min(most, 100_000) - 1\n"
        "for number in (3, 4, 77, high):\n"
        "    os.dup2(0, number)\n"
        "before = sorted(map(int, os.listdir('/proc/self/fd')))\n"
        "isolation.close_above(3)\n"
        "left = [number for number in (*range(1000), high) if os.path.exists(f'/proc/self/fd/{number}')]\n"
        "print(high in before, high > 1000, left)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True True [0, 1, 2, 3]\n"


def test_standard_input_is_empty(ask):
    """Reading from standard input ends at once."""
    assert ask(look.standard_input) == (b"", "")


def test_the_environment_is_ours_alone(ask):
    """The environment has only what the sandbox sets."""
    _, environment = ask(look.inherited)
    allowed = (
        "PATH HOME LANG PYTHONUTF8 PYTHONHASHSEED OMP_NUM_THREADS MKL_NUM_THREADS OPENBLAS_NUM_THREADS "
        "GLIBC_TUNABLES PYTHONMALLOC MPLBACKEND PWD LC_CTYPE"
    ).split()
    # What torch and its libraries set for themselves as they are imported tells nothing of the judge.
    strange = {name: value for name, value in environment.items() if name not in allowed}
    assert set(strange) <= {"KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK", "TORCHINDUCTOR_CACHE_DIR"}
    assert SECRET not in str(environment)


def test_no_other_memory_can_be_read(ask):
    """There is no memory of another process to open."""
    assert ask(look.memory_of_others) == []


# Limits


def test_limits_are_set_for_good(ask):
    """Every limit of the exercise holds, soft and hard alike."""
    found, own = ask(look.limits)
    assert all(soft == hard for name, (soft, hard) in found.items() if name != "CPU")
    # Between the two, the process is told by a signal why it ends.
    assert found["CPU"][1] == found["CPU"][0] + 5
    soft = {name: value[0] for name, value in found.items()}
    assert soft["CORE"] == 0
    assert soft["FSIZE"] == LIMITS.file_size
    assert soft["NOFILE"] == LIMITS.open_files
    assert soft["NPROC"] == LIMITS.processes
    assert soft["CPU"] > LIMITS.exercise_seconds
    assert soft["AS"] <= own + LIMITS.memory
    assert soft["AS"] > LIMITS.memory


def test_memory_is_limited(another):
    """More memory than the limit is refused, and said to be that."""
    with pytest.raises(StudentFault) as caught:
        another(look.too_much_memory)
    assert caught.value.fault.status is Status.MEMORY


def test_files_are_limited(another):
    """A file larger than the limit is refused."""
    assert another(look.too_large_a_file) == (errno.EFBIG, True)


def test_the_scratch_folder_is_limited(another):
    """All files together are no larger than the limit."""
    number, written = another(look.too_many_files)
    assert number == errno.ENOSPC
    assert written <= 8


def test_processes_are_limited(another):
    """A child that forks without end is stopped at the limit, and the next child starts all the same."""
    number, started = another(look.too_many_processes)
    assert number == errno.EAGAIN
    assert started <= LIMITS.processes
    another.session.close()
    assert Asking(another.box)(look.process_ids)[0] == 1


@pytest.mark.parametrize("name", ["ignore_everything", "wait_for_a_stopped_one", "end_the_first_thread"])
def test_the_time_is_up_whatever_is_done_with_signals(ask, name):
    """Neither ignored signals nor stopped processes keep a child, or anything that it started, alive."""
    asking = Asking(ask.box)
    asking.session.probe_seconds = 1.5
    asking(calling.filters)
    started = time.monotonic()
    with pytest.raises(StudentFault) as caught:
        asking(getattr(calling, name))
    assert caught.value.fault.status in (Status.TIMEOUT, Status.CRASHED)
    asking.session.close()
    # The next child comes of the same warm process.
    assert Asking(ask.box)(calling.filters)
    assert time.monotonic() - started < 1.5 + 10
    deadline = time.monotonic() + 10
    while (left := stopped_ones(ask.box._process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


def stopped_ones(above: int) -> list[int]:
    """Return the processes below another that are stopped."""
    found = []
    for pid in descendants(above):
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "T":
                    found.append(pid)
        except OSError:
            continue
    return found


# Children and the warm process


def test_what_a_child_does_reaches_no_other(box, ask):
    """Builtins, torch and the environment of the next child are as they were."""
    asking = Asking(box)
    assert asking(look.spoil)
    asking.session.close()
    asking = Asking(box)
    assert asking(look.is_spoilt) == (2, False, False)
    asking.session.close()


def test_children_live_side_by_side(box, ask):
    """Several children at once answer each its own session."""
    several = [Asking(box) for _ in range(3)]
    assert [asking(look.process_ids)[0] for asking in several] == [1, 1, 1]
    several[1].session.close()
    assert several[2](look.process_ids)[0] == several[0](look.process_ids)[0] == 1
    for asking in several:
        asking.session.close()


def test_the_end_of_the_judge_is_the_end_of_the_sandbox(tmp_path):
    """A judge that is killed leaves no process behind."""
    need_bubblewrap()
    code = (
        "import sys, time\n"
        "from grader.sandbox.bubblewrap import HUGE_PAGES, Bubblewrap\n"
        "from grader.limits import Limits\n"
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
