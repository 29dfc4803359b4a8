"""Proving an exercise: all its cases with every seed, its mutants with the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grader.catalogue import Assignment, CatalogueError, Exercise
from grader.sandbox.process import Sandbox
from grader.verify import findings
from grader.verify.cases import Author, Case, Kind
from grader.verify.mutants import Equivalent, Mutant, equivalents, in_a_hurry, make_mutants, mutant_cases
from grader.verify.outcomes import Outcome, Trial, mark_cases


@dataclass(frozen=True)
class Proof:
    """What is known of an exercise's spec after all its cases were marked.

    Args:
        exercise: the exercise.
        outcomes: its cases with the first seed.
        trials: its mutants.
        findings: everything wrong, as lines for its author.
        seeds: how many seeds were tried.
    """

    exercise: Exercise
    outcomes: tuple[Outcome, ...]
    trials: tuple[Trial, ...]
    findings: tuple[str, ...]
    seeds: int

    def of_kind(self, kind: Kind) -> list[Outcome]:
        """Return the outcomes of one kind of case."""
        return [outcome for outcome in self.outcomes if outcome.case.kind is kind]

    @property
    def checks(self) -> list[str]:
        """Names of the checks, in the order of the spec."""
        return [check.name for outcome in self.outcomes[:1] for check in outcome.checks]

    @property
    def counted(self) -> list[Trial]:
        """The mutants that a check ought to notice."""
        return [trial for trial in self.trials if not trial.reason]

    @property
    def killed(self) -> int:
        """How many of these some check did notice."""
        return sum(trial.killed for trial in self.counted)

    @property
    def survivors(self) -> list[Trial]:
        """Those that no check noticed."""
        return [trial for trial in self.counted if not trial.killed]


def prove(
    assignment: Assignment,
    exercise: Exercise,
    author: Author,
    sandbox: Sandbox,
    seeds: int,
    with_mutants: bool,
    on_step: Callable[[str], None],
) -> Proof:
    """Mark all cases of an exercise and say what is wrong with it.

    Args:
        assignment: to which the exercise belongs.
        exercise: the exercise.
        author: where its solution, stub and mistakes are.
        sandbox: where they run.
        seeds: how many seeds to try, from 0.
        with_mutants: whether to make mutants too.
        on_step: called with a few words as the work goes on.
    """
    first: list[Outcome] = []
    trials: list[Trial] = []
    lines: list[str] = []
    try:
        cases = author.cases(exercise)
        for seed in range(seeds):
            on_step(f"{len(cases)} cases, seed {seed}")
            outcomes = mark_cases(assignment, exercise, cases, sandbox, seed)
            if seed == 0:
                first = outcomes
                lines += findings.of_outcomes(exercise, outcomes)
            else:
                lines += findings.of_seeds(first, outcomes)
        lines += findings.of_texts(exercise, first[0])
        solution, stub = (next(case for case in cases if case.kind is kind) for kind in (Kind.SOLUTION, Kind.STUB))
        lines += findings.of_signatures(stub, solution)
        others = {other.id: author.names(other) for other in assignment.exercises if other.name != exercise.name}
        lines += findings.of_names(author.names(exercise), others)
        # Mutants of a solution that does not pass would tell nothing.
        if with_mutants and not first[0].failed:
            listed = equivalents(author.reference / exercise.name / "equivalent.toml")
            mutants = make_mutants(solution.code, stub.code)
            on_step(f"{len(mutants)} mutants")
            trials, more = _try(assignment, in_a_hurry(exercise), solution, mutants, listed, sandbox)
            lines += more
    except CatalogueError as error:
        lines.append(str(error))
    except SyntaxError as error:
        lines.append(f"the stub or the solution is not Python: {error}")
    return Proof(exercise, tuple(first), tuple(trials), tuple(dict.fromkeys(lines)), seeds)


def _try(
    assignment: Assignment,
    exercise: Exercise,
    solution: Case,
    mutants: list[Mutant],
    listed: list[Equivalent],
    sandbox: Sandbox,
) -> tuple[list[Trial], list[str]]:
    """Mark mutants, and the solution within the same limits; return what became of them and what is wrong."""
    reasons = {entry.key: entry.reason for entry in listed}
    baseline, *outcomes = mark_cases(assignment, exercise, [solution, *mutant_cases(exercise, mutants)], sandbox, 0)
    trials = [
        Trial(mutant, outcome, reasons.get(mutant.key, "")) for mutant, outcome in zip(mutants, outcomes, strict=True)
    ]
    return trials, findings.of_mutants(baseline, trials, listed)
