"""A session accounts for time and processes, and believes a reply no more than its format allows."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

import cloudpickle
import pytest

from grader.limits import Limits
from grader.results import Status, Text
from grader.sandbox import session as sessions
from grader.sandbox.inside import wire
from grader.sandbox.inside.frame import HEADER, MalformedError
from grader.sandbox.probes import Pack, SpecError
from grader.sandbox.process import Ended, GoneError, SandboxError, TooSlowError
from grader.sandbox.session import Fault, Frame, Packed, Session, StudentFault
from grader.seeding import seed_for
from grader.submission import Source

Script = Callable[[dict[str, Any]], Any]


class Clock:
    """Time that passes only when a process takes it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """A clock in place of the session's."""
    clock = Clock()
    monkeypatch.setattr(sessions, "time", clock)
    return clock


class FakeProcess:
    """A process that answers as a script says: with a value to send, raw bytes, or something to raise."""

    def __init__(self, script: Script, clock: Clock) -> None:
        self.script = script
        self.clock = clock
        self.requests: list[dict[str, Any]] = []
        self.allowed: list[tuple[float, int]] = []
        self.killed = 0
        self.how = Ended()
        self.printed = ""
        self.prepared: dict[str, Any] = {}
        self.preparing: Any = {"number": 0, "status": "ok"}

    def exchange(self, frame: bytes, seconds: float, max_blob: int) -> tuple[bytes, memoryview]:
        """Answer as scripted."""
        tree, _ = HEADER.unpack(frame[: HEADER.size])
        request = wire.decode(frame[HEADER.size : HEADER.size + tree], frame[HEADER.size + tree :])
        if request["do"] == "prepare":
            self.prepared = request
            return self.send(self.preparing)
        self.requests.append(request)
        self.allowed.append((seconds, max_blob))
        answer = self.script(request)
        if isinstance(answer, tuple) and isinstance(answer[0], float):
            self.clock.now += min(answer[0], seconds)
            answer = TooSlowError() if answer[0] > seconds else answer[1]
        return self.send(answer)

    def send(self, answer: Any) -> tuple[bytes, memoryview]:
        """Return tree and blob of an answer, or raise it."""
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, bytes):
            return answer, memoryview(b"")
        reply = wire.encode(answer)
        tree, _ = HEADER.unpack(reply[: HEADER.size])
        return reply[HEADER.size : HEADER.size + tree], memoryview(reply)[HEADER.size + tree :]

    def ended(self) -> Ended:
        """Return what the test set."""
        return self.how

    def kill(self) -> None:
        """Count."""
        self.killed += 1

    def output(self) -> str:
        """Return what the test set."""
        return self.printed


class FakeSandbox:
    """Starts fake processes and keeps them."""

    kind = "bubblewrap"

    def __init__(self, script: Script, clock: Clock) -> None:
        self.script = script
        self.clock = clock
        self.started: list[FakeProcess] = []
        self.released: list[FakeProcess] = []
        self.prepare: Callable[[FakeProcess], None] = lambda process: None

    def start(self, limits: Limits) -> FakeProcess:
        """Start another."""
        process = FakeProcess(self.script, self.clock)
        self.prepare(process)
        self.started.append(process)
        return process

    def release(self, process: FakeProcess) -> None:
        """Keep it."""
        self.released.append(process)

    def close(self) -> None:
        """Do nothing."""


def ok(request: dict[str, Any], value: Any = None, **more: Any) -> dict[str, Any]:
    """Return a good reply."""
    return {"number": request.get("number", 0), "status": "ok", "value": value, "names": [], **more}


def loads_then(answer: Any) -> Script:
    """Return a script that loads well and then answers probes with a value, or what a function makes."""

    def script(request: dict[str, Any]) -> Any:
        if request["do"] == "load":
            return ok(request)
        return answer(request) if callable(answer) else answer

    return script


def body(student):
    """A probe's body."""
    return student.answer


