"""Made-up classes of any size, to show and to measure."""

from __future__ import annotations

import random
from dataclasses import replace

from grader.class_result import (
    CheckColumn,
    ClassResult,
    Entry,
    ExerciseColumn,
    ExerciseMarks,
    Outcome,
)
from grader.results import Status, Text, worst

from .samples import HOSTILE

TITLES = (
    ("Blocks in a Python list", "放在 Python 列表里的块"),
    ("A parallel block", "并行块"),
    ("Many instances of one block", "同一个块的多个实例"),
    ("Reach the parameters of every layer", "访问每一层的参数"),
    ("Initialisers", "参数初始化"),
    ("Train an MLP with a shared layer", "训练带共享层的多层感知机"),
    ("Why share parameters?", "为什么共享参数？"),
)
GIVEN = "Anna Marco 伟 Priya Tomek Fatima 静怡 Diego Hannah Kevin Lena Sofia Jonas 子涵 Chloé Björn Aino".split()
FAMILY = "Rossi 王 Kowalski Nguyễn 李 Schmidt García Haddad Müller 欧阳 Smith Ødegård van_der_Berg O'Neill".split()


def column(id: str, checks: int, points: float = 5.0, number: int = 0) -> ExerciseColumn:
    """Return an exercise whose checks share its points equally."""
    en, zh = TITLES[number % len(TITLES)]
    return ExerciseColumn(
        id,
        "ex" + id.replace(".", "_"),
        Text(en, zh),
        points,
        tuple(
            CheckColumn(f"test_{i}", Text(f"Property {i} holds: {en}", f"性质 {i} 成立：{zh}"), points / checks)
            for i in range(checks)
        ),
        (
            ("swapped", Text("The outputs were probably joined the other way round.", "两个输出可能接反了。")),
            ("in_place", Text("The sum was probably written into X.", "和可能直接写进了 X。")),
        ),
    )


def marks(column: ExerciseColumn, *statuses: Status, diagnoses: tuple[str, ...] = ()) -> ExerciseMarks:
    """Return marks with a status for each check; one status stands for all."""
    found = statuses * len(column.checks) if len(statuses) == 1 else statuses
    score = sum(c.max_score for c, status in zip(column.checks, found, strict=True) if status is Status.PASSED)
    return ExerciseMarks(worst(found), round(score, 4), found, diagnoses)


def entry(key: str, *exercises: ExerciseMarks, **more: object) -> Entry:
    """Return a student who was marked, with the sum of the exercises' scores."""
    open_checks = {Status.GRADER_ERROR, Status.NOT_RUN}
    found = Entry(
        key,
        key.replace("_", " ").title(),
        Outcome.MARKED,
        score=round(sum(one.score for one in exercises), 4),
        complete=not any(open_checks & set(one.checks) for one in exercises),
        exercises=exercises,
        seconds=0.4,
    )
    return replace(found, **more)  # type: ignore[arg-type]


def class_of(columns: tuple[ExerciseColumn, ...], *entries: Entry, **more: object) -> ClassResult:
    """Return a class with these exercises and students."""
    found = ClassResult(
        "ex5",
        Text("Chapter 5: Builders' guide", "第5章 深度学习计算"),
        sum(one.max_score for one in columns),
        columns,
        entries,
        "bubblewrap",
        seed=7,
        versions=(("grader", "0.1.0"), ("torch", "2.6.0"), ("python", "3.11.7")),
        created="2025-03-01T10:30:00+00:00",
        seconds=41.5,
    )
    return replace(found, **more)  # type: ignore[arg-type]


def realistic(students: int, exercises: int = 19, checks: int = 13, seed: int = 0, **more: object) -> ClassResult:
    """Return a class as there are many: most do most, some stop halfway, a few need a look."""
    rng = random.Random(seed)
    columns = tuple(
        column(f"5.{1 + i // 4}.{1 + i % 4}", max(2, checks + rng.randint(-4, 4)), 4.0 + i % 4, i)
        for i in range(exercises)
    )
    hardness = [[rng.betavariate(2, 5) for _ in one.checks] for one in columns]
    entries = tuple(_student(rng, number, columns, hardness) for number in range(students))
    marked = [one.key for one in entries if one.outcome is Outcome.MARKED]
    groups = []
    if len(marked) > 6:
        friends = tuple(marked[2:4])
        groups = [(one.id, friends) for one in columns[:5]] + [(columns[0].id, tuple(marked[4:7]))]
    cls = class_of(columns, *entries, has_roster=True, same_code=tuple(groups), seconds=students * 0.9)
    return replace(cls, **more)  # type: ignore[arg-type]


