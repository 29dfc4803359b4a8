"""What is said to people is there in Chinese: the catalogues have what the sources say, and nothing else."""

from __future__ import annotations

import ast
import os
import re
import string
import subprocess
import sys
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from support import ROOT, grade

from grader.cli import main
from grader.commands.help_texts import columns, paragraphs, wrapped
from grader.results import Text
from grader.translation import LOCALES, either, fill, joined, say, say_as, say_many, series

DOMAINS = ["grader", "click"]
PINNED = re.search(r"^click==(.+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# A mark of English beside a Chinese character. What is said is said in marks of full width; code keeps its own.
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff}][,;!?]|[\u4e00-\u9fff][:.()]|[(][\u4e00-\u9fff]|\.(?:\s|$)")


def path(domain: str, ending: str) -> Path:
    """Return the file of a catalogue."""
    return LOCALES / "zh" / "LC_MESSAGES" / f"{domain}.{ending}"


def read(file: Path, domain: str) -> Catalog:
    """Return the messages of a file."""
    with file.open("rb") as stream:
        return read_po(stream, locale="zh", domain=domain)


CATALOGUES = {domain: read(path(domain, "po"), domain) for domain in DOMAINS}
MESSAGES = [
    pytest.param(domain, message, id=f"{domain}-{number}")
    for domain in DOMAINS
    for number, message in enumerate(CATALOGUES[domain])
    if message.id
]


def strings(value: str | tuple[str, ...] | list[str]) -> list[str]:
    """Return a message's forms: one, or those of singular and plural."""
    return [value] if isinstance(value, str) else list(value)


def keys(catalogue: Catalog) -> set[tuple[str, ...]]:
    """Return what identifies each message."""
    return {(str(message.context or ""), *strings(message.id)) for message in catalogue if message.id}


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> dict[str, Catalog]:
    """What `make translations` finds in the sources."""
    folder = tmp_path_factory.mktemp("extracted")
    words = re.search(r"^SAY := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert words
    options = words[1].replace("'", "").split("--keywords=")
    sources = {
        "grader": ["-F", "pyproject.toml", *options[0].split(), f"--keywords={options[1]}", "."],
        "click": [click.__path__[0]],
    }
    for domain, more in sources.items():
        command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "-o", folder / domain, *more]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": ".ci"}, check=True)
    return {domain: read(folder / domain, domain) for domain in DOMAINS}


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_catalogue_has_what_the_sources_say(extracted, domain):
    """Every message of the sources is in the catalogue, and no other; `make translations` brings them together."""
    if domain == "click" and (PINNED is None or version("click") != PINNED[1]):
        pytest.skip("the catalogue is that of the Click in constraints.txt")
    assert len(keys(extracted[domain])) > 50
    assert keys(CATALOGUES[domain]) == keys(extracted[domain])


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_is_fuzzy_or_left_over(domain):
    """The catalogue has no guesses and no messages that nobody says any more."""
    catalogue = CATALOGUES[domain]
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    assert not catalogue.obsolete


def fields(text: str) -> set[str]:
    """Return the names in braces, and those after a percent sign."""
    found = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return found | set(re.findall(r"%\(\w+\)s", text))


@pytest.mark.parametrize(("domain", "message"), MESSAGES)
def test_every_message_has_its_chinese(domain, message: Message):
    """A message has a translation, with the same names to fill in, none of them without a name."""
    given = set().union(*map(fields, strings(message.id)))
    assert "" not in given
    for text in strings(message.string):
        assert text.strip()
        # Of singular and plural each may leave out what the other has.
        assert fields(text) == given if isinstance(message.id, str) else fields(text) <= given
        assert text.count("\n") == strings(message.id)[0].count("\n")


@pytest.mark.parametrize(("domain", "message"), MESSAGES)
def test_chinese_has_its_own_marks(domain, message: Message):
    """In Chinese, marks are of full width, and nothing ends with the full stop of English."""
    for text in strings(message.string):
        if CHINESE.search(text):
            assert HALF_WIDTH.search(text) is None
        assert text.endswith(("。", "？", "！", "……")) or not re.search(r"[.?!]$", text)


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_is_read_is_what_is_written(domain):
    """The compiled catalogue is that of the one that people write."""
    compiled = BytesIO()
    write_mo(compiled, CATALOGUES[domain])
    assert path(domain, "mo").read_bytes() == compiled.getvalue()


def calls(module: Path) -> list[ast.Call]:
    """Return the calls of plain names in a module."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]


MODULES = sorted(module for module in (ROOT / "grader").rglob("*.py"))


def test_no_text_is_written_in_both_languages():
    """No `Text` in the engine holds words of its own in Chinese: the catalogue does."""
    found = [
        f"{module.relative_to(ROOT)}:{call.lineno}"
        for module in MODULES
        for call in calls(module)
        if call.func.id == "Text"
        and any(
            isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)
            for argument in [*call.args[1:], *(word.value for word in call.keywords if word.arg == "zh")]
            for node in ast.walk(argument)
        )
    ]
    assert found == []


def test_what_is_said_can_be_found():
    """A message is written in quotes where it is said; one that is put together could not be extracted."""
    places = {"say": [0], "say_as": [0, 1], "say_many": [0, 1]}
    for module in MODULES:
        if module.name in ("translation.py", "help_texts.py"):
            continue
        for call in calls(module):
            for place in places.get(call.func.id, []) if "inside" not in module.parts else []:
                argument = call.args[place]
                assert isinstance(argument, ast.Constant), f"{module}:{call.lineno}"
                assert isinstance(argument.value, str), f"{module}:{call.lineno}"


# What the functions give


def test_a_message_is_said_in_both_languages():
    """English is the message, Chinese is that of the catalogue, and values are filled in into both."""
    assert say("no submission") == Text("no submission", "未提交")
    assert say("In the book: {book}", book="5.1") == Text("In the book: 5.1", "书中位置：5.1")


def test_a_text_is_filled_in_by_its_language():
    """A value in both languages stands in each as its own, and in Chinese as English where it has nothing else."""
    assert say("{name} (line {line})", name=Text("one", "一"), line=3) == Text("one (line 3)", "一（第 3 行）")
    assert say("In the book: {book}", book=Text("5.1")).zh == "书中位置：5.1"


def test_braces_of_a_value_are_no_names():
    """What is filled in is not looked through for names, so that nobody's words can break a message."""
    assert say("In the book: {book}", book="{x} {0} {").en == "In the book: {x} {0} {"


def test_a_message_without_values_waits_for_them():
    """Without values, a message keeps its braces, to be filled in later."""
    words = say("In the book: {book}")
    assert words.zh == "书中位置：{book}"
    assert fill(words, book="5.1").zh == "书中位置：5.1"


def test_the_same_english_can_be_said_in_two_ways():
    """A context tells apart what is one word in English and two in Chinese."""
    assert (say("Marked").zh, say_as("outcome", "Marked").zh) == ("评分时间", "已评分")


def test_one_and_many():
    """English has a form for one and one for others, Chinese has the same for both."""
    one, many = (say_many("1 check newly passes", "{n} checks newly pass", number, n=number) for number in (1, 3))
    assert (one.en, many.en) == ("1 check newly passes", "3 checks newly pass")
    assert (one.zh, many.zh) == ("1 项检查变为通过", "3 项检查变为通过")


def test_lists():
    """Several are joined by the marks of the language, alternatives by its word."""
    assert series(["a", Text("b", "乙")]) == Text("a, b", "a、乙")
    assert either(["a", Text("b", "乙"), "c"]) == Text("a or b or c", "a或乙或c")
    assert either(["a"]) == Text("a", "a")
    assert joined(["a", Text("b", "乙"), Text("c")], Text("-")) == Text("a-b-c", "a-乙-c")
    assert joined([], Text("-")) == Text()


def test_without_its_catalogue_nothing_is_silently_english(tmp_path):
    """A package that lacks the catalogue fails at the first word, rather than to speak English to everyone."""
    code = (
        "from pathlib import Path\n"
        "from grader import translation\n"
        f"translation.LOCALES = Path({str(tmp_path)!r})\n"
        "translation.say('no submission')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "No translation file found" in done.stderr


# Help and wrong usage


def every_command() -> list[click.Command]:
    """Return the commands, that of which all are a part first."""
    assert isinstance(main, click.Group)
    return [main, *main.commands.values()]


def test_every_help_text_is_translated():
    """Each paragraph of the commands' and options' help is in the catalogue."""
    texts = [text for command in every_command() for text in (command.help, command.short_help)]
    texts += [o.help for command in every_command() for o in command.params if isinstance(o, click.Option)]
    known = {message.id for message in CATALOGUES["grader"]}
    parts = [part for text in texts if text for _, part in paragraphs(text)]
    assert len(parts) > 40
    assert not [part for part in parts if part not in known]


HELP = [["--help"], *([name, "--help"] for name in main.commands)]
NO_LANGUAGE = dict.fromkeys("GRADE_LANG LANGUAGE LC_ALL LC_MESSAGES LANG".split(), "")


@pytest.mark.parametrize("words", HELP, ids=lambda words: words[0])
def test_help_is_chinese(words):
    """Help is in Chinese for who asks for it, Click's own words too, and fits into 80 columns."""
    done = grade(*words, env=NO_LANGUAGE | {"GRADE_LANG": "zh", "COLUMNS": "80"})
    assert done.returncode == 0
    assert done.stdout.startswith("用法：")
    assert "选项：\n" in done.stdout
    assert "显示此帮助并退出。" in done.stdout
    assert not [line for line in done.stdout.splitlines() if columns(line) > 80]
    # What is left of English are names and words of the command line.
    prose = re.sub(r"--?[\w/-]+|\[[^\]]*\]|[A-Z]\w*|\w+\.\w+", "", done.stdout)
    assert not re.search(r"\b(?:the|this|of|and|to|for|not|file|folder|exit)\b", prose)


@pytest.mark.parametrize(
    ("words", "environment", "is_chinese"),
    [
        (["--lang", "zh", "--help"], {"LANG": "en_GB.UTF-8"}, True),
        (["--lang", "zh", "hint", "--help"], {}, True),
        (["hint", "--lang=zh", "--help"], {}, True),
        (["--help"], {"LANG": "zh_CN.UTF-8"}, True),
        (["--help"], {"LANG": "zh_CN.UTF-8", "GRADE_LANG": "en"}, False),
        (["--lang", "en", "--help"], {"GRADE_LANG": "zh"}, False),
        (["--help"], {"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, False),
        (["--help"], {}, False),
        # Better English than an error where the characters are not there.
        (["--help"], {"GRADE_LANG": "zh", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}, False),
    ],
)
def test_the_language_of_help(words, environment, is_chinese):
    """The option decides, wherever it stands, then GRADE_LANG, then the locale."""
    done = grade(*words, env=NO_LANGUAGE | environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("用法：" if is_chinese else "Usage: ")
    assert bool(CHINESE.search(done.stdout)) == is_chinese


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hint"], "缺少参数 'TARGET'"),
        (["ex5", "--sed", "3"], "没有选项 '--sed'。 是不是 '--seed'？"),
        (["ex5", "--seed", "x"], "'--seed' 的值无效：'x' 不是有效的 integer range。"),
        (["batch", "x", "--out", "y", "--jobs", "0"], "'--jobs' 的值无效：0 不在范围 1<=x<=256 之内。"),
        (["new"], "缺少参数 'DIR'"),
        (["new", "a", "b"], "多余的参数（b）"),
        (["ex5", "--lang", "xx"], "'xx' 不是 'en', 'zh' 之一。"),
    ],
)
def test_wrong_usage_is_told_in_chinese(words, said):
    """What Click says of wrong usage is Chinese too, and so is the way to help."""
    done = grade(*words, env=NO_LANGUAGE | {"GRADE_LANG": "zh"})
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("用法：")
    assert "查看帮助。" in done.stderr
    assert f"错误：{said}" in done.stderr or f"错误：'--lang' 的值无效：{said}" in done.stderr


def test_what_a_person_did_wrong_is_told_in_chinese(tmp_path):
    """An error of ours for people is one line in their language."""
    for options, environment in ((["--lang", "zh"], {}), ([], {"GRADE_LANG": "zh"}), ([], {"LANG": "zh_TW.UTF-8"})):
        done = grade("ex5", "--submission", tmp_path / "nowhere", *options, env=NO_LANGUAGE | environment)
        assert done.returncode == 2
        assert done.stderr == f"grade: 找不到 {tmp_path / 'nowhere'}。请用 --submission 指定你的作业文件夹。\n"


def test_the_environment_is_as_it_was():
    """What Click needs is gone for a command, so that programs that it starts get what was given, and afterwards."""
    code = (
        "import gettext, os\n"
        "from grader import cli\n"
        "from grader.commands import doctor\n"
        "doctor.run_doctor = lambda **_: print(os.environ.get('LANGUAGE')) or 0\n"
        "cli.main(['doctor', '--lang', 'zh'], standalone_mode=False)\n"
        "print(os.environ.get('LANGUAGE'), gettext.textdomain())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env={"LANGUAGE": "fr:de"}
    )
    assert done.stdout.split() == ["fr:de", "fr:de", "messages"]


def test_lines_break_between_characters():
    """A paragraph is broken by width: words stay whole, and no line begins with a mark that closes."""
    text = "给当前文件夹中的作业评分：TARGET 可以是 ex5、ex5.1、ex5.1.2 或练习的名称。" * 3
    lines = wrapped(text, 24)
    assert all(columns(line) <= 26 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not [line for line in lines if line[0] in "，。、：）"]
    assert all(word in "\n".join(lines) for word in ("TARGET", "ex5.1.2"))