def other(student, x):
    """Another."""
    return student.answer + x


def make(script: Script, clock: Clock, data: bytes | None = b"answer = 42\n", **limits: Any) -> Session:
    """Return a session over fake processes; its sandbox is `session._sandbox`."""
    source = Source(
        "ex", "ex.py", data, Text() if data is not None else Text("ex.py is not in the submission"), {"h.py": b"#"}
    )
    return Session(FakeSandbox(script, clock), source, Limits(**limits), 7, Packed())


def fault_of(session: Session, **options: Any) -> Fault:
    """Run a probe that fails and return why."""
    with pytest.raises(StudentFault) as caught:
        session.run(body, {}, **options)
    return caught.value.fault


# What is sent


def test_a_probe_is_loaded_once_and_numbered(clock):
    """The module is loaded once, with its helpers; every probe has the next number and a seed of its own."""
    session = make(loads_then(lambda request: ok(request, [request["number"]])), clock)
    assert session.run(body, {}) == [1]
    assert session.run(other, {"x": 5}) == [2]
    (process,) = session._sandbox.started
    load, first, second = process.requests
    assert load["files"] == {"h.py": b"#", "ex.py": b"answer = 42\n"}
    assert (load["module"], load["do"], load["cells"]) == ("ex", "load", False)
    assert process.prepared["watch"] is False
    assert load["seed"] == seed_for(7, "ex", "import")
    assert (first["seed"], second["seed"]) == (seed_for(7, "ex", "body"), seed_for(7, "ex", "other"))
    assert cloudpickle.loads(second["values"]) == {"x": 5}
    assert (first["name"], second["name"]) == ("body", "other")
    assert set(cloudpickle.loads(process.prepared["probes"])) >= {"body"}


def test_a_spec_is_packed_once_for_all_submissions(clock, monkeypatch):
    """A spec's bytes are made once and used for every session that shares them."""
    packed = []
    monkeypatch.setattr(
        sessions,
        "pack",
        lambda body, beside: packed.append(body) or Pack(probes=b"packed", faults={}, modules={"beside": b"code"}),
    )
    shared: dict[str, Pack] = {}
    for _ in range(3):
        session = make(loads_then(ok), clock)
        session._packed = Packed(shared)
        session.run(body, {})
        session.run(body, {})
        (process,) = session._sandbox.started
        assert process.prepared["probes"] == b"packed"
        assert process.prepared["modules"] == {"beside": b"code"}
    assert packed == [body]


def test_a_plain_process_is_watched(clock):
    """Where processes are used again, preparing asks for the footprint."""
    session = make(loads_then(ok), clock)
    session._sandbox.kind = "none"
    session.run(body, {})
    assert session._sandbox.started[0].prepared["watch"] is True


def test_limits_are_passed_on(clock):
    """A probe has its seconds, and replies their limit in bytes."""
    session = make(loads_then(ok), clock, probe_seconds=3.0, exercise_seconds=50.0, reply=1234)
    session.run(body, {})
    (process,) = session._sandbox.started
    assert process.allowed == [(3.0, 1234), (3.0, 1234)]
    assert process.requests[0]["max_blob"] == 1234


# What comes back


def test_names_used_are_kept(clock):
    """The names that a probe asked for are known afterwards; anything else in their place is not believed."""
    session = make(loads_then(lambda request: ok(request, names=["answer", 5, "b" * 500])), clock)
    session.run(body, {})
    assert session.names_used == {"body": ("answer", "b" * 200)}
    session = make(loads_then(lambda request: ok(request, names={"answer": 1})), clock)
    session.run(body, {})
    assert session.names_used == {"body": ()}


