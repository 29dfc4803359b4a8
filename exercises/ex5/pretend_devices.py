"""A machine with as many GPUs as wanted, for the body of a probe; none of them is real.

    from pretend_devices import pretend

    @probe
    def placed(student, a, b):
        with pretend(count=2) as machine:
            out = student.multiply_on([(a, b)], ["cuda:1"])
            return [str(r.device) for r in out], machine.log

Inside the block ``cuda:0`` to ``cuda:{count-1}`` exist, whatever the computer has: a tensor lives in ordinary
memory, and its storage carries the name of the device. `torch` answers as such a machine would:
``.device``, ``.to``, ``.cuda``, ``.cpu``, ``torch.rand(..., device=...)``, ``with torch.device(...)``,
`set_default_device`, modules, optimisers, `torch.save` and `torch.load` with or without ``map_location``,
``torch.cuda.*`` and ``torch.accelerator.*`` (counts, `synchronize`, `Event`, `Stream`), threads too. Operands
on two devices raise a RuntimeError, a device that is not there raises as well; with ``count=0`` torch behaves
as built without CUDA. On the way out everything is put back, and the tensors are ordinary CPU tensors again.

``pretend(count, clock=None, making=1.0)``
    `clock`: a list of seconds, one for each successive product (used again from its beginning when there are
    more). With it, the clocks of `time` and `timeit` (`perf_counter`, `time`, `monotonic`, `process_time`,
    `thread_time`, `clock_gettime`, their ``_ns`` forms, `default_timer`) and CUDA events are virtual: time
    passes only when a product runs (as `clock` says), when an operand is made, filled at random or moved to
    a device (`making` seconds each), or in `time.sleep`. What runs on a device is launched at no cost to the
    clock; waiting sets the clock to the moment at which the device is done. What runs on the CPU moves the
    clock at once. A batched product takes as many of the durations as it has products. Without `clock` time
    is left alone.

``machine.log``: what was done, in order, a list of dicts of plain data. Every entry has ``kind``, ``device``
(a string), ``name`` (the name of torch's function), ``shapes`` (of the tensors that went in; for "create",
"move" and "transfer" of the tensor itself) and ``batch`` (products in it; 1 but for batched ones) and
``at`` (seconds on the CPU's virtual clock when it was launched). Kinds:

    "create"    a tensor is made on ``device`` (``rand``, ``zeros_like``, ``tensor``, ...)
    "product"   a matrix product (``@``, ``mm``, ``bmm``, ``addmm``, ``einsum``, ``linear``, ...) runs there
    "work"      any other computation or change of values there (views are not logged)
    "move"      ``numel`` values go to ``device`` from ``source`` (CPU to GPU, GPU to GPU): not a wait
    "transfer"  ``numel`` values go from ``device``, a GPU, to the CPU: a wait, unless ``non_blocking``; by
                ``.item()``, ``.tolist()``, ``.cpu()``, ``float(t)``, ``if t:``, ``print(t)``, ``h.copy_(t)``
    "wait"      the CPU waits for ``device``: `synchronize` of device, stream or event; `query`; `nonzero` ...
    "note"      written by ``machine.note(text)``; the text is in ``name``

``machine.place(t, device)`` gives a copy of a tensor on a device, ``machine.values(t)`` a copy on the CPU;
neither is logged nor takes time. Tensors made before the block, and all tensors after it, are CPU tensors.
``machine.clear()`` empties the log, ``machine.count`` is the number of devices, ``machine.now`` the virtual
time since the beginning in seconds. ``kinds(log, "wait", "transfer")`` selects entries; it is for checks as
well. ``module_devices(net)`` gives the device of every parameter and buffer by name.

Everything here survives pickling by value. The log is written in the student's process: take it as one sign
among others, and compare values too.
"""

from __future__ import annotations

import functools
import math
import sys
import threading
import time
import timeit
import types
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode
from torch.utils import _device as device_contexts

CPU = torch.device("cpu")
NO_CUDA = "Torch not compiled with CUDA enabled"
NO_ACCELERATOR = "Cannot access accelerator device when none is available."

PRODUCTS = frozenset(
    "matmul __matmul__ __rmatmul__ __imatmul__ mm bmm addmm addmm_ baddbmm baddbmm_ addbmm addbmm_ mv addmv "
    "addmv_ dot vdot inner einsum tensordot linear bilinear chain_matmul multi_dot linalg_multi_dot "
    "linalg_matmul linalg_vecdot matrix_power linalg_matrix_power _scaled_mm".split()
)
FILLS = frozenset("uniform_ normal_ random_ exponential_ bernoulli_ cauchy_ log_normal_ geometric_".split())
READS = frozenset(
    "item tolist __float__ __int__ __bool__ __index__ __complex__ is_nonzero __repr__ __str__ __format__ "
    "__contains__ equal allclose".split()
)
WAITS = frozenset("nonzero argwhere masked_select unique unique_consecutive bincount histc __dlpack__".split())
NOT_MIXED = frozenset(
    "set_ is_set_to is_same_size result_type can_cast __getitem__ __setitem__ __set__ "
    "index_put_ index_put register_hook backward grad __reduce_ex__".split()
)
CLOCKS = ("perf_counter", "time", "monotonic", "process_time", "thread_time")
BEGINNINGS = {
    "perf_counter": 1000.0,
    "time": 1.7e9,
    "monotonic": 3000.0,
    "process_time": 40.0,
    "thread_time": 20.0,
}
MISSING = "(missing)"


