"""A process for student code where there is no bubblewrap: no fork, no resource module, no Unix socket needed.

It speaks the protocol of `grader.sandbox.inside.child` over its standard input and output, and moves these out of
the way of the student's ``print`` and ``input`` first. What the code prints goes to standard error.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def binary(descriptor: int) -> int:
    """Return a private copy of a descriptor that passes bytes unchanged on every system."""
    copy = os.dup(descriptor)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(copy, os.O_BINARY)
    return copy


def limit(memory: int, file_size: int, open_files: int) -> None:
    """Set the limits in bytes and files that this system offers; Windows offers none, macOS not all."""
    try:
        import resource
    except ImportError:
        return
    used = 0
    statm = Path("/proc/self/statm")
    if statm.exists():
        used = int(statm.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    wanted = [
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_CORE, 0),
    ]
    if used:
        wanted.append((resource.RLIMIT_AS, used + memory))
    for name, value in wanted:
        try:
            resource.setrlimit(name, (value, value))
        except (OSError, ValueError):
            # A limit that is already lower stays.
            continue


def main() -> None:
    """Run with arguments: home folder, ``full`` or ``light``, memory, file size, open files."""
    home, depth, *sizes = sys.argv[1:]
    reader, writer = binary(0), binary(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]  # text streams at start-up

    from grader.sandbox.inside.child import serve
    from grader.sandbox.inside.warmup import settle, warm_up

    if depth == "full":
        warm_up()
    settle()
    limit(*map(int, sizes))
    serve(reader, writer, Path(home))