@pytest.mark.parametrize("status", ["error", "missing", "not_attempted", "memory", "crashed"])
def test_a_fault_is_told(clock, status):
    """Status, type, message, frames and names of a reply are in the fault."""
    reply = {
        "status": status, "type": "ValueError", "message": "no", "frames": [[3, "f"], [5, "g"]],
        "names": ["a"], "defined": ["b", "c"],
    }  # fmt: skip
    session = make(loads_then(lambda request: reply | {"number": request["number"]}), clock)
    fault = fault_of(session)
    assert fault == Fault(Status(status), "ValueError", "no", (Frame(3, "f"), Frame(5, "g")), ("a",), ("b", "c"))
    assert session._sandbox.started[0].killed == 0


def test_a_fault_of_strange_parts_is_cut_to_size(clock):
    """Parts of a reply that are too long or of the wrong type are cut or left out."""
    reply = {
        "status": "error", "type": "T" * 9999, "message": "m" * 99999,
        "frames": [[1, "ok"], [2], "x", [True, "bool"], [3, 4], [-5, "low"], [10**30, "high"], [4, "f" * 999]],
        "names": "name", "defined": [["b"], None, "c" * 999, *["d"] * 999],
    }  # fmt: skip
    fault = fault_of(make(loads_then(lambda request: reply | {"number": request["number"]}), clock))
    assert (len(fault.kind), len(fault.message)) == (200, 2000)
    assert fault.frames == (Frame(1, "ok"), Frame(0, "low"), Frame(10**6, "high"), Frame(4, "f" * 200))
    assert fault.names == ()
    assert fault.defined[0] == "c" * 200
    assert len(fault.defined) <= 200
    reply = {"status": "error", "type": 5, "message": ["m"], "frames": {"a": 1}}
    fault = fault_of(make(loads_then(lambda request: reply | {"number": request["number"]}), clock))
    assert fault == Fault(Status.ERROR)


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: ok(request) | {"number": request["number"] + 1},
        lambda request: ok(request) | {"number": request["number"] - 1},
        lambda request: {"status": "ok", "value": 1},
        lambda request: [request["number"], "ok"],
        lambda request: None,
        lambda request: ok(request) | {"status": "passed"},
        lambda request: ok(request) | {"status": "grader_error"},
        lambda request: ok(request) | {"status": "not_run"},
        lambda request: ok(request) | {"status": ["error"]},
        lambda request: ok(request) | {"status": None},
        lambda request: b"\xc1 not a message",
        lambda request: MalformedError("more bytes than one reply"),
    ],
    ids="next last unnumbered list none passed grader_error not_run list_status no_status garbage overlong".split(),
)
def test_a_process_that_answers_nonsense_is_ended(clock, answer):
    """A reply to another request, an unknown status or bytes without sense crash the probe and end the process."""
    session = make(loads_then(answer), clock)
    fault = fault_of(session)
    assert (fault.status, fault.kind) == (Status.CRASHED, "BadReply")
    assert session._sandbox.started[0].killed == 1
    assert fault_of(session).status is Status.CRASHED
    assert len(session._sandbox.started) == 2
    assert {sign.en for sign in session.signs} == {"The process wrote to the grader's own channel what is no reply."}


@pytest.mark.parametrize("answer", [GoneError(), (99.0, None), {"number": 1, "status": "error"}])
def test_ordinary_faults_are_no_signs(clock, answer):
    """A process that ends, takes too long or raises has tried nothing."""
    session = make(loads_then(lambda request: answer), clock)
    fault_of(session)
    assert session.signs == []


