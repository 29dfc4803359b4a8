"""Which language people are spoken to in: what they ask for, else ``GRADE_LANG``, else that of their system."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence

LANGUAGES = ("en", "zh")
# The primary language of a Windows language identifier is in its low ten bits; 4 is Chinese.
_PRIMARY, _CHINESE = 0x3FF, 0x04
_NOTHING = re.compile(r"(?:C|POSIX)(?:[.@].*)?", re.IGNORECASE)


def windows_language() -> str:
    """Return the language of the desktop as a locale, such as ``zh``; nothing where this is not Windows."""
    if sys.platform != "win32":
        return ""
    import ctypes

    try:
        identifier = int(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    except (AttributeError, OSError):
        return ""
    return "zh" if identifier & _PRIMARY == _CHINESE else "en"


def choose(option: str | None, environment: Mapping[str, str], system: Callable[[], str] = windows_language) -> str:
    """Return ``"en"`` or ``"zh"``.

    The first that says something decides: the option, ``GRADE_LANG``, the locale that the environment names, the
    system. A locale is Chinese wherever it is spoken; any other is answered in English. A word in ``GRADE_LANG`` that
    is neither says nothing.

    Args:
        option: what was given on the command line, or None.
        environment: such as `os.environ`.
        system: asked last, for the system's own language.
    """
    if option is not None:
        return _language(option) or "en"
    wished = _language(environment.get("GRADE_LANG", ""))
    if wished:
        return wished
    return "zh" if _is_chinese(_locale(environment) or system()) else "en"


def asked_for(words: Sequence[str]) -> str | None:
    """Return the language that a command line asks for with ``--lang``, before anything else of it is understood."""
    found = None
    for word, after in zip(words, (*words, "")[1:], strict=True):
        if word == "--":
            break
        name, _, value = word.partition("=")
        if name == "--lang" and (value or after) in LANGUAGES:
            found = value or after
    return found


def chosen_by(option: str | None, environment: Mapping[str, str]) -> str:
    """Return what decides: ``--lang``, the name of a variable, or ``system``."""
    if option is not None:
        return "--lang"
    if _language(environment.get("GRADE_LANG", "")):
        return "GRADE_LANG"
    return _deciding(environment) or "system"


def _language(word: str) -> str:
    """Return the language that a word such as ``zh_CN`` means; nothing if it is neither."""
    word = word.strip().lower()
    return next((language for language in LANGUAGES if re.match(rf"{language}(?:[^a-z]|$)", word)), "")


def _is_chinese(locale: str) -> bool:
    # Windows' own names begin with the language in words: Chinese (Simplified)_China.936.
    return re.match(r"zh(?:[^a-z]|$)|chinese", locale.strip().lower()) is not None


def _deciding(environment: Mapping[str, str]) -> str:
    """Return the variable that decides on the language of messages, as POSIX and GNU have it; nothing if none does."""
    named = next((name for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    # In the locale C nothing is translated, and it is also what a system has that nobody ever asked.
    if not named or _NOTHING.fullmatch(environment[named]):
        return ""
    return "LANGUAGE" if environment.get("LANGUAGE") else named


def _locale(environment: Mapping[str, str]) -> str:
    named = _deciding(environment)
    return environment[named].partition(":")[0] if named else ""
