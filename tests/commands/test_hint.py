"""`grade hint` shows one hint after the other, remembers them, and says what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest
from in_process import grade_here
from samples.hand_ins import CLASS
from support import SAMPLES, TINY, grade

from grader import state
from grader.catalogue import exercises_root, find
from grader.hints import ladder
from grader.results import Status
from grader.state import Marked, State

_, (PARALLEL,) = find("5.1.2", exercises_root())
STEPS = ladder(PARALLEL)
FILE = CLASS / "marco" / "ex5" / "ex5_1_2_parallel.py"


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch) -> Path:
    """A folder of work with one exercise in it, and a cache of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    folder = tmp_path / "work"
    (folder / "ex5").mkdir(parents=True)
    (folder / "ex5" / FILE.name).write_bytes(FILE.read_bytes())
    return folder


def hint(folder: Path, *arguments: str, **environment: str) -> str:
    """Return what `grade hint` prints in a folder."""
    done = grade_here("hint", *arguments, cwd=folder, env={"COLUMNS": "200", "GRADE_DEBUG": "1", **environment})
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def remember(folder: Path, data: bytes, *mistakes: str, **checks: Status) -> None:
    """Keep a marking of the parallel block in which all checks passed but `checks`."""
    names = [step.key.removeprefix("check:") for step in STEPS if step.key.startswith("check:")]
    found = Marked(state.digest(data), {name: checks.get(name, Status.PASSED) for name in names}, mistakes)
    assert state.save(folder / "ex5", State(marked={PARALLEL.name: found}))


def test_each_time_another_one(work):
    """The hints come one after the other in their order, each with its number, then there are no more."""
    for number, step in enumerate(STEPS, 1):
        told = hint(work, "5.1.2")
        assert told.startswith(f"5.1.2 A parallel block  hint {number} of {len(STEPS)}\n")
        assert step.about.en in told
        assert all(paragraph in told for paragraph in step.text.en.split("\n") if len(paragraph) < 190)
        assert "Next: open ex5/ex5_1_2_parallel.py, then run: grade ex5.1.2\n" in told
        assert ("Another hint: grade hint ex5.1.2\n" in told) == (number < len(STEPS))
    assert "You have seen all hints. See them again: grade hint ex5.1.2 --all" in hint(work, "5.1.2")


def test_again_all_and_reset(work):
    """--again shows what was seen and goes no further, --reset begins anew, --all shows everything."""
    assert "No hint was shown yet" in hint(work, "5.1.2", "--again")
    hint(work, "5.1.2")
    hint(work, "5.1.2")
    for _ in range(2):
        again = hint(work, "5.1.2", "--again")
        assert "hint 1 of" in again and "hint 2 of" in again and "hint 3 of" not in again
    assert "hint 3 of" in hint(work, "5.1.2")
    assert "hint 1 of" in hint(work, "5.1.2", "--reset")
    assert "hint 2 of" in hint(work, "5.1.2")
    everything = hint(work, "5.1.2", "--all")
    assert [step.about.en for step in STEPS if step.about.en not in everything] == []
    assert "Another hint" not in everything


def test_what_failed_comes_first(work):
    """After a marking the first hints are about what went wrong; a changed file is to be marked first."""
    remember(work, FILE.read_bytes(), "nets_in_a_list", test_both_nets_are_registered=Status.FAILED)
    first, second = hint(work, "5.1.2"), hint(work, "5.1.2")
    assert "What probably happened" in first and "hint 1 of 4" in first
    assert "parameters() finds the nets that are registered as children" in second
    assert "Next: open ex5/" in second
    (work / "ex5" / FILE.name).write_text("# another one\n")
    assert "Next: grade ex5.1.2 shows what is left to do; ex5/ex5_1_2_parallel.py has changed" in hint(work, "5.1.2")


def test_nothing_is_hinted_at_where_all_is_well(work):
    """An exercise that has passed has no hints."""
    remember(work, FILE.read_bytes())
    assert "Everything passed when this exercise was marked last" in hint(work, "5.1.2")
    assert "上次评分时已全部通过" in hint(work, "5.1.2", "--lang", "zh")


