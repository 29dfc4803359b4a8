"""Cells run one by one, each in its share of the time; what one of them does to its process costs that cell alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from grader.limits import Limits
from grader.results import Status
from grader.sandbox import cells as cell_runs
from grader.sandbox import session as sessions
from grader.sandbox.cells import MAX_STOPS, CellRun, Stops
from grader.sandbox.faults import CellFault, Fault, Frame, StudentFault
from grader.sandbox.inside import wire
from grader.sandbox.inside.frame import HEADER, MalformedError
from grader.sandbox.process import Ended, GoneError, TooSlowError
from grader.sandbox.session import NOTEBOOK, Packed, Session
from grader.submission import Source, SourceCell

# What a cell's text makes a fake process do.
SLOW, GONE, NONSENSE, BROKEN, LATE = "slow", "gone", "nonsense", "broken", "late"


def source_of(*texts: str, ranks: tuple[int, ...] = ()) -> Source:
    """Return a source with a cell for each text."""
    lines, cells = ["# coding: utf-8"], []
    for place, text in enumerate(texts):
        count = text.count("\n") + 1
        rank = ranks[place] if ranks else 1
        cells.append(SourceCell(place + 1, "hw.ipynb", len(lines) + 1, count, rank=rank))
        lines += text.split("\n")
    return Source("ex", "hw.ipynb", "\n".join(lines).encode(), cells=tuple(cells))


class Clock:
    """Time that passes only when a process takes it."""

    def __init__(self) -> None:
        self.now = 50.0

    def monotonic(self) -> float:
        """Return the time."""
        return self.now


class FakeProcess:
    """A process that answers cells by their first word: ``slow``, ``gone``, ``nonsense``, ``broken`` or ``late 3``."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.ran: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self.allowed: list[float] = []
        self.reply: Callable[[dict[str, Any]], dict[str, Any]] = lambda request: {}

    def exchange(self, frame: bytes, seconds: float, max_blob: int) -> tuple[bytes, memoryview]:
        """Answer as the cell's text says."""
        tree, _ = HEADER.unpack(frame[: HEADER.size])
        request = wire.decode(frame[HEADER.size : HEADER.size + tree], frame[HEADER.size + tree :])
        self.requests.append(request)
        self.allowed.append(seconds)
        words = request.get("text", "").split() or [""]
        self.ran.append(words[0])
        reply: dict[str, Any] = {"number": request.get("number", 0), "status": "ok"} | self.reply(request)
        if words[0] == LATE:
            self.clock.now += float(words[1])
            if float(words[1]) > seconds:
                raise TooSlowError
        elif words[0] == SLOW:
            self.clock.now += seconds
            raise TooSlowError
        elif words[0] == GONE:
            raise GoneError
        elif words[0] == NONSENSE:
            raise MalformedError("nonsense")
        elif words[0] == BROKEN:
            reply |= {"status": "error", "type": "ValueError", "message": "no", "frames": [[request["first"], ""]]}
        data = wire.encode(reply)
        return data[HEADER.size :], memoryview(b"")

    def ended(self) -> Ended:
        """Return an exit status."""
        return Ended(code=3)

    def kill(self) -> None:
        """Do nothing."""

    def output(self) -> str:
        """Return which cells ran."""
        return " ".join(self.ran) + ";"


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """A clock in place of the real one."""
    clock = Clock()
    monkeypatch.setattr(cell_runs, "time", clock)
    monkeypatch.setattr(sessions, "time", clock)
    return clock


LIMITS = Limits(probe_seconds=10, exercise_seconds=20)


def run(source: Source, clock: Clock, stops: Stops | None = None) -> tuple[CellRun, list[FakeProcess]]:
    """Run a source's cells in as many processes as it takes."""
    made = CellRun(source, LIMITS, stops or Stops())
    processes = [FakeProcess(clock)]
    while not made.run(processes[-1]):
        processes.append(FakeProcess(clock))
    return made, processes


def ends(made: CellRun) -> dict[int, str]:
    """Return how the cells ended that did not simply run, by their numbers."""
    return {found.cell.number: found.fault.kind for found in made.faults()}


