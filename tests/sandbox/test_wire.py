"""The wire format carries plain values truly, and nothing but plain values."""

from __future__ import annotations

import collections
import enum
import functools
import gc
import math
import struct
import tracemalloc
from typing import Any, NamedTuple

import msgpack
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.inside import wire
from grader.sandbox.inside.frame import HEADER, MalformedError
from grader.sandbox.inside.wire import UnsendableError, decode, encode

PLAIN = (type(None), bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, torch.Tensor)
settings.register_profile("wire", deadline=None, derandomize=True, database=None, max_examples=150)
steady = settings(settings.get_profile("wire"))


class Hashable(list):
    """A list that may be a key, until it becomes a mere list."""

    def __hash__(self) -> int:
        return 7


def split(frame: bytes) -> tuple[bytes, bytes]:
    """Return tree and blob of a frame."""
    tree, blob = HEADER.unpack(frame[: HEADER.size])
    assert len(frame) == HEADER.size + tree + blob
    return frame[HEADER.size : HEADER.size + tree], frame[HEADER.size + tree :]


def sent(value: Any) -> Any:
    """Return a value as it arrives."""
    return decode(*split(encode(value)))


def packed(node: Any) -> bytes:
    """Return a tree as bytes, whether it makes sense or not."""
    return msgpack.packb(node, unicode_errors="surrogatepass")


def same(a: Any, b: Any) -> bool:
    """Whether two values are of the same type and hold the same, bit for bit."""
    if type(a) is not type(b):
        return False
    if isinstance(a, torch.Tensor):
        alike = a.dtype == b.dtype and a.shape == b.shape
        return alike and (a.numel() == 0 or bits(a) == bits(b))
    if isinstance(a, float):
        return struct.pack(">d", a) == struct.pack(">d", b) or (a != a and b != b)
    if isinstance(a, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return same(list(a), list(b)) and same(list(a.values()), list(b.values()))
    return a == b


def bits(tensor: torch.Tensor) -> bytes:
    """Return the bytes of a tensor's values in order."""
    return tensor.resolve_conj().resolve_neg().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()


def exact(value: Any) -> bool:
    """Whether a value is made of exact built-in types and plain CPU tensors."""
    if type(value) not in PLAIN:
        return False
    if type(value) is torch.Tensor:
        return value.device.type == "cpu" and value.layout is torch.strided and not value.requires_grad
    if type(value) is dict:
        return all(exact(key) and exact(item) for key, item in value.items())
    if type(value) in (list, tuple, set, frozenset):
        return all(map(exact, value))
    return True


@st.composite
def tensors(draw: st.DrawFn) -> torch.Tensor:
    """Tensors of every dtype, with the views that make their memory unlike their values."""
    dtype = draw(st.sampled_from(sorted(wire._DTYPES)))
    shape = draw(st.lists(st.integers(0, 4), max_size=4))
    seed = draw(st.integers(0, 2**16))
    generator = torch.Generator().manual_seed(seed)
    number = torch.randint(0, 256, (math.prod(shape) * 16,), generator=generator, dtype=torch.uint8)
    kind = wire._DTYPES[dtype]
    if kind is torch.bool:
        tensor = number[: math.prod(shape)].gt(127).reshape(shape)
    else:
        tensor = number.view(kind)[: math.prod(shape)].reshape(shape)
    view = draw(st.sampled_from("none transpose step flip expand conj imag".split()))
    if view == "transpose" and tensor.dim() > 1:
        tensor = tensor.transpose(0, -1)
    elif view == "step" and tensor.dim() > 0:
        tensor = tensor[::2]
    elif view == "expand":
        tensor = tensor.unsqueeze(0).expand(3, *tensor.shape)
    elif view == "conj" and tensor.is_complex() and kind is not torch.complex32:
        tensor = tensor.conj()
    elif view == "imag" and tensor.is_complex() and kind is not torch.complex32:
        tensor = tensor.conj().imag
    return tensor


keys = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.complex_numbers(allow_nan=False),
    st.text(),
    st.binary(max_size=20),
    st.tuples(st.integers(), st.text()),
    st.frozensets(st.integers(), max_size=3),
)
leaves = st.one_of(keys, st.floats(), st.complex_numbers(), st.sets(st.text(max_size=4), max_size=4), tensors())
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
    ),
    max_leaves=12,
)


