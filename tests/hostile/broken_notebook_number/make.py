"""A notebook of one number, and one of what is no number."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny_1_double.ipynb").write_bytes(b'{"nbformat": ' + b"9" * 5_000_000 + b', "cells": []}')
    (folder / "second.ipynb").write_bytes(b'{"nbformat": NaN, "nbformat_minor": 1e999, "cells": [-Infinity]}')
