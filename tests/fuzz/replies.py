"""The judge's end of a channel: what a process sends there, in whatever pieces, is an answer or a student's fault."""

from __future__ import annotations

import os
import socket
from typing import Any

import torch

from grader.results import Status
from grader.sandbox.confined import ConfinedProcess
from grader.sandbox.faults import STATUSES, Fault, StudentFault, ask, fault_of, texts
from grader.sandbox.inside import wire
from grader.sandbox.process import Ended, TooSlowError

MAX_BLOB = 2**16
NUMBER = 3
ANSWERS: tuple[Any, ...] = (
    {"number": NUMBER, "status": "ok", "value": [1, "a"], "names": ["double"]},
    {"number": NUMBER, "status": "error", "type": "E", "message": "no", "frames": [[3, "f"]], "names": ["a"]},
    {"number": NUMBER, "status": "missing", "defined": ["one", "two"], "message": "double"},
    {"number": 4, "status": "ok"},
    {"number": torch.tensor([NUMBER, NUMBER]), "status": "ok"},
    "ready",
    {"number": NUMBER, "status": "memory", "frames": [[-1, "f"], [2**80, ""], ["1", "f"], 7], "names": [1, None]},
)
SEEDS = tuple(wire.encode(answer) for answer in ANSWERS)
WORDS = tuple(
    bytes([0xA0 + len(word)]) + word for word in b"number status ok error message frames names defined".split()
)


class _Warm:
    """Stands for the process that started the one that answers."""

    def send(self, message: dict[str, Any]) -> None:
        """Nothing is there to be told."""

    def wait_for(self, identity: int, seconds: float) -> Ended | None:
        """Return that it ended by itself."""
        return Ended(code=0)


def check(data: bytes) -> None:
    """Let a process send bytes for an answer and leave."""
    ours, theirs = socket.socketpair()
    reading, writing = os.pipe()
    process = ConfinedProcess(_Warm(), 1, ours, reading)
    try:
        theirs.setblocking(False)
        # What is asked is read by nobody, and fits.
        theirs.send(data[: 2**16])
        theirs.shutdown(socket.SHUT_WR)
        try:
            reply = ask(process, {"number": NUMBER}, seconds=5.0, max_blob=MAX_BLOB)
        except StudentFault as error:
            if error.fault.status is Status.CRASHED:
                return
            raise AssertionError("its end is taken for another") from error
        except TooSlowError as error:
            raise AssertionError("waited for what cannot come") from error
        assert type(reply) is dict
        assert reply["number"] == NUMBER
        judge(fault_of(reply), reply)
    finally:
        process.close()
        theirs.close()
        os.close(writing)


def judge(fault: Fault | None, reply: dict[str, Any]) -> None:
    """See that what is taken from a reply has the types and sizes that are promised."""
    assert all(type(name) is str and len(name) <= 200 for name in texts(reply.get("names")))
    if fault is None:
        assert reply.get("status") not in STATUSES
        return
    assert fault.status.value in STATUSES
    assert len(fault.kind) <= 200
    assert len(fault.message) <= 2000
    assert len(fault.frames) <= 20
    for frame in fault.frames:
        assert type(frame.line) is int and 0 <= frame.line <= 10**6
        assert type(frame.function) is str and len(frame.function) <= 200
