"""What is wrong with an exercise, as lines for its author. Pure functions of outcomes and files."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from grader.catalogue import Exercise
from grader.results import LANGUAGES, Status
from grader.submission.contract import Contract
from grader.verify.cases import Case, Kind
from grader.verify.mutants import Equivalent, Key
from grader.verify.outcomes import Outcome, Trial

NEEDED = 0.95


def of_outcomes(exercise: Exercise, outcomes: list[Outcome]) -> list[str]:
    """Return everything wrong with what the cases of an exercise did, for one seed."""
    mistakes = {mistake.diagnosis.name: mistake for mistake in exercise.mistakes()}
    lines = [line for outcome in outcomes for line in of_grader(outcome)]
    # Where the grader fails, what else a case does means nothing.
    decided = [outcome for outcome in outcomes if not of_grader(outcome)]
    for outcome in decided:
        case = outcome.case
        if case.kind in (Kind.SOLUTION, Kind.VARIANT) and outcome.failed:
            why = "; ".join(
                f"{c.name} ({c.status}: {c.message.en[:200]})" for c in outcome.checks if c.name in outcome.failed
            )
            lines.append(f"{case.label} is right but loses points: {why}")
        elif case.kind is Kind.STUB and outcome.passed:
            lines.append(f"the untouched stub passes {_list(outcome.passed)}")
        elif case.kind is Kind.MISTAKE:
            lines += _of_mistake(outcome, mistakes[case.name].fails if case.name in mistakes else None)
    lines += _of_diagnoses(decided)
    caught = {name for outcome in outcomes if outcome.case.kind is Kind.MISTAKE for name in outcome.failed}
    checks = [check for outcome in outcomes[:1] for check in outcome.checks if check.status is not Status.NOT_RUN]
    lines += [
        f"no mistake fails {check.name}: it is not proven able to fail" for check in checks if check.name not in caught
    ]
    known = {outcome.case.name for outcome in outcomes if outcome.case.kind is Kind.MISTAKE}
    lines += [f"mistakes.toml: [{name}] has no file" for name in mistakes if name not in known]
    return lines


def of_grader(outcome: Outcome) -> list[str]:
    """Return every way in which the grader fails on a case, with the checks that it concerns."""
    checks: dict[str, list[str]] = {}
    for check in outcome.checks:
        if check.status is Status.GRADER_ERROR:
            checks.setdefault(check.message.en, []).append(check.name)
    return [f"{outcome.case.label}: {_list(names)}: {message}" for message, names in checks.items()]


def _of_mistake(outcome: Outcome, named: frozenset[str] | None) -> list[str]:
    label = outcome.case.label
    if named is None:
        return [f"{label} is not in mistakes.toml; it fails {_list(outcome.failed)}"]
    if not outcome.failed:
        return [f"{label} gets full marks"]
    if outcome.failed != named:
        extra, lacking = outcome.failed - named, named - outcome.failed
        parts = [f"also fails {_list(extra)}"] if extra else []
        parts += [f"does not fail {_list(lacking)}"] if lacking else []
        return [f"{label} {' and '.join(parts)}"]
    return []


def _of_diagnoses(outcomes: list[Outcome]) -> list[str]:
    signatures: dict[str, frozenset[str]] = {o.case.name: o.failed for o in outcomes if o.case.kind is Kind.MISTAKE}
    lines = []
    for outcome in outcomes:
        if outcome.case.kind is not Kind.MISTAKE or not outcome.failed:
            continue
        same = {name for name, failed in signatures.items() if failed == outcome.failed}
        if not outcome.diagnoses or not set(outcome.diagnoses) <= same:
            lines.append(f"{outcome.case.label} is diagnosed as {_list(outcome.diagnoses) or 'nothing'}")
    return lines


def of_seeds(first: list[Outcome], other: list[Outcome]) -> list[str]:
    """Return every check whose outcome depends on the seed."""
    lines = []
    for one, two in zip(first, other, strict=True):
        for check in one.checks:
            then = two.status(check.name)
            if then is not check.status:
                both = f"{check.status} with seed {one.seed}, {then} with seed {two.seed}"
                lines.append(f"{one.case.label}: {check.name} is {both}")
    return lines


def of_texts(exercise: Exercise, outcome: Outcome) -> list[str]:
    """Return every statement, title, hint or diagnosis that is missing in a language."""
    lines = [
        f"statement.{language}.md is missing"
        for language in LANGUAGES
        if not (exercise.folder / f"statement.{language}.md").is_file()
    ]
    for language in LANGUAGES:
        if not getattr(exercise.title, language):
            lines.append(f"assignment.toml: the exercise has no title in {language}")
        for check in outcome.checks:
            if not getattr(check.title, language) or (language == "en" and check.title.en == check.name):
                lines.append(f"{check.name} has no title in {language}")
            if check.hint and not getattr(check.hint, language):
                lines.append(f"{check.name} has no hint in {language}")
        for mistake in exercise.mistakes():
            texts = (mistake.diagnosis.happened, mistake.diagnosis.matters, mistake.diagnosis.advice)
            if not all(getattr(text, language) for text in texts):
                lines.append(f"mistakes.toml: [{mistake.diagnosis.name}] lacks a text in {language}")
    names = {check.name for check in outcome.checks}
    # A parametrised check has one title for all its instances.
    functions = {name.partition("[")[0] for name in names}
    lines += [f"checks.zh.toml: [{name}] is no check" for name in exercise.check_texts() if name not in functions]
    for mistake in exercise.mistakes():
        if unknown := mistake.fails - names:
            lines.append(f"mistakes.toml: [{mistake.diagnosis.name}] names {_list(unknown)}, which is no check")
    return lines


def of_signatures(stub: Case, solution: Case) -> list[str]:
    """Return every public class, function or method of the stub whose signature differs in the solution."""
    asked, given = _signatures(stub.code), _signatures(solution.code)
    lines = []
    for name, signature in asked.items():
        if name not in given:
            lines.append(f"the solution does not define {name}, which the stub does")
        elif given[name] != signature:
            lines.append(f"{name}{signature} in the stub is {name}{given[name]} in the solution")
    return lines


def of_names(own: Contract, others: Mapping[str, Contract]) -> list[str]:
    """Return every name that an exercise asks for although another one has it, or the reverse.

    In a notebook work is found by its names too: one exercise would be marked by the other's code.

    Args:
        own: what the exercise asks for.
        others: what the other exercises of its assignment ask for, by their numbers.
    """
    lines = []
    for number, other in others.items():
        lines += [f"`{name}` is also asked for by {number}" for name in sorted(own.wanted & other.wanted)]
        clashes = (own.wanted & other.given) | (own.given & other.wanted)
        lines += [f"`{name}` is also in the stub of {number}" for name in sorted(clashes)]
    return lines


def of_mutants(solution: Outcome, trials: Iterable[Trial], listed: Iterable[Equivalent]) -> list[str]:
    """Return everything wrong with what mutants did: too many survive, or the list of equivalent ones is not true.

    Args:
        solution: how the solution was marked within the limits of mutants.
        trials: the mutants.
        listed: what the author says of them.
    """
    trials = list(trials)
    lines = []
    if solution.failed:
        lines.append(f"the solution fails {_list(solution.failed)} within the time limits of mutants")
    keys = {trial.mutant.key for trial in trials}
    for trial in trials:
        lines += of_grader(trial.outcome)
        if trial.reason and trial.killed:
            lines.append(
                f"equivalent.toml lists {trial.mutant.name}, but it fails {_list(trial.outcome.failed)}: not equivalent"
            )
    lines += [f"equivalent.toml: no mutant is {_entry(e.key)} any more" for e in listed if e.key not in keys]
    counted = [trial for trial in trials if not trial.reason]
    killed = sum(trial.killed for trial in counted)
    if killed < NEEDED * len(counted):
        lines.append(f"only {killed} of {len(counted)} mutants are killed, fewer than {NEEDED:.0%}")
    return lines


def _entry(key: Key) -> str:
    which = f", nth {key.nth}" if key.nth > 1 else ""
    return f"{key.operator}: {key.before!r} -> {key.after!r}{which}"


def _signatures(code: bytes) -> dict[str, str]:
    found: dict[str, str] = {}

    def visit(body: Iterable[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.ClassDef):
                found[prefix + node.name] = ""
                visit(node.body, f"{prefix}{node.name}.")
            elif isinstance(node, ast.FunctionDef) and (not node.name.startswith("_") or node.name == "__init__"):
                returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
                found[prefix + node.name] = f"({ast.unparse(node.args)}){returns}"

    visit(ast.parse(code).body, "")
    return found


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
