"""The fixed words of the lists of a class and of the reports for other programs, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from grader.class_result import Outcome
from grader.results import Text

OUTCOMES: Mapping[Outcome, Text] = MappingProxyType(
    {
        Outcome.MARKED: Text("marked", "已评分"),
        Outcome.NO_SUBMISSION: Text("no submission", "未提交"),
        Outcome.REFUSED: Text("refused", "无法评分"),
        Outcome.CRASHED: Text("marking broke off", "评分中断"),
    }
)

# In the order of the columns of the gradebook; those of the exercises stand before the diagnoses.
COLUMNS: Mapping[str, Text] = MappingProxyType(
    {
        "id": Text("id", "学号"),
        "name": Text("name", "姓名"),
        "email": Text("email", "邮箱"),
        "outcome": Text("outcome", "提交情况"),
        "score": Text("score", "得分"),
        "max_score": Text("max score", "满分"),
        "percent": Text("percent", "百分比"),
        "complete": Text("complete", "成绩完整"),
        "late": Text("late", "迟交"),
        "attempt": Text("attempt", "第几次提交"),
        "matched": Text("in roster", "在名单中"),
        "diagnoses": Text("diagnoses", "可能的原因"),
        "remarks": Text("remarks", "备注"),
        "folder": Text("folder", "结果文件夹"),
    }
)

YES, NO = Text("yes", "是"), Text("no", "否")

_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        # Of a student's standing.
        "not_decided": Text("not decided: {exercises}", "未定：{exercises}"),
        "so_far": Text("{score} of {best} points so far", "目前 {score} 分，满分 {best} 分"),
        "some_open": Text("some checks could not be decided", "有些检查未能得出结论"),
        "crashed": Text(
            "the grader failed on this hand-in; that is not the student's fault",
            "评分器在这份提交上出错，与学生无关",
        ),
        "refused": Text("the hand-in could not be read", "无法读取这份提交"),
        "untrusted": Text("marked without isolation", "评分时未隔离"),
        "late": Text("handed in late", "迟交"),
        # Why a student is not in a list for a platform.
        "not_in_roster": Text("not in the roster", "不在名单中"),
        "no_id": Text("no {column} to find the student by", "缺少用于识别学生的“{column}”"),
        "strange_id": Text(
            "the {column} “{value}” would not be safe in a spreadsheet", "“{column}”的值“{value}”在电子表格中不安全"
        ),
        # Of one result.
        "first_problem": Text("First problem", "首要问题"),
        "problem_of": Text("{exercise}: {check}", "{exercise}：{check}"),
        "total": Text("Total: {score} / {best}", "总分：{score} / {best}"),
        "so_far_total": Text("Total so far: {score} / {best}", "目前总分：{score} / {best}"),
        "no_total": Text("Total: not decided, out of {best}", "总分：未定，满分 {best}"),
        "next": Text("Next: {what}", "下一步：{what}"),
        "incomplete": Text("This score is not complete. {why}", "此成绩不完整。{why}"),
        "isolation": Text("Isolation: {how}", "隔离方式：{how}"),
        "not_started": Text("Not started yet: {ids}", "尚未作答：{ids}"),
        "more_problems": Text("{n} more of this kind; see the summary", "另有 {n} 处，见摘要"),
        "left_out": Text("({n} characters left out)", "（省略了 {n} 个字符）"),
    }
)


def say(key: str, language: str, **values: object) -> str:
    """Return the words called `key` in ``"en"`` or ``"zh"``, with `values` filled in."""
    return _WORDS[key].get(language).format(**values)


def both(key: str, **values: Text) -> Text:
    """Return the words called `key` in both languages, with texts of both filled in."""
    return Text(
        _WORDS[key].en.format(**{name: value.get("en") for name, value in values.items()}),
        _WORDS[key].zh.format(**{name: value.get("zh") for name, value in values.items()}),
    )


def in_language(words: Text, language: str) -> str:
    """Return a text in ``"en"`` or ``"zh"``, in the other language where it is there in that alone."""
    return words.get(language) or words.zh


def joined(remarks: Iterable[str], language: str) -> str:
    """Return short remarks as one line, without the full stops between them."""
    found = [remark.strip() for remark in remarks]
    return ("；" if language == "zh" else "; ").join([*(part.rstrip(".。") for part in found[:-1]), *found[-1:]])
