"""What holds for all tests."""

from __future__ import annotations


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name bytes by their number: archives have the time in them, and all workers must find the same names."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None
