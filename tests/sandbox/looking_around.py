"""Probes that look around in a child of the sandbox; `test_isolation` sends them there.

They have a module of their own because a probe takes along the modules of this folder that its own module imports.
"""

import ctypes
import os
import resource
import signal
import socket
import sys
import time
from pathlib import Path


def inside(body):
    """Mark a function as a probe, without making it a fixture."""
    body.probe_body = body
    return body


@inside
def process_ids(student):
    """Return the child's own process id and those that it sees."""
    return os.getpid(), sorted(int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


@inside
def kill_everyone(student):
    """Send a signal to everyone; return who was there, and the parent's id."""
    found = []
    for number in [-1, *range(2, 300)]:
        try:
            os.kill(number, 9)
            found.append(number)
        except ProcessLookupError:
            pass
        except PermissionError:
            found.append(-number)
    return found, os.getppid()


@inside
def capabilities(student):
    """Return the lines on capabilities and ids of the child's status."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return dict(line.split(":\t") for line in lines if line.startswith(("Cap", "NoNewPrivs", "Uid", "Gid", "Groups")))


@inside
def regain(student):
    """Try to get namespaces, mounts and another user; return results and error numbers."""
    libc = ctypes.CDLL(None, use_errno=True)
    tried = {}
    for name, flags in (("mount", 0x00020000), ("net", 0x40000000), ("pid", 0x20000000)):
        tried[name] = libc.unshare(flags), ctypes.get_errno()
    tried["mounting"] = libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), ctypes.get_errno()
    tried["root"] = libc.setresuid(0, 0, 0) if os.getuid() else -1, ctypes.get_errno()
    return tried


@inside
def leave_orphans(student):
    """Start processes in sessions of their own that would last long."""
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            os.close(1)
            os.close(2)
            time.sleep(600)
            os._exit(0)
    return os.getpid()


@inside
def network(student):
    """Return the network interfaces and the results of connecting somewhere."""
    lines = Path("/proc/self/net/dev").read_text().splitlines()[2:]
    tried = []
    for address in (("127.0.0.1", 9), ("192.0.2.1", 80)):
        try:
            with socket.socket() as wanted:
                wanted.settimeout(2)
                tried.append(wanted.connect_ex(address))
        except OSError as error:
            # With a system-call filter there is not even a socket.
            tried.append(error.errno)
    return [line.partition(":")[0].strip() for line in lines], tried


@inside
def abstract(student, name):
    """Return the result of connecting to a socket without a file."""
    with socket.socket(socket.AF_UNIX) as wanted:
        return wanted.connect_ex("\0" + name)


@inside
def temporary(student):
    """Return what is in the folders for temporary files, and whether one can be written there."""
    found = {path: sorted(os.listdir(path)) for path in ("/tmp", "/dev/shm", os.getcwd())}
    for path in ("/tmp/left", "/dev/shm/left"):
        Path(path).write_text("x")
    return found, Path("/tmp/left").exists(), os.getcwd()


@inside
def writable(student):
    """Return the folders in which a file can be made, of those near the top and those from which Python imports."""
    folders = {"/", "/etc", "/usr", "/usr/bin", "/lib", "/dev", "/proc", "/run", "/run/grade", *sys.path}
    folders |= {str(Path(module.__file__).parent) for module in list(sys.modules.values()) if hasattr(module, "torch")}
    folders |= {str(Path(sys.executable).parent), sys.prefix}
    for top in Path("/").iterdir():
        folders.add(str(top))
    found = []
    for folder in sorted({os.path.abspath(folder) for folder in folders if os.path.isdir(folder)}):
        try:
            Path(folder, "written").write_text("x")
            found.append(folder)
        except OSError:
            pass
    return found


@inside
def visible(student, paths):
    """Return what is at paths, for those that exist."""
    return {path: os.listdir(path) if os.path.isdir(path) else "file" for path in paths if os.path.lexists(path)}


@inside
def files_below(student, folder):
    """Return every file below a folder that can be seen."""
    return [os.path.join(inner, file) for inner, _, files in os.walk(folder) for file in files]


@inside
def search(student, names):
    """Return every file of these names that can be reached from the root."""
    found = []
    for folder, inner, files in os.walk("/"):
        if folder in ("/proc", "/usr/share", "/usr/include"):
            inner.clear()
        inner[:] = set(inner) - {"include", "__pycache__", "test", "tests"}
        found += [os.path.join(folder, file) for file in files if file in names]
    return found


@inside
def inherited(student):
    """Return the open descriptors and the environment."""
    return sorted(map(int, os.listdir("/proc/self/fd"))), dict(os.environ)


@inside
def standard_input(student):
    """Return what is read from standard input in two ways."""
    return os.read(0, 10), sys.stdin.read()


@inside
def memory_of_others(student):
    """Return the processes whose memory can be read."""
    tried = []
    for number in [0, 2, os.getppid()]:
        try:
            with open(f"/proc/{number}/mem", "rb") as file:
                file.read(1)
            tried.append(number)
        except OSError:
            pass
    return tried


@inside
def limits(student):
    """Return the limits by name, and the address space in use."""
    names = ("AS", "CPU", "FSIZE", "NOFILE", "CORE", "NPROC")
    own = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return {name: list(resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))) for name in names}, own


@inside
def too_much_memory(student):
    """Ask for more memory than is allowed."""
    return len(bytearray(2**31))


@inside
def too_large_a_file(student):
    """Write a file until it is too large."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open("large", "wb") as file:
        try:
            for _ in range(8):
                file.write(bytes(2**20))
                file.flush()
        except OSError as error:
            return error.errno, file.tell() <= 4 * 2**20
    return None


@inside
def too_many_files(student):
    """Write files until there is no room."""
    written = 0
    for number in range(100):
        try:
            Path(f"part{number}").write_bytes(bytes(2**20))
            written += 1
        except OSError as error:
            return error.errno, written
    return None, written


@inside
def too_many_processes(student):
    """Start processes until that is refused."""
    started = 0
    try:
        for _ in range(1000):
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
            started += 1
    except OSError as error:
        return error.errno, started
    return None, started


@inside
def spoil(student):
    """Change builtins, torch and the environment."""
    import builtins

    import torch

    builtins.round = lambda value: 99
    torch.add = None
    os.environ["LEFT"] = "x"
    return True


@inside
def is_spoilt(student):
    """Return whether anything of that is to be seen."""
    import torch

    return round(1.9), torch.add is None, "LEFT" in os.environ