@pytest.mark.parametrize(
    ("how", "status", "kind", "words"),
    [
        (Ended(signal=signal.SIGSEGV), Status.CRASHED, "SIGSEGV", "killed by signal SIGSEGV"),
        (Ended(signal=signal.SIGKILL), Status.CRASHED, "SIGKILL", "killed by signal SIGKILL"),
        (Ended(signal=63), Status.CRASHED, "63", "signal 63"),
        (Ended(signal=signal.SIGXCPU), Status.TIMEOUT, "TimeLimit", "more CPU time"),
        (Ended(code=3), Status.CRASHED, "Exit", "exit status 3"),
        (Ended(code=0), Status.CRASHED, "Exit", "exit status 0"),
        (Ended(), Status.CRASHED, "Silence", "closed the connection"),
    ],
    ids="segv kill odd cpu exit exit0 silent".split(),
)
def test_a_process_that_is_gone_says_how(clock, how, status, kind, words):
    """A process that ended is a crash with its signal or exit status; the next probe has a new process."""
    session = make(loads_then(GoneError()), clock)
    session._sandbox.prepare = lambda process: setattr(process, "how", how)
    fault = fault_of(session)
    assert (fault.status, fault.kind) == (status, kind)
    assert words in fault.message
    assert session._sandbox.started[0].killed == 1
    session._sandbox.script = loads_then(lambda request: ok(request, "again"))
    assert session.run(body, {}) == "again"
    assert len(session._sandbox.started) == 2


def test_a_sandbox_that_fails_is_not_the_students_fault(clock):
    """What the sandbox raises passes through."""
    session = make(loads_then(ok), clock)

    def refuse(process: FakeProcess) -> None:
        raise SandboxError("no more processes")

    session._sandbox.prepare = refuse
    with pytest.raises(SandboxError):
        session.run(body, {})


# Time


def test_a_probe_that_is_too_slow_is_ended(clock):
    """A probe over its own limit is a time-out; its process is ended and the next probe has another."""
    slow = iter([30.0, 0.0])
    session = make(loads_then(lambda request: (next(slow), ok(request, "ok"))), clock, probe_seconds=2.0)
    fault = fault_of(session)
    assert fault.status is Status.TIMEOUT
    assert fault.message == "The code was still running after 2 s."
    assert session._sandbox.started[0].killed == 1
    assert session.run(body, {}) == "ok"
    assert len(session._sandbox.started) == 2


def test_the_rest_ends_at_once_when_the_exercise_has_no_time_left(clock):
    """Once the exercise's time is used up, probes end as time-outs without another process."""
    limits = {"probe_seconds": 2.0, "exercise_seconds": 5.0}
    session = make(loads_then(lambda request: (30.0, ok(request))), clock, **limits)
    messages = [fault_of(session).message for _ in range(5)]
    assert messages[:2] == ["The code was still running after 2 s."] * 2
    assert messages[2:] == ["The exercise as a whole took longer than 5 s."] * 3
    assert len(session._sandbox.started) == 3
    assert clock.now == 1005.0
    assert [process.allowed[1][0] for process in session._sandbox.started] == [2.0, 2.0, 1.0]


def test_a_probe_with_more_time_may_take_it(clock):
    """A probe that is allowed more than the others may take longer than the exercise as a whole."""
    limits = {"probe_seconds": 2.0, "exercise_seconds": 4.0}
    session = make(loads_then(lambda request: (7.5, ok(request, "ok"))), clock, **limits)
    session.probe_seconds = 8.0
    assert session.run(body, {}) == "ok"
    assert session._sandbox.started[0].allowed[1][0] == 8.0


def test_what_a_probe_is_allowed_more_is_not_taken_from_the_others(clock):
    """What one probe is allowed on top does not count against the exercise's time."""
    seconds = iter([7.5, 1.0])
    limits = {"probe_seconds": 2.0, "exercise_seconds": 4.0}
    session = make(loads_then(lambda request: (next(seconds), ok(request, "ok"))), clock, **limits)
    session.probe_seconds = 8.0
    assert session.run(body, {}) == "ok"
    session.probe_seconds = 2.0
    assert session.run(body, {}) == "ok"


def test_a_load_that_is_too_slow_is_paid_once(clock):
    """An endless loop at the top of the file costs one time limit, not one for each probe."""
    session = make(lambda request: (30.0, ok(request)), clock, probe_seconds=2.0)
    first = fault_of(session)
    assert (first.status, first.at_import) == (Status.TIMEOUT, True)
    assert first.message == "Importing the file was still running after 2 s."
    assert [fault_of(session) for _ in range(4)] == [first] * 4
    assert len(session._sandbox.started) == 1
    assert clock.now == 1002.0