# One by one


def test_cells_are_sent_one_by_one(clock):
    """Each cell comes with its place, its text, its first line and its rank."""
    _, (process,) = run(source_of("a = 1\nb = 2", "c", ranks=(2, 0)), clock)
    assert process.requests == [
        {"do": "cell", "number": 1, "text": "a = 1\nb = 2", "first": 2, "rank": 2},
        {"do": "cell", "number": 2, "text": "c", "first": 4, "rank": 0},
    ]


def test_a_cell_that_raises_does_not_stop_the_rest(clock):
    """Cells below one that failed run in the same process, and the fault is kept."""
    made, (process,) = run(source_of("a", "broken", "c", "broken"), clock)
    assert process.ran == ["a", "broken", "c", "broken"]
    cell = made.source.cells[1]
    assert made.faults()[0] == CellFault(cell, Fault(Status.ERROR, "ValueError", "no", (Frame(cell.first, ""),)))
    assert ends(made) == {2: "ValueError", 4: "ValueError"}


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [(SLOW, "TimeLimit", Status.TIMEOUT), (GONE, "Exit", Status.CRASHED), (NONSENSE, "BadReply", Status.CRASHED)],
)
def test_a_cell_that_ends_its_process_is_left_out(clock, text, kind, status):
    """Cells above it run again in a fresh process, then those below; it runs once."""
    made, (first, second) = run(source_of("a", text, "c"), clock)
    assert (first.ran, second.ran) == (["a", text], ["a", "c"])
    (found,) = made.faults()
    assert (found.cell.number, found.fault.kind, found.fault.status) == (2, kind, status)


@pytest.mark.parametrize("reply", [{"number": 7}, {"status": "passed"}, {"status": 5}, {"status": None}])
def test_a_reply_that_is_none_ends_the_process(clock, reply):
    """A forged reply to another request, or without a known status, is a cell that ended its process."""
    made = CellRun(source_of("a", "b"), LIMITS, Stops())
    process = FakeProcess(clock)
    process.reply = lambda request: reply if request["number"] == 2 else {}
    assert made.run(process) is False
    assert ends(made) == {2: "BadReply"}


def test_lines_are_believed_only_where_the_cell_is(clock):
    """What a process says of skipped lines and missing modules counts for lines of that cell alone."""
    made = CellRun(source_of("a\nb", "c"), LIMITS, Stops())
    process = FakeProcess(clock)
    process.reply = lambda request: {
        "skipped": [1, 2, 3, 4, 5, True, "2", None, 10**30],
        "lacking": [[2, "no"], [5, "x"], [3, 5], [3], "x", [3, "m" * 9999]],
    }
    assert made.run(process) is True
    assert made.skipped == {0: (2, 3), 1: (4,)}
    assert made.lacking == {0: ((2, "no"), (3, "m" * 300)), 1: ()}
    process.reply = lambda request: {"skipped": "x", "lacking": {"a": 1}}
    assert made.run(process) is True
    assert made.skipped == {0: (), 1: ()}


# Time


def test_shares_of_the_time(clock):
    """A cell may take what a probe may, as long as half of the time that is left is more."""
    made, processes = run(source_of(SLOW, "a", SLOW, "b", SLOW, "c"), clock)
    assert [process.allowed[-1] for process in processes[:3]] == [10, 5, 2.5]
    assert processes[-1].ran == ["a", "b", "c"]
    assert ends(made) == {1: "TimeLimit", 3: "TimeLimit", 5: "TimeLimit"}


def test_cells_that_are_slow_but_end(clock):
    """A notebook may take longer than a probe, and even small shares are enough for quick cells."""
    made, (process,) = run(source_of("late 6", "late 5", "late 4", "late 2", "late 0.1"), clock)
    assert process.allowed == [10, 7, 4.5, 2.5, 1.5]
    assert ends(made) == {}


def test_a_share_is_never_nothing(clock):
    """However much was used, a cell gets a twentieth of a probe's time."""
    made, processes = run(source_of(*["late 0.45"] * 60), clock)
    assert len(processes) == 1
    assert min(processes[0].allowed) == 0.5
    assert ends(made) == {}


