"""What torch's functions do on a machine: every call of one passes through here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils import _device as device_contexts

from pretend_devices.account import Account
from pretend_devices.devices import CPU, NO_ACCELERATOR, Devices
from pretend_devices.tensors import batch_of, memory_of, storage_of, tensors_in

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
READS_ALL = frozenset("item tolist __repr__ __str__ __format__".split())
WAITS = frozenset("nonzero argwhere masked_select unique unique_consecutive bincount histc __dlpack__".split())
NOT_MIXED = frozenset(
    "set_ is_set_to is_same_size result_type can_cast __getitem__ __setitem__ "
    "index_put_ index_put register_hook backward grad __reduce_ex__".split()
)
# They look at what a tensor is, or set what is not in its memory: the same wherever it is.
NO_MATTER = frozenset(
    "_set_grad_enabled __set__ untyped_storage storage_offset size stride dim numel is_floating_point is_complex "
    "_has_compatible_shallow_copy_type".split()
)
FROM_DATA = frozenset("tensor as_tensor asarray new_tensor".split())
NO_CHANGE = frozenset("requires_grad_ detach_ set_ resize_ share_memory_ t_ __index__ __iter__ __invert__".split())


def changes(name: str) -> bool:
    """Whether a function of this name writes into a tensor."""
    if name in NO_CHANGE:
        return False
    return name.startswith("__i") or name == "__setitem__" if name.startswith("__") else name.endswith("_")


class Mode(TorchFunctionMode):
    """Hands every call of torch's functions to a machine; nothing in there is watched."""

    def __init__(self, functions: Functions) -> None:
        super().__init__()
        self.functions = functions

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        with torch._C.DisableTorchFunction():
            return self.functions.call(func, args, dict(kwargs or {}))


