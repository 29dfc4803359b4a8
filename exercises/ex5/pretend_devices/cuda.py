"""What `torch.cuda`, `torch.accelerator` and their neighbours answer on a machine."""

from __future__ import annotations

import functools
import sys
import types
from typing import Any

import torch

from pretend_devices.account import Account
from pretend_devices.devices import NO_ACCELERATOR, Devices
from pretend_devices.streams import AnyEvent, Event, Stream, Within, WithinStream


class GeneratorKind(type):
    """Real generators are instances of the pretend class."""

    def __instancecheck__(cls, thing: Any) -> bool:
        return isinstance(thing, cls.real)


class Generator(metaclass=GeneratorKind):
    """`torch.Generator`, for devices which are not there; subclassed with `devices` and `real`."""

    devices: Any = None
    real: Any = None

    def __new__(cls, device: Any = "cpu") -> Any:
        cls.devices.resolve(device)
        return cls.real()


def answer(value: Any, *_: Any, **__: Any) -> Any:
    """The value, whatever is asked."""
    return value


class Cuda:
    """The functions and classes by which a program asks for GPUs, chooses one and waits for it."""

    def __init__(self, devices: Devices, account: Account) -> None:
        self.devices = devices
        self.account = account
        self.clock = account.clock
        self.made_streams = 0
        bound = {"cuda": self}
        self.stream = type("Stream", (Stream,), bound)
        self.event = type("Event", (Event,), bound)
        self.any_event = type("Event", (AnyEvent,), bound)
        self.within = type("device", (Within,), bound)
        self.within_that_of = type("device_of", (Within,), bound)

    def next_stream(self) -> int:
        """The number of a new stream; 0 is the default stream's."""
        self.made_streams += 1
        return self.made_streams

    def current_stream(self, device: Any = None) -> Any:
        where = self.devices.gpu(device)
        return self.stream(where, number=self.clock.stream_on(where))

    def default_stream(self, device: Any = None) -> Any:
        return self.stream(self.devices.gpu(device), number=0)

    def set_stream(self, stream: Any) -> None:
        self.devices.current = stream.device_index
        self.clock.streams[stream.device_index] = stream.stream_id

    def synchronize(self, device: Any = None) -> None:
        self.devices.need_cuda()
        self.account.wait(self.devices.gpu(device), "synchronize")

    def accelerator_synchronize(self, device: Any = None) -> None:
        self.devices.need_cuda(RuntimeError, NO_ACCELERATOR)
        self.account.wait(self.devices.gpu(device), "synchronize")

    def current_index(self) -> int:
        self.devices.need_cuda()
        return self.devices.current

    def set_device(self, device: Any) -> None:
        self.devices.need_cuda()
        if device != -1:
            self.devices.current = self.devices.gpu(device).index

    def properties(self, device: Any = None) -> Any:
        self.devices.need_cuda()
        if isinstance(device, int) and not 0 <= device < self.devices.count:
            raise AssertionError("Invalid device id")
        where = self.devices.gpu(device)
        return types.SimpleNamespace(
            name=f"Pretend GPU {where.index}", major=9, minor=0, total_memory=2**34, multi_processor_count=64
        )

    def name_of(self, device: Any = None) -> str:
        return str(self.properties(device).name)

    def capability(self, device: Any = None) -> tuple[int, int]:
        return (self.properties(device).major, self.properties(device).minor)

    def free_memory(self, device: Any = None) -> tuple[int, int]:
        return (2**33, self.properties(device).total_memory)

    def module_of(self, device: Any = None) -> Any:
        if device is None:
            return torch.cuda if self.devices.count else torch.cpu
        return getattr(torch, torch.device(device).type)

    def replaced(self) -> list[tuple[Any, str, Any]]:
        """Owner, name and new value of what is replaced."""
        there = self.devices.count > 0
        accelerator = getattr(torch, "accelerator", None)
        return [
            *((torch.cuda, name, value) for name, value in self._of_cuda().items()),
            *(
                (accelerator, name, value)
                for name, value in self._of_accelerator().items()
                if hasattr(accelerator, name)
            ),
            (torch, "Stream", self.stream),
            (torch, "Event", self.any_event),
            (torch, "Generator", type("Generator", (Generator,), {"devices": self.devices, "real": torch.Generator})),
            (torch, "get_device_module", self.module_of),
            (sys.modules["torch.backends.cuda"], "is_built", functools.partial(answer, there)),
            (torch.version, "cuda", "13.0" if there else None),
        ]

    def _of_cuda(self) -> dict[str, Any]:
        there = functools.partial(answer, self.devices.count > 0)
        zero, nothing = functools.partial(answer, 0), functools.partial(answer, None)
        return {
            "is_available": there,
            "is_initialized": there,
            "is_bf16_supported": there,
            "is_current_stream_capturing": functools.partial(answer, False),
            "device_count": functools.partial(answer, self.devices.count),
            "current_device": self.current_index,
            "set_device": self.set_device,
            "device": self.within,
            "device_of": self.within_that_of,
            "synchronize": self.synchronize,
            "Stream": self.stream,
            "Event": self.event,
            "stream": WithinStream,
            "StreamContext": WithinStream,
            "current_stream": self.current_stream,
            "default_stream": self.default_stream,
            "set_stream": self.set_stream,
            "get_device_properties": self.properties,
            "get_device_name": self.name_of,
            "get_device_capability": self.capability,
            "mem_get_info": self.free_memory,
            "init": self.devices.need_cuda,
            "_lazy_init": self.devices.need_cuda,
            "memory_allocated": zero,
            "max_memory_allocated": zero,
            "memory_reserved": zero,
            "max_memory_reserved": zero,
            "empty_cache": nothing,
            "reset_peak_memory_stats": nothing,
            "manual_seed": nothing,
            "manual_seed_all": nothing,
            "ipc_collect": nothing,
        }

    def _of_accelerator(self) -> dict[str, Any]:
        count = self.devices.count
        return {
            "is_available": functools.partial(answer, count > 0),
            "device_count": functools.partial(answer, count),
            "current_accelerator": functools.partial(answer, torch.device("cuda") if count else None),
            "current_device_index": self.current_index,
            "current_device_idx": self.current_index,
            "set_device_index": self.set_device,
            "set_device_idx": self.set_device,
            "device_index": self.within,
            "current_stream": self.current_stream,
            "set_stream": self.set_stream,
            "synchronize": self.accelerator_synchronize,
            "empty_cache": functools.partial(answer, None),
        }
