"""Keys of hand-ins: names for folders that every system takes, and that say who it is."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

MAX_KEY = 80
# A file system's limit is often 255 bytes, and an ending may follow.
MAX_BYTES = 200
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)")


def safe_key(text: str) -> str:
    """Return a text as the name of a folder: letters, digits and ``-_.@+``, at most `MAX_KEY` characters."""
    text = unicodedata.normalize("NFKC", text)
    kept = (char if unicodedata.category(char)[0] in "LNM" or char in "-_.@+" else "_" for char in text)
    key = re.sub(r"__+", "_", "".join(kept)).strip("._-+@ ")
    if len(key) > MAX_KEY or len(key.encode(errors="replace")) > MAX_BYTES:
        mark = "-" + _digest(text)
        key = key[: MAX_KEY - len(mark)]
        while len(key.encode(errors="replace")) > MAX_BYTES - len(mark):
            key = key[:-1]
        key = key.rstrip("._-+@ ") + mark
    if RESERVED.match(key.lower()):
        key = "_" + key
    return key or "handin-" + _digest(text)


def unique_keys(wanted: Mapping[str, str], taken: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return a key for each of some names, all different also where upper and lower case are the same.

    Args:
        wanted: the text for the key, by a name that is unique.
        taken: the same of keys that others have already.

    Names whose keys would be the same all get a mark of their own that depends on the name alone, so that a key does
    not depend on the order. Keys that are `taken` stay as they are.
    """
    keys = {name: safe_key(text) for name, text in wanted.items()}
    others = {_folded(key) for key in (taken or {}).values()}
    count = Counter(_folded(key) for key in keys.values())
    return {
        name: _marked(key, name) if count[_folded(key)] > 1 or _folded(key) in others else key
        for name, key in keys.items()
    }


def _marked(key: str, name: str) -> str:
    mark = "-" + _digest(name)
    while len(key) > MAX_KEY - len(mark) or len(key.encode(errors="replace")) > MAX_BYTES - len(mark):
        key = key[:-1]
    return key.rstrip("._-+@ ") + mark


def _folded(key: str) -> str:
    return unicodedata.normalize("NFKC", key.casefold())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]
