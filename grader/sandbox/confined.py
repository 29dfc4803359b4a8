"""One confined child of the warm process, as the judge sees it: its channel, its output, its end."""

from __future__ import annotations

import os
import select
import socket
import time
from typing import Any, Protocol

from grader.sandbox.inside import frame as frames
from grader.sandbox.process import OUTPUT_KEPT, Ended, GoneError, TooSlowError

END_SECONDS = 5.0


class Warm(Protocol):
    """What a child's other half needs of the warm process's."""

    def send(self, message: dict[str, Any]) -> None:
        """Send one packet."""

    def wait_for(self, identity: int, seconds: float) -> Ended | None:
        """Return how a child ended, or None if it has not after `seconds`."""


class ConfinedProcess:
    """A child of the warm process, as the judge sees it."""

    def __init__(self, owner: Warm, identity: int, channel: socket.socket, output: int) -> None:
        self._owner = owner
        self.identity = identity
        self._channel = channel
        self._output = output
        self._kept = bytearray()
        channel.setblocking(False)
        os.set_blocking(output, False)
        self._poll = select.poll()
        self._poll.register(channel, select.POLLIN)
        self._poll.register(output, select.POLLIN)

    def exchange(self, frame: bytes, seconds: float, max_blob: int) -> tuple[bytes, memoryview]:
        """See `Process.exchange`."""
        deadline = time.monotonic() + seconds
        pending = memoryview(frame)
        received = bytearray()
        lengths: tuple[int, int] | None = None
        while True:
            self._poll.modify(self._channel, select.POLLIN | (select.POLLOUT if pending else 0))
            left = deadline - time.monotonic()
            if left <= 0:
                raise TooSlowError
            for descriptor, events in self._poll.poll(left * 1000):
                if descriptor == self._output:
                    self._drain()
                    continue
                if pending and events & select.POLLOUT:
                    pending = pending[self._send(pending) :]
                if events & (select.POLLIN | select.POLLHUP | select.POLLERR):
                    self._receive(received)
            if lengths is None and len(received) >= frames.HEADER.size:
                lengths = frames.check_header(bytes(received[: frames.HEADER.size]), max_blob)
            if lengths is not None:
                tree, blob = lengths
                start = frames.HEADER.size
                if len(received) > start + tree + blob:
                    raise frames.MalformedError("more bytes than one reply")
                if len(received) == start + tree + blob:
                    return bytes(received[start : start + tree]), memoryview(received)[start + tree :]

    def _send(self, data: memoryview) -> int:
        try:
            return self._channel.send(data[: 2**20])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise GoneError from error

    def _receive(self, into: bytearray) -> None:
        try:
            piece = self._channel.recv(2**20)
        except BlockingIOError:
            return
        except OSError as error:
            raise GoneError from error
        if not piece:
            raise GoneError
        into += piece

    def _drain(self) -> None:
        try:
            piece = os.read(self._output, 2**16)
        except BlockingIOError:
            return
        if not piece:
            self._poll.unregister(self._output)
        self._kept += piece
        del self._kept[:-OUTPUT_KEPT]

    def ended(self) -> Ended:
        """See `Process.ended`."""
        how = self._owner.wait_for(self.identity, seconds=0.5)
        if how is None:
            self._owner.send({"do": "kill", "id": self.identity})
            self._owner.wait_for(self.identity, seconds=END_SECONDS)
            return Ended()
        return how

    def kill(self) -> None:
        """See `Process.kill`."""
        if self._channel.fileno() >= 0:
            # Nobody waits for its end: whatever is asked of the warm process next comes after this.
            self._owner.send({"do": "kill", "id": self.identity})
            self.output()
            self.close()

    def close(self) -> None:
        """Give up both descriptors."""
        self._channel.close()
        os.close(self._output)
        self._output = -1

    def output(self) -> str:
        """See `Process.output`."""
        # What a child can write without anyone reading fits into the pipe: a few turns empty it.
        for _ in range(32 if self._output >= 0 else 0):
            try:
                piece = os.read(self._output, 2**16)
            except BlockingIOError:
                break
            if not piece:
                break
            self._kept += piece
            del self._kept[:-OUTPUT_KEPT]
        return bytes(self._kept).decode("utf-8", errors="replace")
