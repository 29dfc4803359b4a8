"""The wire format between judge and sandbox.

A message is one frame::

    8 bytes   length of the tree, big-endian
    8 bytes   length of the blob, big-endian
    tree      msgpack of one value
    blob      the bytes of all tensors and byte strings, in the order in which the tree names them

The tree is plain msgpack for ``None``, ``bool``, ``float``, ``str`` and 64-bit ``int``; everything else is
an array whose first element names its type:

    ["list", [item, ...]]            ["tuple", [item, ...]]
    ["set", [item, ...]]             ["frozenset", [item, ...]]
    ["dict", [key, value, ...]]      ["complex", real, imaginary]
    ["int", "-0x1f..."]              ["bytes", length]
    ["tensor", dtype, [size, ...]]

Nothing in it can carry code. Tensors and byte strings take their bytes from the blob one after the other, so
the memory of a decoded message is bounded by the size of its frame; what it takes to decode is bounded by limits on
its lists, tensors and keys. `encode` runs beside student code and
resolves subclasses to their built-in base; `decode` trusts nothing and either returns exactly such values or
raises `MalformedError`.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Iterable
from typing import Any

import msgpack
import torch

from grader.sandbox.inside.frame import HEADER, MAX_BLOB, MAX_TREE, MalformedError

MAX_DEPTH = 64
MAX_DIMS = 64
MAX_KEYS = 4096
# Lists, tensors and all else that has parts: each costs whoever takes a message apart some microseconds.
MAX_PARTED = 2**16
# Of all keys that are no texts together: numbers in tuples, and every so many bytes of a text in one.
MAX_KEY_PARTS = 4 * MAX_KEYS
KEY_PART = 64
# What `tolist` makes of a tensor without values: a list for each of its rows.
MAX_EMPTY_ROWS = 2**20
_SAFE_KEYS = (str, bytes, bool, type(None))

_DTYPES: dict[str, torch.dtype] = {
    name: getattr(torch, name)
    for name in (
        "bool uint8 int8 int16 int32 int64 uint16 uint32 uint64 float16 bfloat16 float32 float64 "
        "complex32 complex64 complex128"
    ).split()
    if hasattr(torch, name)
}
_NAMES = {dtype: name for name, dtype in _DTYPES.items()}
_CONTAINERS: dict[str, type[Any]] = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}


class UnsendableError(ValueError):
    """The value cannot be sent: its type, size or depth is outside what the format carries."""


def key_parts(key: Any) -> int:
    """Return how many parts a comparison of a key with one that is almost the same looks at."""
    if isinstance(key, (tuple, frozenset)):
        return sum(key_parts(item) for item in key)
    if isinstance(key, (str, bytes)):
        return 1 + len(key) // KEY_PART
    return 1 + (key.bit_length() // (8 * KEY_PART) if isinstance(key, int) else 0)


def is_key(value: Any) -> bool:
    """Return whether a value is still hashable when its type has become the built-in one."""
    if isinstance(value, (tuple, frozenset)):
        return all(map(is_key, value))
    return not isinstance(value, (list, dict, set))


def empty_rows(shape: list[int]) -> int:
    """Return how many rows a tensor of some shape has that have nothing in them."""
    return math.prod(shape[: shape.index(0)]) if 0 in shape else 0


class _Encoder:
    def __init__(self, max_blob: int) -> None:
        self.max_blob = max_blob
        self.blob: list[bytes] = []
        self.size = 0
        self.nodes = 0
        self.parted = 0
        self.hashed = 0
        self.parts = 0

    def take(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > self.max_blob:
            raise UnsendableError(f"the value is larger than {self.max_blob // 2**20} MiB")
        self.blob.append(data)

    def tree(self, value: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            raise UnsendableError(f"the value is nested more than {MAX_DEPTH} levels deep, or contains itself")
        self.nodes += 1
        if self.nodes > MAX_TREE:
            raise UnsendableError("the value has too many parts")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if not isinstance(value, (int, float, str)):
            self.count_part()
        if isinstance(value, torch.Tensor):
            return self.tensor(value)
        if isinstance(value, int):
            number = int.__add__(value, 0)
            if -(2**63) <= number < 2**64:
                return number
            self.count_part()
            return ["int", self.big(number)]
        if isinstance(value, float):
            return float.__pos__(value)
        if isinstance(value, str):
            return self.text(str.__str__(value) if kind is str else str.__add__(value, ""))
        if isinstance(value, complex):
            number_c = complex.__pos__(value)
            return ["complex", number_c.real, number_c.imag]
        if isinstance(value, (bytes, bytearray)):
            data = bytes(memoryview(value))
            self.take(data)
            return ["bytes", len(data)]
        if isinstance(value, dict):
            self.count_keys(dict.keys(value))
            flat: list[Any] = []
            for key, item in list(dict.items(value)):
                flat += [self.tree(key, depth + 1), self.tree(item, depth + 1)]
            return ["dict", flat]
        for name, base in _CONTAINERS.items():
            if isinstance(value, base):
                items = [self.tree(item, depth + 1) for item in base.__iter__(value)]
                if name in ("set", "frozenset"):
                    self.count_keys(base.__iter__(value))
                    # A set of strings has another order in every process; the bytes sent must not.
                    items.sort(key=lambda item: (str(type(item)), str(item)))
                return [name, items]
        module = getattr(kind, "__module__", "?")
        raise UnsendableError(f"a value of type {module}.{getattr(kind, '__qualname__', '?')} is not plain data")

    def count_part(self) -> None:
        self.parted += 1
        if self.parted > MAX_PARTED:
            raise UnsendableError(f"the value has more than {MAX_PARTED} lists, tensors and other parts")

    def count_keys(self, keys: Iterable[Any]) -> None:
        for key in keys:
            if type(key) not in _SAFE_KEYS:
                self.hashed += 1
                self.parts += key_parts(key)
                if not is_key(key):
                    raise UnsendableError("a key or a set member is of a type that Python's own cannot have there")
            if self.hashed > MAX_KEYS:
                raise UnsendableError(f"the value has more than {MAX_KEYS} keys or set members that are no texts")
            if self.parts > MAX_KEY_PARTS:
                raise UnsendableError("the keys or set members of the value are too long")

    @staticmethod
    def big(number: int) -> str:
        if number.bit_length() > 2**16:
            raise UnsendableError("the integer has more than 65536 bits")
        return hex(number)

    @staticmethod
    def text(value: str) -> str:
        if len(value) > MAX_TREE:
            raise UnsendableError(f"the text is longer than {MAX_TREE // 2**20} MiB")
        return value

    def tensor(self, value: torch.Tensor) -> Any:
        with torch._C.DisableTorchFunctionSubclass():
            plain = torch.Tensor.detach(value)
            if plain.layout is not torch.strided:
                raise UnsendableError(f"a tensor with layout {plain.layout} was given; an ordinary dense one is needed")
            if plain.is_meta:
                raise UnsendableError("a tensor on the meta device has a shape but no values")
            name = _NAMES.get(plain.dtype)
            if name is None:
                raise UnsendableError(f"a tensor of dtype {plain.dtype} cannot be compared")
            shape = [int(n) for n in plain.shape]
            if len(shape) > MAX_DIMS:
                raise UnsendableError(f"the tensor has more than {MAX_DIMS} dimensions")
            if empty_rows(shape) > MAX_EMPTY_ROWS:
                raise UnsendableError(f"the tensor has no values, but the shape {tuple(shape)}")
            if math.prod(shape) * plain.element_size() > self.max_blob - self.size:
                # Checked before the copy: an expanded tensor can be far larger than its memory.
                raise UnsendableError(f"the value is larger than {self.max_blob // 2**20} MiB")
            plain = plain.cpu().resolve_conj().resolve_neg().contiguous()
            flat = torch.empty(plain.shape, dtype=plain.dtype, device="cpu")
            flat.copy_(plain)
            data = b"" if flat.numel() == 0 else flat.reshape(-1).view(torch.uint8).numpy().tobytes()
        self.take(data)
        return ["tensor", name, shape]


class _Decoder:
    def __init__(self, blob: bytes | memoryview) -> None:
        self.blob = memoryview(blob)
        self.offset = 0
        self.parted = 0
        self.hashed = 0
        self.parts = 0

    def take(self, length: int) -> memoryview:
        if length < 0 or length > len(self.blob) - self.offset:
            raise MalformedError("the tree names more bytes than the blob has")
        piece = self.blob[self.offset : self.offset + length]
        self.offset += length
        return piece

    def value(self, node: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            raise MalformedError("nested too deep")
        if node is None or type(node) in (bool, int, float, str):
            return node
        if type(node) is not list or not node or type(node[0]) is not str:
            raise MalformedError("a node of unknown kind")
        self.parted += 1
        if self.parted > MAX_PARTED:
            raise MalformedError("too many lists, tensors and other parts")
        tag, rest = node[0], node[1:]
        if tag in _CONTAINERS:
            items = [self.value(item, depth + 1) for item in self.items(rest)]
            if tag in ("set", "frozenset"):
                self.count_keys(items)
            return _CONTAINERS[tag](items)
        if tag == "dict":
            flat = [self.value(item, depth + 1) for item in self.items(rest)]
            if len(flat) % 2:
                raise MalformedError("a dict with a key and no value")
            self.count_keys(flat[::2])
            return dict(zip(flat[::2], flat[1::2], strict=True))
        if tag == "complex":
            self.exact(rest, float, float)
            return complex(rest[0], rest[1])
        if tag == "int":
            self.exact(rest, str)
            if len(rest[0]) > 2**15:
                raise MalformedError("an integer that is too long")
            return int(rest[0], 16)
        if tag == "bytes":
            self.exact(rest, int)
            return bytes(self.take(rest[0]))
        if tag == "tensor":
            self.exact(rest, str, list)
            return self.tensor(rest[0], rest[1])
        raise MalformedError("a node of unknown kind")

    def count_keys(self, keys: list[Any]) -> None:
        """Bound the keys whose hashes a sender can make collide: each costs a look at all parts of all the others."""
        for key in keys:
            if type(key) not in _SAFE_KEYS:
                self.hashed += 1
                self.parts += key_parts(key)
            if self.hashed > MAX_KEYS or self.parts > MAX_KEY_PARTS:
                raise MalformedError("too many keys that are no texts, or too long ones")

    @staticmethod
    def exact(rest: list[Any], *types: type) -> None:
        if [type(item) for item in rest] != list(types):
            raise MalformedError("a node with the wrong parts")

    def items(self, rest: list[Any]) -> list[Any]:
        self.exact(rest, list)
        items: list[Any] = rest[0]
        return items

    def tensor(self, name: str, shape: list[Any]) -> torch.Tensor:
        dtype = _DTYPES.get(name)
        if dtype is None or len(shape) > MAX_DIMS or any(type(n) is not int or n < 0 for n in shape):
            raise MalformedError("a tensor of impossible dtype or shape")
        if empty_rows(shape) > MAX_EMPTY_ROWS:
            raise MalformedError("a tensor of nothing but rows")
        count = math.prod(shape)
        itemsize = torch.empty(0, dtype=dtype).element_size()
        data = self.take(count * itemsize)
        if count == 0:
            return torch.empty(shape, dtype=dtype)
        if dtype is torch.bool:
            # Any byte but 0 and 1 in a bool tensor is undefined behaviour in torch.
            return torch.frombuffer(bytearray(data), dtype=torch.uint8).ne(0).reshape(shape)
        return torch.frombuffer(bytearray(data), dtype=dtype).reshape(shape)


def encode(value: Any, max_blob: int = MAX_BLOB) -> bytes:
    """Return the frame for a value made of built-in types and tensors.

    Subclasses are resolved to their built-in base; tensors of any stride, device or view become dense CPU
    values and lose their gradient. `max_blob` is the limit in bytes on all tensors and byte strings together.

    Raises:
        UnsendableError: for another type, a nesting deeper than 64, a cycle, or a value over the size limit.
    """
    encoder = _Encoder(max_blob)
    try:
        tree = msgpack.packb(encoder.tree(value), use_bin_type=True, unicode_errors="surrogatepass")
    except RecursionError as error:
        raise UnsendableError("the value is nested too deep") from error
    if len(tree) > MAX_TREE:
        raise UnsendableError(f"the value without its tensors is larger than {MAX_TREE // 2**20} MiB")
    return b"".join([HEADER.pack(len(tree), encoder.size), tree, *encoder.blob])


def decode(tree: bytes, blob: bytes | memoryview) -> Any:
    """Return the value of one frame: exact built-in types and plain CPU tensors, nothing else.

    Raises:
        MalformedError: if the bytes are not a message of this format.
    """
    collects = gc.isenabled()
    # A message can hold millions of lists, and the collector would go through them again and again as they are made.
    gc.disable()
    try:
        node = msgpack.unpackb(
            tree, raw=False, unicode_errors="replace", max_array_len=MAX_TREE, max_map_len=0, max_ext_len=0
        )
        decoder = _Decoder(blob)
        value = decoder.value(node)
    except MalformedError:
        raise
    except Exception as error:
        raise MalformedError(f"not a message: {type(error).__name__}") from error
    finally:
        if collects:
            gc.enable()
    if decoder.offset != len(decoder.blob):
        raise MalformedError("the blob has bytes that the tree does not name")
    return value
