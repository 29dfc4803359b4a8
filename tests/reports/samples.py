"""Results to show: a usual one, one with every status, hostile ones."""

from __future__ import annotations

from dataclasses import replace

from grader.results import (
    CheckResult,
    Diagnosis,
    ExerciseResult,
    Location,
    Result,
    SourceLine,
    Status,
    Text,
    worst,
)

BOOK = "https://d2l.ai/chapter_builders-guide/model-construction.html"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> [bold red]markup[/bold red] [/] {{ 7*7 }} </style>"
    " \x00\x07\x1b[31mred\x1b[0m\x1b]0;title\x07 \u202eevil\u2066 \u200b \ud800 \uffff \x9b "
    "e\u0301\u0301\u0301\u0301\u0301\u0301 \u05d0\u05d1"
)


def code(words: str) -> Text:
    """Return a text that is the same in both languages."""
    return Text(words, words)


def check(
    name: str = "test_it", status: Status = Status.PASSED, title: Text | None = None, **more: object
) -> CheckResult:
    """Return a check that gives one point, or none if it did not pass."""
    score = 1.0 if status is Status.PASSED else 0.0
    found = CheckResult(name, title or Text(name, f"检查 {name}"), status, score, 1.0)
    return replace(found, **more)  # type: ignore[arg-type]


def exercise(id: str, title: Text, *checks: CheckResult, **more: object) -> ExerciseResult:
    """Return an exercise with `checks`."""
    name = "ex" + id.replace(".", "_")
    found = ExerciseResult(
        id,
        name,
        title,
        sum(c.score for c in checks),
        sum(c.max_score for c in checks),
        worst(c.status for c in checks),
        checks,
        file=f"ex5/{name}.py",
        book=BOOK,
    )
    return replace(found, **more)  # type: ignore[arg-type]


def result(*exercises: ExerciseResult, **more: object) -> Result:
    """Return the result of alice's submission with `exercises`."""
    statuses = {c.status for e in exercises for c in e.checks}
    found = Result(
        "ex5",
        Text("Chapter 5: Builders' guide", "第 5 章：深度学习计算"),
        "alice",
        7,
        sum(e.score for e in exercises),
        sum(e.max_score for e in exercises),
        not statuses & {Status.GRADER_ERROR, Status.NOT_RUN},
        "bubblewrap",
        exercises,
        versions=(("grader", "0.1.0"), ("python", "3.11.7"), ("torch", "2.6.0")),
        created="2025-03-01T10:30:00+00:00",
        seconds=3.21,
    )
    return replace(found, **more)  # type: ignore[arg-type]


def place(line: int, *texts: str, function: str = "forward", file: str = "ex5/ex5_1_2_parallel.py") -> Location:
    """Return a place in a student's file, `texts` around `line`, which is the middle one."""
    first = line - len(texts) // 2
    source = tuple(SourceLine(first + i, text, first + i == line) for i, text in enumerate(texts))
    return Location(file, line, function, source)


FORWARD = place(
    14,
    "    def forward(self, x):",
    "        first, second = self.net1(x), self.net2(x)",
    "        return torch.cat((second, first), dim=1)",
    "",
    "",
)
UNTOUCHED = Text("The starting code is unchanged.", "起始代码尚未改动。")


