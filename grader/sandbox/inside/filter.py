"""Puts a system-call filter in force that the judge compiled. Linux only.

Which calls it refuses, and why those, is said in `grader.sandbox.filter`.
"""

from __future__ import annotations

import ctypes
import os
import platform

INSTRUCTION_BYTES = 8
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
# The number of the call `seccomp`, for which glibc has no function.
CALLS = {"x86_64": 317, "aarch64": 277}
SET_MODE_FILTER = 1
# Kernels before 5.16 otherwise slow a process with a filter down, so that it cannot spy on itself.
SPEC_ALLOW = 4

_libc = ctypes.CDLL(None, use_errno=True)
# Looked up before the forks, or every child would do that anew.
_syscall = _libc.syscall


class _Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


class Filter:
    """A filter for children, ready to be installed.

    Args:
        program: its instructions, 8 bytes each; empty for no filter.
    """

    def __init__(self, program: bytes) -> None:
        # Made once, before the forks: a child only makes the call.
        self._program = _Program(len(program) // INSTRUCTION_BYTES, program)
        self._call = CALLS.get(platform.machine())

    def install(self) -> None:
        """Bind this process, and all that it starts, to the filter; new privileges must have been given up.

        Raises:
            OSError: if the kernel refuses.
        """
        if not self._program.length:
            return
        program = ctypes.byref(self._program)
        if self._call is None:
            result = _libc.prctl(PR_SET_SECCOMP, ctypes.c_ulong(SECCOMP_MODE_FILTER), program, 0, 0)
        else:
            result = _syscall(ctypes.c_long(self._call), SET_MODE_FILTER, SPEC_ALLOW, program)
        if result != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"system-call filter: {os.strerror(number)}")
