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

The log is written in the student's process: take it as one sign among others, and compare values too.
"""

from __future__ import annotations

from torch import nn

from pretend_devices.account import kinds
from pretend_devices.machine import Machine

__all__ = ["Machine", "kinds", "module_devices", "pretend"]


def pretend(count: int, clock: list[float] | None = None, making: float = 1.0) -> Machine:
    """A context manager: inside it, this computer has `count` GPUs (see the top of this file)."""
    return Machine(count, clock, making)


def module_devices(net: nn.Module) -> dict[str, str]:
    """The device of every parameter and buffer, by name; for the body of a probe, inside the block."""
    named = [*net.named_parameters(), *net.named_buffers()]
    return {name: str(tensor.device) for name, tensor in named}