def usual() -> Result:
    """Return a result as a student in the middle of the work sees it."""
    order = exercise(
        "5.1.2",
        Text("Two networks in parallel", "并行的两个网络"),
        check("wide", title=Text("The output is as wide as both nets together", "输出宽度等于两个网络之和")),
        check(
            "order",
            Status.FAILED,
            Text("net1's output comes first, then net2's", "先是 net1 的输出，然后是 net2 的"),
            message=Text(
                "The values differ from the expected ones; the first difference is at [0, 0].",
                "数值与预期不符；第一处差异在 [0, 0]。",
            ),
            hint=Text(
                "Look at the order of the tensors that you hand to torch.cat.",
                "看看传给 torch.cat 的张量的顺序。",
            ),
            expected=code(
                "tensor([[ 0.1250, -0.4411,  0.9024,  0.3310, -0.0071,  0.5512],\n"
                "        [ 0.2217, -0.3971,  1.0041,  0.2980, -0.1125,  0.6003]])"
            ),
            seen=code(
                "tensor([[ 0.3310, -0.0071,  0.5512,  0.1250, -0.4411,  0.9024],\n"
                "        [ 0.2980, -0.1125,  0.6003,  0.2217, -0.3971,  1.0041]])"
            ),
            location=FORWARD,
        ),
        check(
            "shape",
            Status.FAILED,
            Text("A batch of one works too", "批量大小为 1 时也能工作"),
            message=Text("The shape is not the expected one.", "形状与预期不符。"),
            expected=Text("shape (1, 36)", "形状 (1, 36)"),
            seen=Text("shape (36,)", "形状 (36,)"),
        ),
        check("params", title=Text("Both nets' parameters are found", "能找到两个网络的参数")),
        diagnoses=(
            Diagnosis(
                "swapped",
                Text("You joined net2's output before net1's.", "你把 net2 的输出放在了 net1 的前面。"),
                Text(
                    "The layer after this one learns which column means what. With the halves swapped, "
                    "weights that were saved from a right model give wrong answers in yours.",
                    "后一层学习的是每一列的含义。两半互换之后，从正确模型保存的权重在你的模型里会给出错误的结果。",
                ),
                Text(
                    "Write the tensors in torch.cat in the order of the arguments of Parallel.",
                    "按 Parallel 的参数顺序书写 torch.cat 中的张量。",
                ),
                BOOK,
            ),
        ),
        output="net1: torch.Size([2, 12])\nnet2: torch.Size([2, 24])\n",
    )
    boom = place(9, "def scale(x):", "    return x @ weights", "", function="scale", file="ex5/ex5_2_1_access.py")
    broken = exercise(
        "5.2.1",
        Text("Reading a network's parameters", "读取网络的参数"),
        *(
            check(
                f"raises{i}",
                Status.ERROR,
                Text(f"The {part} is read", f"读取{zh}"),
                message=Text("NameError: name 'weights' is not defined"),
                location=boom,
                frames=(
                    place(21, "", "    return scale(inputs)", "", function="first_weight", file=boom.file),
                    boom,
                ),
                hint=Text("The weights belong to the layer that you were given.", "权重属于传入的层。"),
            )
            for i, (part, zh) in enumerate([("weight", "权重"), ("bias", "偏置"), ("whole list", "整个列表")])
        ),
        check("fine", title=Text("Nothing is changed by reading", "读取不改变任何内容")),
    )
    return result(
        exercise(
            "5.1.1",
            Text("A chain of blocks", "块的链接"),
            *(check(f"t{i}", title=Text(f"Chain of length {i} works", f"长度为 {i} 的链")) for i in range(1, 5)),
        ),
        order,
        exercise(
            "5.1.3",
            Text("A factory for deep stacks of the same block", "批量生成相同块的工厂函数"),
            *(check(f"n{i}", Status.NOT_ATTEMPTED, message=UNTOUCHED) for i in range(4)),
        ),
        broken,
        exercise(
            "5.3.1",
            Text("Saving and loading", "保存与加载"),
            *(check(f"s{i}", title=Text(f"Round trip {i}", f"往返 {i}")) for i in range(3)),
        ),
        exercise(
            "5.4.1",
            Text("A layer of your own", "自定义层"),
            *(check(f"n{i}", Status.NOT_ATTEMPTED, message=UNTOUCHED) for i in range(5)),
        ),
    )


def every_status() -> Result:
    """Return a result that has each status at least once, marked without a sandbox."""
    exercises = [
        exercise(f"5.6.{i}", Text(f"Ends as {status}", f"以 {status} 结束"), check("same", status), check("other"))
        for i, status in enumerate(Status, 1)
        if status is not Status.PASSED
    ]
    return result(
        *exercises,
        exercise("5.7", Text("All well", "全部正确"), check("good")),
        sandbox="none",
        notes=(Text("Marked from a notebook.", "根据笔记本评分。"),),
    )


def hostile() -> Result:
    """Return a result in which every string that a student can choose is an attack or a nuisance."""
    bad = Text(HOSTILE, HOSTILE)
    long = "x" * 2500
    where = Location(
        HOSTILE,
        3,
        HOSTILE,
        (SourceLine(2, "\t" * 12 + "deep = 1"), SourceLine(3, f"y = {HOSTILE!s}", True), SourceLine(4, long)),
    )
    return result(
        exercise(
            "5.1.1",
            Text("Strings that attack"),
            check(
                "attack",
                Status.FAILED,
                message=bad,
                seen=bad,
                expected=code(long),
                location=where,
                frames=(where, replace(where, line=9)),
                hint=bad,
            ),
            check("many", Status.ERROR, message=Text("line\n" * 300), seen=code("\n".join(["a" * 300] * 60))),
            output=HOSTILE + "\n10%\r50%\r100%\n" + long,
            notes=(bad,),
        ),
        exercise(
            "5.1.2",
            Text("文字" * 60, "中文" * 60),
            check("zh", Status.MISSING, message=Text("没有定义 Parallel", "没有定义 Parallel")),
        ),
        submission=HOSTILE + long,
        notes=(bad,),
    )


def all_passed() -> Result:
    """Return a result with full marks."""
    return result(exercise("5.1.1", Text("A chain", "链"), check("a"), check("b")))
