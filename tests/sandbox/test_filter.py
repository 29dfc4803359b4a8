"""Which system calls a child is refused, by what the filter says and by what happens; what is left works."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox import calling
from sandbox.test_isolation import Asking
from support import ROOT, need_bubblewrap

from grader.commands import examination
from grader.results import Status
from grader.sandbox import filter as filters
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.filter import ACT_ALLOW, ACT_ERRNO, ACT_KILL_PROCESS, NAMESPACES, REFUSED, compile_filter
from grader.sandbox.session import StudentFault

# The architectures' names in libseccomp and numbers in the kernel.
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
I386 = 0x40000003
X32_BIT = 0x40000000
LAST_CALL = 470
CONDITIONAL = "clone clone3 socket socketpair setsockopt ioctl personality".split()
EPERM, ENOSYS, EAFNOSUPPORT = (ACT_ERRNO | number for number in (errno.EPERM, errno.ENOSYS, errno.EAFNOSUPPORT))


def need_libseccomp() -> None:
    """Fail with one clear line where there is no libseccomp: a skipped test would hide that nothing was tested."""
    reason = filters.why_no_filter()
    if reason is not None:
        pytest.fail(f"these tests need a system-call filter: {reason.en}", pytrace=False)


def number_of(name: str, machine: str | None = None) -> int:
    """Return the number of a system call, negative if there is none of the name."""
    library = ctypes.CDLL(filters.LIBRARY)
    if machine is None:
        return library.seccomp_syscall_resolve_name(name.encode())
    return library.seccomp_syscall_resolve_name_arch(ctypes.c_uint32(MACHINES[machine]), name.encode())


def run(program: bytes, machine: int, number: int, *arguments: int) -> int:
    """Return what a filter says of a call: the few instructions of BPF that libseccomp uses, carried out."""
    given = struct.pack("<IIQ6Q", number & 0xFFFFFFFF, machine, 0, *(*arguments, *[0] * (6 - len(arguments))))
    steps = list(struct.iter_unpack("<HBBI", program))
    at = register = 0
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == 0x20:
            register = struct.unpack_from("<I", given, value)[0]
        elif code == 0x54:
            register &= value
        elif code == 0x05:
            at += value
        elif code == 0x06:
            return value
        else:
            holds = {0x15: register == value, 0x25: register > value, 0x35: register >= value}[code]
            at += yes if holds else no


@pytest.fixture(scope="module", params=MACHINES)
def compiled(request) -> tuple[str, int, bytes]:
    """The filter for one architecture: its name, its number and the program."""
    need_libseccomp()
    return request.param, MACHINES[request.param], compile_filter(request.param)


@pytest.fixture(scope="module")
def ask() -> Iterator[Asking]:
    """Runs probes in one child."""
    need_bubblewrap()
    need_libseccomp()
    box = Bubblewrap([ROOT], full=False)
    try:
        asking = Asking(box)
        yield asking
        asking.session.close()
    finally:
        box.close()


@pytest.fixture
def another(ask) -> Iterator[Asking]:
    """Runs a probe in a child of the test's own."""
    asking = Asking(ask.box)
    yield asking
    asking.session.close()


# What the filter says


def test_what_is_on_the_list_is_refused_and_nothing_else(compiled):
    """Of all calls there are, the filter refuses those of the list, and allows the others."""
    name, machine, program = compiled
    refused = {number_of(call, name) for call in REFUSED}
    conditional = {number_of(call, name) for call in CONDITIONAL}
    found = {number: run(program, machine, number) for number in range(LAST_CALL) if number not in conditional}
    assert {number for number, verdict in found.items() if verdict == EPERM} == {n for n in refused if n >= 0}
    assert set(found.values()) == {EPERM, ACT_ALLOW}


@pytest.mark.parametrize(
    ("name", "x86_64", "aarch64"),
    [("ptrace", 101, 117), ("mount", 165, 40), ("bpf", 321, 280), ("unshare", 272, 97), ("io_uring_setup", 425, 425)],
)
def test_numbers_are_those_of_the_architecture(name, x86_64, aarch64):
    """The number that stands for a call differs between architectures, and the filter with it."""
    need_libseccomp()
    for machine, number in (("x86_64", x86_64), ("aarch64", aarch64)):
        assert run(compile_filter(machine), MACHINES[machine], number) == EPERM


