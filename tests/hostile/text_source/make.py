"""A hand-in whose lines read otherwise than they run."""

from __future__ import annotations

from pathlib import Path

CODE = (
    "def double(x):\n"
    "    answer = 2 * x  # \u202e } \u2066if passed\u2069 \u2066 begin\n"
    "    # \x1b[2J\x1b]0;owned\x07\x9b1A </script><script>window.owned=1</script>\x0b\x1c\u2028::error::owned\n"
    '    raise ValueError("\u202e\u2066\u200b\x1b[8m\x7f</pre><img src=x onerror=window.owned=1>[/red]")  # ]]>\u2029=1+1\n'
    "    # {{ 7919*7919 }}\n"
    "\n\n"
    "def greet(name):\n"
    "    return 1  # \u202e\n"
)


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    (folder / "tiny" / "tiny_1_double.py").write_bytes(CODE.encode())