# Round trips


@steady
@given(values)
def test_nested_values_arrive_as_they_were(value):
    """Whatever is made of built-in types and tensors arrives equal, in exact types."""
    found = sent(value)
    assert exact(found)
    assert same(found, value)


@pytest.mark.parametrize("name", sorted(wire._DTYPES))
def test_every_dtype_arrives(name):
    """A tensor of each dtype keeps dtype, shape and values."""
    tensor = torch.tensor([[0, 1, 1], [1, 0, 1]]).to(wire._DTYPES[name])
    assert same(sent(tensor), tensor)


@pytest.mark.parametrize(
    "tensor",
    [
        torch.tensor(2.5),
        torch.empty(0),
        torch.empty(2, 0, 3, dtype=torch.int8),
        torch.empty(0, 2**40),
        torch.arange(24).reshape(2, 3, 4).permute(2, 0, 1),
        torch.arange(10)[::3],
        torch.tensor([1.0, float("nan"), -0.0, float("inf")]),
        torch.ones(1).expand(5, 4),
        torch.tensor([1 + 2j, 3 - 4j]).conj(),
        torch.tensor([1 + 2j, 3 - 4j]).conj().imag,
        torch._neg_view(torch.tensor([1.0, -2.0])),
        torch.ones((1,) * 64),
    ],
    ids="scalar empty flat huge permuted strided special expanded conj imag neg dims".split(),
)
def test_every_layout_arrives(tensor):
    """Scalars, empty tensors, strides and lazy views arrive as dense values."""
    found = sent(tensor)
    assert same(found, tensor)
    assert found.is_contiguous()
    assert not found.is_conj()
    assert not found.is_neg()


def test_gradients_stay_behind():
    """A tensor of a graph, a parameter and a tensor with a gradient arrive as values alone."""
    layer = torch.nn.Linear(2, 3)
    out = layer(torch.ones(1, 2))
    out.sum().backward()
    found = sent([out, layer.weight])
    assert exact(found)
    assert same(found, [out.detach(), layer.weight.detach()])


@pytest.mark.parametrize(
    "value",
    [2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 3**5000, -(7**3000), 2**65536 - 1],
    ids=lambda number: f"{number.bit_length()} bits",
)
def test_integers_of_any_size_arrive(value):
    """Integers beyond 64 bits arrive exactly."""
    assert same(sent(value), value)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), -0.0, complex(-1.0, -0.0), complex("nan"), complex(0, float("-inf"))],
)
def test_special_numbers_keep_their_bits(value):
    """NaN, infinities and negative zeros arrive, also within a subclass."""
    assert same(sent(value), value)
    base = type(value)
    assert same(sent(type("Sub", (base,), {})(value)), value)


def test_sets_arrive_and_are_sent_in_one_order():
    """Sets arrive as sets; the bytes do not depend on the order in which they were filled."""
    words = [f"word {i}" for i in range(50)]
    assert sent({1, "a", None, (1, 2), frozenset({3})}) == {1, "a", None, (1, 2), frozenset({3})}
    assert type(sent(frozenset(words))) is frozenset
    grown = set(map(str, range(1000)))
    for number in range(1000):
        grown.discard(str(number))
    assert encode(grown | set(words)) == encode(set(words))


def test_lone_surrogates_arrive_as_text_that_can_be_written():
    """A lone surrogate does not stop a message, and does not reach files and terminals of ours."""
    found = sent({"a\ud800b": "\udcff"})
    assert exact(found)
    ((key, value),) = found.items()
    assert key[0] == "a"
    assert key[-1] == "b"
    assert (key + value).encode("utf-8")


# Subclasses