class Functions:
    """Torch's functions: each on the device where its operands are, which must be the same for all of them.

    A method ``do_NAME`` is the function of that name; the others all do much the same.
    """

    def __init__(self, devices: Devices, account: Account) -> None:
        self.devices = devices
        self.account = account

    def call(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        """One call of a function of torch."""
        name = getattr(func, "__name__", "")
        if name in NO_MATTER:
            return func(*args, **kwargs)
        if name == "__get__":
            return self.get(func, args)
        special = getattr(self, f"do_{name}", None)
        if special is not None:
            return special(func, args, kwargs)
        if name in READS:
            return self.read_back(name, func, args, kwargs)
        return self.compute(name, func, args, kwargs)

    def get(self, func: Any, args: Any) -> Any:
        """An attribute of a tensor."""
        attribute = func.__self__.__name__
        out = func(*args)
        tensor = args[0]
        if attribute == "device":
            return self.devices.of(tensor)
        if attribute in ("is_cuda", "is_cpu"):
            return self.devices.of(tensor).type == attribute[3:]
        if isinstance(out, torch.Tensor):  # .grad was made where nobody watched
            where = self.devices.of(tensor)
            if where.type == "cuda" and self.devices.of(out).type == "cpu":
                self.devices.put(out, where)
        return out

    # Devices

    def do_device(self, func: Any, args: Any, kwargs: Any) -> Any:
        first = args[0] if args else kwargs.get("device", kwargs.get("type"))
        if isinstance(first, int) and len(args) + len(kwargs) == 1:
            self.devices.need_cuda(RuntimeError, NO_ACCELERATOR)
            return torch.device("cuda", first)
        return func(*args, **kwargs)

    def do__parse_to(self, func: Any, args: Any, kwargs: Any) -> Any:
        """The arguments of `nn.Module.to`."""
        if args and type(args[0]) is int:
            args = (self.devices.resolve(args[0]), *args[1:])
        if type(kwargs.get("device")) is int:
            kwargs["device"] = self.devices.resolve(kwargs["device"])
        return func(*args, **kwargs)

    def do_get_device(self, func: Any, args: Any, kwargs: Any) -> int:
        where = self.devices.of(args[0])
        return -1 if where.type == "cpu" else int(where.index)

    def do_type(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        out = func(*args, **kwargs)
        where = self.devices.of(args[0])
        if where.type == "cuda" and isinstance(out, str):
            return out.replace("torch.", "torch.cuda.", 1)
        if where.type == "cuda" and isinstance(out, torch.Tensor):
            self.devices.put(out, where)
        return out

    def do_pin_memory(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        self.devices.need_cuda(RuntimeError, NO_ACCELERATOR)
        if self.devices.of(args[0]).type == "cuda":
            raise RuntimeError("cannot pin 'torch.cuda.FloatTensor' only dense CPU tensors can be pinned")
        out = args[0].clone()
        storage_of(out)._pretend_pinned = True
        return out

    def do_is_pinned(self, func: Any, args: Any, kwargs: dict[str, Any]) -> bool:
        return bool(getattr(storage_of(args[0]), "_pretend_pinned", False))

    def do_record_stream(self, func: Any, args: Any, kwargs: dict[str, Any]) -> None:
        return None

    # From one device to another

    def do_to(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        tensor, rest = args[0], list(args[1:])
        target = None
        if rest and isinstance(rest[0], torch.Tensor) or "other" in kwargs:
            other = rest.pop(0) if rest else kwargs.pop("other")
            target = self.devices.of(other)
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
        return self.go(args[0], self.devices.gpu(names.pop("device", None)), **names)

    def do_cpu(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        return self.go(args[0], CPU, **kwargs)

    def do_type_as(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        return self.go(args[0], self.devices.of(args[1]), dtype=args[1].dtype)

    def go(self, tensor: torch.Tensor, target: Any, **how: Any) -> torch.Tensor:
        """What `Tensor.to` does."""
        source = self.devices.of(tensor)
        where = source if target is None else self.devices.resolve(target)
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
            self.devices.put(out, where)
        if source != where:
            self.account.carry("to", source, where, tensor, waits)
        else:
            self.account.work(where, "to", [tensor])
        return out

    def do_copy_(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        out = func(*args, **kwargs)
        source = args[1] if len(args) > 1 else kwargs.get("src", kwargs.get("other"))
        waits = not (args[2] if len(args) > 2 else kwargs.get("non_blocking", False))
        here, there = self.devices.of(source), self.devices.of(args[0])
        if here != there:
            self.account.carry("copy_", here, there, source, waits)
        else:
            self.account.work(there, "copy_", [args[0], source])
        return out

    def do___setitem__(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        here = self.devices.of(args[2]) if isinstance(args[2], torch.Tensor) else None
        there = self.devices.of(args[0])
        if here is None or here == there:
            return self.compute("__setitem__", func, args, kwargs)
        func(*args, **kwargs)
        return self.account.carry("__setitem__", here, there, args[2])

    def do___deepcopy__(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        out, where = func(*args, **kwargs), self.devices.of(args[0])
        if where.type == "cuda":
            self.devices.put(out, where)
        return out

    # Values become numbers of Python or NumPy

    def read_back(self, name: str, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        """A function that has to know values."""
        operands = tensors_in(args)
        self.same_device(name, operands)
        if name == "__format__" and operands and operands[0].dim() == 0:
            name = "item"
        out = func(*args, **kwargs)
        for tensor in operands[:1]:
            where = self.devices.of(tensor)
            if where.type == "cuda":
                self.account.transfer(name, where, tensor, None if name in READS_ALL else 1)
                if name in ("__repr__", "__str__"):
                    out = f"{out[:-1]}, device='{where}')" if out.endswith(")") else out
        return out

    def do_numpy(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        where = self.devices.of(args[0])
        if where.type == "cuda":
            if not kwargs.get("force", False):
                raise TypeError(
                    f"can't convert {where} device type tensor to numpy. "
                    "Use Tensor.cpu() to copy the tensor to host memory first."
                )
            self.account.transfer("numpy", where, args[0])
            return func(*args, **kwargs).copy()
        return func(*args, **kwargs)

    def do___array__(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        if self.devices.of(args[0]).type == "cuda":
            return self.do_numpy(func, args, {})
        return func(*args, **kwargs)

    # Everything else

    def same_device(self, name: str, operands: list[torch.Tensor]) -> torch.device:
        """The device on which these tensors meet; raises if they are on several."""
        found: list[torch.device] = []
        for tensor in operands:
            where = self.devices.of(tensor)
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
        """Any other function: it makes a tensor, multiplies matrices, computes or looks at something."""
        operands = tensors_in(args, kwargs)
        makes = func in device_contexts._device_constructors() or name.startswith("new_")
        makes = makes or name.endswith("_like") or kwargs.get("device") is not None
        if makes:
            return self.create(name, func, args, kwargs, operands)
        self.lazily(name, args)
        where = self.same_device(name, operands)
        if where.type not in ("cpu", "cuda"):
            return func(*args, **kwargs)
        before = {memory_of(tensor) for tensor in operands}
        out = func(*args, **kwargs)
        made = [tensor for tensor in tensors_in(out) if memory_of(tensor) not in before]
        if where.type == "cuda":
            for tensor in made:
                if self.devices.of(tensor).type == "cpu":
                    self.devices.put(tensor, where)
        if name in PRODUCTS:
            self.account.product(where, name, operands, batch_of(name, operands, out))
        elif made or (operands and (changes(name) or kwargs.get("out") is not None)):
            self.account.work(where, name, operands, fills=name in FILLS)
        if name in WAITS and where.type == "cuda":
            self.wait(where, name)
        return out

    def wait(self, where: torch.device, name: str) -> None:
        """Wait for what is launched now."""
        self.account.wait(where, name, self.account.clock.stream_on(where))

    def lazily(self, name: str, args: Any) -> None:
        """Choosing by truth values must first count them."""
        if name == "__getitem__" and isinstance(args[1], torch.Tensor) and args[1].dtype == torch.bool:
            where = self.devices.of(args[1])
            if where.type == "cuda":
                self.wait(where, name)

    def create(self, name: str, func: Any, args: Any, kwargs: dict[str, Any], operands: list[torch.Tensor]) -> Any:
        """A function that makes a tensor."""
        where = self.place_of(name, args, kwargs, operands)
        if where.type not in ("cpu", "cuda"):
            kwargs["device"] = where
            return func(*args, **kwargs)
        pinned = kwargs.pop("pin_memory", False)
        given = args[0] if args else kwargs.get("data", kwargs.get("obj"))
        data = given if isinstance(given, torch.Tensor) else None
        reads = name in FROM_DATA
        if reads:
            self.read_in(name, where, data, args[1:] if name == "new_tensor" else given)
        before = {memory_of(tensor) for tensor in operands}
        same = data is not None and self.devices.of(data) == where
        out = func(*args, **{**kwargs, "device": CPU})
        if name in ("as_tensor", "asarray") and data is not None and not same:
            out = out.clone()
        for tensor in tensors_in(out):
            if memory_of(tensor) in before:
                continue
            if where.type == "cuda":
                self.devices.put(tensor, where)
            elif pinned:
                storage_of(tensor)._pretend_pinned = True
            if tensor.numel() == 0:
                continue
            if reads and data is not None and not same and where.type == "cuda":
                self.account.carry(name, self.devices.of(data), where, tensor)
            else:
                self.account.create(where, name, tensor)
        return out

    def place_of(self, name: str, args: Any, kwargs: dict[str, Any], operands: list[torch.Tensor]) -> torch.device:
        """The device on which a function makes a tensor."""
        if kwargs.get("device") is not None:
            return self.devices.resolve(kwargs["device"])
        if (name.startswith("new_") or name.endswith("_like")) and operands:
            return self.devices.of(operands[0])
        if operands and args and isinstance(args[0], torch.Tensor):
            return self.devices.of(args[0])
        return self.devices.default()

    def read_in(self, name: str, where: torch.device, data: torch.Tensor | None, given: Any) -> None:
        """Make a tensor of tensors: torch reads those in a list one by one."""
        for tensor in tensors_in(given):
            here = self.devices.of(tensor)
            if here.type == "cuda" and (tensor is not data or where.type == "cpu"):
                self.account.transfer(name, here, tensor)


def watched(functions: Functions, run: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The method of a thread that runs it, in which the functions of torch are handed to a machine as well."""

    def inner(thread: threading.Thread) -> Any:
        with Mode(functions):
            return run(thread)

    return inner