def test_all_time_is_limited(clock):
    """Cells that are reached after twice the exercise's time are not run, and are told as such."""
    made, processes = run(source_of(*["late 0.45"] * 200, "x"), clock)
    assert clock.now - 50 == pytest.approx(40, abs=1)
    assert len(processes) == 1
    kinds = set(ends(made).values())
    assert kinds == {"NotRun"}
    assert made.why_ended is not None
    assert made.why_ended.status is Status.TIMEOUT


def test_running_again_takes_from_the_same_time(clock):
    """Running cells anew for further processes is limited too, and has no smaller shares than the first time."""
    made, (process,) = run(source_of("late 8", "late 3"), clock)
    for _ in range(2):
        again = FakeProcess(clock)
        assert made.run(again) is True
        assert again.allowed[0] == 10
    with pytest.raises(StudentFault) as caught:
        made.run(FakeProcess(clock))
    assert (caught.value.fault.status, caught.value.fault.kind) == (Status.TIMEOUT, "CellsTooSlow")
    assert ends(made) == {}


def test_many_cells_that_end_their_process(clock):
    """After a few of them, the cells below are not run."""
    made, processes = run(source_of(*["a", GONE] * 20), clock)
    assert len(processes) == MAX_STOPS + 1
    assert processes[-1].ran == ["a"] * MAX_STOPS
    assert [kind for kind in ends(made).values() if kind == "Exit"] == ["Exit"] * MAX_STOPS
    assert ends(made)[40] == "NotRun"
    assert made.why_ended is not None
    assert made.why_ended.status is Status.CRASHED


def test_a_process_that_ends_by_chance(clock):
    """Cells that end their process at one time and not at another do not keep the judge for ever."""
    made = CellRun(source_of(*["a"] * 30), LIMITS, Stops())
    turns = 0
    while True:
        process = FakeProcess(clock)
        turns += 1
        count = turns * 7 % 30 + 1
        process.reply = lambda request, count=count: {"status": "?"} if request["number"] >= count else {}
        if made.run(process):
            break
    assert turns <= 60


# What other exercises have found


def test_what_is_known_is_not_tried_again(clock):
    """A cell that hung for one exercise is left out for the next one from the same cells, and told again."""
    stops, source = Stops(), source_of("a", SLOW, "c")
    first, _ = run(source, clock, stops)
    again = replace(source, module="another", helpers={"x.py": b""})
    second, processes = run(again, clock, stops)
    assert [process.ran for process in processes] == [["a", "c"]]
    assert second.faults() == first.faults()
    _, processes = run(source_of("a", SLOW, "d"), clock, stops)
    assert len(processes) == 2


def test_what_is_known_of_many_stops(clock):
    """The limit on cells that end their process holds for the next exercise too."""
    stops, source = Stops(), source_of(*[GONE] * 20)
    first, _ = run(source, clock, stops)
    second, processes = run(source, clock, stops)
    assert [process.ran for process in processes] == [[]]
    assert second.faults() == first.faults()


def test_little_is_remembered(clock):
    """Of a whole class, the last few notebooks are remembered."""
    stops = Stops()
    for number in range(50):
        run(source_of(f"x = {number}", GONE), clock, stops)
    assert len(stops.known) <= MAX_STOPS + 1


# To which cell a fault goes back


def missing(name: str) -> Fault:
    """Return the fault of a probe that asks for a name that is not there."""
    return Fault(Status.MISSING, "MissingName", name)


def test_a_missing_name_goes_back_to_a_cell(clock):
    """The last cell that would have defined a name and failed is the cause; a cell that ran is none."""
    made, _ = run(source_of("x", "broken\ndef f(): pass", "broken\nf = 2", "broken\ng = 1", "def h(): pass"), clock)
    found = made.explained(missing("f"))
    assert found.cause is not None
    assert (found.cause.cell.number, found.cause.fault.kind, found.at_import) == (3, "ValueError", True)
    assert made.explained(missing("h")) == missing("h")
    assert made.explained(missing("f.*")) == missing("f.*")


