"""The pytest plugin of the judge: gives probes their sandbox, seeds, and turns outcomes into verdicts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import _pytest.assertion.rewrite
import _pytest.assertion.util
import pytest
import pytest_jsonreport.plugin
import torch
from pytest_jsonreport.plugin import JSONReport

from grader.catalogue import Exercise
from grader.judge import explain
from grader.judge.cell_notes import cell_notes
from grader.judge.explain import Comparison, Verdict
from grader.results import Status, Text
from grader.sandbox.probes import SpecError
from grader.sandbox.process import Sandbox
from grader.sandbox.session import Packed, Session, StudentFault
from grader.seeding import seed_judge
from grader.spec import SESSION_FIXTURE
from grader.submission import Submission
from grader.translation import say

SKIPPED = pytest.skip.Exception
NO_CUDA = say("needs a CUDA device")
MARKERS = (
    "points(weight): weight of the check within its exercise, 1 unless given",
    "hint(text): shown when the check does not pass",
    "limits(probe): wall-clock seconds for a probe of this check, where it needs more than the exercise's limit",
    "cuda: the check needs a CUDA device, and is not run without one",
)


@dataclasses.dataclass(frozen=True)
class Ran:
    """What is to say of an exercise's code beside the verdicts: the end of what it printed, notes, attempts on us."""

    output: str
    notes: tuple[Text, ...] = ()
    signs: tuple[Text, ...] = ()


class SubmissionReport(JSONReport):  # type: ignore[misc]  # pytest-json-report has no types
    """The JSON report of one submission's turn in the session."""

    def pytest_addhooks(self, pluginmanager: pytest.PytestPluginManager) -> None:
        """Do nothing: its hooks are declared once for the session, not once for each submission."""


def _named(obj: object) -> str:
    """Return what stands for a value in pytest's text of a failed assert: nobody sees it, and it can take minutes."""
    return type(obj).__name__


