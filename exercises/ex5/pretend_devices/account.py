"""What a machine has done: written down in order, and paid for in virtual time."""

from __future__ import annotations

from typing import Any

import torch

from pretend_devices.clock import Clock
from pretend_devices.devices import CPU
from pretend_devices.tensors import shape_of


def kinds(log: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """The entries of a log whose kind is one of `names`."""
    return [entry for entry in log if entry["kind"] in names]


class Account:
    """The `log` of a machine, whose entries take time on its clock; what they are is said in `pretend_devices`."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.log: list[dict[str, Any]] = []

    def _write(self, kind: str, device: torch.device, name: str, shapes: Any, **more: Any) -> None:
        entry = {
            "kind": kind,
            "device": str(device),
            "name": name,
            "shapes": list(shapes),
            "batch": 1,
            "at": self.clock.now,
        }
        self.log.append({**entry, **more})

    def note(self, text: str) -> None:
        """A mark."""
        self._write("note", CPU, text, [])

    def create(self, device: torch.device, name: str, tensor: torch.Tensor) -> None:
        """A tensor is made on a device."""
        self._write("create", device, name, [shape_of(tensor)])
        self.clock.spend(device, self.clock.making)

    def work(self, device: torch.device, name: str, operands: list[torch.Tensor], fills: bool = False) -> None:
        """Something is computed; `fills` if random numbers are drawn for it."""
        self._write("work", device, name, [shape_of(tensor) for tensor in operands])
        if fills:
            self.clock.spend(device, self.clock.making)

    def product(self, device: torch.device, name: str, operands: list[torch.Tensor], batch: int) -> None:
        """So many matrix products are launched."""
        self._write("product", device, name, [shape_of(tensor) for tensor in operands], batch=batch)
        self.clock.spend_products(device, batch)

    def carry(
        self, name: str, source: torch.device, target: torch.device, tensor: torch.Tensor, waits: bool = True
    ) -> None:
        """Values go from one device to another."""
        if target.type != "cuda":
            self.transfer(name, source, tensor, waits=waits)
            return
        self._write("move", target, name, [shape_of(tensor)], source=str(source), numel=tensor.numel())
        if source.type == "cuda":
            self.clock.hold(target.index, self.clock.stream_on(target), self.clock.end_of(source.index, 0))
        self.clock.spend(target, self.clock.making)

    def transfer(
        self, name: str, source: torch.device, tensor: torch.Tensor, numel: int | None = None, waits: bool = True
    ) -> None:
        """Values go from a GPU to the CPU: those of a whole tensor, or `numel` of them."""
        numel = tensor.numel() if numel is None else numel
        self._write("transfer", source, name, [shape_of(tensor)], numel=numel, non_blocking=not waits)
        if waits:
            self.clock.catch_up(source, self.clock.stream_on(source))

    def wait(self, device: torch.device, name: str, stream: int | None = None) -> None:
        """The CPU waits for one stream of a device, or for all of them."""
        self._write("wait", device, name, [])
        self.clock.catch_up(device, stream)

    def wait_until(self, device: torch.device, moment: float, name: str) -> None:
        """The CPU waits for what a device has done at a certain moment."""
        self._write("wait", device, name, [])
        self.clock.wait_until(moment)
