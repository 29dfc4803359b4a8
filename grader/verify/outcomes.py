"""Marking cases, and what each of them did to each check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grader.catalogue import Assignment, Exercise
from grader.results import CheckResult, Result, Status
from grader.sandbox.process import Sandbox
from grader.verify.cases import Case
from grader.verify.mutants import Mutant


@dataclass(frozen=True)
class Outcome:
    """How one case was marked with one seed."""

    case: Case
    seed: int
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    diagnoses: tuple[str, ...]

    @property
    def failed(self) -> frozenset[str]:
        """Names of the checks that ran and did not pass."""
        return frozenset(c.name for c in self.checks if c.status not in (Status.PASSED, Status.NOT_RUN))

    @property
    def passed(self) -> frozenset[str]:
        """Names of the checks that passed."""
        return frozenset(c.name for c in self.checks if c.status is Status.PASSED)

    def status(self, check: str) -> Status:
        """Return how a check ended."""
        return next((c.status for c in self.checks if c.name == check), Status.GRADER_ERROR)


@dataclass(frozen=True)
class Trial:
    """A mutant and what became of it; `reason` says why it is as good as the solution, if an author says so."""

    mutant: Mutant
    outcome: Outcome
    reason: str = ""

    @property
    def killed(self) -> bool:
        """Whether the mutant loses a point by its own fault."""
        return any(
            check.max_score > 0 and check.status not in (Status.PASSED, Status.NOT_RUN, Status.GRADER_ERROR)
            for check in self.outcome.checks
        )


def mark_cases(
    assignment: Assignment,
    exercise: Exercise,
    cases: Iterable[Case],
    sandbox: Sandbox,
    seed: int,
    on_case: Callable[[Case], None] | None = None,
) -> list[Outcome]:
    """Mark cases of one exercise through the same sandbox and judge that students get."""
    from grader.judge.marking import mark

    outcomes: list[Outcome] = []
    waiting = list(cases)

    def on_result(result: Result) -> None:
        case = waiting[len(outcomes)]
        (marked,) = result.exercises
        names = tuple(diagnosis.name for diagnosis in marked.diagnoses)
        outcomes.append(Outcome(case, seed, marked.score, marked.max_score, marked.checks, names))
        if on_case is not None:
            on_case(case)

    mark(
        assignment,
        [exercise],
        sandbox,
        [case.submission([exercise]) for case in waiting],
        on_result,
        seed=seed,
    )
    return outcomes