def lying(base: type, *args: Any) -> Any:
    """Return a value of a subclass that answers every question about itself wrongly."""
    lies: dict[str, Any] = {
        "__eq__": lambda self, other: True,
        "__ne__": lambda self, other: False,
        "__hash__": lambda self: 7,
        "__str__": lambda self: "a lie",
        "__repr__": lambda self: "a lie",
        "__iter__": lambda self: iter(["a lie"]),
        "__len__": lambda self: 99,
        "__getitem__": lambda self, item: "a lie",
        "__contains__": lambda self, item: True,
        "__add__": lambda self, other: "a lie",
        "__radd__": lambda self, other: "a lie",
        "__pos__": lambda self: "a lie",
        "__index__": lambda self: 99,
        "__int__": lambda self: 99,
        "__float__": lambda self: 99.0,
        "__bool__": lambda self: False,
        "__bytes__": lambda self: b"a lie",
        "__reduce__": lambda self: (list, ()),
        "items": lambda self: [("a", "lie")],
        "keys": lambda self: ["a lie"],
        "bit_length": lambda self: 1,
        "encode": lambda self, *rest: b"a lie",
        "real": property(lambda self: 99.0),
        "imag": property(lambda self: 99.0),
    }
    kind = type("Lying", (base,), {name: lie for name, lie in lies.items() if hasattr(base, name)})
    return kind(*args)


@pytest.mark.parametrize(
    "value",
    [5, 2**80, -0.0, 2.5, 1 - 2j, "text", "", b"bytes", (1, "a"), {"k": [1]}, [1, 2, 3], {3, 4}, frozenset({5})],
    ids=repr,
)
def test_subclasses_arrive_as_what_they_are(value):
    """A subclass that lies about itself arrives as its base type with its true value."""
    assert same(sent(lying(type(value), value)), value)
    assert same(sent([lying(type(value), value)]), [value])


def test_a_bytearray_arrives_as_bytes():
    """A bytearray is sent as the bytes that it holds."""
    assert same(sent(bytearray(b"ab")), b"ab")


class Color(enum.IntEnum):
    """An integer with a name."""

    RED = 3


class Word(enum.StrEnum):
    """A text with a name."""

    HELLO = "hello"


class Pair(NamedTuple):
    """A tuple with names."""

    left: int
    right: str


def test_well_known_subclasses_arrive_as_their_base():
    """Enumerations, named tuples, sizes, counters and ordered dicts lose their class only."""
    value = [Color.RED, Word.HELLO, Pair(1, "b"), torch.Size([2, 3]), collections.Counter("aab")]
    assert same(sent(value), [3, "hello", (1, "b"), (2, 3), {"a": 2, "b": 1}])
    assert same(sent(collections.OrderedDict(z=1, a=2)), {"z": 1, "a": 2})


class Lie(torch.Tensor):
    """A tensor that answers every call with something else."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        """Lie."""
        return "a lie"

    def detach(self):
        """Lie."""
        return torch.zeros(9)

    def cpu(self):
        """Lie."""
        return torch.zeros(9)

    @property
    def shape(self):
        """Lie."""
        return (9,)

    def __len__(self):
        """Lie."""
        return 9


def test_a_lying_tensor_arrives_as_what_it_holds():
    """A tensor subclass that overrides calls and attributes arrives with its true values."""
    assert same(sent(torch.tensor([1.0, 2.0]).as_subclass(Lie)), torch.tensor([1.0, 2.0]))


def test_a_default_device_does_not_stop_an_answer():
    """A default device that the student's code chose does not touch what is sent."""
    with torch.device("meta"):
        frame = encode(torch.ones(2, device="cpu"))
    assert same(decode(*split(frame)), torch.ones(2))


# What cannot be sent


def nested(depth: int, leaf: Any = 0) -> Any:
    """Return a list in a list in a list."""
    return functools.reduce(lambda inner, _: [inner], range(depth), leaf)


def cycle() -> list[Any]:
    """Return a list that contains itself."""
    value: list[Any] = [1]
    value.append(value)
    return value


def dict_cycle() -> dict[str, Any]:
    """Return a dict that contains itself."""
    value: dict[str, Any] = {}
    value["self"] = (value,)
    return value


