"""What to say of the cells of a notebook: how to name one, how it ended, and notes on those that did not simply run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from grader.results import Status, Text
from grader.sandbox.cells import CellRun
from grader.sandbox.faults import CellFault, Fault
from grader.submission import Source, SourceCell
from grader.submission.source import OTHERS

# Of one kind; a notebook that is not for this exercise may have many.
MOST = 5
MAX_LINE = 60
MAX_SAID = 200


def cell_name(cell: SourceCell, source: Source) -> Text:
    """Return how to name a cell: by its number, by its file too if there are several, by its line if it has one."""
    name = _numbered(cell, source)
    if cell.line is None:
        return name
    return Text(f"{name.en} (line {cell.line})", f"{name.zh}（第 {cell.line} 行）")


def cell_place(cell: SourceCell, source: Source) -> Text:
    """Return the same as it stands in brackets."""
    name = _numbered(cell, source)
    en = name.en[0].lower() + name.en[1:]
    if cell.line is None:
        return Text(en, name.zh)
    return Text(f"{en}, line {cell.line}", f"{name.zh}，第 {cell.line} 行")


def _numbered(cell: SourceCell, source: Source) -> Text:
    en, zh = f"Cell {cell.number}", f"第 {cell.number} 个单元格"
    if len({other.file for other in source.cells}) > 1:
        return Text(f"{en} of {cell.file}", f"{cell.file} 的{zh}")
    return Text(en, zh)


def cell_outcome(found: CellFault) -> Text:
    """Return the rest of a sentence that begins with the name of a cell that did not run to its end."""
    fault = found.fault
    if fault.kind == "NotRun" and fault.status is Status.TIMEOUT:
        return Text("was not run, because the cells above took too long", "没有运行，因为前面的单元格用时过长")
    if fault.kind == "NotRun":
        return Text(
            "was not run, because too many cells above ended the process",
            "没有运行，因为前面有太多单元格使进程中断",
        )
    if fault.kind == "TimeLimit":
        return Text("was still running when its time was up, and was stopped", "到时间仍未结束，已被终止")
    if fault.kind == "SystemExit":
        return Text("asked Python to exit, and ended there", "请求退出 Python，到此为止")
    if fault.kind == "Exit":
        return Text("ended the whole process", "结束了整个进程")
    if fault.kind in ("Silence", "BadReply"):
        return Text("broke the connection to the grader", "破坏了与评分程序的连接")
    if fault.status is Status.CRASHED and fault.kind.startswith("SIG"):
        return Text(f"was killed by signal {fault.kind}", f"被信号 {fault.kind} 终止")
    said = _said(fault)
    if fault.frames and found.cell.holds(fault.frames[-1].line):
        line = found.cell.place(fault.frames[-1].line)[1]
        return Text(f"failed: {said} (line {line})", f"出错：{said}（第 {line} 行）")
    return Text(f"failed: {said}", f"出错：{said}")


def _said(fault: Fault) -> str:
    """Return what a fault says, on one line."""
    message = next((line.strip() for line in fault.message.splitlines() if line.strip()), "")
    if len(message) > MAX_SAID:
        message = message[:MAX_SAID] + " …"
    return f"{fault.kind}: {message.rstrip('.')}" if message else fault.kind


def cell_notes(run: CellRun) -> tuple[Text, ...]:
    """Return notes on what was skipped, on imports of what is not installed, and on cells that failed.

    Cells that are tied to other exercises say nothing here.
    """
    source = run.source
    ours = [(place, cell) for place, cell in enumerate(source.cells) if cell.rank != OTHERS]
    lines = source.lines()
    skipped = [
        (lines[line - 1].strip()[:MAX_LINE], cell_place(cell, source))
        for place, cell in ours
        for line in run.skipped.get(place, ())
    ]
    lacking = [
        (_numbered(cell, source), cell.place(line)[1], message)
        for place, cell in ours
        for line, message in run.lacking.get(place, ())
    ]
    faults = [found for found in run.faults() if found.cell.rank != OTHERS]
    return (*_skipped(skipped), *_lacking(lacking), *_failed(faults, source))


def _skipped(found: list[tuple[str, Text]]) -> Iterator[Text]:
    if not found:
        return
    en = ", ".join(f"{text} ({place.en})" for text, place in found[:MOST])
    zh = "、".join(f"{text}（{place.zh}）" for text, place in found[:MOST])
    more = len(found) - MOST
    if more > 0:
        en, zh = f"{en} and {more} more", f"{zh} 等 {len(found)} 处"
    yield Text(f"Skipped, since only Jupyter can run it: {en}.", f"以下内容只有 Jupyter 能运行，已跳过：{zh}。")


def _lacking(found: list[tuple[Text, int, str]]) -> Iterator[Text]:
    for name, line, message in found[:MOST]:
        yield Text(
            f"{name.en}, line {line}: {message}. The rest of the cell ran without it.",
            f"{name.zh}，第 {line} 行：{message}。该单元格的其余部分照常运行。",
        )
    more = len(found) - MOST
    if more > 0:
        yield Text(f"{more} more imports of modules that are not installed here.", f"另有 {more} 处导入的模块未安装。")


def _failed(faults: list[CellFault], source: Source) -> Iterator[Text]:
    for found in faults[:MOST]:
        name, outcome = cell_name(found.cell, source), cell_outcome(found)
        yield Text(f"{name.en} {outcome.en}.", f"{name.zh}{outcome.zh}。")
    rest = faults[MOST:]
    if rest:
        en = ", ".join(_numbers(rest))
        zh = "、".join(_numbers(rest))
        yield Text(f"Further cells that failed or were not run: {en}.", f"其他出错或未运行的单元格：{zh}。")


def _numbers(faults: list[CellFault]) -> list[str]:
    """Return the numbers of cells, those in a row as from and to."""
    found = []
    for _, group in groupby(enumerate(faults), key=lambda entry: entry[1].cell.number - entry[0]):
        numbers = [fault.cell.number for _, fault in group]
        found.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}")
    return found
