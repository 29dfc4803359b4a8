"""A notebook whose parts besides the code are damaged."""

from __future__ import annotations

import json
from pathlib import Path

CODE = "def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"
CELL = {
    "cell_type": "code",
    "source": CODE.splitlines(keepends=True),
    "metadata": [1, {"vscode": 3}],
    "outputs": {"output_type": "stream", "text": "x" * 3_000_000},
    "execution_count": "In [*]",
    "id": ["not", "an", "id"],
}
BOOK = {
    "nbformat": 4,
    "nbformat_minor": {"minor": "x"},
    "metadata": [{"kernelspec": "python"}],
    "cells": [{"cell_type": "raw", "source": 5}, CELL, {"cell_type": "\ud800", "attachments": []}],
}


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny_1_double.ipynb").write_text(json.dumps(BOOK), encoding="utf-8")