def _student(
    rng: random.Random, number: int, columns: tuple[ExerciseColumn, ...], hardness: list[list[float]]
) -> Entry:
    family, given = rng.choice(FAMILY).replace("_", " "), rng.choice(GIVEN)
    name = family + given if family in "王李欧阳" and given in "伟静怡子涵" else f"{given} {family}"
    id = f"2024{number:04}"
    about = {"name": name, "student": id, "email": f"student{number}@example.edu"}
    key = f"s{id}"
    dice = rng.random()
    if dice < 0.04:
        return Entry(key, outcome=Outcome.NO_SUBMISSION, **about)
    if dice < 0.06:
        reason = Text("The archive cannot be opened: hand_in.zip is not a zip file.", "无法打开压缩包 hand_in.zip。")
        return Entry(key, outcome=Outcome.REFUSED, reason=reason, late=True, **about)
    if dice < 0.07:
        reason = Text("The worker ended by signal 9, twice.", "工作进程两次因信号 9 终止。")
        return Entry(key, outcome=Outcome.CRASHED, reason=reason, **about)
    skill = rng.betavariate(4, 1.4)
    done = len(columns) if rng.random() < 0.6 + 0.4 * skill else rng.randint(1, len(columns))
    work = tuple(
        _work(rng, one, hard, skill, i < done) for i, (one, hard) in enumerate(zip(columns, hardness, strict=True))
    )
    found = entry(key, *work, **about)
    return replace(
        found,
        late=rng.random() < 0.08,
        attempt=1 + (rng.random() < 0.15) + (rng.random() < 0.03),
        matched=rng.random() > 0.02,
        notes=(Text("Left aside: notes.txt, .DS_Store", "未使用：notes.txt、.DS_Store"),)
        if rng.random() < 0.05
        else (),
    )


def _work(rng: random.Random, one: ExerciseColumn, hard: list[float], skill: float, begun: bool) -> ExerciseMarks:
    if not begun:
        return marks(one, Status.NOT_ATTEMPTED)
    dice = rng.random()
    if dice < 0.001:
        return marks(one, Status.GRADER_ERROR)
    if dice < 0.02:
        return marks(one, rng.choice([Status.TIMEOUT, Status.CRASHED, Status.MEMORY, Status.ERROR, Status.MISSING]))
    if dice < 0.3 + 0.6 * skill:
        return marks(one, Status.PASSED)
    statuses = tuple(
        Status.PASSED
        if rng.random() > h * (1.4 - skill) * 1.6
        else rng.choice([Status.FAILED, Status.FAILED, Status.ERROR])
        for h in hard
    )
    clean = all(status is Status.PASSED for status in statuses)
    diagnoses = () if clean or rng.random() < 0.5 else (rng.choice(["swapped", "in_place"]),)
    return marks(one, *statuses, diagnoses=diagnoses)


def every_trouble() -> ClassResult:
    """Return a small class in which everything happened that can, marked without a sandbox."""
    columns = (column("5.1.1", 4, 4.0), column("5.1.2", 3, 3.0, 1), column("5.6.1", 2, 2.0, 2))
    one, two, three = columns

    def work(first: Status, second: Status = Status.PASSED, third: Status = Status.PASSED) -> tuple[ExerciseMarks, ...]:
        return marks(one, first), marks(two, second), marks(three, third)

    return class_of(
        columns,
        entry("best", *work(Status.PASSED)),
        entry("slow", *work(Status.TIMEOUT)),
        entry("ended", *work(Status.CRASHED, Status.TIMEOUT), late=True),
        entry("greedy", *work(Status.MEMORY), attempt=3),
        entry("ours", *work(Status.PASSED, Status.GRADER_ERROR)),
        entry("all_ours", *work(Status.GRADER_ERROR, Status.GRADER_ERROR, Status.GRADER_ERROR)),
        entry("no_gpu", *work(Status.PASSED, Status.PASSED, Status.NOT_RUN)),
        entry("idle", *work(Status.NOT_ATTEMPTED, Status.MISSING, Status.NOT_ATTEMPTED)),
        entry("stranger", *work(Status.FAILED, Status.ERROR), matched=False, email="who@example.org"),
        entry("noted", *work(Status.FAILED), notes=(Text("Left aside: notes.txt", "未使用：notes.txt"),)),
        Entry("absent", "Absent", Outcome.NO_SUBMISSION),
        Entry(
            "refused",
            "Refused",
            Outcome.REFUSED,
            reason=Text("Two files are called ex5_1_1.py.", "有两个 ex5_1_1.py。"),
        ),
        Entry(
            "crashed",
            "Crashed",
            Outcome.CRASHED,
            reason=Text("The worker ended by signal 9.", "工作进程因信号 9 终止。"),
        ),
        has_roster=True,
        sandbox="none",
        same_code=(("5.1.1", ("best", "no_gpu", "ours")), ("5.1.2", ("best", "slow"))),
    )


def hostile() -> ClassResult:
    """Return a class in which every string that a student can choose is an attack or a nuisance."""
    one = column("5.1.1", 3, 3.0)
    bad = Text(HOSTILE, HOSTILE)
    long = "x" * 2500

    def about(number: int, name: str) -> dict[str, object]:
        return {"name": name, "student": HOSTILE, "email": f"a{number}<b>@x.org", "notes": (bad,), "reason": bad}

    keys = ["a b", "ä'\"<&>", "c%d?e#f", "..%2f", "x" * 200]
    people = [
        entry(key, marks(one, Status.FAILED, diagnoses=("swapped", HOSTILE)), matched=False, **about(i, HOSTILE))
        for i, key in enumerate(keys)
    ]
    return class_of(
        (one,),
        *people,
        entry("same", marks(one, Status.TIMEOUT), **about(6, "</title><script>x()</script>")),
        entry("long", marks(one, Status.GRADER_ERROR), **about(7, long)),
        Entry("r", outcome=Outcome.REFUSED, **about(8, '" onload="x()')),
        Entry("c", outcome=Outcome.CRASHED, **about(9, "\u202egnp.exe")),
        Entry("n", outcome=Outcome.NO_SUBMISSION, **about(10, "")),
        same_code=(("5.1.1", tuple(keys)),),
    )
