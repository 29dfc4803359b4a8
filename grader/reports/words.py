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
        "public_checks": Text(
            "Public checks: {n} of {total}; hidden checks are run by your instructor.",
            "公开检查：通过 {n}/{total} 项；隐藏检查由教师运行。",
        ),
        "passed_list": Text("Passed: {n} of {total}", "已通过：{n} / {total}"),
        "all_passed": Text("Every check passed.", "所有检查均已通过。"),
        "hidden_check": Text("hidden check", "隐藏检查"),
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
        "stuck": Text(
            "Stuck? {command} gives a hint, another one each time.", "没有思路？运行 {command}，每次给出一条新的提示。"
        ),
        "tell": Text("tell your instructor about the grader error", "请把评分器错误告知授课教师"),
        "public_done": Text("nothing left to do, every public check passed", "没有剩余任务，公开检查全部通过"),
        "done": Text("nothing left to do, everything passed", "没有剩余任务，全部通过"),
        "not_here": Text("nothing left to do on this machine", "在本机上没有剩余任务"),
        "more": Text("more in the HTML scorecard (--html)", "其余见 HTML 成绩单（--html）"),
        "class_page": Text("Class", "班级成绩"),
        "class_of": Text("{title}: the class", "{title}：班级成绩"),
        "untrusted": Text("Untrusted: marked without isolation", "结果不可信：评分时没有隔离"),
        "untrusted_why": Text(
            "There was no sandbox: the students' code ran with the rights of whoever marked it, and could read and "
            "change files, results included. Mark again on Linux with bubblewrap before you use these scores.",
            "评分时没有使用沙箱：学生的代码以评分者的权限运行，可以读取和修改文件，包括评分结果。"
            "使用这些成绩之前，请在装有 bubblewrap 的 Linux 上重新评分。",
        ),
        "students": Text("Students", "学生"),
        "student": Text("Student", "学生"),
        "hand_ins": Text("Hand-ins", "提交"),
        "of_students": Text("of {n}", "共 {n} 人"),
        "median": Text("Median", "中位数"),
        "mean": Text("Mean", "平均分"),
        "quartiles": Text("Middle half", "中间一半"),
        "from_to": Text("{low} to {high}", "{low} 至 {high}"),
        "full_marks": Text("Full marks", "满分人数"),
        "no_marks": Text("No points", "零分人数"),
        "out_of": Text("out of {best}", "满分 {best}"),
        "basis": Text(
            "Median, mean and the rest count the hand-ins that were marked completely: {n}.",
            "中位数、平均分等只统计完整评分的提交，共 {n} 份。",
        ),
        "basis_left_out": Text("Marked, but not completely, and left out: {n}.", "另有 {n} 份评分不完整，未计入。"),
        "nothing_marked": Text("Nothing was marked, so there are no figures.", "没有任何提交得到评分，因此没有统计。"),
        "no_scores": Text("No hand-in was marked completely.", "没有完整评分的提交。"),
        "no_students": Text("There is nobody in this class.", "班级里没有学生。"),
        "sections": Text("On this page", "本页内容"),
        "distribution": Text("Distribution of scores", "分数分布"),
        "distribution_says": Text(
            "Number of scores: {n}. The median is {median}, the middle half lies between {low} and {high}. "
            "The tallest bar is {bar}, with {count}.",
            "共 {n} 人。中位数 {median}，中间一半在 {low} 到 {high} 之间。最高的柱是 {bar}，有 {count} 人。",
        ),
        "box_says": Text(
            "Below the bars: lowest to highest score, the middle half as a box, the median as a line.",
            "柱形下方：横线从最低分到最高分，方框是中间一半，竖线是中位数。",
        ),
        "as_table": Text("As a table", "以表格查看"),
        "to_full": Text("{low} to {high}, the end included", "{low} 至 {high}（含）"),
        "by_difficulty": Text("Exercises, hardest first", "练习：由难到易"),
        "by_difficulty_says": Text(
            "By the share of points earned. What could not be decided counts neither way. "
            "Open an exercise for its checks.",
            "按得分率排列，未能得出结论的不计入。展开练习可以查看各项检查。",
        ),
        "mean_points": Text("mean {score} of {best}", "平均 {score} / {best}"),
        "no_mean": Text("not decided for anyone", "没有人得出结论"),
        "share_full": Text("{share} full marks", "满分率 {share}"),
        "check": Text("Check", "检查"),
        "passed_share": Text("Passed", "通过"),
        "passed_of": Text("{n} of {total}", "{n} / {total}"),
        "others": Text("All others", "其余"),
        "hardest_checks": Text("Hardest checks", "最难的检查"),
        "no_hard_checks": Text("Every check was passed by all.", "每项检查所有人都通过了。"),
        "no_decided_checks": Text("No check was decided for anyone.", "没有任何检查得出结论。"),
        "common_mistakes": Text("Most frequent diagnoses", "最常见的错误"),
        "common_mistakes_says": Text(
            "Known mistakes that fit what the hand-ins failed.", "根据未通过的检查推断出的已知错误。"
        ),
        "no_mistakes": Text("No known mistake was recognised.", "没有识别出已知错误。"),
        "who": Text("Who", "学生名单"),
        "more_mistakes": Text("Rarer ones: {n}", "较少见的：{n} 个"),
        "same_code": Text("Same code", "相同的代码"),
        "same_code_says": Text(
            "Hand-ins whose code is the same once names and layout are made alike. This is a list to look at, not a "
            "verdict: a short exercise has few right answers, and a course may allow working together.",
            "把名称和排版统一之后，代码完全相同的提交。这只是供查看的线索，不是结论："
            "短小的练习本来就没有几种写法，课程也可能允许合作。",
        ),
        "no_same_code": Text("No two hand-ins have the same code.", "没有代码相同的提交。"),
        "same_in": Text("The same in", "相同的练习"),
        "picture": Text("Students and checks", "学生与检查"),
        "picture_says": Text(
            "A row for each student that was marked, best first; a step for each check, in the order of the course.",
            "每行一名已评分的学生，按得分从高到低；每格一项检查，按课程顺序。",
        ),
        "picture_point": Text("Point at a step to read what it stands for.", "指向一格可以查看对应的检查。"),
        "picture_alt": Text("Checks passed, by exercise", "各练习通过的检查数"),
        "kind_passed": Text("passed", "通过"),
        "kind_failed": Text("failed", "未通过"),
        "kind_stopped": Text("error, out of time or memory, crashed", "出错、超时、内存超限或中断"),
        "kind_absent": Text("not started or missing", "未作答或缺少定义"),
        "kind_not_run": Text("not run here", "未在本机运行"),
        "kind_grader_error": Text("grader error", "评分器出错"),
        "attention": Text("Needs your eyes", "需要查看"),
        "no_attention": Text("Nothing out of the ordinary.", "没有异常情况。"),
        "no_more_attention": Text("Nothing besides the grader errors.", "除评分器出错以外，没有异常情况。"),
        "attention_grader_error": Text("Grader errors", "评分器出错"),
        "attention_grader_error_says": Text(
            "A fault of the grader, not of the students. These checks do not count as wrong, and the scores are "
            "not complete. Mark again once the cause is mended.",
            "这是评分器的问题，不是学生的错。这些检查不算答错，相关成绩也不完整。排除原因之后请重新评分。",
        ),
        "attention_crashed": Text("Marking broke off", "评分中断"),
        "attention_crashed_says": Text(
            "Marking these ended the grader's worker, twice. They have no score, which is not a zero.",
            "评分这些提交时，评分进程两次中断。它们没有成绩，不等于零分。",
        ),
        "attention_refused": Text("Refused", "无法评分"),
        "attention_refused_says": Text(
            "What was handed in cannot be read as a submission.", "提交的内容无法作为作业读取。"
        ),
        "attention_unmatched": Text("Not in the roster", "不在名单中"),
        "attention_unmatched_says": Text(
            "Nobody in the roster fits these hand-ins. They go by the name that they came with.",
            "名单中找不到对应的学生，这里用的是提交时的名字。",
        ),
        "attention_timeout": Text("Out of time", "超时"),
        "attention_timeout_says": Text(
            "The code did not finish in time, in these exercises.", "在所列练习中，代码没有在限定时间内运行完。"
        ),
        "attention_ended": Text("Code that ended its process", "代码使进程中断"),
        "attention_ended_says": Text(
            "By sys.exit, os._exit or a signal, in these exercises.",
            "在所列练习中，代码通过 sys.exit、os._exit 或信号结束了进程。",
        ),
        "attention_memory": Text("Out of memory", "内存超限"),
        "attention_memory_says": Text(
            "The code asked for more memory than allowed, in these exercises.",
            "在所列练习中，代码占用的内存超过了上限。",
        ),
        "attention_incomplete": Text("Not complete", "评分不完整"),
        "attention_incomplete_says": Text(
            "Checks that give points were not run, in these exercises: this machine lacks something that they need.",
            "所列练习中有计分的检查没有运行，因为本机缺少它们所需的条件。",
        ),
        "attention_no_submission": Text("No submission", "未提交"),
        "attention_no_submission_says": Text("In the roster, but nothing was handed in.", "在名单中，但没有提交。"),
        "attention_remarks": Text("Remarks on hand-ins", "关于提交的说明"),
        "attention_remarks_says": Text("Such as files that were left aside.", "例如未使用的文件。"),
        "outcome": Text("Outcome", "结果"),
        "outcome_marked": Text("Marked", "已评分"),
        "outcome_no_submission": Text("No submission", "未提交"),
        "outcome_refused": Text("Refused", "无法评分"),
        "outcome_crashed": Text("Marking broke off", "评分中断"),
        "tag_all": Text("All", "全部"),
        "tag_grader_error": Text("Grader error", "评分器出错"),
        "tag_incomplete": Text("Not complete", "不完整"),
        "tag_late": Text("Late", "迟交"),
        "tag_again": Text("Handed in again", "多次提交"),
        "tag_unmatched": Text("Not in the roster", "不在名单中"),
        "tag_timeout": Text("Out of time", "超时"),
        "tag_full": Text("Full marks", "满分"),
        "tag_nothing": Text("No points", "零分"),
        "tag_same_code": Text("Same code", "代码相同"),
        "attempt": Text("Attempt {n}", "第 {n} 次提交"),
        "no_score": Text("no score", "无成绩"),
        "find": Text("Find a name, an id or an e-mail address", "按姓名、学号或邮箱查找"),
        "show": Text("Show", "显示"),
        "rows_shown": Text("{n} of {total} students shown", "显示 {n} 人，共 {total} 人"),
        "table_name": Text("Scores, by student and exercise", "各学生各练习的得分"),
        "table_says": Text(
            "A name leads to the scorecard. A dash is a score that nobody knows: it is not a zero.",
            "点击姓名可打开成绩单。短横线表示没有得出成绩，不等于零分。",
        ),
        "table_sorts": Text("A heading sorts by its column.", "点击表头可以按该列排序。"),
        "each_taken": Text("{n} s, or {each} s for each hand-in marked", "{n} 秒，平均每份 {each} 秒"),
    }
)


def phrase(key: str, **values: object) -> Text:
    """Return the words called `key` with `values` filled in."""
    words = WORDS[key]
    return Text(words.en.format(**values), words.zh.format(**values))
