"""The virtual time of a machine: the CPU's clock, and how far its GPUs are with what was launched on them."""

from __future__ import annotations

import functools
import time
import timeit
from typing import Any

import torch

CLOCKS = ("perf_counter", "time", "monotonic", "process_time", "thread_time")
BEGINNINGS = {
    "perf_counter": 1000.0,
    "time": 1.7e9,
    "monotonic": 3000.0,
    "process_time": 40.0,
    "thread_time": 20.0,
}


class Clock:
    """Seconds since the beginning in `now`, and for each stream of each GPU when it has done its work.

    Args:
        lengths: seconds that products last, one after the other and again from the beginning; None leaves the
            clocks of Python alone.
        making: seconds that it takes to make an operand, to fill it or to move it to a device.
    """

    def __init__(self, lengths: list[float] | None, making: float) -> None:
        self.is_virtual = lengths is not None
        self.lengths = [float(seconds) for seconds in lengths or ()]
        self.making = float(making) if self.is_virtual else 0.0
        self.now = 0.0
        self.streams: dict[int, int] = {}
        self.ends: dict[tuple[int, int], float] = {}
        self.products = 0

    def stream_on(self, device: torch.device) -> int:
        """The number of the stream on which a GPU does what is launched now."""
        return self.streams.get(device.index, 0)

    def end_of(self, index: int, stream: int) -> float:
        """When all that was launched in this stream is done."""
        return max(self.now, self.ends.get((index, stream), 0.0))

    def hold(self, index: int, stream: int, moment: float) -> None:
        """Let a stream do nothing before a moment."""
        self.ends[index, stream] = max(self.ends.get((index, stream), 0.0), moment)

    def spend(self, device: torch.device, seconds: float) -> None:
        """Let something run: on the CPU now, on a GPU behind what was launched there before."""
        if device.type == "cuda":
            stream = self.stream_on(device)
            self.ends[device.index, stream] = self.end_of(device.index, stream) + seconds
        else:
            self.now += seconds

    def spend_products(self, device: torch.device, number: int) -> None:
        """Let so many products run, each as long as its turn says."""
        for product in range(self.products, self.products + number):
            if self.lengths:
                self.spend(device, self.lengths[product % len(self.lengths)])
        self.products += number

    def wait_until(self, moment: float) -> None:
        """Let the CPU wait for a moment, if that is still to come."""
        self.now = max(self.now, moment)

    def catch_up(self, device: torch.device, stream: int | None = None) -> None:
        """Let the CPU wait for one stream of a device, or for all of them."""
        for (index, number), moment in list(self.ends.items()):
            if index == device.index and (stream is None or stream == number):
                self.wait_until(moment)

    # What Python's clocks answer

    def read(self, name: str) -> Any:
        """What the function `name` of the module time gives."""
        seconds = BEGINNINGS[name.removesuffix("_ns")] + self.now
        return round(seconds * 1e9) if name.endswith("_ns") else seconds

    def read_number(self, name: str, number: int) -> Any:
        """What ``clock_gettime(number)`` gives, or the function of that kind called `name`."""
        clock = "time" if number == getattr(time, "CLOCK_REALTIME", 0) else "monotonic"
        return self.read(clock + "_ns" if name.endswith("_ns") else clock)

    def sleep(self, seconds: float) -> None:
        """What `time.sleep` does."""
        self.now += seconds

    def replaced(self) -> list[tuple[Any, str, Any]]:
        """Owner, name and new value of what is replaced: nothing unless the time is virtual."""
        if not self.is_virtual:
            return []
        found: list[tuple[Any, str, Any]] = [(time, "sleep", self.sleep)]
        for name in (*CLOCKS, *(f"{clock}_ns" for clock in CLOCKS)):
            if hasattr(time, name):
                found.append((time, name, functools.partial(self.read, name)))
        for name in ("clock_gettime", "clock_gettime_ns"):
            if hasattr(time, name):
                found.append((time, name, functools.partial(self.read_number, name)))
        found.append((timeit, "default_timer", functools.partial(self.read, "perf_counter")))
        return found
