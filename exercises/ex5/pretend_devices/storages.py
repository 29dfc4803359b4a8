"""What storages answer on a machine: they are what `torch.save` and `torch.load` carry between files and devices."""

from __future__ import annotations

from typing import Any

import torch

from pretend_devices.account import Account
from pretend_devices.devices import CPU, Devices


class Storages:
    """The methods of storages that know of devices, and how files remember these."""

    def __init__(self, devices: Devices, account: Account) -> None:
        self.devices = devices
        self.account = account

    def device(self, storage: Any) -> torch.device:
        """What ``storage.device`` gives."""
        where = self.devices.of_storage(storage)
        return torch._C.StorageBase.device.__get__(storage) if where == CPU else where

    def to(self, storage: Any, *, device: Any, non_blocking: bool = False) -> Any:
        """A storage with the same bytes on a device; the same one if it is there."""
        source, where = self.devices.of_storage(storage), self.devices.resolve(device)
        if source == where:
            return storage
        with torch._C.DisableTorchFunction():
            out = torch.UntypedStorage(storage.nbytes()).copy_(storage)
            values = torch.empty(0, dtype=torch.uint8).set_(storage)
            if where.type == "cuda":
                self.devices.put_storage(out, where)
            self.account.carry("storage", source, where, values)
        return out

    def cuda(self, storage: Any, device: Any = None, non_blocking: bool = False) -> Any:
        """The same on a GPU."""
        return self.to(storage, device=self.devices.gpu(device))

    def clone(self, storage: Any) -> Any:
        """A copy on the same device."""
        with torch._C.DisableTorchFunction():
            out = torch.UntypedStorage(storage.nbytes()).copy_(storage)
        self.devices.put_storage(out, self.devices.of_storage(storage))
        return out

    def tag(self, storage: Any) -> str | None:
        """What a file says of the place of a storage, as a function of `torch.serialization`."""
        where = self.devices.of_storage(storage)
        return str(where) if where.type == "cuda" else None

    def restore(self, storage: Any, location: str) -> Any:
        """A storage from a file at the place that the file names; raises where the machine lacks it."""
        if not location.startswith("cuda"):
            return None
        count = self.devices.count
        if count == 0:
            raise RuntimeError(
                "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. "
                "If you are running on a CPU-only machine, please use torch.load with "
                "map_location=torch.device('cpu') to map your storages to the CPU."
            )
        index = torch.device(location).index
        index = self.devices.current if index is None else index
        if index >= count:
            raise RuntimeError(
                f"Attempting to deserialize object on CUDA device {index} but torch.cuda.device_count() is "
                f"{count}. Please use torch.load with map_location to map your storages "
                "to an existing device."
            )
        return self.to(storage, device=torch.device("cuda", index))

    def replaced(self) -> list[tuple[Any, str, Any]]:
        """Owner, name and new value of what is replaced."""
        storages = torch.UntypedStorage
        return [
            (storages, "device", property(self.device)),
            (storages, "is_cuda", property(lambda storage: self.device(storage).type == "cuda")),
            (storages, "cpu", lambda storage: self.to(storage, device=CPU)),
            (storages, "cuda", lambda storage, *a, **k: self.cuda(storage, *a, **k)),
            (storages, "to", lambda storage, **k: self.to(storage, **k)),
            (storages, "clone", lambda storage: self.clone(storage)),
        ]

    def register(self) -> None:
        """Let files remember pretend devices."""
        torch.serialization._package_registry.insert(0, (0, self.tag, self.restore))

    def unregister(self) -> None:
        """Undo `register`."""
        registry = torch.serialization._package_registry
        registry[:] = [entry for entry in registry if entry[1] != self.tag]
