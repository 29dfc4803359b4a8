"""What an assignment allows student code to use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What student code may use.

    Args:
        probe_seconds: wall-clock seconds for one probe, and for the import of the module.
        exercise_seconds: wall-clock seconds for an exercise as a whole.
        memory: bytes of address space beyond that of an idle process.
        reply: bytes of tensors and byte strings in one reply.
        scratch: bytes of files, in all.
        file_size: bytes of one file.
        processes: processes and threads.
        open_files: descriptors of a process.
    """

    probe_seconds: float = 10.0
    exercise_seconds: float = 20.0
    memory: int = 2 * 2**30
    reply: int = 64 * 2**20
    scratch: int = 256 * 2**20
    file_size: int = 128 * 2**20
    processes: int = 64
    open_files: int = 256
