"""Takes away what Windows does not have, in every Python process that has this folder on its path."""

import os
import select
import signal
import socket
import sys

for module, names in {
    os: "fork forkpty killpg getpgid setsid getuid geteuid getgid set_blocking pidfd_open posix_spawn posix_spawnp "
    "getpgrp setpgid sysconf mkfifo chroot wait3 wait4",
    select: "poll epoll",
    signal: "pthread_sigmask sigwait setitimer alarm SIGALRM",
    socket: "AF_UNIX socketpair send_fds recv_fds",
}.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)


class Blocker:
    """An importer that knows of no Unix module."""

    blocked = frozenset("resource fcntl pwd grp termios tty pty syslog".split())

    def find_spec(self, name, path=None, target=None):
        """Refuse a Unix module; leave every other to the next importer."""
        if name in self.blocked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


for name in Blocker.blocked:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Blocker())