# Loading


@pytest.mark.parametrize("how", ["error", "gone"])
def test_a_load_fault_is_remembered(clock, how):
    """A file that cannot be imported is imported once; every probe has that fault."""

    def script(request: dict[str, Any]) -> Any:
        if how == "gone":
            return GoneError()
        return {"number": 0, "status": "error", "type": "SyntaxError", "message": "bad", "frames": [[2, ""]]}

    session = make(script, clock)
    first = fault_of(session)
    assert first.at_import
    assert first.status is (Status.CRASHED if how == "gone" else Status.ERROR)
    assert fault_of(session) == fault_of(session, fresh=True) == first
    assert len(session._sandbox.started) == 1
    assert len(session._sandbox.started[0].requests) == 1


def test_a_missing_file_never_starts_a_process(clock):
    """A submission without the file has that fault at once."""
    session = make(loads_then(ok), clock, data=None)
    fault = fault_of(session)
    assert (fault.status, fault.kind) == (Status.MISSING, "MissingFile")
    assert fault.message == "ex.py is not in the submission"
    assert session._sandbox.started == []
    assert session.close() == ""


# Processes


def test_a_fresh_probe_has_a_process_of_its_own(clock):
    """fresh=True gives a new process; the probes before and after it share another."""
    session = make(loads_then(ok), clock)
    session.run(body, {})
    session.run(body, {}, fresh=True)
    session.run(body, {}, fresh=True)
    session.run(body, {})
    session.run(body, {})
    counts = [len(process.requests) for process in session._sandbox.started]
    assert counts == [4, 2, 2]
    given_back = session._sandbox.released
    assert [process in given_back for process in session._sandbox.started] == [False, True, True]
    session.close()
    assert given_back[-1] is session._sandbox.started[0]


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ({"number": 0, "status": "error", "type": "ImportError", "message": "no such thing"}, SpecError),
        (GoneError(), SandboxError),
        (TooSlowError(), SandboxError),
    ],
)
def test_what_fails_before_student_code_is_ours(clock, answer, raised):
    """A process that cannot be prepared is a fault of the spec or the sandbox, never the student's."""
    session = make(loads_then(ok), clock)
    session._sandbox.prepare = lambda process: setattr(process, "preparing", answer)
    with pytest.raises(raised):
        session.run(body, {})
    session.close()


def test_closing_gives_the_process_back(clock):
    """A process still there is released, not killed; the output of all processes comes in their order."""
    session = make(loads_then(ok), clock)
    names = iter("abc")
    session._sandbox.prepare = lambda process: setattr(process, "printed", next(names))
    session.run(body, {}, fresh=True)
    session.run(body, {})
    assert session.close() == "ab"
    assert session._sandbox.released[-1] is session._sandbox.started[1]
    assert session._sandbox.started[1].killed == 0


def test_output_is_capped(clock):
    """No more than the last 64 KiB of what was printed are kept."""
    session = make(loads_then(ok), clock)
    session._sandbox.prepare = lambda process: setattr(process, "printed", "x" * 2**16 + "end")
    session.run(body, {}, fresh=True)
    session.run(body, {})
    text = session.close()
    assert len(text) == 2**16
    assert text.endswith("end")


# Faults of a spec


def unfinished(student):
    """A probe that uses a name which its spec does not define."""
    return nowhere_defined  # noqa: F821


def test_a_probe_with_undefined_names_is_a_fault_of_the_spec(clock):
    """Such a probe is never sent."""
    session = make(loads_then(ok), clock)
    with pytest.raises(SpecError, match="nowhere_defined"):
        session.run(unfinished, {})
    assert session._sandbox.started == []
