"""The warm process: imports torch once, then forks a confined child for every exercise that it is asked for.

It runs nothing of a submission. Its control socket (SOCK_SEQPACKET, one JSON object a packet) says::

    -> {"do": "start", "id": int, "limits": {...}}  with two descriptors: the child's channel, its output
    -> {"do": "kill", "id": int}
    <- {"is": "ready"}                               once, when torch is imported
    <- {"is": "refused", "id": int, "why": str}      the kernel did not let the child start
    <- {"is": "gone", "id": int, "status": int, "memory": bool}
                                                     the child ended; status as from `os.waitpid`; memory if for that

The end of the socket ends the warm process and every child.
"""

from __future__ import annotations

import base64
import json
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from grader.sandbox.inside.child import serve
from grader.sandbox.inside.filter import Filter
from grader.sandbox.inside.isolation import Forker, Limits, close_above, confine
from grader.sandbox.inside.memory import PAUSE_MS, Memory
from grader.sandbox.inside.users import user_of
from grader.sandbox.inside.warmup import settle, warm_up

CHANNEL = 3
MAX_PACKET = 4096


class Warm:
    """Forks children on request.

    Args:
        control: the control socket.
        user: the first of the ids that children change to, or None.
        kept: folders below ``/tmp`` with libraries, which children must go on seeing.
        calls: the filter for their system calls.
    """

    def __init__(self, control: socket.socket, user: int | None, kept: list[str], calls: Filter) -> None:
        self.control = control
        self.user = user
        self.kept = kept
        self.calls = calls
        self.memory = Memory()
        self.forker = Forker()
        self.children: dict[int, tuple[int, int]] = {}

    def run(self) -> None:
        """Serve until the judge closes the socket."""
        self.say({"is": "ready"})
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        while True:
            self.memory.enforce()
            for descriptor, _ in poll.poll(PAUSE_MS if self.children else None):
                if descriptor != self.control.fileno():
                    poll.unregister(descriptor)
                    self.reap(descriptor)
                    continue
                packet, descriptors, _, _ = socket.recv_fds(self.control, MAX_PACKET, 2)
                if not packet:
                    return
                request = json.loads(packet)
                if request["do"] == "start":
                    watched = self.start(request, descriptors)
                    if watched is not None:
                        poll.register(watched, select.POLLIN)
                else:
                    self.kill(request["id"])

    def say(self, message: dict[str, Any]) -> None:
        """Send one packet to the judge."""
        self.control.send(json.dumps(message).encode())

    def start(self, request: dict[str, Any], descriptors: list[int]) -> int | None:
        """Fork a child; return the descriptor that tells of its end."""
        channel, output = descriptors
        try:
            pid = self.forker.fork()
        except OSError as error:
            self.say({"is": "refused", "id": request["id"], "why": str(error)})
            pid = -1
        if pid == 0:
            user = None if self.user is None else user_of(self.user, request["id"])
            self.become_child(Limits(**request["limits"]), user, channel, output)
        os.close(channel)
        os.close(output)
        if pid < 0:
            return None
        watched = os.pidfd_open(pid)
        self.children[watched] = (request["id"], pid)
        self.memory.watch(pid, request["limits"]["memory"])
        return watched

    def become_child(self, limits: Limits, user: int | None, channel: int, output: int) -> None:
        """Confine this freshly forked process and serve the judge; never return."""
        status = 70
        try:
            os.dup2(output, 1)
            os.dup2(output, 2)
            if channel != CHANNEL:
                os.dup2(channel, CHANNEL)
            close_above(CHANNEL)
            confine(limits, user, self.kept, self.calls)
            home = Path("/tmp/grade")
            home.mkdir()
            serve(CHANNEL, CHANNEL, home)
            status = 0
        except BaseException as error:
            os.write(2, f"sandbox: {type(error).__name__}: {error}\n".encode(errors="replace"))
        finally:
            os._exit(status)

    def kill(self, identity: int) -> None:
        """End a child and all that it started."""
        for known, pid in self.children.values():
            if known == identity:
                os.kill(pid, signal.SIGKILL)

    def reap(self, watched: int) -> None:
        """Tell the judge how a child ended."""
        identity, pid = self.children.pop(watched)
        _, status = os.waitpid(pid, 0)
        os.close(watched)
        self.say({"is": "gone", "id": identity, "status": status, "memory": self.memory.forget(pid)})


def main() -> None:
    """Run inside bubblewrap; arguments: control descriptor, user id or ``-``, filter, how to warm up, kept folders."""
    descriptor, user, calls, depth, *kept = sys.argv[1:]
    if depth != "light":
        warm_up(seldom=depth == "thorough")
    settle()
    control = socket.socket(fileno=int(descriptor))
    Warm(control, None if user == "-" else int(user), kept, Filter(base64.b64decode(calls))).run()
