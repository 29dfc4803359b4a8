"""Which system calls a child of the sandbox is refused, compiled once for all of them by libseccomp.

A namespace hides what is behind it, but the kernel's code stays within reach, and almost every hole in it of the last
years was in a call that no exercise needs: namespaces and mounts of one's own, keys, BPF, io_uring, other processes'
memory, exotic sockets. Those are refused here; all others are allowed. A list of what is allowed would be stronger
still, but what torch, OpenMP and glibc ask of the kernel changes with their versions and with the machine, and a call
missing from it would cost a student marks for nothing. Docker, Flatpak and systemd draw the same line.

Refused is also what holds memory that no limit of a child counts: System V shared memory, files without a name, larger
buffers of sockets.
A refusal is an error number and not the end: code that tries, and then does without, goes on. Only calls of another
architecture (32 bit, x32), whose numbers mean something else, end the process.

The library has a C interface that does not change. Its Python bindings are not on PyPI, and what is there in their
stead is unmaintained and starts a compiler to find the library; hence ctypes. Without the library, or in a kernel
without filters, the sandbox works all the same and `grade doctor` says so.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import sys
import tempfile

from grader.results import Text
from grader.translation import say

LIBRARY = "libseccomp.so.2"
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
ACT_ALLOW, ACT_KILL_PROCESS, ACT_ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
ATTR_ACT_BADARCH, ATTR_OPTIMIZE, BY_BINARY_TREE = 2, 8, 2
NOT_EQUAL, MASKED_EQUAL = 1, 7
UNKNOWN_CALL = -1
LOW_HALF = 0xFFFFFFFF

REFUSED = (
    # Other processes.
    "ptrace process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_getfd kcmp move_pages "
    "migrate_pages "
    # Namespaces, mounts, roots.
    "unshare setns chroot pivot_root mount umount2 mount_setattr fsopen fsconfig fsmount fspick move_mount "
    "open_tree open_tree_attr name_to_handle_at open_by_handle_at "
    # Parts of the kernel that attacks are fond of.
    "bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register io_setup io_submit vmsplice "
    "add_key request_key keyctl fanotify_init fanotify_mark seccomp lookup_dcookie "
    # Memory and queues outside the limits.
    "memfd_create memfd_secret shmget shmat shmctl shmdt semget semop semtimedop semctl msgget msgsnd msgrcv msgctl "
    "mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr "
    # The machine.
    "init_module finit_module delete_module create_module query_module get_kernel_syms kexec_load kexec_file_load "
    "reboot swapon swapoff acct quotactl quotactl_fd syslog vhangup sethostname setdomainname settimeofday "
    "clock_settime clock_adjtime adjtimex nfsservctl _sysctl sysfs ustat uselib iopl ioperm modify_ldt"
).split()
# Mounts, control groups, host names, IPC, users, processes, networks.
NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
# The kernel's memory for what a socket has not yet passed on, which may be thirty times what it is unasked.
SOL_SOCKET, SO_SNDBUF, SO_RCVBUF = 1, 7, 8
# What puts characters into the input of a terminal.
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
# With this, `personality` only tells what it is.
QUERY = 0xFFFFFFFF


class FilterError(Exception):
    """No filter can be compiled or installed here; `text` is one line that says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class _Condition(ctypes.Structure):
    """``struct scmp_arg_cmp``: what must hold of one argument of a call for a rule to apply."""

    _fields_ = (("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(LIBRARY, use_errno=True)
    except OSError:
        raise FilterError(
            say("{library} is not installed (Debian and Ubuntu: apt install libseccomp2)", library=LIBRARY)
        ) from None
    pointer, number = ctypes.c_void_p, ctypes.c_uint32
    library.seccomp_init.argtypes, library.seccomp_init.restype = [number], pointer
    library.seccomp_release.argtypes, library.seccomp_release.restype = [pointer], None
    library.seccomp_attr_set.argtypes = [pointer, ctypes.c_int, number]
    library.seccomp_arch_native.restype = number
    library.seccomp_arch_resolve_name.argtypes, library.seccomp_arch_resolve_name.restype = [ctypes.c_char_p], number
    library.seccomp_arch_add.argtypes = library.seccomp_arch_remove.argtypes = [pointer, number]
    library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
    conditions = ctypes.POINTER(_Condition)
    library.seccomp_rule_add_array.argtypes = [pointer, number, ctypes.c_int, ctypes.c_uint, conditions]
    library.seccomp_export_bpf.argtypes = [pointer, ctypes.c_int]
    return library


class _Rules:
    """A filter that is being put together.

    Args:
        library: libseccomp.
        context: what it calls the filter.
    """

    def __init__(self, library: ctypes.CDLL, context: int) -> None:
        self._library = library
        self._context = context

    def refuse(self, name: str, *conditions: _Condition, number: int = errno.EPERM) -> None:
        """Refuse a call with an error number; under conditions, if there are any."""
        call = self._library.seccomp_syscall_resolve_name(name.encode())
        if call == UNKNOWN_CALL:
            # It is newer than the library; what came so late needs privileges, which a child has not.
            return
        listed = (_Condition * len(conditions))(*conditions)
        must(self._library.seccomp_rule_add_array(self._context, ACT_ERRNO | number, call, len(conditions), listed))

    def refuse_all(self) -> None:
        """Add every rule."""
        for name in REFUSED:
            self.refuse(name)
        # Its flags are in memory, where a filter cannot look; told that it does not exist, glibc takes `clone`.
        self.refuse("clone3", number=errno.ENOSYS)
        for flag in NAMESPACES:
            self.refuse("clone", _Condition(0, MASKED_EQUAL, flag, flag))
        for name in ("socket", "socketpair"):
            self.refuse(name, _Condition(0, NOT_EQUAL, socket.AF_UNIX, 0), number=errno.EAFNOSUPPORT)
        for size in (SO_SNDBUF, SO_RCVBUF):
            level = _Condition(1, MASKED_EQUAL, LOW_HALF, SOL_SOCKET)
            self.refuse("setsockopt", level, _Condition(2, MASKED_EQUAL, LOW_HALF, size))
        for request in (TIOCSTI, TIOCLINUX):
            # The kernel looks at the lower half alone.
            self.refuse("ioctl", _Condition(1, MASKED_EQUAL, LOW_HALF, request))
        self.refuse("personality", _Condition(0, NOT_EQUAL, QUERY, 0))


def must(result: int) -> None:
    """Raise `FilterError` if a function of the library says that it failed."""
    if result < 0:
        raise FilterError(say("libseccomp cannot make the filter: {error}", error=os.strerror(-result)))


def compile_filter(machine: str | None = None) -> bytes:
    """Return the filter as the kernel takes it, 8 bytes an instruction.

    Args:
        machine: what libseccomp calls the architecture, such as ``x86_64`` or ``aarch64``; None for this one.

    Raises:
        FilterError: if libseccomp is not there, or makes none.
    """
    library = _library()
    context = library.seccomp_init(ACT_ALLOW)
    if not context:
        raise FilterError(say("libseccomp cannot make the filter"))
    try:
        if machine is not None:
            wanted, native = library.seccomp_arch_resolve_name(machine.encode()), library.seccomp_arch_native()
            if wanted != native:
                must(library.seccomp_arch_add(context, wanted))
                must(library.seccomp_arch_remove(context, native))
        must(library.seccomp_attr_set(context, ATTR_ACT_BADARCH, ACT_KILL_PROCESS))
        # Fewer steps a call; versions before 2.5 try all rules one by one.
        library.seccomp_attr_set(context, ATTR_OPTIMIZE, BY_BINARY_TREE)
        _Rules(library, context).refuse_all()
        with tempfile.TemporaryFile() as file:
            must(library.seccomp_export_bpf(context, file.fileno()))
            file.seek(0)
            return file.read()
    finally:
        library.seccomp_release(context)


def why_no_filter() -> Text | None:
    """Return None if children can have a filter here, otherwise one line that says why not."""
    if sys.platform != "linux":
        return say("system-call filters exist for Linux only")
    # Asked for a filter at address 0, a kernel that has filters finds fault with the address.
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, None)
    if ctypes.get_errno() != errno.EFAULT:
        return say("this kernel has no system-call filters")
    try:
        compile_filter()
    except FilterError as error:
        return error.text
    return None