def test_of_several_exercises_the_one_to_go_on_with(work):
    """For a section it is the one that was begun and has not passed, else the first that has not."""
    assert hint(work, "ex5.1").startswith("5.1.1 ")
    remember(work, FILE.read_bytes(), test_net1_comes_first=Status.FAILED)
    assert hint(work, "ex5").startswith("5.1.2 ")
    remember(work, FILE.read_bytes())
    assert hint(work, "ex5.1").startswith("5.1.1 ")
    untouched = dict.fromkeys(
        (key.removeprefix("check:") for key in (step.key for step in STEPS)), Status.NOT_ATTEMPTED
    )
    remember(work, FILE.read_bytes(), **{**untouched, "test_net1_comes_first": Status.NOT_RUN})
    assert hint(work, "ex5.1").startswith("5.1.1 ")


def test_in_chinese_on_a_gbk_console(work):
    """With Chinese chosen, by option or environment, all of it is Chinese, also where the console knows only GBK."""
    told = hint(work, "5.1.2", "--lang", "zh")
    assert told.startswith(f"5.1.2 并行块  提示 1/{len(STEPS)}\n")
    assert STEPS[0].text.zh.split("\n")[0] in told
    assert "下一步：打开 ex5/ex5_1_2_parallel.py，然后运行：grade ex5.1.2\n下一条提示：grade hint ex5.1.2\n" in told
    gbk = grade("hint", "5.1.2", cwd=work, env={"GRADE_LANG": "zh", "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"})
    # The test reads UTF-8: what GBK has written is no UTF-8, and nothing else has gone wrong.
    assert (gbk.returncode, gbk.stderr) == (0, "")
    assert "\ufffd" in gbk.stdout


def test_without_what_windows_lacks(work):
    """Nothing of Unix is needed."""
    path = f"{SAMPLES / 'no_posix'}:{Path(__file__).resolve().parents[2]}"
    done = grade("hint", "5.1.2", cwd=work, env={"PYTHONPATH": path, "PATH": "/nowhere", "GRADE_DEBUG": "1"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "hint 1 of" in done.stdout


def test_without_any_work_and_without_a_cache(tmp_path):
    """In an empty folder, and where nothing can be remembered, the first hint still comes."""
    empty = tmp_path / "empty"
    empty.mkdir()
    told = hint(empty, "5.1.2")
    assert "hint 1 of" in told and "Next: grade ex5.1.2\n" in told
    for _ in range(2):
        assert "hint 1 of" in hint(empty, "5.1.2", XDG_CACHE_HOME="/dev/null/no", HOME="/nowhere")


def test_marking_is_what_it_remembers(work, tmp_path):
    """After `grade` has marked, the state holds how every check ended, by which hints are chosen."""
    (work / "tiny").mkdir()
    (work / "tiny" / "tiny_1_double.py").write_text("def double(x):\n    return 2 * x\n")
    done = grade_here("tiny", "--no-sandbox", cwd=work, env={"GRADE_EXERCISES": str(TINY.parent)})
    assert done.returncode == 1, done.stderr
    found = state.load(work / "tiny").marked["tiny_1_double"]
    assert found.checks == {
        "test_double": Status.PASSED,
        "test_greeting": Status.MISSING,
        "test_sum": Status.PASSED,
    }
    assert found.digest == state.digest((work / "tiny" / "tiny_1_double.py").read_bytes())
    assert sorted(path.name for path in work.rglob("*")) == ["ex5", FILE.name, "tiny", "tiny_1_double.py"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["ex9"], "ex9"),
        (["5.1.2", "--all", "--again"], "only one"),
        (["5.1.2", "--submission", "nowhere"], "nowhere"),
    ],
)
def test_wrong_usage_is_one_line(work, arguments, word):
    """A target that means nothing, options that contradict each other, a folder that is not there: status 2."""
    done = grade_here("hint", *arguments, cwd=work)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert word in done.stderr
