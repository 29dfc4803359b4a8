"""The fixed words of the reports, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from grader.results import Status, Text
from grader.translation import fill, say, say_as

STATUS: Mapping[Status, Text] = MappingProxyType(
    {
        Status.GRADER_ERROR: say("Grader error"),
        Status.CRASHED: say("Crashed"),
        Status.TIMEOUT: say("Out of time"),
        Status.MEMORY: say("Out of memory"),
        Status.ERROR: say("Error"),
        Status.FAILED: say("Failed"),
        Status.MISSING: say("Missing"),
        Status.NOT_ATTEMPTED: say("Not started"),
        Status.NOT_RUN: say("Not run"),
        Status.PASSED: say("Passed"),
    }
)

# An exercise of which something is not started yet, and something holds already.
BEGUN = say("Begun")

# Shown where a check brought no message of its own.
MEANING: Mapping[Status, Text] = MappingProxyType(
    {
        Status.GRADER_ERROR: say(
            "The grader itself failed here. This is not your mistake, and it is not counted as one."
        ),
        Status.CRASHED: say("The process that ran your code ended early."),
        Status.TIMEOUT: say("Your code did not finish in the time allowed."),
        Status.MEMORY: say("Your code asked for more memory than allowed."),
        Status.ERROR: say("Your code raised an exception."),
        Status.FAILED: say("The answer is not the expected one."),
        Status.MISSING: say("A name that this check needs is not defined."),
        Status.NOT_ATTEMPTED: say("The starting code is unchanged."),
        Status.NOT_RUN: say("This machine lacks something that the check needs."),
        Status.PASSED: Text(),
    }
)

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "scorecard": say("Scorecard"),
        "scorecards": say("Scorecards"),
        "proofs": say("Proof of the specs"),
        "findings": say("Findings"),
        "killed": say("Mutants killed"),
        "mutants": say("Mutants"),
        "equivalent": say("Mutants that are as good as the solution"),
        "matrix": say("Known mistakes and the checks that they fail"),
        "mistake": say("Mistake"),
        "caught": say("known mistakes that fail it: {n}"),
        "skip": say("Skip to the results"),
        "submission": say("Submission"),
        "score": say("Score"),
        "points": say("Points"),
        "of_points": say("{score} out of {best} points"),
        "undecided_points": say("not decided, {best} points"),
        "exercises": say("Exercises"),
        "exercise": say("Exercise"),
        "status": say("Status"),
        "checks": say("Checks"),
        "checks_passed": say("{n} of {total} checks passed"),
        "public_checks": say("Public checks: {n} of {total}; hidden checks are run by your instructor."),
        "passed_list": say("Passed: {n} of {total}"),
        "all_passed": say("Every check passed."),
        "hidden_check": say("hidden check"),
        "group_work": say("To work on"),
        "group_not_started": say("Not started yet"),
        "group_open": say("Not decided"),
        "group_passed": say_as("of a group", "Passed"),
        "diagnosis": say("Likely cause"),
        "happened": say("What happened"),
        "matters": say("Why it matters"),
        "advice": say("What to try"),
        "book": say("In the book"),
        "statement": say("Read the exercise"),
        "output": say("What your code printed"),
        "left_out": say("{n} characters left out"),
        "expected": say("Expected"),
        "seen": say("Seen"),
        "hint": say("Hint"),
        "hints": say("Hints"),
        "line": say("line {n}"),
        "in_function": say("in {name}"),
        "this_line": say("This line:"),
        "frames": say("How your code got there"),
        "asked": say("What is checked ({n})"),
        "same_cause": say("{n} checks, one cause"),
        "and_more": say("and {n} more"),
        "incomplete": say("This score is not complete"),
        "ours": say(
            "The grader failed on the checks below. That is our fault, not yours: they do not count as "
            "wrong answers. Please tell your instructor."
        ),
        "skipped": say("These checks were not run, because this machine lacks something that they need:"),
        "undecided": say("Some checks could not be decided."),
        "no_exercises": say("No exercise was marked."),
        "no_checks": say("No check of this exercise was run."),
        "no_rows": say("There are no scorecards yet."),
        "notes": say("Notes"),
        "about": say("About this marking"),
        "seed": say("Seed"),
        "versions": say("Versions"),
        "sandbox": say("Isolation"),
        "sandbox_none": say("none: checked without isolation, your code could reach this machine's files and network"),
        "taken": say("Time taken"),
        "seconds": say("{n} s"),
        "when": say("Marked"),
        "language": say("Language"),
        "total": say("Total"),
        "next": say("Next"),
        "open_then_run": say("open {file}, then run: {command}"),
        "run": say("run: {command}"),
        "stuck": say("Stuck? {command} gives a hint, another one each time."),
        "tell": say("tell your instructor about the grader error"),
        "public_done": say("nothing left to do, every public check passed"),
        "done": say("nothing left to do, everything passed"),
        "not_here": say("nothing left to do on this machine"),
        "more": say("more in the HTML scorecard (--html)"),
        "class_page": say("Class"),
        "class_of": say("{title}: the class"),
        "untrusted": say("Untrusted: marked without isolation"),
        "untrusted_why": say(
            "There was no sandbox: the students' code ran with the rights of whoever marked it, "
            "and could read and change files, results included. Mark again on Linux with "
            "bubblewrap before you use these scores."
        ),
        "students": say("Students"),
        "student": say("Student"),
        "hand_ins": say("Hand-ins"),
        "of_students": say("of {n}"),
        "median": say("Median"),
        "mean": say("Mean"),
        "quartiles": say("Middle half"),
        "from_to": say("{low} to {high}"),
        "full_marks": say("Full marks"),
        "no_marks": say("No points"),
        "out_of": say("out of {best}"),
        "basis": say("Median, mean and the rest count the hand-ins that were marked completely: {n}."),
        "basis_left_out": say("Marked, but not completely, and left out: {n}."),
        "nothing_marked": say("Nothing was marked, so there are no figures."),
        "no_scores": say("No hand-in was marked completely."),
        "no_students": say("There is nobody in this class."),
        "sections": say("On this page"),
        "distribution": say("Distribution of scores"),
        "distribution_says": say(
            "Number of scores: {n}. The median is {median}, the middle half lies between "
            "{low} and {high}. The tallest bar is {bar}, with {count}."
        ),
        "box_says": say("Below the bars: lowest to highest score, the middle half as a box, the median as a line."),
        "as_table": say("As a table"),
        "to_full": say("{low} to {high}, the end included"),
        "by_difficulty": say("Exercises, hardest first"),
        "by_difficulty_says": say(
            "By the share of points earned. What could not be decided counts neither way. "
            "Open an exercise for its checks."
        ),
        "mean_points": say("mean {score} of {best}"),
        "no_mean": say("not decided for anyone"),
        "share_full": say("{share} full marks"),
        "check": say("Check"),
        "passed_share": say("Passed"),
        "passed_of": say("{n} of {total}"),
        "others": say("All others"),
        "hardest_checks": say("Hardest checks"),
        "no_hard_checks": say("Every check was passed by all."),
        "no_decided_checks": say("No check was decided for anyone."),
        "common_mistakes": say("Most frequent diagnoses"),
        "common_mistakes_says": say("Known mistakes that fit what the hand-ins failed."),
        "no_mistakes": say("No known mistake was recognised."),
        "who": say("Who"),
        "more_mistakes": say("Rarer ones: {n}"),
        "same_code": say("Same code"),
        "same_code_says": say(
            "Hand-ins whose code is the same once names and layout are made alike. This is a "
            "list to look at, not a verdict: a short exercise has few right answers, and a "
            "course may allow working together."
        ),
        "no_same_code": say("No two hand-ins have the same code."),
        "same_in": say("The same in"),
        "picture": say("Students and checks"),
        "picture_says": say(
            "A row for each student that was marked, best first; a step for each check, in the order of the course."
        ),
        "picture_point": say("Point at a step to read what it stands for."),
        "picture_alt": say("Checks passed, by exercise"),
        "kind_passed": say("passed"),
        "kind_failed": say("failed"),
        "kind_stopped": say("error, out of time or memory, crashed"),
        "kind_absent": say("not started or missing"),
        "kind_not_run": say("not run here"),
        "kind_grader_error": say("grader error"),
        "attention": say("Needs your eyes"),
        "no_attention": say("Nothing out of the ordinary."),
        "no_more_attention": say("Nothing besides the grader errors."),
        "attention_grader_error": say("Grader errors"),
        "attention_grader_error_says": say(
            "A fault of the grader, not of the students. These checks do not count "
            "as wrong, and the scores are not complete. Mark again once the cause "
            "is mended."
        ),
        "attention_crashed": say("Marking broke off"),
        "attention_crashed_says": say(
            "Marking these ended the grader's worker, twice. They have no score, which is not a zero."
        ),
        "attention_signs": say("Attempts on the grader"),
        "attention_signs_says": say(
            "While these exercises ran, something wrote to the grader's own channel what is no reply. Wrong answers, "
            "crashes and print cannot do that. It earned nothing. Look at the code before you judge it."
        ),
        "attention_refused": say("Refused"),
        "attention_refused_says": say("What was handed in cannot be read as a submission."),
        "attention_unmatched": say("Not in the roster"),
        "attention_unmatched_says": say(
            "Nobody in the roster fits these hand-ins. They go by the name that they came with. "
            "Until they are matched, canvas.csv and moodle.csv leave out whoever has no submission."
        ),
        "attention_timeout": say("Out of time"),
        "attention_timeout_says": say("The code did not finish in time, in these exercises."),
        "attention_ended": say("Code that ended its process"),
        "attention_ended_says": say("By sys.exit, os._exit or a signal, in these exercises."),
        "attention_memory": say("Out of memory"),
        "attention_memory_says": say("The code asked for more memory than allowed, in these exercises."),
        "attention_incomplete": say("Not complete"),
        "attention_incomplete_says": say(
            "Checks that give points were not run, in these exercises: this machine lacks something that they need."
        ),
        "attention_no_submission": say("No submission"),
        "attention_no_submission_says": say("In the roster, but nothing was handed in."),
        "attention_remarks": say("Remarks on hand-ins"),
        "attention_remarks_says": say("Such as files that were left aside."),
        "outcome": say("Outcome"),
        "outcome_marked": say_as("outcome", "Marked"),
        "outcome_no_submission": say("No submission"),
        "outcome_refused": say("Refused"),
        "outcome_crashed": say("Marking broke off"),
        "tag_all": say("All"),
        "tag_grader_error": say("Grader error"),
        "tag_incomplete": say_as("tag", "Not complete"),
        "tag_late": say("Late"),
        "tag_again": say("Handed in again"),
        "tag_unmatched": say("Not in the roster"),
        "tag_timeout": say("Out of time"),
        "tag_full": say_as("tag", "Full marks"),
        "tag_nothing": say_as("tag", "No points"),
        "tag_same_code": say_as("tag", "Same code"),
        "attempt": say("Attempt {n}"),
        "no_score": say("no score"),
        "find": say("Find a name, an id or an e-mail address"),
        "show": say("Show"),
        "rows_shown": say("{n} of {total} students shown"),
        "table_name": say("Scores, by student and exercise"),
        "table_says": say("A name leads to the scorecard. A dash is a score that nobody knows: it is not a zero."),
        "table_sorts": say("A heading sorts by its column."),
        "each_taken": say("{n} s, or {each} s for each hand-in marked"),
    }
)


def phrase(key: str, **values: object) -> Text:
    """Return the words called `key` with `values` filled in."""
    return fill(WORDS[key], **values)
