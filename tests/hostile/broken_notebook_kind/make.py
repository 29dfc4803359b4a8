"""Notebooks in name only."""

from __future__ import annotations

from pathlib import Path

KINDS = [
    b"",
    b"\n \t",
    b"%PDF-1.7\n\xe2\xe3",
    b"PK\x03\x04\x14\x00",
    b"<html></html>",
    b"\x1f\x8b\x08\x00",
    b"def double(x):\n",
]
KINDS += ['{"nbformat": 4}'.encode("utf-16"), b"\xef\xbb\xbf{}", b'{"nbformat": 4, "cells": [', b"\x00" * 5000]


def make(folder: Path) -> None:
    """Write the hand-in."""
    for number, data in enumerate(KINDS):
        (folder / f"work_{number:02}.ipynb").write_bytes(data)
