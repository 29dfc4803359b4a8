"""A notebook of empty objects."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny_1_double.ipynb").write_bytes(b'{"nbformat": 4, "cells": [' + b"{}," * 3_300_000 + b"{}]}")
