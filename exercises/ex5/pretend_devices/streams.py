"""Streams, events, and the blocks that choose a device or a stream.

Each machine has subclasses of its own, with its `Cuda` as `cuda`: so what is made by calling a class knows its machine.
"""

from __future__ import annotations

from typing import Any

import torch


class Stream:
    """`torch.cuda.Stream`: a queue of one device."""

    cuda: Any = None

    def __init__(self, device: Any = None, priority: int = 0, number: int | None = None, **_: Any) -> None:
        self.cuda.devices.need_cuda(RuntimeError, "torch.cuda.Stream requires CUDA support")
        self.device = self.cuda.devices.gpu(device)
        self.device_index = self.device.index
        self.device_type = 1
        self.priority = priority
        self.stream_id = self.cuda.next_stream() if number is None else number
        self.cuda_stream = self.stream_id
        self.before: list[Any] = []

    def __eq__(self, other: object) -> bool:
        mine = (self.device_index, self.stream_id)
        return mine == (getattr(other, "device_index", None), getattr(other, "stream_id", None))

    def __hash__(self) -> int:
        return hash((self.device_index, self.stream_id))

    def __enter__(self) -> Stream:
        devices, clock = self.cuda.devices, self.cuda.clock
        self.before.append((devices.current, dict(clock.streams)))
        devices.current = self.device_index
        clock.streams[self.device_index] = self.stream_id
        return self

    def __exit__(self, *_: Any) -> None:
        self.cuda.devices.current, self.cuda.clock.streams = self.before.pop()

    def synchronize(self) -> None:
        """Wait for what is in this queue."""
        self.cuda.account.wait(self.device, "Stream.synchronize", self.stream_id)

    def query(self) -> bool:
        """Whether all is done: asking counts as waiting, so it is."""
        self.cuda.account.wait(self.device, "Stream.query", self.stream_id)
        return True

    def is_capturing(self) -> bool:
        """There are no CUDA graphs."""
        return False

    def record_event(self, event: Any = None) -> Any:
        """Put a mark behind what is in this queue; returns it."""
        event = torch.cuda.Event() if event is None else event
        event.record(self)
        return event

    def wait_event(self, event: Any) -> None:
        """What comes later in this queue waits for a mark."""
        event.wait(self)

    def wait_stream(self, stream: Any) -> None:
        """What comes later in this queue waits for what is in another now."""
        self.wait_event(stream.record_event())


class Event:
    """`torch.cuda.Event`: a mark in a queue."""

    cuda: Any = None

    def __init__(self, enable_timing: bool = False, blocking: bool = False, **_: Any) -> None:
        self.cuda.devices.need_cuda(RuntimeError, "Tried to instantiate dummy base class Event")
        self.enable_timing = bool(enable_timing)
        self.moment: float | None = None
        self.device: Any = None

    def record(self, stream: Any = None) -> None:
        """Stand behind what is in a queue now."""
        stream = self.cuda.current_stream() if stream is None else stream
        self.device = stream.device
        self.moment = self.cuda.clock.end_of(stream.device.index, stream.stream_id)

    def wait(self, stream: Any = None) -> None:
        """What comes later in a queue waits for this mark."""
        stream = self.cuda.current_stream() if stream is None else stream
        if self.moment is not None:
            self.cuda.clock.hold(stream.device.index, stream.stream_id, self.moment)

    def synchronize(self) -> None:
        """The CPU waits for this mark."""
        if self.moment is not None:
            self.cuda.account.wait_until(self.device, self.moment, "Event.synchronize")

    def query(self) -> bool:
        """Whether it is reached: asking counts as waiting, so it is."""
        if self.moment is not None:
            self.cuda.account.wait_until(self.device, self.moment, "Event.query")
        return True

    def elapsed_time(self, end_event: Any) -> float:
        """Milliseconds from this mark to another."""
        if not (self.enable_timing and end_event.enable_timing):
            raise ValueError("Both events must be created with argument 'enable_timing=True'.")
        if self.moment is None or end_event.moment is None:
            raise ValueError("Both events must be recorded before calculating elapsed time.")
        if max(self.moment, end_event.moment) > self.cuda.clock.now:
            raise RuntimeError("CUDA error: device not ready")
        return (end_event.moment - self.moment) * 1000.0


class AnyEvent(Event):
    """`torch.Event`, whose first argument is the device."""

    def __init__(self, device: Any = None, *, enable_timing: bool = False, **_: Any) -> None:
        super().__init__(enable_timing)


class Within:
    """``with torch.cuda.device(i)`` and ``with torch.cuda.device_of(tensor)``"""

    cuda: Any = None

    def __init__(self, device: Any) -> None:
        devices = self.cuda.devices
        if isinstance(device, torch.Tensor):
            where = devices.of(device)
            device = where if where.type == "cuda" else -1
        self.idx = -1 if device is None or device == -1 else devices.gpu(device).index
        self.before: list[int] = []

    def __enter__(self) -> Within:
        self.before.append(self.cuda.devices.current)
        if self.idx >= 0:
            self.cuda.devices.current = self.idx
        return self

    def __exit__(self, *_: Any) -> None:
        self.cuda.devices.current = self.before.pop()


class WithinStream:
    """``with torch.cuda.stream(s)``"""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def __enter__(self) -> WithinStream:
        if self.stream is not None:
            self.stream.__enter__()
        return self

    def __exit__(self, *_: Any) -> None:
        if self.stream is not None:
            self.stream.__exit__()