def test_a_name_in_a_cell_that_was_stopped(clock):
    """Cells that hung, or were not run at all, are causes too."""
    made, _ = run(source_of(f"{SLOW}\nf = 1", *[GONE] * MAX_STOPS, "g = 1"), clock)
    for name, kind in (("f", "TimeLimit"), ("g", "NotRun")):
        cause = made.explained(missing(name)).cause
        assert cause is not None
        assert cause.fault.kind == kind


def test_an_undefined_name_in_a_function(clock):
    """A NameError of a probe goes back to the cell that would have defined the name; other errors do not."""
    made, _ = run(source_of("broken\nhelper = 1"), clock)
    fault = Fault(Status.ERROR, "NameError", "name 'helper' is not defined. Did you mean: 'x'?")
    found = made.explained(fault)
    assert found.cause is not None
    assert (found.cause.cell.number, found.at_import) == (1, False)
    for other in (replace(fault, kind="ValueError"), replace(fault, message="name 'x' is not defined")):
        assert made.explained(other) == other


def test_a_name_from_a_module_that_is_not_installed(clock):
    """A name that an import should have brought goes back to that line."""
    made = CellRun(source_of("import torch\nfrom d2l import torch as d2l", "x = 1"), LIMITS, Stops())
    process = FakeProcess(clock)
    process.reply = lambda request: {"lacking": [[3, "No module named 'd2l'"]]} if request["number"] == 1 else {}
    assert made.run(process) is True
    cause = made.explained(Fault(Status.ERROR, "NameError", "name 'd2l' is not defined")).cause
    assert cause is not None
    assert (cause.cell.number, cause.fault.kind, cause.fault.frames) == (1, "ModuleNotFoundError", (Frame(3, ""),))


# In a session


class FakeSandbox:
    """Starts fake processes and keeps them."""

    kind = "bubblewrap"

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.started: list[FakeProcess] = []

    def start(self, limits: Limits) -> FakeProcess:
        """Start another."""
        self.started.append(FakeProcess(self.clock))
        return self.started[-1]

    def release(self, process: FakeProcess) -> None:
        """Do nothing."""


def body(student):
    """A probe's body."""
    return student.answer


def test_a_session_loads_then_runs_cells_then_probes(clock):
    """A process gets the file, then the cells, then probes, whose numbers go on from the cells'."""
    sandbox = FakeSandbox(clock)
    source = source_of("a", GONE, "c")
    session = Session(sandbox, source, LIMITS, 7, Packed())
    session.run(body, {})
    session.run(body, {}, fresh=True)
    kinds = [[request["do"] for request in process.requests] for process in sandbox.started]
    begun = ["prepare", "load", "cell", "cell"]
    assert kinds == [begun, [*begun, "probe"], [*begun, "probe"]]
    load = sandbox.started[0].requests[1]
    assert (load["cells"], load["module"]) == (True, NOTEBOOK)
    assert load["files"] == {f"{NOTEBOOK}.py": source.data}
    assert [process.requests[-1]["number"] for process in sandbox.started[1:]] == [4, 4]
    assert session.cells is not None
    assert ends(session.cells) == {2: "Exit"}
    assert session.close().split() == ["a", "gone;", "a", "c", ";", "a", "c", ";"]


def test_cells_take_nothing_from_the_probes(clock):
    """The time that cells take is not the exercise's."""
    sandbox = FakeSandbox(clock)
    session = Session(sandbox, source_of("late 9", "late 5"), LIMITS, 7, Packed())
    session.run(body, {})
    assert sandbox.started[0].allowed[-1] == 10


def test_cells_without_time_are_the_fault_of_every_probe(clock):
    """Where cells cannot be run again for want of time, that is what every further probe is told."""
    session = Session(FakeSandbox(clock), source_of("late 9", "late 5"), LIMITS, 7, Packed())
    faults = []
    for _ in range(6):
        try:
            session.run(body, {}, fresh=True)
        except StudentFault as error:
            faults.append(error.fault)
    assert [fault.kind for fault in faults] == ["CellsTooSlow"] * len(faults)
    assert 2 <= len(faults) <= 4
    assert all(fault.at_import for fault in faults)
