"""Names of people in the ways in which rosters and platforms write them."""

from __future__ import annotations

import re
import unicodedata

# Words that people put beside their names into the names of files.
NOISE = frozenset(
    "ex exercise exercises hw homework assignment assign submission submit submitted solution solutions final draft "
    "late copy new resubmission attempt chapter ch lab project pytorch d2l participant student code version v "
    "and".split()
)
# The same in Chinese, where nothing divides them from the name.
CHINESE_NUMBER = "[一二三四五六七八九十]"
CHINESE_NOISE = (
    f"(?:第?{CHINESE_NUMBER}*[次章课周]的?|第|(?:作业|练习|实验|习题|任务){CHINESE_NUMBER}*|{CHINESE_NUMBER}?班|提交|最终版?|终版|"
    "补交|迟交|副本|深度学习|修改版?|答案|学号|姓名)"
)
MIN_CODE = 4
# Of a name; nobody's is as long, and what is found in it would take time and memory that grow with the square.
MAX_NAME = 300
# Letters that no decomposition takes apart.
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def folded(text: str) -> str:
    """Return a text without case, accents, apostrophes and differences of width."""
    text = unicodedata.normalize("NFKD", text).casefold()
    kept = (char for char in text if not unicodedata.combining(char) and char not in "'’‘`´ʼ·•")
    return unicodedata.normalize("NFKC", "".join(kept).translate(PLAIN))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded: runs of letters or digits, Chinese characters apart from Latin letters."""
    return tuple(re.findall(r"[0-9]+|[^\W\d_\u2e80-\u9fff\uf900-\ufaff]+|[\u2e80-\u9fff\uf900-\ufaff]+", folded(text)))


def codes(text: str) -> set[str]:
    """Return what in a text may be an id or an account: long enough not to be a date's day, with a digit; folded."""
    plain = folded(text[:MAX_NAME])
    runs = re.findall(r"[a-z0-9]+", plain)
    joined = re.findall(r"[a-z0-9]+(?:[-._][a-z0-9]+)+", plain)
    return {run for run in (*runs, *joined) if len(run) >= MIN_CODE and re.search(r"\d", run)}


def forms(name: str) -> tuple[tuple[str, ...], ...]:
    """Return a name's words in the order in which it is said, for each way to read it.

    ``Berg, Anna`` is Anna Berg. What stands in brackets is another name, or none.
    """
    name = name[:MAX_NAME]
    readings = [name]
    outside, inside = re.sub(r"[(（\[].*?[)）\]]", " ", name), re.findall(r"[(（\[](.*?)[)）\]]", name)
    if inside:
        readings += [outside, *inside]
    found = []
    for reading in readings:
        last, comma, first = re.sub("，", ",", reading).partition(",")
        parts = words(f"{first} {last}" if comma else reading)
        if parts and parts not in found:
            found.append(parts)
    return tuple(found)


def without_noise(parts: tuple[str, ...], noise: frozenset[str]) -> tuple[str, ...]:
    """Return words without numbers and without those that say nothing about a person."""
    kept = (part for part in parts if not part.isdigit() and part not in NOISE and part not in noise)
    cleaned = (re.sub(f"^{CHINESE_NOISE}+|{CHINESE_NOISE}+$", "", part) for part in kept)
    return tuple(part for part in cleaned if part)


def squeezed(parts: tuple[str, ...]) -> frozenset[str]:
    """Return a name's words run together, beginning with each of them, as Canvas does with the last name."""
    return frozenset("".join(parts[start:] + parts[:start]) for start in range(len(parts)))
