"""A hand-in whose file names attack whoever lists them."""

from __future__ import annotations

import json
import os
from pathlib import Path

NAMES = [
    b"=cmd|' !A0' \"+1;@SUM(1,1)\n::error::owned\r\x1b[2J\x07\xe2\x80\xae<img src=x onerror=window.owned=1>[red].ipynb",
    b'=HYPERLINK("https:evil.example").ipynb',
    b"--html=owned.html",
    b"\xff\xfe not a text.md",
]
CODE = "def double(x):\n    raise ValueError(__file__)\n\n\ndef greet(name):\n    return __file__\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    cell = {"cell_type": "code", "source": CODE, "metadata": {}, "outputs": [], "execution_count": None}
    notebook = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}).encode()
    for name, data in zip(NAMES, [notebook, b"{}", b"x", b"```python\nx = 1\n```\n"], strict=True):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(data)
    for number in range(3):
        link = os.path.join(os.fsencode(folder), b"\x1b[31m=1+1<b>{name}{0}%s" + str(number).encode() + b".py")
        os.symlink("/etc/passwd", link)