def test_each_name_on_the_list_is_known():
    """No call is misspelt: libseccomp knows each, but for those newer than itself."""
    need_libseccomp()
    assert {name for name in REFUSED if number_of(name) == filters.UNKNOWN_CALL} <= {"open_tree_attr"}
    assert len(set(REFUSED)) == len(REFUSED)


def test_calls_of_another_architecture_end_the_process(compiled):
    """A call with the numbers of 32 bits, of x32 or of another machine is the process's last."""
    name, machine, program = compiled
    foreign = {*MACHINES.values(), I386, 0x40000028} - {machine}
    for number in (0, 1, 39, 101, 231):
        assert {run(program, other, number) for other in foreign} == {ACT_KILL_PROCESS}
        if name == "x86_64":
            assert run(program, machine, X32_BIT | number) == ACT_KILL_PROCESS


def test_conditions(compiled):
    """Calls of which only some forms are refused are so by their arguments, garbage in upper halves or not."""
    name, machine, program = compiled

    def verdict(call: str, *arguments: int) -> int:
        return run(program, machine, number_of(call, name), *arguments)

    assert verdict("clone", 17) == verdict("clone", 0x003D0F00) == ACT_ALLOW
    for flag in NAMESPACES:
        assert verdict("clone", flag) == verdict("clone", flag | 0x003D0F00) == verdict("clone", flag | 17) == EPERM
    assert verdict("clone3", 0, 88) == ENOSYS
    assert verdict("socket", 1, 2) == verdict("socketpair", 1, 1) == ACT_ALLOW
    for family in (0, 2, 10, 16, 17, 38, 40, 2**32 + 1):
        assert verdict("socket", family) == verdict("socketpair", family) == EAFNOSUPPORT
    assert verdict("setsockopt", 5, 1, 20) == verdict("setsockopt", 5, 6, 7) == ACT_ALLOW
    assert verdict("setsockopt", 5, 1, 7) == verdict("setsockopt", 5, 2**32 + 1, 2**32 + 8) == EPERM
    assert verdict("ioctl", 0, 0x5401) == verdict("ioctl", 0x5412, 0x5413) == ACT_ALLOW
    for request in (0x5412, 0x541C, 0x7_0000_5412):
        assert verdict("ioctl", 0, request) == EPERM
    assert verdict("personality", 0xFFFFFFFF) == ACT_ALLOW
    assert verdict("personality", 0x0040000) == verdict("personality", 0) == EPERM


def test_the_program_is_short(compiled):
    """The kernel checks and translates the program for every child: it has few instructions."""
    assert len(compiled[2]) < 8 * 250


# What happens inside


def test_the_filter_is_in_force(ask):
    """The kernel says of a child that it has one filter."""
    found = ask(calling.filters)
    assert found["Seccomp"] == "2"
    # A container may have put another around everything.
    assert int(found.get("Seccomp_filters", "1")) >= 1


def test_each_call_is_refused(ask):
    """Every call of the list, made inside, is not permitted; a call beside it is."""
    numbers = {name: number_of(name) for name in [*REFUSED, "getpid"]}
    found = ask(calling.calls, numbers={name: number for name, number in numbers.items() if number >= 0}, arguments={})
    assert found.pop("getpid") == 0
    assert set(found) >= set("ptrace process_vm_readv mount unshare bpf keyctl shmget memfd_create seccomp".split())
    assert {name: number for name, number in found.items() if number != errno.EPERM} == {}


def test_calls_that_succeed_without_the_filter_are_refused(ask):
    """With arguments with which any user may make them, calls are refused all the same."""
    arguments = {
        "unshare": [0, 0],
        "shmget": [0, 4096, 0o1600],
        "semget": [0, 1, 0o1600],
        "process_vm_readv": [1, 0, 0, 0, 0, 0],
        "personality": [0x0040000],
        "clone3": [0, 0],
        "ioctl": [0, 0x700005412],
    }
    found = ask(calling.calls, numbers={name: number_of(name) for name in arguments}, arguments=arguments)
    assert found == dict.fromkeys(arguments, errno.EPERM) | {"clone3": errno.ENOSYS}


def test_no_namespace_comes_with_a_process(ask):
    """A process in a new namespace is refused, and one in none is not."""
    found = ask(calling.clones, number=number_of("clone"), flags=[*NAMESPACES, 0])
    assert found == [errno.EPERM] * len(NAMESPACES) + [0]


