"""People are spoken to in the language that they ask for, else in that of their system."""

from __future__ import annotations

import pytest

from grader.language import choose, chosen_by, windows_language


def silent() -> str:
    """Return what a system says that says nothing."""
    return ""


@pytest.mark.parametrize(
    ("option", "environment", "expected"),
    [
        ("en", {"GRADE_LANG": "zh", "LANG": "zh_CN.UTF-8"}, "en"),
        ("zh", {"GRADE_LANG": "en"}, "zh"),
        (None, {"GRADE_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        (None, {"GRADE_LANG": "zh_TW"}, "zh"),
        (None, {"GRADE_LANG": " EN ", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"GRADE_LANG": "en_GB", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_what_people_ask_for_goes_first(option, environment, expected):
    """The option decides, and without it GRADE_LANG, whatever the locale is."""
    assert choose(option, environment, silent) == expected


@pytest.mark.parametrize(
    "locale",
    ["zh_CN.UTF-8", "zh_CN.GBK", "zh_TW", "zh_HK.UTF-8", "zh_SG", "zh", "zh-Hans", "Chinese (Simplified)_China.936"],
)
@pytest.mark.parametrize("variable", ["LC_ALL", "LC_MESSAGES", "LANG"])
def test_every_chinese_locale_is_chinese(variable, locale):
    """Chinese is Chinese in every country and spelling, in each of the variables."""
    assert choose(None, {variable: locale}, silent) == "zh"


@pytest.mark.parametrize("locale", ["en_US.UTF-8", "de_DE.UTF-8", "C", "C.UTF-8", "POSIX", "", "zha_CN", "fr"])
def test_everything_else_is_english(locale):
    """Any other locale, none at all, and one that only begins like Chinese are answered in English."""
    assert choose(None, {"LANG": locale}, silent) == "en"
    assert choose(None, {}, silent) == "en"


def test_variables_decide_in_the_order_of_posix():
    """LC_ALL goes before LC_MESSAGES, that before LANG; an empty one says nothing."""
    assert choose(None, {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, silent) == "en"
    assert choose(None, {"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, silent) == "zh"
    assert choose(None, {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, silent) == "zh"


def test_the_desktop_in_chinese_with_another_locale():
    """LANGUAGE names the languages that somebody reads, best first; in the locale C it means nothing."""
    assert choose(None, {"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, silent) == "zh"
    assert choose(None, {"LANG": "zh_CN.UTF-8", "LANGUAGE": "en:zh_CN"}, silent) == "en"
    assert choose(None, {"LANG": "C", "LANGUAGE": "zh_CN"}, silent) == "en"


def test_a_word_that_means_nothing_is_no_answer():
    """GRADE_LANG with another language leaves it to the locale."""
    assert choose(None, {"GRADE_LANG": "fr", "LANG": "zh_CN.UTF-8"}, silent) == "zh"
    assert choose(None, {"GRADE_LANG": "", "LANG": "zh_CN.UTF-8"}, silent) == "zh"


def test_the_system_is_asked_last():
    """Where the environment says nothing, as on Windows, the system's own language decides."""
    assert choose(None, {}, lambda: "zh") == "zh"
    assert choose(None, {"LANG": "C.UTF-8"}, lambda: "zh") == "zh"
    assert choose(None, {"LANG": "en_US.UTF-8"}, lambda: "zh") == "en"


@pytest.mark.parametrize(("identifier", "expected"), [(0x0804, "zh"), (0x0404, "zh"), (0x0409, "en"), (0x0407, "en")])
def test_windows_says_its_language_by_number(identifier, expected, monkeypatch):
    """On Windows, simplified and traditional Chinese are told from English and German by their identifiers."""
    import ctypes
    from types import SimpleNamespace

    monkeypatch.setattr("sys.platform", "win32")
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: identifier)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert windows_language() == expected


def test_a_windows_without_that_function_says_nothing(monkeypatch):
    """Where Windows cannot be asked, nothing is raised."""
    monkeypatch.setattr("sys.platform", "win32")
    assert windows_language() == ""


def test_what_decided_can_be_told():
    """The one that decided is named: the option, a variable or the system."""
    assert chosen_by("zh", {"GRADE_LANG": "en"}) == "--lang"
    assert chosen_by(None, {"GRADE_LANG": "en", "LANG": "zh_CN"}) == "GRADE_LANG"
    assert chosen_by(None, {"GRADE_LANG": "fr", "LANG": "zh_CN"}) == "LANG"
    assert chosen_by(None, {"LANG": "zh_CN", "LANGUAGE": "en"}) == "LANGUAGE"
    assert chosen_by(None, {"LANG": "C"}) == "system"