class Impostor:
    """An object whose class claims to be a number."""

    @property
    def __class__(self):
        """Lie."""
        return int


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (cycle, "contains itself"),
        (dict_cycle, "contains itself"),
        (lambda: nested(wire.MAX_DEPTH + 1), "levels deep"),
        (lambda: nested(50_000), "levels deep"),
        (object, "builtins.object is not plain data"),
        (lambda: torch.nn.Linear(1, 1), "Linear is not plain data"),
        (lambda: torch.float32, "torch.dtype is not plain data"),
        (lambda: range(3), "builtins.range is not plain data"),
        (lambda: iter([1]), "not plain data"),
        (lambda: len, "not plain data"),
        (lambda: torch.zeros(2).numpy(), "numpy.ndarray is not plain data"),
        (lambda: torch.empty(2, device="meta"), "meta device"),
        (lambda: torch.eye(3).to_sparse(), "layout torch.sparse_coo"),
        (lambda: torch.eye(4).to_sparse_csr(), "layout torch.sparse_csr"),
        (lambda: torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8), "dtype torch.qint8"),
        (lambda: 1 << 65536, "65536 bits"),
        (lambda: "x" * (wire.MAX_TREE + 1), "longer than 4 MiB"),
        (lambda: ["x" * (wire.MAX_TREE // 2)] * 2, "larger than 4 MiB"),
        (lambda: bytes(65 * 2**20), "larger than 64 MiB"),
        (lambda: torch.zeros(1).expand(2**40), "larger than 64 MiB"),
        (lambda: [torch.zeros(9 * 2**20)] * 2, "larger than 64 MiB"),
        (lambda: torch.zeros([1] * (wire.MAX_DIMS + 1)), f"more than {wire.MAX_DIMS} dimensions"),
        (lambda: set(range(wire.MAX_KEYS + 1)), f"more than {wire.MAX_KEYS} keys or set members"),
    ],
    ids="cycle dict_cycle deep deeper object module dtype range iterator function array meta coo csr quantised "
    "bits text texts bytes expanded tensors dimensions keys".split(),
)
@pytest.mark.filterwarnings("ignore")
def test_what_is_no_plain_data_is_refused(make, words):
    """A value outside the format is refused in words that a student understands."""
    value = make()
    with pytest.raises(UnsendableError, match=words):
        encode(value)


def test_an_impostor_is_not_taken_for_a_number():
    """An object that claims another class is not sent as one."""
    with pytest.raises((UnsendableError, TypeError)):
        encode(Impostor())


def test_the_deepest_value_allowed_arrives():
    """A value of the greatest depth allowed arrives."""
    value = nested(wire.MAX_DEPTH)
    assert sent(value) == value


def test_the_limit_on_the_blob_is_exact_and_counts_everything():
    """Tensors and byte strings together may have as many bytes as the limit says, and no more."""
    value = [torch.zeros(4, dtype=torch.uint8), b"12345"]
    assert same(decode(*split(encode(value, max_blob=9))), value)
    with pytest.raises(UnsendableError):
        encode(value, max_blob=8)


def test_shared_parts_cannot_multiply_beyond_the_limit(monkeypatch):
    """A small object graph that unfolds into a huge message is refused before it is built."""
    monkeypatch.setattr(wire, "MAX_TREE", 10_000)
    value: list[Any] = [0] * 64
    for _ in range(30):
        value = [value, value]
    with pytest.raises(UnsendableError, match="too many parts"):
        encode(value)


# What arrives from a stranger


def checked(tree: bytes, blob: bytes = b"") -> Any:
    """Decode bytes of a stranger: a value of exact types, or `MalformedError`."""
    try:
        value = decode(tree, blob)
    except MalformedError:
        return MalformedError
    assert exact(value)
    return value


@steady
@given(st.binary(max_size=200), st.binary(max_size=40))
def test_arbitrary_bytes_are_refused_or_plain(tree, blob):
    """Random bytes give a plain value or MalformedError."""
    checked(tree, blob)


@steady
@given(values, st.data())
def test_mutated_frames_are_refused_or_plain(value, data):
    """A valid frame with bytes changed, removed or added gives a plain value or MalformedError."""
    tree, blob = map(bytearray, split(encode(value)))
    for part in (tree, blob):
        for _ in range(data.draw(st.integers(0, 3))):
            place = data.draw(st.integers(0, len(part)))
            how = data.draw(st.sampled_from(["set", "cut", "add"]))
            if how == "cut":
                del part[place : place + data.draw(st.integers(1, 4))]
            elif how == "add":
                part[place:place] = data.draw(st.binary(max_size=4))
            else:
                part[place : place + 1] = data.draw(st.binary(min_size=1, max_size=1))
    checked(bytes(tree), bytes(blob))


nodes = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 2**64 - 1), st.floats(), st.text(max_size=3), st.binary()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(st.sampled_from("list tuple set frozenset dict complex int bytes".split()), inner).map(list),
        st.tuples(
            st.just("tensor"),
            st.sampled_from([*wire._DTYPES, "qint8", ""]),
            st.one_of(inner, st.lists(st.integers(-1, 2**64 - 1), max_size=4), st.lists(st.booleans(), max_size=2)),
        ).map(list),
    ),
    max_leaves=10,
)


