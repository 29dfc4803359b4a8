"""What `grade batch` prints at its end: a few lines about a class, and where the rest is."""

from __future__ import annotations

import os
from collections.abc import Iterable

from grader.class_result import ClassResult, Entry, Outcome
from grader.reports.class_figures import summary
from grader.reports.outline import points
from grader.reports.text import visible

SHOWN = 8
_WORDS = {
    "en": {
        "head": "{title}: {marked} of {all} students marked in {seconds} s.",
        "scores": "Mean {mean}, median {median}, best {best} of {most} points.",
        Outcome.NO_SUBMISSION: "No submission: {who}",
        Outcome.REFUSED: "Cannot be marked: {who}",
        Outcome.CRASHED: "Ended the grader's worker, look at these by hand: {who}",
        "unmatched": "Not in the roster: {who}",
        "failed": "The grader failed on some checks of these, and no score of theirs is final: {who}",
        "untrusted": "UNTRUSTED: marked without isolation; code that was handed in could have changed these results.",
        "more": "{names} and {n} more",
        "comma": ", ",
        "page": "The class: {path}",
        "lists": "Gradebook: {path} (beside it: canvas.csv, moodle.csv, junit.xml, students/)",
    },
    "zh": {
        "head": "{title}：{all} 名学生中已评 {marked} 名，用时 {seconds} 秒。",
        "scores": "满分 {most} 分：平均 {mean}，中位数 {median}，最高 {best}。",
        Outcome.NO_SUBMISSION: "未提交：{who}",
        Outcome.REFUSED: "无法评分：{who}",
        Outcome.CRASHED: "使评分进程异常退出，请人工查看：{who}",
        "unmatched": "不在名单中：{who}",
        "failed": "评分程序在以下作业的部分检查中出错，其分数不是最终成绩：{who}",
        "untrusted": "不可信：未在沙箱中评分，提交的代码有可能篡改这些结果。",
        "more": "{names} 等，另有 {n} 名",
        "comma": "、",
        "page": "全班情况：{path}",
        "lists": "成绩册：{path}（同一文件夹中还有 canvas.csv、moodle.csv、junit.xml、students/）",
    },
}


def class_summary(cls: ClassResult, folder: str, language: str) -> str:
    """Return the lines about a class whose files are in `folder`."""
    words = _WORDS[language]
    marked = [entry for entry in cls.entries if entry.outcome is Outcome.MARKED]
    spread = summary(cls).spread
    lines = [
        words["head"].format(
            title=cls.title.get(language), marked=len(marked), all=len(cls.entries), seconds=f"{cls.seconds:g}"
        )
    ]
    if spread is not None:
        figures = {"mean": spread.mean, "median": spread.median, "best": spread.high, "most": cls.max_score}
        lines.append(words["scores"].format(**{name: points(value) for name, value in figures.items()}))
    for outcome in (Outcome.NO_SUBMISSION, Outcome.REFUSED, Outcome.CRASHED):
        lines += _listed(words, outcome, (entry for entry in cls.entries if entry.outcome is outcome))
    if cls.has_roster:
        lines += _listed(words, "unmatched", (entry for entry in cls.entries if not entry.matched))
    lines += _listed(words, "failed", (entry for entry in marked if entry.has_grader_error))
    if not cls.trusted:
        lines.append(words["untrusted"])
    lines.append(words["page"].format(path=os.path.join(folder, "class.html")))
    lines.append(words["lists"].format(path=os.path.join(folder, "gradebook.csv")))
    return "\n".join(lines)


def _listed(words: dict[str, str], kind: str, entries: Iterable[Entry]) -> list[str]:
    found = [visible(entry.name or entry.key) for entry in entries]
    if not found:
        return []
    names = words["comma"].join(found[:SHOWN])
    if len(found) > SHOWN:
        names = words["more"].format(names=names, n=len(found) - SHOWN)
    return [words[kind].format(who=names)]
