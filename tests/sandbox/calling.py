"""Probes that call the kernel in a child of the sandbox; `test_filter` sends them there."""

import asyncio
import concurrent.futures
import ctypes
import mmap
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path


def inside(body):
    """Mark a function as a probe, without making it a fixture."""
    body.probe_body = body
    return body


def call(number, *arguments):
    """Return the error number of a system call, or 0 if it is allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    given = [ctypes.c_ulong(argument) for argument in arguments]
    return ctypes.get_errno() if libc.syscall(ctypes.c_long(number), *given) == -1 else 0


@inside
def filters(student):
    """Return what the kernel says of the filter, or nothing where it says nothing."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines) if "Seccomp" in name}


@inside
def calls(student, numbers, arguments):
    """Return the error numbers of system calls by their names."""
    return {name: call(number, *arguments.get(name, [0] * 6)) for name, number in numbers.items()}


@inside
def clones(student, number, flags):
    """Return the error numbers of making a process in new namespaces, and in none."""
    found = []
    for flag in flags:
        libc = ctypes.CDLL(None, use_errno=True)
        pid = libc.syscall(ctypes.c_long(number), ctypes.c_ulong(flag | signal.SIGCHLD), None, None, None, None)
        if pid == 0:
            os._exit(0)
        found.append(ctypes.get_errno() if pid < 0 else 0)
        if pid > 0:
            os.waitpid(pid, 0)
    return found


@inside
def sockets(student, families):
    """Return the error numbers of making sockets."""
    found = []
    for family in families:
        try:
            socket.socket(family, socket.SOCK_DGRAM).close()
            found.append(0)
        except OSError as error:
            found.append(error.errno)
    return found


@inside
def buffers(student):
    """Return the error numbers of setting options of a socket, and the sizes of its buffers before and after."""
    one, _other = socket.socketpair()
    options = [socket.SO_SNDBUF, socket.SO_RCVBUF]
    before = [one.getsockopt(socket.SOL_SOCKET, option) for option in options]
    errors = []
    for option in (*options, socket.SO_KEEPALIVE):
        try:
            one.setsockopt(socket.SOL_SOCKET, option, 2**30 if option in options else 1)
            errors.append(0)
        except OSError as error:
            errors.append(error.errno)
    return errors, before, [one.getsockopt(socket.SOL_SOCKET, option) for option in options]


@inside
def code_of_another_machine(student, code):
    """Run machine code that calls the kernel as a program of 32 bits does."""
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


def twice(number):
    """Return twice a number."""
    return 2 * number


@inside
def threads(student):
    """Return what threads computed, made in two ways."""
    found = []
    several = [threading.Thread(target=lambda n=n: found.append(n * n)) for n in range(8)]
    for thread in several:
        thread.start()
    for thread in several:
        thread.join()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return sorted(found), list(pool.map(twice, range(4)))


def put(queue, number):
    """Put twice a number into a queue."""
    queue.put(2 * number)


@inside
def processes(student):
    """Return what processes computed, and gave back through a queue, a pipe and shared memory."""
    context = multiprocessing.get_context("fork")
    queue, shared = context.Queue(), context.Array("i", 4)
    several = [context.Process(target=put, args=(queue, n)) for n in range(3)]
    for process in several:
        process.start()
    found = sorted(queue.get(timeout=20) for _ in several)
    for process in several:
        process.join()
    reader, writer = os.pipe()
    if os.fork() == 0:
        shared[1] = 7
        os.write(writer, b"done")
        os._exit(0)
    said = os.read(reader, 10)
    os.wait()
    return found, said, list(shared)


@inside
def programs(student):
    """Return what a program says, in the three usual ways to start one, and whether a missing one is an error."""
    said = subprocess.run([sys.executable, "-S", "-c", "print(1 + 1)"], capture_output=True, text=True).stdout
    status = os.system("exit 3")
    with os.popen("echo three") as opened:
        piped = opened.read()
    try:
        subprocess.run(["nvidia-smi-is-not-here"])
        missing = ""
    except FileNotFoundError:
        missing = "FileNotFoundError"
    return said, os.waitstatus_to_exitcode(status), piped, missing


