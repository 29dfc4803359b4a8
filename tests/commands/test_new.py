"""`grade new` writes a copy that can be marked at once, says what comes next, and refuses in one line."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import nbformat
import pytest
from support import grade

from grader.commands.new import run_new


@pytest.fixture(autouse=True)
def _in_english(monkeypatch) -> None:
    """Whatever the language of this machine."""
    monkeypatch.setenv("GRADE_LANG", "en")


def files(folder: Path) -> set[str]:
    """Return the paths of all files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_new_copy(tmp_path):
    """With hw as the folder, it writes every file of the template and says in three lines what comes next."""
    done = grade("new", "hw", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    written = files(tmp_path / "hw")
    assert {"README.md", "README.zh.md", ".github/workflows/grade.yml", "ex5/ex5_6_4_two_devices.py"} <= written
    assert "ex5_warmup/warmup_4_3_device.py" in written
    assert done.stdout.splitlines() == [
        f"Files written to hw: {len(written)}.",
        "Next: cd hw, open ex5/ex5_1_1_sequential.py, then run: grade ex5.1.1",
        "README.md says how to install, work and hand in.",
    ]


def test_in_chinese(tmp_path):
    """With --lang zh the lines are Chinese, and lead to the Chinese README."""
    done = grade("new", "作业", "--lang", "zh", cwd=tmp_path, env={"PYTHONUTF8": "1"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"已在 作业 中写入 {len(files(tmp_path / '作业'))} 个文件。",
        "下一步：cd 作业，打开 ex5/ex5_1_1_sequential.py，然后运行：grade ex5.1.1",
        "安装、做题和提交的说明见 README.zh.md。",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows quotes in another way")
@pytest.mark.parametrize("name", ["my work", "a$b", "作业 (5)", "it's"])
def test_the_way_there_can_be_pasted(tmp_path, name):
    """A folder whose name a shell would not take as it is, is quoted in what to do next."""
    done = grade("new", name, cwd=tmp_path, env={"PYTHONUTF8": "1"})
    assert done.stdout.splitlines()[1].startswith(f"Next: cd {shlex.quote(name)}, open ")
    assert (tmp_path / name / "README.md").is_file()


def test_as_notebooks(tmp_path):
    """With --notebook, it writes one valid notebook for each section in place of the .py files."""
    done = grade("new", "--notebook", "hw", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1] == "Next: cd hw, open ex5/ex5_1.ipynb, then run: grade ex5.1.1"
    notebooks = sorted((tmp_path / "hw" / "ex5").iterdir())
    assert [path.name for path in notebooks] == [f"ex5_{section}.ipynb" for section in range(1, 7)]
    for path in notebooks:
        nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
    assert {"README.md", "requirements.txt", ".gitignore"} <= files(tmp_path / "hw")


def test_in_this_folder(tmp_path):
    """With a dot, it fills the folder that one is in, and need not say how to get there."""
    done = grade("new", ".", cwd=tmp_path)
    assert done.stdout.splitlines()[0] == f"Files written to this folder: {len(files(tmp_path))}."
    assert done.stdout.splitlines()[1].startswith("Next: open ex5/ex5_1_1_sequential.py")


def test_what_is_missing_is_named(tmp_path):
    """For an earlier copy, the lines name what was written again, and say when nothing was."""
    grade("new", "hw", cwd=tmp_path)
    (tmp_path / "hw" / "ex5" / "ex5_1_2_parallel.py").unlink()
    (tmp_path / "hw" / "ex5" / "ex5_1_1_sequential.py").write_text("my work", encoding="utf-8")
    count = len(files(tmp_path / "hw"))
    done = grade("new", "hw", cwd=tmp_path)
    assert done.stdout.splitlines()[0] == (
        f"Written, because missing: ex5/ex5_1_2_parallel.py. Left as they were: {count}."
    )
    assert (tmp_path / "hw" / "ex5" / "ex5_1_1_sequential.py").read_text(encoding="utf-8") == "my work"
    again = grade("new", "hw", cwd=tmp_path)
    assert again.returncode == 0
    assert again.stdout.splitlines()[0] == "Nothing is missing from hw, and nothing was written."


@pytest.mark.parametrize(
    ("make", "arguments", "said"),
    [
        ("notes.txt", ["."], "This folder is not empty: it holds notes.txt."),
        ("hw", ["hw"], "hw is a file. Give the name of a new folder."),
        ("hw/ex5/ex5_1_1_sequential.py", ["--notebook", "hw"], "hw holds the exercises in another form"),
        ("hw/ex5/ex5_1.ipynb", ["hw"], "hw holds the exercises in another form"),
        ("ex5_1_1_sequential.py", ["."], "This folder holds the exercises themselves"),
    ],
)
def test_refusals_are_one_line(tmp_path, make, arguments, said):
    """What is in the way is named in one line, with exit status 2, and nothing is written."""
    (tmp_path / make).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / make).write_text("mine", encoding="utf-8")
    done = grade("new", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"grade: {said}")
    assert len(done.stderr.splitlines()) == 1
    assert files(tmp_path) == {make}


def test_a_folder_is_needed(tmp_path):
    """Without a folder, the usage is shown."""
    done = grade("new", cwd=tmp_path)
    assert done.returncode == 2
    assert "DIR" in done.stderr


def test_another_course(tmp_path, monkeypatch, capsys):
    """The template that lies beside the assignments of GRADE_EXERCISES is the one that is copied."""
    hw = tmp_path / "course" / "exercises" / "hw"
    (hw / "first").mkdir(parents=True)
    (hw / "first" / "spec.py").touch()
    entry = '[[exercises]]\nname = "first"\nid = "1.1"\npoints = 1\ntitle = "First"\n'
    (hw / "assignment.toml").write_text(f'title = "Homework"\n{entry}', encoding="utf-8")
    stubs = tmp_path / "course" / "student_template" / "hw"
    stubs.mkdir(parents=True)
    (stubs / "first.py").write_text("def first():\n    raise NotImplementedError\n", encoding="utf-8")
    monkeypatch.setenv("GRADE_EXERCISES", str(hw.parent))
    monkeypatch.chdir(tmp_path)
    assert run_new(Path("mine"), notebook=False, lang="en") == 0
    assert files(tmp_path / "mine") == {"hw/first.py"}
    # There is no README to speak of.
    assert capsys.readouterr().out.splitlines() == [
        "Files written to mine: 1.",
        "Next: cd mine, open hw/first.py, then run: grade hw.1.1",
    ]
    assert run_new(Path("books"), notebook=True, lang="zh") == 0
    assert files(tmp_path / "books") == {"hw/hw_1.ipynb"}