@steady
@given(nodes, st.binary(max_size=64))
def test_well_formed_trees_without_sense_are_refused_or_plain(node, blob):
    """Trees built of the format's own words in wrong places give a plain value or MalformedError."""
    checked(packed(node), blob)


@pytest.mark.parametrize(
    ("node", "blob"),
    [
        (["tensor", "float32", [1]], b"123"),
        (["tensor", "float32", [2]], b"1234"),
        (["list", [["tensor", "uint8", [3]], ["tensor", "uint8", [3]]]], b"12345"),
        (["tensor", "float32", [-1]], b""),
        (["tensor", "float32", [-1, -1]], b"1234"),
        (["tensor", "uint8", [True]], b"1"),
        (["tensor", "uint8", [1.0]], b"1"),
        (["tensor", "uint8", ["1"]], b"1"),
        (["tensor", "uint8", [[1]]], b"1"),
        (["tensor", "uint8", 1], b"1"),
        (["tensor", "float32", [2**63, 2**63]], b"1234"),
        (["tensor", "uint8", [2**64 - 1, 0]], b""),
        (["tensor", "uint8", [1] * 65], b"1"),
        (["tensor", "qint8", [1]], b"1"),
        (["tensor", "nonsense", [1]], b"1"),
        (["tensor", "__class__", [0]], b""),
        (["tensor", 5, [1]], b"1"),
        (["tensor", "uint8"], b""),
        (["tensor", "uint8", [1], 0], b"1"),
        (["bytes", 3], b"12"),
        (["bytes", -1], b""),
        (["bytes", True], b"1"),
        (["bytes", 1.0], b"1"),
        (["dict", ["key"]], b""),
        (["dict", [["list", []], 1]], b""),
        (["dict", {"a": 1}], b""),
        (["set", [["list", []]]], b""),
        (["set", [["dict", []]]], b""),
        (["frozenset", [["set", []]]], b""),
        (["complex", 1, 2], b""),
        (["complex", 1.0], b""),
        (["int", 5], b""),
        (["int", "0xzz"], b""),
        (["int", ""], b""),
        (["int", "f" * (2**15 + 1)], b""),
        (["list"], b""),
        (["list", [], []], b""),
        (["list", 5], b""),
        (["object", []], b""),
        ([], b""),
        ([5], b""),
        ([["list", []]], b""),
        ({"a": 1}, b""),
        ({}, b""),
        (b"raw", b""),
        (msgpack.ExtType(1, b"x"), b""),
        (msgpack.Timestamp(1), b""),
        (1, b"left over"),
        (["tensor", "uint8", [1]], b"12"),
    ],
    ids=repr,
)
def test_impossible_messages_are_refused(node, blob):
    """A message that no encoder of ours makes is refused."""
    with pytest.raises(MalformedError):
        decode(packed(node), blob)


@pytest.mark.parametrize("tree", [b"", b"\xc1", packed(1) + b"\x00", packed([1, 2])[:-1], b"\x91" * 5000])
def test_broken_msgpack_is_refused(tree):
    """Bytes that are not exactly one msgpack value are refused."""
    with pytest.raises(MalformedError):
        decode(tree, b"")


def test_a_message_that_is_too_deep_is_refused():
    """A nesting deeper than any encoder of ours makes is refused."""
    node = functools.reduce(lambda inner, _: ["list", [inner]], range(wire.MAX_DEPTH + 1), 0)
    with pytest.raises(MalformedError, match="deep"):
        decode(packed(node), b"")


def test_a_bool_tensor_has_no_other_values():
    """Bytes other than 0 and 1 in a bool tensor become true, as undefined behaviour they would not."""
    found = decode(packed(["tensor", "bool", [4]]), bytes([0, 1, 2, 255]))
    assert found.tolist() == [False, True, True, True]
    assert found.view(torch.uint8).tolist() == [0, 1, 1, 1]


def test_text_that_is_no_utf8_becomes_text():
    """Bytes that are no UTF-8 become text that can be written."""
    found = decode(b"\xa3a\xffb", b"")
    assert found == "a\ufffdb"