def kinds(log: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """The entries of a log whose kind is one of `names`."""
    return [entry for entry in log if entry["kind"] in names]


def pretend(count: int, clock: list[float] | None = None, making: float = 1.0) -> Machine:
    """A context manager: inside it, this computer has `count` GPUs (see the top of this file)."""
    return Machine(count, clock, making)


def plain(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor under the wrappers of `torch.func` (there are none outside of `vmap` and the like)."""
    functorch = torch._C._functorch
    while functorch.is_functorch_wrapped_tensor(tensor):
        tensor = functorch.get_unwrapped(tensor)
    return tensor


def storage_of(tensor: torch.Tensor) -> Any:
    """What two tensors over one memory have in common; the tensor itself where it has no storage (sparse)."""
    tensor = plain(tensor)
    try:
        return tensor.untyped_storage()
    except (NotImplementedError, RuntimeError):
        return tensor


def identity(storage: Any) -> Any:
    return getattr(storage, "_cdata", None) or id(storage)


def tensors_in(*values: Any) -> list[torch.Tensor]:
    found: list[torch.Tensor] = []
    for value in values:
        if isinstance(value, torch.Tensor):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found += tensors_in(*value)
        elif isinstance(value, dict):
            found += tensors_in(*value.values())
    return found


def shape_of(tensor: torch.Tensor) -> tuple[int, ...]:
    return tuple(int(n) for n in tensor.size())


def batch_of(name: str, operands: list[torch.Tensor], out: Any) -> int:
    """How many matrix products are in one call."""
    if name in ("linear", "bilinear", "tensordot", "dot", "vdot", "inner") or not isinstance(out, torch.Tensor):
        return 1
    hidden = plain(out).numel() // max(out.numel(), 1)
    if name in ("addbmm", "addbmm_") and len(operands) > 1:
        return max(1, hidden * int(operands[1].shape[0]))
    return max(1, hidden * math.prod(shape_of(out)[:-2]))


class Mode(TorchFunctionMode):
    """Hands every call of torch's functions to the machine."""

    def __init__(self, machine: Machine) -> None:
        super().__init__()
        self.machine = machine

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        with torch._C.DisableTorchFunction():
            return self.machine.call(func, args, dict(kwargs or {}))


class Stream:
    """A queue of one device. Subclassed with its `machine` on entering the block."""

    machine: Any = None

    def __init__(self, device: Any = None, priority: int = 0, number: int | None = None, **_: Any) -> None:
        self.machine.need_cuda(RuntimeError, "torch.cuda.Stream requires CUDA support")
        self.device = self.machine.gpu(device)
        self.device_index = self.device.index
        self.device_type = 1
        self.priority = priority
        self.stream_id = self.machine.next_stream() if number is None else number
        self.cuda_stream = self.stream_id
        self.before: list[Any] = []

    def __eq__(self, other: object) -> bool:
        mine = (self.device_index, self.stream_id)
        return mine == (getattr(other, "device_index", None), getattr(other, "stream_id", None))

    def __hash__(self) -> int:
        return hash((self.device_index, self.stream_id))

    def __enter__(self) -> Stream:
        self.before.append((self.machine.current, dict(self.machine.streams)))
        self.machine.current = self.device_index
        self.machine.streams[self.device_index] = self.stream_id
        return self

    def __exit__(self, *_: Any) -> None:
        self.machine.current, self.machine.streams = self.before.pop()

    def synchronize(self) -> None:
        self.machine.wait(self.device, "Stream.synchronize", self.stream_id)

    def query(self) -> bool:
        self.machine.wait(self.device, "Stream.query", self.stream_id)
        return True

    def is_capturing(self) -> bool:
        return False

    def record_event(self, event: Any = None) -> Any:
        event = torch.cuda.Event() if event is None else event
        event.record(self)
        return event

    def wait_event(self, event: Any) -> None:
        event.wait(self)

    def wait_stream(self, stream: Any) -> None:
        self.wait_event(stream.record_event())


class Event:
    """A mark in a queue. Subclassed with its `machine` on entering the block."""

    machine: Any = None

    def __init__(self, enable_timing: bool = False, blocking: bool = False, **_: Any) -> None:
        self.machine.need_cuda(RuntimeError, "Tried to instantiate dummy base class Event")
        self.enable_timing = bool(enable_timing)
        self.moment: float | None = None
        self.device: Any = None

    def record(self, stream: Any = None) -> None:
        stream = self.machine.current_stream() if stream is None else stream
        self.device = stream.device
        self.moment = self.machine.end_of(stream.device.index, stream.stream_id)

    def wait(self, stream: Any = None) -> None:
        stream = self.machine.current_stream() if stream is None else stream
        if self.moment is not None:
            self.machine.hold(stream.device.index, stream.stream_id, self.moment)

    def synchronize(self) -> None:
        if self.moment is not None:
            self.machine.wait_until(self.device, self.moment, "Event.synchronize")

    def query(self) -> bool:
        if self.moment is not None:
            self.machine.wait_until(self.device, self.moment, "Event.query")
        return True

    def elapsed_time(self, end_event: Any) -> float:
        if not (self.enable_timing and end_event.enable_timing):
            raise ValueError("Both events must be created with argument 'enable_timing=True'.")
        if self.moment is None or end_event.moment is None:
            raise ValueError("Both events must be recorded before calculating elapsed time.")
        if max(self.moment, end_event.moment) > self.machine.now:
            raise RuntimeError("CUDA error: device not ready")
        return (end_event.moment - self.moment) * 1000.0


class AnyEvent(Event):
    """`torch.Event`, whose first argument is the device."""

    def __init__(self, device: Any = None, *, enable_timing: bool = False, **_: Any) -> None:
        super().__init__(enable_timing)


class Within:
    """``with torch.cuda.device(i)``; subclassed with its `machine` on entering the block."""

    machine: Any = None

    def __init__(self, device: Any) -> None:
        if isinstance(device, torch.Tensor):
            where = self.machine.device_of(device)
            device = where if where.type == "cuda" else -1
        self.idx = -1 if device is None or device == -1 else self.machine.gpu(device).index
        self.before: list[int] = []

    def __enter__(self) -> Within:
        self.before.append(self.machine.current)
        if self.idx >= 0:
            self.machine.current = self.idx
        return self

    def __exit__(self, *_: Any) -> None:
        self.machine.current = self.before.pop()


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


class GeneratorKind(type):
    def __instancecheck__(cls, thing: Any) -> bool:
        return isinstance(thing, cls.real)


class Generator(metaclass=GeneratorKind):
    """`torch.Generator`, for devices which are not there; subclassed with `machine` and `real`."""

    machine: Any = None
    real: Any = None

    def __new__(cls, device: Any = "cpu") -> Any:
        cls.machine.resolve(device)
        return cls.real()


class Machine:
    """See the top of this file; public are `log`, `clear`, `note`, `place`, `values`, `count` and `now`."""

    def __init__(self, count: int, clock: list[float] | None, making: float) -> None:
        self.count = count
        self.log: list[dict[str, Any]] = []
        self.now = 0.0
        self.clock = None if clock is None else [float(seconds) for seconds in clock]
        self.making = float(making) if clock is not None else 0.0
        self.current = 0
        self.streams: dict[int, int] = {}
        self.ends: dict[tuple[int, int], float] = {}
        self.products = 0
        self.made_streams = 0
        self.undo: list[Any] = []

    def clear(self) -> None:
        """Forget what was done until now."""
        del self.log[:]

    def note(self, text: str) -> None:
        """Write a mark into the log."""
        self.write("note", CPU, text, [])

    def place(self, tensor: torch.Tensor, device: Any) -> torch.Tensor:
        """A copy of a tensor on `device`, which has been there all along: not logged, takes no time."""
        where = self.resolve(device)
        with torch._C.DisableTorchFunction():
            out = tensor.detach().clone().requires_grad_(tensor.requires_grad)
            return self.put(out, where) if where.type == "cuda" else out

    def values(self, tensor: torch.Tensor) -> torch.Tensor:
        """A copy on the CPU, not logged either."""
        return self.place(tensor, CPU)

    def write(self, kind: str, device: torch.device, name: str, shapes: Any, **more: Any) -> None:
        entry = {
            "kind": kind,
            "device": str(device),
            "name": name,
            "shapes": list(shapes),
            "batch": 1,
            "at": self.now,
        }
        self.log.append({**entry, **more})

    # Devices

    def need_cuda(self, error: type[Exception] = AssertionError, message: str = NO_CUDA) -> None:
        if self.count == 0:
            raise error(message)

    def resolve(self, device: Any) -> torch.device:
        """The device meant by a string, a number or a `torch.device`; raises if the machine lacks it."""
        if isinstance(device, int) and not isinstance(device, bool):
            self.need_cuda(RuntimeError, NO_ACCELERATOR)
            device = torch.device("cuda", device)
        device = torch.device(device)
        if device.type == "cpu":
            return CPU
        if device.type != "cuda":
            return device
        self.need_cuda()
        index = self.current if device.index is None else device.index
        if not 0 <= index < self.count:
            raise getattr(torch, "AcceleratorError", RuntimeError)("CUDA error: invalid device ordinal")
        return torch.device("cuda", index)

    def gpu(self, device: Any = None) -> torch.device:
        """Like `resolve`, for what takes GPUs only; None is the current one."""
        if device is None:
            self.need_cuda()
            return torch.device("cuda", self.current)
        where = self.resolve(device)
        if where.type != "cuda":
            raise ValueError(f"Expected a cuda device, but got: {device}")
        return where

    def default_device(self) -> torch.device:
        chosen = device_contexts.CURRENT_DEVICE
        return CPU if chosen is None else self.resolve(chosen)

    def device_of(self, tensor: torch.Tensor) -> torch.device:
        where = self.device_of_storage(storage_of(tensor))
        return tensor.device if where == CPU else where

    def device_of_storage(self, storage: Any) -> torch.device:
        owner, device = getattr(storage, "_pretend", (None, CPU))
        return device if owner is self else CPU

    def device_seen(self, storage: Any) -> torch.device:
        where = self.device_of_storage(storage)
        return torch._C.StorageBase.device.__get__(storage) if where == CPU else where

    def put(self, tensor: torch.Tensor, device: torch.device) -> torch.Tensor:
        storage_of(tensor)._pretend = (self, device)
        return tensor

    # Time

    def next_stream(self) -> int:
        self.made_streams += 1
        return self.made_streams

    def current_stream(self, device: Any = None) -> Any:
        where = self.gpu(device)
        return self.stream(where, number=self.streams.get(where.index, 0))

    def end_of(self, index: int, stream: int) -> float:
        """When all that was launched in this queue is done."""
        return max(self.now, self.ends.get((index, stream), 0.0))

    def hold(self, index: int, stream: int, moment: float) -> None:
        self.ends[index, stream] = max(self.ends.get((index, stream), 0.0), moment)

    def spend(self, device: torch.device, seconds: float) -> None:
        """Let something run: on the CPU now, on a GPU behind what was launched there before."""
        if device.type == "cuda":
            stream = self.streams.get(device.index, 0)
            self.ends[device.index, stream] = self.end_of(device.index, stream) + seconds
        else:
            self.now += seconds

    def spend_product(self, device: torch.device, batch: int) -> None:
        for number in range(self.products, self.products + batch):
            if self.clock:
                self.spend(device, self.clock[number % len(self.clock)])
        self.products += batch

    def wait_until(self, device: torch.device, moment: float, name: str) -> None:
        self.write("wait", device, name, [])
        self.now = max(self.now, moment)

    def wait(self, device: torch.device, name: str, stream: int | None = None) -> None:
        """Wait for one queue of a device, or for all of them."""
        self.write("wait", device, name, [])
        self.catch_up(device, stream)

    def catch_up(self, device: torch.device, stream: int | None = None) -> None:
        for (index, number), moment in list(self.ends.items()):
            if index == device.index and (stream is None or stream == number):
                self.now = max(self.now, moment)

    def read(self, name: str) -> Any:
        seconds = BEGINNINGS[name.removesuffix("_ns")] + self.now
        return round(seconds * 1e9) if name.endswith("_ns") else seconds

    def read_number(self, name: str, number: int) -> Any:
        clock = "time" if number == getattr(time, "CLOCK_REALTIME", 0) else "monotonic"
        return self.read(clock + "_ns" if name.endswith("_ns") else clock)

    # Operations

    def call(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        """One call of a torch function, as this machine does it; nothing in here is watched."""
        name = getattr(func, "__name__", "")
        if name == "__get__":
            return self.get(func, args)
        special = getattr(self, f"do_{name}", None)
        if special is not None:
            return special(func, args, kwargs)
        if name in READS:
            return self.read_back(name, func, args, kwargs)
        return self.compute(name, func, args, kwargs)

    def get(self, func: Any, args: Any) -> Any:
        attribute = func.__self__.__name__
        out = func(*args)
        tensor = args[0]
        if attribute == "device":
            return self.device_of(tensor)
        if attribute in ("is_cuda", "is_cpu"):
            return self.device_of(tensor).type == attribute[3:]
        if isinstance(out, torch.Tensor):  # .grad was made where nobody watched
            where = self.device_of(tensor)
            if where.type == "cuda" and self.device_of(out).type == "cpu":
                self.put(out, where)
        return out

    def do_device(self, func: Any, args: Any, kwargs: Any) -> Any:
        first = args[0] if args else kwargs.get("device", kwargs.get("type"))
        if isinstance(first, int) and len(args) + len(kwargs) == 1:
            self.need_cuda(RuntimeError, NO_ACCELERATOR)
            return torch.device("cuda", first)
        return func(*args, **kwargs)

    def do__parse_to(self, func: Any, args: Any, kwargs: Any) -> Any:
        """The arguments of `nn.Module.to`."""
        if args and type(args[0]) is int:
            args = (self.resolve(args[0]), *args[1:])
        if type(kwargs.get("device")) is int:
            kwargs["device"] = self.resolve(kwargs["device"])
        return func(*args, **kwargs)

    def do_get_device(self, func: Any, args: Any, kwargs: Any) -> int:
        where = self.device_of(args[0])
        return -1 if where.type == "cpu" else int(where.index)

    def do_to(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        tensor, rest = args[0], list(args[1:])
        target = None
        if rest and isinstance(rest[0], torch.Tensor) or "other" in kwargs:
            other = rest.pop(0) if rest else kwargs.pop("other")
            target = self.device_of(other)
            rest.insert(0, other.dtype)
        elif rest and not isinstance(rest[0], torch.dtype):
            target = rest.pop(0)
        elif "device" in kwargs:
            target = kwargs.pop("device")
        for name in ("dtype", "non_blocking", "copy"):
            if rest:
                kwargs[name] = rest.pop(0)
        return self.go(tensor, target, **kwargs)

    def do_cuda(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        names = dict(zip(("device", "non_blocking"), args[1:], strict=False), **kwargs)
        return self.go(args[0], self.gpu(names.pop("device", None)), **names)

    def do_cpu(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        return self.go(args[0], CPU, **kwargs)

    def go(self, tensor: torch.Tensor, target: Any, **how: Any) -> torch.Tensor:
        """What `Tensor.to` does."""
        source = self.device_of(tensor)
        where = source if target is None else self.resolve(target)
        how = {name: value for name, value in how.items() if value is not None}
        if where.type not in ("cpu", "cuda") or source.type not in ("cpu", "cuda"):
            return tensor.to(where, **how)
        waits = not how.pop("non_blocking", False)
        if source != where:
            how["copy"] = True
        out = tensor.to(device=CPU, **how)
        if out is tensor:
            return out
        if where.type == "cuda":
            self.put(out, where)
        if source != where:
            self.carry("to", source, where, tensor, waits)
        else:
            self.write("work", where, "to", [shape_of(tensor)])
        return out

    def carry(
        self, name: str, source: torch.device, target: torch.device, tensor: torch.Tensor, waits: bool = True
    ) -> None:
        """Account for values that go from one device to another."""
        shapes = [shape_of(tensor)]
        if target.type == "cuda":
            self.write("move", target, name, shapes, source=str(source), numel=tensor.numel())
            if source.type == "cuda":
                self.hold(target.index, self.streams.get(target.index, 0), self.end_of(source.index, 0))
            self.spend(target, self.making)
        else:
            self.transfer(name, source, shapes, tensor.numel(), waits)

    def transfer(self, name: str, source: torch.device, shapes: Any, numel: int, waits: bool = True) -> None:
        self.write("transfer", source, name, shapes, numel=numel, non_blocking=not waits)
        if waits:
            self.catch_up(source, self.streams.get(source.index, 0))

    def read_back(self, name: str, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        """Values become numbers of Python."""
        operands = tensors_in(args)
        self.same_device(name, operands)
        if name == "__format__" and operands and operands[0].dim() == 0:
            name = "item"
        out = func(*args, **kwargs)
        for tensor in operands[:1]:
            where = self.device_of(tensor)
            if where.type == "cuda":
                numel = tensor.numel() if name in ("item", "tolist", "__repr__", "__str__", "__format__") else 1
                self.transfer(name, where, [shape_of(tensor)], numel)
                if name in ("__repr__", "__str__"):
                    out = f"{out[:-1]}, device='{where}')" if out.endswith(")") else out
        return out

    def do_numpy(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        where = self.device_of(args[0])
        if where.type == "cuda":
            if not kwargs.get("force", False):
                raise TypeError(
                    f"can't convert {where} device type tensor to numpy. "
                    "Use Tensor.cpu() to copy the tensor to host memory first."
                )
            self.transfer("numpy", where, [shape_of(args[0])], args[0].numel())
            return func(*args, **kwargs).copy()
        return func(*args, **kwargs)

    def do___array__(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        if self.device_of(args[0]).type == "cuda":
            return self.do_numpy(func, args, {})
        return func(*args, **kwargs)

    def do_copy_(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        out = func(*args, **kwargs)
        source = args[1] if len(args) > 1 else kwargs.get("src", kwargs.get("other"))
        waits = not (args[2] if len(args) > 2 else kwargs.get("non_blocking", False))
        here, there = self.device_of(source), self.device_of(args[0])
        if here != there:
            self.carry("copy_", here, there, source, waits)
        else:
            self.write("work", there, "copy_", [shape_of(args[0]), shape_of(source)])
        return out

    def do___setitem__(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        here = self.device_of(args[2]) if isinstance(args[2], torch.Tensor) else None
        there = self.device_of(args[0])
        if here is None or here == there:
            return self.compute("__setitem__", func, args, kwargs)
        func(*args, **kwargs)
        return self.carry("__setitem__", here, there, args[2])

    def do_type_as(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        return self.go(args[0], self.device_of(args[1]), dtype=args[1].dtype)

    def do___deepcopy__(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        out, where = func(*args, **kwargs), self.device_of(args[0])
        if where.type == "cuda":
            self.put(out, where)
        return out

    def do_pin_memory(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        self.need_cuda(RuntimeError, NO_ACCELERATOR)
        if self.device_of(args[0]).type == "cuda":
            raise RuntimeError("cannot pin 'torch.cuda.FloatTensor' only dense CPU tensors can be pinned")
        out = args[0].clone()
        storage_of(out)._pretend_pinned = True
        return out

    def do_is_pinned(self, func: Any, args: Any, kwargs: dict[str, Any]) -> bool:
        return bool(getattr(storage_of(args[0]), "_pretend_pinned", False))

    def do_record_stream(self, func: Any, args: Any, kwargs: dict[str, Any]) -> None:
        return None

    def do_type(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        out = func(*args, **kwargs)
        where = self.device_of(args[0])
        if where.type == "cuda" and isinstance(out, str):
            return out.replace("torch.", "torch.cuda.", 1)
        if where.type == "cuda" and isinstance(out, torch.Tensor):
            self.put(out, where)
        return out

    def same_device(self, name: str, operands: list[torch.Tensor]) -> torch.device:
        """The device on which these tensors meet."""
        found: list[torch.device] = []
        for tensor in operands:
            where = self.device_of(tensor)
            if where not in found and (where.type == "cuda" or tensor.dim() > 0):
                found.append(where)
        if len(found) > 1 and name not in NOT_MIXED and not name.startswith("_"):
            pair = " and ".join(str(device) for device in sorted(found, key=str, reverse=True)[:2])
            raise RuntimeError(
                f"Expected all tensors to be on the same device, but found at least two devices, {pair}! "
                f"(when checking the arguments of {name})"
            )
        on_gpus = [device for device in found if device.type == "cuda"]
        return (on_gpus or found or [CPU])[0]

    def compute(self, name: str, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        operands = tensors_in(args, kwargs)
        makes = func in device_contexts._device_constructors() or name.startswith("new_")
        makes = makes or name.endswith("_like") or kwargs.get("device") is not None
        if makes:
            return self.create(name, func, args, kwargs, operands)
        self.lazily(name, args, kwargs)
        where = self.same_device(name, operands)
        if where.type not in ("cpu", "cuda"):
            return func(*args, **kwargs)
        before = {identity(storage_of(tensor)): None for tensor in operands}
        out = func(*args, **kwargs)
        made = [t for t in tensors_in(out) if identity(storage_of(t)) not in before]
        if where.type == "cuda":
            for tensor in made:
                if self.device_of(tensor).type == "cpu":
                    self.put(tensor, where)
        shapes = [shape_of(tensor) for tensor in operands]
        if name in PRODUCTS:
            batch = batch_of(name, operands, out)
            self.write("product", where, name, shapes, batch=batch)
            self.spend_product(where, batch)
        elif made or (operands and (changes(name) or kwargs.get("out") is not None)):
            self.write("work", where, name, shapes)
            if name in FILLS:
                self.spend(where, self.making)
        if name in WAITS and where.type == "cuda":
            self.wait(where, name, self.streams.get(where.index, 0))
        return out

    def lazily(self, name: str, args: Any, kwargs: dict[str, Any]) -> None:
        """Choosing by truth values must first count them."""
        if name == "__getitem__" and isinstance(args[1], torch.Tensor) and args[1].dtype == torch.bool:
            where = self.device_of(args[1])
            if where.type == "cuda":
                self.wait(where, name, self.streams.get(where.index, 0))

    def create(self, name: str, func: Any, args: Any, kwargs: dict[str, Any], operands: list[torch.Tensor]) -> Any:
        wanted = kwargs.get("device")
        if wanted is not None:
            where = self.resolve(wanted)
        elif (name.startswith("new_") or name.endswith("_like")) and operands:
            where = self.device_of(operands[0])
        elif operands and args and isinstance(args[0], torch.Tensor):
            where = self.device_of(args[0])
        else:
            where = self.default_device()
        if where.type not in ("cpu", "cuda"):
            kwargs["device"] = where
            return func(*args, **kwargs)
        pinned = kwargs.pop("pin_memory", False)
        data = operands[0] if operands and args and operands[0] is args[0] else None
        reads = name in ("tensor", "as_tensor", "asarray", "new_tensor")
        if reads:
            inside = [args[0]] if isinstance(args[0], torch.Tensor) else tensors_in(args[0])
            if name == "new_tensor":
                inside = tensors_in(args[1:])
            for tensor in inside:  # torch reads tensors in a list one by one
                here = self.device_of(tensor)
                if here.type == "cuda" and (tensor is not data or where.type == "cpu"):
                    self.transfer(name, here, [shape_of(tensor)], tensor.numel())
        before = {identity(storage_of(tensor)): None for tensor in operands}
        same = data is not None and self.device_of(data) == where
        if name in ("as_tensor", "asarray") and data is not None and not same:
            out = func(*args, **{**kwargs, "device": CPU}).clone()
        else:
            out = func(*args, **{**kwargs, "device": CPU})
        for tensor in tensors_in(out):
            if identity(storage_of(tensor)) in before:
                continue
            if where.type == "cuda":
                self.put(tensor, where)
            elif pinned:
                storage_of(tensor)._pretend_pinned = True
            if tensor.numel() == 0:
                continue
            if reads and data is not None and not same and where.type == "cuda":
                self.carry(name, self.device_of(data), where, tensor)
            else:
                self.write("create", where, name, [shape_of(tensor)])
                self.spend(where, self.making)
        return out

    # torch.cuda and torch.accelerator

    def synchronize(self, device: Any = None) -> None:
        self.need_cuda()
        self.wait(self.gpu(device), "synchronize")

    def accelerator_synchronize(self, device: Any = None) -> None:
        self.need_cuda(RuntimeError, NO_ACCELERATOR)
        self.wait(self.gpu(device), "synchronize")

    def current_index(self) -> int:
        self.need_cuda()
        return self.current

    def set_device(self, device: Any) -> None:
        self.need_cuda()
        if device != -1:
            self.current = self.gpu(device).index

    def set_stream(self, stream: Any) -> None:
        self.current = stream.device_index
        self.streams[stream.device_index] = stream.stream_id

    def default_stream(self, device: Any = None) -> Any:
        return self.stream(self.gpu(device), number=0)

    def properties(self, device: Any = None) -> Any:
        self.need_cuda()
        if isinstance(device, int) and not 0 <= device < self.count:
            raise AssertionError("Invalid device id")
        where = self.gpu(device)
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
            return torch.cuda if self.count else torch.cpu
        return getattr(torch, torch.device(device).type)

    # Storages, which torch.save and torch.load handle

    def storage_cpu(self, storage: Any) -> Any:
        return self.storage_to(storage, device=CPU)

    def storage_cuda(self, storage: Any, device: Any = None, non_blocking: bool = False) -> Any:
        return self.storage_to(storage, device=self.gpu(device))

    def storage_to(self, storage: Any, *, device: Any, non_blocking: bool = False) -> Any:
        source, where = self.device_of_storage(storage), self.resolve(device)
        if source == where:
            return storage
        with torch._C.DisableTorchFunction():
            out = torch.UntypedStorage(storage.nbytes()).copy_(storage)
            values = torch.empty(0, dtype=torch.uint8).set_(storage)
            if where.type == "cuda":
                out._pretend = (self, where)
            self.carry("storage", source, where, values)
        return out

    def storage_clone(self, storage: Any) -> Any:
        with torch._C.DisableTorchFunction():
            out = torch.UntypedStorage(storage.nbytes()).copy_(storage)
        out._pretend = (self, self.device_of_storage(storage))
        return out

    def tag(self, storage: Any) -> str | None:
        where = self.device_of_storage(storage)
        return str(where) if where.type == "cuda" else None

    def restore(self, storage: Any, location: str) -> Any:
        if not location.startswith("cuda"):
            return None
        if self.count == 0:
            raise RuntimeError(
                "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. "
                "If you are running on a CPU-only machine, please use torch.load with "
                "map_location=torch.device('cpu') to map your storages to the CPU."
            )
        index = torch.device(location).index
        index = self.current if index is None else index
        if index >= self.count:
            raise RuntimeError(
                f"Attempting to deserialize object on CUDA device {index} but torch.cuda.device_count() is "
                f"{self.count}. Please use torch.load with map_location to map your storages "
                "to an existing device."
            )
        return self.storage_to(storage, device=torch.device("cuda", index))

    # In and out

    def patch(self, owner: Any, name: str, value: Any) -> Any:
        """Replace an attribute until the end of the block; returns what it was."""
        old = vars(owner).get(name, MISSING)
        if old is MISSING:
            self.undo.append(functools.partial(delattr, owner, name))
        else:
            self.undo.append(functools.partial(setattr, owner, name, old))
        setattr(owner, name, value)
        return old

    def patches(self) -> list[tuple[Any, str, Any]]:
        """What is replaced, except for clocks."""
        bound = {"machine": self}
        self.stream = stream = type("Stream", (Stream,), bound)
        event = type("Event", (Event,), bound)
        within = type("device", (Within,), bound)
        found: list[tuple[Any, str, Any]] = [
            (torch.cuda, name, value)
            for name, value in {
                "is_available": functools.partial(answer, self.count > 0),
                "is_initialized": functools.partial(answer, self.count > 0),
                "is_bf16_supported": functools.partial(answer, self.count > 0),
                "is_current_stream_capturing": functools.partial(answer, False),
                "device_count": functools.partial(answer, self.count),
                "current_device": self.current_index,
                "set_device": self.set_device,
                "device": within,
                "device_of": type("device_of", (Within,), bound),
                "synchronize": self.synchronize,
                "Stream": stream,
                "Event": event,
                "stream": WithinStream,
                "StreamContext": WithinStream,
                "current_stream": self.current_stream,
                "default_stream": self.default_stream,
                "set_stream": self.set_stream,
                "get_device_properties": self.properties,
                "get_device_name": self.name_of,
                "get_device_capability": self.capability,
                "mem_get_info": self.free_memory,
                "init": self.need_cuda,
                "_lazy_init": self.need_cuda,
                "memory_allocated": functools.partial(answer, 0),
                "max_memory_allocated": functools.partial(answer, 0),
                "memory_reserved": functools.partial(answer, 0),
                "max_memory_reserved": functools.partial(answer, 0),
                "empty_cache": functools.partial(answer, None),
                "reset_peak_memory_stats": functools.partial(answer, None),
                "manual_seed": functools.partial(answer, None),
                "manual_seed_all": functools.partial(answer, None),
                "ipc_collect": functools.partial(answer, None),
            }.items()
        ]
        accelerator = getattr(torch, "accelerator", None)
        for name, value in {
            "is_available": functools.partial(answer, self.count > 0),
            "device_count": functools.partial(answer, self.count),
            "current_accelerator": functools.partial(answer, torch.device("cuda") if self.count else None),
            "current_device_index": self.current_index,
            "current_device_idx": self.current_index,
            "set_device_index": self.set_device,
            "set_device_idx": self.set_device,
            "device_index": within,
            "current_stream": self.current_stream,
            "set_stream": self.set_stream,
            "synchronize": self.accelerator_synchronize,
            "empty_cache": functools.partial(answer, None),
        }.items():
            if hasattr(accelerator, name):
                found.append((accelerator, name, value))
        storages = torch.UntypedStorage
        return [
            *found,
            (torch, "Stream", stream),
            (torch, "Event", type("Event", (AnyEvent,), bound)),
            (torch, "Generator", type("Generator", (Generator,), {**bound, "real": torch.Generator})),
            (torch, "get_device_module", self.module_of),
            (sys.modules["torch.backends.cuda"], "is_built", functools.partial(answer, self.count > 0)),
            (torch.version, "cuda", "13.0" if self.count else None),
            (storages, "device", property(self.device_seen)),
            (storages, "is_cuda", property(lambda storage: self.device_seen(storage).type == "cuda")),
            (storages, "cpu", lambda storage: self.storage_cpu(storage)),
            (storages, "cuda", lambda storage, *a, **k: self.storage_cuda(storage, *a, **k)),
            (storages, "to", lambda storage, **k: self.storage_to(storage, **k)),
            (storages, "clone", lambda storage: self.storage_clone(storage)),
            (threading.Thread, "_bootstrap_inner", self.watched(threading.Thread._bootstrap_inner)),
        ]

    def clocks(self) -> list[tuple[Any, str, Any]]:
        """What is replaced on a machine with a virtual clock."""
        found: list[tuple[Any, str, Any]] = [(time, "sleep", self.sleep)]
        for name in (*CLOCKS, *(f"{clock}_ns" for clock in CLOCKS)):
            if hasattr(time, name):
                found.append((time, name, functools.partial(self.read, name)))
        for name in ("clock_gettime", "clock_gettime_ns"):
            if hasattr(time, name):
                found.append((time, name, functools.partial(self.read_number, name)))
        found.append((timeit, "default_timer", functools.partial(self.read, "perf_counter")))
        return found

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def watched(self, run: Any) -> Any:
        def inner(thread: Any) -> Any:
            with Mode(self):
                return run(thread)

        return inner

    def __enter__(self) -> Machine:
        self.default = torch.get_default_device() if device_contexts.CURRENT_DEVICE is not None else None
        new = self.patches() + (self.clocks() if self.clock is not None else [])
        swaps: dict[int, Any] = {}
        for owner, name, value in new:
            old = self.patch(owner, name, value)
            if old is not MISSING and isinstance(owner, types.ModuleType) and callable(old):
                swaps[id(old)] = value
        self.seen = {id(self), id(swaps), id(self.undo)}
        if self.clock is not None:
            for function in (timeit.Timer.__init__, timeit.timeit, timeit.repeat):
                self.swap(function, swaps, 1)
        for module in list(sys.modules.values()):
            self.swap(module, swaps, 5)
        torch.serialization._package_registry.insert(0, (0, self.tag, self.restore))
        self.mode = Mode(self)
        self.mode.__enter__()
        return self

    def swap(self, owner: Any, swaps: dict[int, Any], depth: int) -> None:
        """What was imported by its name (``from time import time``) must follow, wherever it is kept."""
        if depth == 0 or id(owner) in self.seen:
            return
        self.seen.add(id(owner))
        if isinstance(owner, types.FunctionType):
            if owner.__module__ in sys.modules and is_library(sys.modules[owner.__module__]) and depth > 1:
                return
            defaults = owner.__defaults__ or ()
            if any(id(value) in swaps for value in defaults):
                self.patch_slot(owner, "__defaults__", tuple(swaps.get(id(v), v) for v in defaults))
            self.swap(owner.__kwdefaults__, swaps, depth)
            self.swap(vars(owner), swaps, depth - 1)
            for cell in owner.__closure__ or ():
                if cell != types.CellType():
                    if id(cell.cell_contents) in swaps:
                        self.patch_slot(cell, "cell_contents", swaps[id(cell.cell_contents)])
                    self.swap(cell.cell_contents, swaps, depth - 1)
        elif isinstance(owner, (dict, list)):
            for key, value in list(owner.items() if isinstance(owner, dict) else enumerate(owner)):
                if id(value) in swaps:
                    self.undo.append(functools.partial(owner.__setitem__, key, value))
                    owner[key] = swaps[id(value)]
                self.swap(value, swaps, depth - 1)
        elif isinstance(owner, tuple):
            for value in owner:
                self.swap(value, swaps, depth - 1)
        elif isinstance(owner, (staticmethod, classmethod)):
            self.swap(owner.__func__, swaps, depth)
        elif isinstance(owner, type):
            if not is_library(sys.modules.get(owner.__module__)):
                for name, value in list(vars(owner).items()):
                    plain_value = value.__func__ if isinstance(value, staticmethod) else value
                    if id(plain_value) in swaps:
                        self.patch(owner, name, staticmethod(swaps[id(plain_value)]))
                    self.swap(value, swaps, depth - 1)
        elif isinstance(owner, types.ModuleType):
            if not is_library(owner):
                self.swap(vars(owner), swaps, depth)
        elif type(vars_of(owner)) is dict and not is_library(sys.modules.get(type(owner).__module__)):
            self.swap(vars_of(owner), swaps, depth - 1)

    def patch_slot(self, owner: Any, name: str, value: Any) -> None:
        self.undo.append(functools.partial(setattr, owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    def __exit__(self, *_: Any) -> None:
        chosen = device_contexts.CURRENT_DEVICE
        if chosen != self.default:
            torch.set_default_device(self.default)
        self.mode.__exit__(None, None, None)
        registry = torch.serialization._package_registry
        registry[:] = [entry for entry in registry if entry[1] != self.tag]
        while self.undo:
            self.undo.pop()()


def answer(value: Any, *_: Any, **__: Any) -> Any:
    return value


def changes(name: str) -> bool:
    """Whether a function of this name writes into a tensor."""
    if name.startswith("__"):
        return name.startswith("__i") and name not in ("__index__", "__iter__", "__invert__") or name == "__setitem__"
    return name.endswith("_") and name not in (
        "requires_grad_",
        "detach_",
        "set_",
        "resize_",
        "share_memory_",
        "t_",
    )


def vars_of(thing: Any) -> Any:
    try:
        return object.__getattribute__(thing, "__dict__")
    except AttributeError:
        return None


def is_library(module: Any) -> bool:
    """Whether a module is torch, the standard library or installed: names in those are left as they are."""
    name = str(getattr(module, "__name__", "")).partition(".")[0]
    if name in sys.stdlib_module_names and name != "__main__" or name in ("torch", "numpy", "grader", __name__):
        return True
    path = str(getattr(module, "__file__", None) or "")
    return not isinstance(module, types.ModuleType) or "site-packages" in path or "dist-packages" in path


def module_devices(net: nn.Module) -> dict[str, str]:
    """The device of every parameter and buffer, by name; for the body of a probe, inside the block."""
    named = [*net.named_parameters(), *net.named_buffers()]
    return {name: str(tensor.device) for name, tensor in named}