@inside
def files(student):
    """Return what files of several kinds gave back."""
    import numpy as np
    import torch

    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/a.npy", np.arange(4))
        mapped = int(np.load(f"{folder}/a.npy", mmap_mode="r").sum())
        torch.save(torch.ones(3), f"{folder}/b.pt")
        loaded = float(torch.load(f"{folder}/b.pt").sum())
        os.rename(f"{folder}/b.pt", f"{folder}/c.pt")
        os.symlink("c.pt", f"{folder}/d.pt")
        os.chmod(f"{folder}/c.pt", 0o600)
        return mapped, loaded, sorted(os.listdir(folder))


@inside
def training(student):
    """Return whether a small network learns, with a data loader's processes beside it and threads in torch."""
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    torch.set_num_threads(2)
    x = torch.randn(64, 4)
    data = TensorDataset(x, x.sum(1, keepdim=True))
    net = torch.nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), 0.1)
    losses = []
    for _ in range(3):
        for part, wanted in DataLoader(data, 16, num_workers=2):
            loss = torch.nn.functional.mse_loss(net(part), wanted)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(float(loss.detach()))
    return losses[-1] < losses[0], torch.randn(200, 200).matmul(torch.randn(200, 200)).shape


@inside
def waiting(student):
    """Return what an event loop, a timer's signal, a pair of sockets and clocks gave."""

    async def both():
        return await asyncio.gather(asyncio.sleep(0.01, 1), asyncio.to_thread(twice, 2))

    rung = []
    signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    time.sleep(0.2)
    one, other = socket.socketpair()
    one.send(b"x")
    return asyncio.run(both()), rung, other.recv(1), socket.gethostname() != "", time.clock_gettime(0) > 0


@inside
def asking_the_network(student):
    """Return the kinds of error that looking for another machine ends with."""
    import urllib.request

    found = []
    for action in (lambda: socket.getaddrinfo("example.org", 80), lambda: urllib.request.urlopen("http://192.0.2.1")):
        try:
            action()
        except OSError as error:
            found.append(type(error).__name__)
    return found


@inside
def crowd(student, number, private, shared):
    """Start processes that hold memory of their own beside what they share; return how many were there at once."""
    common = bytearray(os.urandom(2**20)) * (shared // 2**20)
    reader, writer = os.pipe()
    for _ in range(number):
        if os.fork() == 0:
            own = bytearray(private)
            own[::4096] = b"x" * len(own[::4096])
            os.write(writer, b"x")
            time.sleep(60)
            os._exit(0)
    there = 0
    while there < number:
        there += len(os.read(reader, number))
    # Longer than the pauses between two looks.
    time.sleep(1.5)
    return there, len(common)


@inside
def first_to_go(student):
    """Return the place in which the kernel ends processes if memory runs out, before and after trying to change it."""
    path = Path("/proc/self/oom_score_adj")
    before = int(path.read_text())
    try:
        path.write_text("0")
    except OSError:
        pass
    return before, int(path.read_text())


@inside
def empty_files(student, number):
    """Return how many empty files could be made."""
    for made in range(number):
        try:
            Path(f"/dev/shm/{made}").touch()
        except OSError:
            return made
    return number


@inside
def ignore_everything(student):
    """Block and ignore every signal, stop whoever can be stopped, and wait for ever."""
    for number in set(range(1, signal.NSIG)) - {signal.SIGKILL, signal.SIGSTOP}:
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
    own = os.getpid()
    if os.fork() == 0:
        os.setsid()
        for _ in range(100):
            os.kill(own, signal.SIGSTOP)
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGSTOP)
    os.kill(own, signal.SIGSTOP)
    while True:
        time.sleep(1)


@inside
def wait_for_a_stopped_one(student):
    """Start a process that stops itself, and wait for it, which the kernel does not cut short."""
    libc = ctypes.CDLL(None)
    if os.fork() == 0:
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(0)
    while True:
        libc.wait4(-1, None, 0, None)


@inside
def end_the_first_thread(student):
    """End the thread that all began with alone; another goes on, and has the process's id."""
    threading.Thread(target=time.sleep, args=(600,)).start()
    ctypes.CDLL(None).syscall(ctypes.c_long(60 if os.uname().machine == "x86_64" else 93), 0)