def test_tensors_do_not_share_memory():
    """Tensors of one message own their memory: changing one changes no other, nor the message."""
    blob = bytearray(b"\x01\x02")
    one, two = decode(packed(["list", [["tensor", "uint8", [1]], ["tensor", "uint8", [1]]]]), blob)
    one.fill_(9)
    assert (two.item(), blob[0]) == (2, 1)


def test_memory_is_bounded_by_the_frame():
    """Many tensors that each claim the whole blob are refused, before memory is taken for them."""
    blob = bytes(2**20)
    tree = packed(["list", [["tensor", "uint8", [2**20]]] * 1000])
    tracemalloc.start()
    try:
        with pytest.raises(MalformedError, match="more bytes than the blob"):
            decode(tree, blob)
        assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["dict", "set"])
@pytest.mark.parametrize("shape", ["int", "complex"])
def test_keys_made_to_collide_are_refused(kind, shape):
    """A dict or set of thousands of keys with one hash, whose building takes quadratic time, is refused."""
    modulus = 2**61 - 1
    if shape == "int":
        found = [["int", hex(modulus * (8 + number))] for number in range(5000)]
        assert hash(modulus * 8) == hash(modulus * 9) == 0
    else:
        found = [["complex", float(-1000003 * number), float(number)] for number in range(5000)]
        assert hash(complex(-1000003.0, 1.0)) == hash(complex(-2000006.0, 2.0))
    items = [part for key in found for part in (key, None)] if kind == "dict" else found
    with pytest.raises(MalformedError):
        decode(packed([kind, items]), b"")


@pytest.mark.parametrize("kind", ["dict", "set"])
def test_long_keys_made_to_collide_are_refused(kind):
    """Keys that are few, but whose comparisons go through thousands of equal parts, are refused early."""
    modulus = 2**61 - 1
    found = [["tuple", [*[0] * 4000, ["int", hex(modulus * (8 + number))]]] for number in range(100)]
    items = [part for key in found for part in (key, None)] if kind == "dict" else found
    with pytest.raises(MalformedError, match="keys"):
        decode(packed([kind, items]), b"")
    keys = [(*[0] * 4000, modulus * number) for number in range(100)]
    with pytest.raises(UnsendableError, match="too long"):
        encode(dict.fromkeys(keys) if kind == "dict" else set(keys))


def test_ordinary_keys_are_sent():
    """Pairs as keys, and texts of any length, are no matter."""
    value = {**{(number, number): number for number in range(2000)}, "a" * 2**20: 1}
    assert sent(value) == value


def test_a_tensor_of_nothing_but_rows_is_refused():
    """What would become a list of millions of empty lists in a check is neither sent nor taken."""
    with pytest.raises(UnsendableError, match="no values"):
        encode(torch.empty(2**40, 0))
    with pytest.raises(MalformedError, match="rows"):
        decode(packed(["tensor", "float32", [2**20, 2**20, 0]]), b"")


def test_too_many_parts_are_refused():
    """What takes longest to take apart, lists and tensors, is bounded by itself; numbers are not."""
    for part in (["list", []], ["tensor", "int8", [1]]):
        with pytest.raises(MalformedError, match="too many lists"):
            decode(packed(["list", [part] * 70000]), bytes(70000))
    with pytest.raises(UnsendableError, match="lists, tensors"):
        encode([[]] * 70000)
    assert len(sent([0.5] * 100_000)) == 100_000


def test_decoding_leaves_the_garbage_collector_as_it_was():
    """The collector rests while a message is taken apart, and goes on after it, whatever the message is."""
    assert gc.isenabled()
    sent([1])
    assert gc.isenabled()
    with pytest.raises(MalformedError):
        decode(b"", b"")
    assert gc.isenabled()
    gc.disable()
    try:
        sent([1])
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "value",
    [
        [2**70] * (wire.MAX_PARTED + 1),
        {Hashable([1, 2]): 3},
        {(1, Hashable([1, 2])): 3},
        {Hashable([1, 2])},
    ],
)
def test_what_would_be_refused_is_not_sent(value):
    """What decoding would refuse is refused by the side that has it: a refused reply counts as an attempt."""
    with pytest.raises(UnsendableError):
        encode(value)
