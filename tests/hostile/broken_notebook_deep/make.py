"""A notebook of brackets."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    deep = b'{"nbformat": 4, "cells": ' + b"[" * 400_000 + b"]" * 400_000 + b"}"
    (folder / "tiny_1_double.ipynb").write_bytes(deep)
    (folder / "second.ipynb").write_bytes(b'{"a":' * 300_000 + b"1" + b"}" * 300_000)
