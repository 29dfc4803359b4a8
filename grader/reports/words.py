"""The fixed words of the reports, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from grader.results import Status, Text

STATUS: Mapping[Status, Text] = MappingProxyType(
    {
        Status.GRADER_ERROR: Text("Grader error", "评分器出错"),
        Status.CRASHED: Text("Crashed", "进程中断"),
        Status.TIMEOUT: Text("Out of time", "超时"),
        Status.MEMORY: Text("Out of memory", "内存超限"),
        Status.ERROR: Text("Error", "代码出错"),
        Status.FAILED: Text("Failed", "未通过"),
        Status.MISSING: Text("Missing", "缺少定义"),
        Status.NOT_ATTEMPTED: Text("Not started", "未作答"),
        Status.NOT_RUN: Text("Not run", "未运行"),
        Status.PASSED: Text("Passed", "通过"),
    }
)

# Shown where a check brought no message of its own.
MEANING: Mapping[Status, Text] = MappingProxyType(
    {
        Status.GRADER_ERROR: Text(
            "The grader itself failed here. This is not your mistake, and it is not counted as one.",
            "评分器自身在此出错。这不是你的错，也不算作你的错误。",
        ),
        Status.CRASHED: Text("The process that ran your code ended early.", "运行你的代码的进程提前结束了。"),
        Status.TIMEOUT: Text("Your code did not finish in the time allowed.", "你的代码没有在限定时间内运行完。"),
        Status.MEMORY: Text("Your code asked for more memory than allowed.", "你的代码占用的内存超过了上限。"),
        Status.ERROR: Text("Your code raised an exception.", "你的代码抛出了异常。"),
        Status.FAILED: Text("The answer is not the expected one.", "结果与预期不符。"),
        Status.MISSING: Text("A name that this check needs is not defined.", "此项检查所需的名称没有定义。"),
        Status.NOT_ATTEMPTED: Text("The starting code is unchanged.", "起始代码尚未改动。"),
        Status.NOT_RUN: Text("This machine lacks something that the check needs.", "本机缺少检查所需的条件。"),
        Status.PASSED: Text(),
    }
)

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "scorecard": Text("Scorecard", "成绩单"),
        "scorecards": Text("Scorecards", "成绩单列表"),
        "proofs": Text("Proof of the specs", "检查的验证报告"),
        "findings": Text("Findings", "问题"),
        "killed": Text("Mutants killed", "查出的变异体"),
        "mutants": Text("Mutants", "变异体"),
        "equivalent": Text("Mutants that are as good as the solution", "与参考答案等价的变异体"),
        "matrix": Text("Known mistakes and the checks that they fail", "已知错误与它们未通过的检查"),
        "mistake": Text("Mistake", "错误"),
        "caught": Text("failed by {n} known mistakes", "{n} 个已知错误未通过此项"),
        "skip": Text("Skip to the results", "跳到评分结果"),
        "submission": Text("Submission", "提交"),
        "score": Text("Score", "得分"),
        "points": Text("Points", "得分"),
        "of_points": Text("{score} out of {best} points", "{score} 分，满分 {best} 分"),
        "undecided_points": Text("not decided, {best} points", "未定，共 {best} 分"),
        "exercises": Text("Exercises", "练习"),
        "exercise": Text("Exercise", "练习"),
        "status": Text("Status", "状态"),
        "checks": Text("Checks", "检查"),
        "checks_passed": Text("{n} of {total} checks passed", "{total} 项检查中通过 {n} 项"),
        "passed_list": Text("Passed: {n} of {total}", "已通过：{n} / {total}"),
        "all_passed": Text("Every check passed.", "所有检查均已通过。"),
        "group_work": Text("To work on", "需要改进"),
        "group_not_started": Text("Not started yet", "尚未作答"),
        "group_open": Text("Not decided", "尚无结论"),
        "group_passed": Text("Passed", "已通过"),
        "diagnosis": Text("Likely cause", "可能的原因"),
        "happened": Text("What happened", "发生了什么"),
        "matters": Text("Why it matters", "为什么重要"),
        "advice": Text("What to try", "可以尝试"),
        "book": Text("In the book", "书中位置"),
        "statement": Text("Read the exercise", "查看题目"),
        "output": Text("What your code printed", "你的代码的输出"),
        "left_out": Text("{n} characters left out", "省略了 {n} 个字符"),
        "expected": Text("Expected", "预期"),
        "seen": Text("Seen", "实际"),
        "hint": Text("Hint", "提示"),
        "hints": Text("Hints", "提示"),
        "line": Text("line {n}", "第 {n} 行"),
        "in_function": Text("in {name}", "位于 {name}"),
        "this_line": Text("This line:", "就是这一行："),
        "frames": Text("How your code got there", "代码的调用路径"),
        "asked": Text("What is checked ({n})", "检查内容（{n} 项）"),
        "same_cause": Text("{n} checks, one cause", "{n} 项检查，同一原因"),
        "and_more": Text("and {n} more", "另有 {n} 项"),
        "incomplete": Text("This score is not complete", "此成绩不完整"),
        "ours": Text(
            "The grader failed on the checks below. That is our fault, not yours: "
            "they do not count as wrong answers. Please tell your instructor.",
            "评分器在以下检查中出错。这是我们的问题，不是你的：它们不算答错。请告知授课教师。",
        ),
        "skipped": Text(
            "These checks were not run, because this machine lacks something that they need:",
            "以下检查未运行，因为本机缺少它们所需的条件：",
        ),
        "undecided": Text("Some checks could not be decided.", "有些检查未能得出结论。"),
        "no_exercises": Text("No exercise was marked.", "没有评分任何练习。"),
        "no_checks": Text("No check of this exercise was run.", "此练习没有运行任何检查。"),
        "no_rows": Text("There are no scorecards yet.", "还没有成绩单。"),
        "notes": Text("Notes", "说明"),
        "about": Text("About this marking", "关于本次评分"),
        "seed": Text("Seed", "随机种子"),
        "versions": Text("Versions", "版本"),
        "sandbox": Text("Isolation", "隔离方式"),
        "sandbox_none": Text(
            "none: checked without isolation, your code could reach this machine's files and network",
            "none：未隔离检查，代码可以访问本机的文件和网络",
        ),
        "taken": Text("Time taken", "用时"),
        "seconds": Text("{n} s", "{n} 秒"),
        "when": Text("Marked", "评分时间"),
        "language": Text("Language", "语言"),
        "total": Text("Total", "总分"),
        "next": Text("Next", "下一步"),
        "open_then_run": Text("open {file}, then run: {command}", "打开 {file}，然后运行：{command}"),
        "run": Text("run: {command}", "运行：{command}"),
        "tell": Text("tell your instructor about the grader error", "请把评分器错误告知授课教师"),
        "done": Text("nothing left to do, everything passed", "没有剩余任务，全部通过"),
        "not_here": Text("nothing left to do on this machine", "在本机上没有剩余任务"),
        "more": Text("more in the HTML scorecard (--html)", "其余见 HTML 成绩单（--html）"),
    }
)


def phrase(key: str, **values: object) -> Text:
    """Return the words called `key` with `values` filled in."""
    words = WORDS[key]
    return Text(words.en.format(**values), words.zh.format(**values))