def test_sockets_are_local_alone(ask):
    """Of all kinds of sockets, those of the file system alone can be had."""
    found = ask(calling.sockets, families=[2, 10, 16, 17, 38, 40, 1])
    assert found == [errno.EAFNOSUPPORT] * 6 + [0]


def test_buffers_of_sockets_stay_as_they_are(ask):
    """A socket cannot be given more of the kernel's memory than it has unasked, and other options can be set."""
    errors, before, after = ask(calling.buffers)
    assert errors == [errno.EPERM, errno.EPERM, 0]
    assert after == before


def test_what_is_not_of_this_architecture_is_the_end(another):
    """A call with the numbers of another architecture ends the process."""
    if platform.machine() != "x86_64":
        pytest.skip("the calls of 32 bits are those of x86_64")
    # mov eax, 20 (getpid); int 0x80; ret
    with pytest.raises(StudentFault) as caught:
        another(calling.code_of_another_machine, code=b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
    assert (caught.value.fault.status, caught.value.fault.kind) == (Status.CRASHED, "SIGSYS")
    with pytest.raises(StudentFault) as caught:
        Asking(another.box)(calling.calls, numbers={"x32": X32_BIT | 39}, arguments={})
    assert (caught.value.fault.status, caught.value.fault.kind) == (Status.CRASHED, "SIGSYS")


# What is left works


def test_threads_work(ask):
    """Threads can be had, one by one and in a pool."""
    assert ask(calling.threads) == ([n * n for n in range(8)], [0, 2, 4, 6])


def test_processes_work(ask):
    """So can processes, with queues, pipes and shared memory between them."""
    assert ask(calling.processes) == ([0, 2, 4], b"done", [0, 7, 0, 0])


def test_programs_work(ask):
    """Programs can be started, and one that is missing is the usual error."""
    assert ask(calling.programs) == ("2\n", 3, "three\n", "FileNotFoundError")


def test_files_work(ask):
    """Files can be written, read, mapped, linked and renamed."""
    assert ask(calling.files) == (6, 3.0, ["a.npy", "c.pt", "d.pt"])


def test_training_works(another):
    """A network learns from a data loader with processes of its own."""
    learnt, shape = another(calling.training)
    assert learnt
    assert tuple(shape) == (200, 200)


def test_waiting_works(another):
    """Event loops, timers, pairs of sockets and clocks are as ever."""
    assert another(calling.waiting) == ([1, 4], [1], b"x", True, True)


def test_asking_the_network_ends_with_the_usual_errors(ask):
    """Code that looks for another machine gets the errors that it is prepared for."""
    assert ask(calling.asking_the_network) == ["gaierror", "URLError"]


# Without a filter


def test_without_libseccomp_the_sandbox_works(monkeypatch):
    """Where the library is missing, there is no filter, and everything else is as before."""
    need_bubblewrap()
    monkeypatch.setattr(filters, "LIBRARY", "libseccomp-is-not-here.so.2")
    box = Bubblewrap([ROOT], full=False)
    try:
        own = Asking(box)
        outside = Path("/proc/self/status").read_text().partition("Seccomp:")[2].split()[0]
        assert own(calling.filters)["Seccomp"] == outside
        own.session.close()
    finally:
        box.close()


def sandbox_lines() -> list[tuple[str, bool | None]]:
    """Return what the doctor says of the sandbox."""
    return [(finding.told.en, finding.works) for finding in examination._sandbox(torch_is_broken=True)]


def test_the_doctor_tells_of_the_filter(monkeypatch):
    """The doctor says that system calls are filtered, or why they are not, which is no failure."""
    need_bubblewrap()
    need_libseccomp()
    assert ("system calls that no exercise needs are refused", True) in sandbox_lines()
    monkeypatch.setattr(filters, "LIBRARY", "libseccomp-is-not-here.so.2")
    told, works = sandbox_lines()[-1]
    assert works is None
    assert told.startswith("no system call is refused: libseccomp-is-not-here.so.2 is not installed (Debian")


def test_a_kernel_without_filters(monkeypatch):
    """A kernel that knows no filters is said to be one."""

    class Old:
        """A kernel's answer to one who asks for a filter."""

        def prctl(self, *_: object) -> int:
            """Refuse the arguments."""
            ctypes.set_errno(errno.EINVAL)
            return -1

    monkeypatch.setattr(filters.ctypes, "CDLL", lambda *_, **__: Old())
    reason = filters.why_no_filter()
    assert reason is not None
    assert reason.en == "this kernel has no system-call filters"