class JudgePlugin:
    """Runs the collected checks once for every submission.

    Args:
        exercises: whose specs are collected, in this order.
        sandbox: where probes run.
        seed: of the marking.
        submissions: taken one by one, each when the one before is done.
        on_report: called with each submission, its JSON report and what to say of each exercise that ran.
        on_check: called with the exercise and the status as each check ends.
        known: says which exercises of a submission need no marking.
    """

    def __init__(
        self,
        exercises: Iterable[Exercise],
        sandbox: Sandbox,
        seed: int,
        submissions: Iterable[Submission],
        on_report: Callable[[Submission, dict[str, Any], dict[str, Ran]], None],
        on_check: Callable[[Exercise, Status], None],
        known: Callable[[Submission], Collection[str]],
    ) -> None:
        self.exercises = {exercise.name: exercise for exercise in exercises}
        self.sandbox = sandbox
        self.seed = seed
        self.submissions = submissions
        self.on_report = on_report
        self.on_check = on_check
        self.known = known
        self.submission = Submission("", {})
        self.ran: dict[str, Ran] = {}
        self.packed = Packed(beside=next((exercise.folder.parent for exercise in self.exercises.values()), None))
        self.session: Session | None = None
        self.comparison: Comparison | None = None
        self.probe_seconds = 0.0
        # Fixtures whose values depend on what student code gave: the spec and the fixture's name.
        self.tainted: set[tuple[str, str]] = set()
        # What fixtures raised for this submission, and whether it is about a value that student code gave. pytest
        # raises the same exception again for the next check that needs a fixture of wider scope.
        self.fixture_errors: list[tuple[BaseException, bool]] = []
        self.collect_errors: dict[str, str] = {}
        self.internal_error: BaseException | None = None

    def exercise_of(self, item: pytest.Item) -> Exercise:
        """Return the exercise to whose spec a check belongs."""
        return self.exercises[item.path.parent.name]

    # Set-up and collection

    def pytest_addhooks(self, pluginmanager: pytest.PytestPluginManager) -> None:
        """Declare the hooks of pytest-json-report."""
        pluginmanager.add_hookspecs(pytest_jsonreport.plugin.Hooks)

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Declare the markers of specs, and the options of the terminal plugin that others read."""
        config.option.tbstyle, config.option.verbose = "value", 0
        for line in MARKERS:
            config.addinivalue_line("markers", line)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember a spec that cannot be collected."""
        if report.failed:
            self.collect_errors[report.nodeid] = str(report.longrepr)[-600:]

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Keep an error of ours, which pytest would only print."""
        self.internal_error = excinfo.value
        return True

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str]:
        """Name an outcome for the JSON report, as the terminal plugin does where there is one."""
        return report.outcome, "", ""

    # The loop over submissions

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every check for every submission."""
        for submission in self.submissions:
            self.submission, self.ran, self.fixture_errors = submission, {}, []
            report = SubmissionReport(session.config)
            session.config.pluginmanager.register(report)
            report.pytest_sessionstart(session)
            known = self.known(submission)
            items = [item for item in session.items if self.exercise_of(item).name not in known]
            try:
                for item, following in zip(items, [*items[1:], None], strict=False):
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                report.pytest_sessionfinish(session)
            finally:
                session.config.pluginmanager.unregister(report)
                # The report names itself there for others to find, and must not outlive its registration.
                del session.config._json_report  # type: ignore[attr-defined]  # set by pytest-json-report
            self.on_report(self.submission, report.report, self.ran)
        return True

    @pytest.fixture(name=SESSION_FIXTURE, scope="module")
    def student_session(self, request: pytest.FixtureRequest) -> Iterator[Session]:
        """The current submission's code for the exercise of this spec."""
        exercise = self.exercise_of(request.node)
        source = self.submission.sources[exercise.name]
        self.session = Session(self.sandbox, source, exercise.limits, self.seed, self.packed)
        yield self.session
        notes = cell_notes(self.session.cells) if self.session.cells is not None else ()
        # An exercise with hidden checks has two specs, and its code runs for each.
        before = self.ran.get(exercise.name, Ran(""))
        signs = tuple(dict.fromkeys((*before.signs, *self.session.signs)))
        self.ran[exercise.name] = Ran(before.output + self.session.close(), before.notes or notes, signs)
        self.session = None

    # One check

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip what this machine cannot run; apply the check's own limit."""
        self.comparison = None
        marker = item.get_closest_marker("limits")
        default = self.exercise_of(item).limits.probe_seconds
        self.probe_seconds = float(marker.kwargs.get("probe", default)) if marker else default
        if item.get_closest_marker("cuda") and not torch.cuda.is_available():
            pytest.skip(NO_CUDA.en)
        if SESSION_FIXTURE not in getattr(item, "fixturenames", ()):
            raise SpecError("a check must use a probe")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: pytest.FixtureRequest) -> Iterator[None]:
        """Seed each fixture by its own name, so that no other fixture or check changes its value."""
        name = fixturedef.argname
        if name != SESSION_FIXTURE:
            seed_judge(self.seed, name)
        spec = request.node.nodeid.partition("::")[0]
        is_probe = SESSION_FIXTURE in fixturedef.argnames
        on_student_values = any((spec, needed) in self.tainted for needed in fixturedef.argnames)
        if self.session is not None:
            self.session.probe_seconds = self.probe_seconds
            key = (request.node.nodeid, name, getattr(request, "param_index", 0))
            self.session.values_key = None if on_student_values else key
        if is_probe or on_student_values:
            self.tainted.add((spec, name))
        try:
            with self.keeping_comparisons():
                return (yield)
        except BaseException as error:
            self.fixture_errors.append((error, on_student_values and not is_probe))
            raise

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        """Seed the check, and keep both sides of a comparison that does not hold instead of printing their diff."""
        seed_judge(self.seed, pyfuncitem.name)
        with self.keeping_comparisons():
            return (yield)

    @contextmanager
    def keeping_comparisons(self) -> Iterator[None]:
        """Keep what is compared within a block instead of letting pytest explain it.

        Its text can take minutes on values that a submission made long on purpose.
        """
        rewrite, util = _pytest.assertion.rewrite, _pytest.assertion.util
        before = util._reprcompare, rewrite._saferepr
        util._reprcompare, rewrite._saferepr = self.compare, _named
        try:
            yield
        finally:
            util._reprcompare, rewrite._saferepr = before

    def compare(self, operator: str, left: Any, right: Any) -> str:
        """Keep a comparison that did not hold; return what pytest prints for it."""
        self.comparison = Comparison(operator, left, right)
        return "comparison"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: Any) -> pytest.TestReport:
        """Report a stage without the text of its traceback, which takes longer than a check and which nobody sees."""
        failed, skipped = call.excinfo is not None, call.excinfo is not None and call.excinfo.errisinstance(SKIPPED)
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=item.location,
            keywords={},
            outcome="skipped" if skipped else "failed" if failed else "passed",
            longrepr=(str(item.path), 0, "not run") if skipped else call.excinfo.typename if call.excinfo else None,
            when=call.when,
            duration=call.duration,
            start=call.start,
            stop=call.stop,
        )

    def pytest_json_runtest_metadata(self, item: pytest.Item, call: pytest.CallInfo[None]) -> dict[str, Any] | None:
        """Put the verdict on a check into the report as soon as it is known."""
        if call.excinfo is None and call.when != "call":
            return None
        verdict = Verdict(Status.PASSED)
        if call.excinfo is not None:
            try:
                verdict = self.verdict(item, call.excinfo.value, call.when)
            except Exception as error:
                # Words for one check must not cost a whole class its marks.
                verdict = explain.grader_error(error)
        if call.when != "teardown":
            self.on_check(self.exercise_of(item), verdict.status)
        return self.facts(item) | {"verdict": dataclasses.asdict(verdict)}

    def facts(self, item: pytest.Item) -> dict[str, Any]:
        """Return what the report says of a check whatever its outcome."""
        function = getattr(item, "originalname", item.name)
        document = str(getattr(getattr(item, "obj", None), "__doc__", None) or function).strip()
        points, hint = item.get_closest_marker("points"), item.get_closest_marker("hint")
        return {
            "exercise": self.exercise_of(item).name,
            "name": item.name,
            "function": function,
            "hidden": item.path.name == "hidden.py",
            "title": document.splitlines()[0],
            "weight": points.args[0] if points else 1,
            "hint": hint.args[0] if hint else "",
        }

    def verdict(self, item: pytest.Item, error: BaseException, when: str) -> Verdict:
        """Return the verdict on a check that raised: in its body (`when` is ``call``), in a fixture or in pytest."""
        source = self.submission.sources[self.exercise_of(item).name]
        if isinstance(error, StudentFault):
            return explain.from_fault(error.fault, source)
        if isinstance(error, pytest.skip.Exception):
            reason = NO_CUDA if error.msg == NO_CUDA.en else error.msg
            return Verdict(Status.NOT_RUN, say("Not run here: {reason}.", reason=reason))
        # A fixture that only works on values of probes raises about these values; any other one is our fault.
        about_student = next((known for raised, known in self.fixture_errors if raised is error), when == "call")
        if self.session is None or isinstance(error, SpecError) or not about_student:
            return explain.grader_error(error)
        used = [name for probe in getattr(item, "fixturenames", ()) for name in self.session.names_used.get(probe, ())]
        return explain.from_exception(error, self.comparison, source, tuple(used))
