"""Values are told in a few words, whatever they are."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.judge.describe import LIMIT, describe, difference
from grader.results import Text


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (torch.tensor(2.5), "float32 number 2.5", "float32 标量 2.5"),
        (torch.tensor(3), "int64 number 3", "int64 标量 3"),
        (torch.tensor(True), "bool number True", "bool 标量 True"),
        (torch.tensor(1 - 2j), "complex64 number 1-2j", "complex64 标量 1-2j"),
        (torch.tensor([1.0, 1 / 3]), "float32 tensor of shape (2,): 1, 0.33333", "float32 张量，形状 (2,)：1, 0.33333"),
        (torch.zeros(2, 0), "float32 tensor of shape (2, 0): ", "float32 张量，形状 (2, 0)："),
        (
            torch.arange(20).reshape(4, 5),
            "int64 tensor of shape (4, 5): 0, 1, 2, 3, 4, 5, 6, 7, ...",
            "int64 张量，形状 (4, 5)：0, 1, 2, 3, 4, 5, 6, 7, ...",
        ),
        (
            torch.tensor([float("nan"), float("inf")]),
            "float32 tensor of shape (2,): nan, inf",
            "float32 张量，形状 (2,)：nan, inf",
        ),
        (torch.ones(2, requires_grad=True), "float32 tensor of shape (2,): 1, 1", "float32 张量，形状 (2,)：1, 1"),
        (torch.Size([2, 3]), "(2, 3)", "(2, 3)"),
        (torch.nn.Linear, "Linear", "Linear"),
        ([torch.tensor(1), "a"], "list of 2: int64 number 1, 'a'", "list，共 2 项：int64 标量 1；'a'"),
        (
            (torch.tensor(1),) * 5,
            "tuple of 5: " + "int64 number 1, " * 4 + "...",
            "tuple，共 5 项：" + "int64 标量 1；" * 4 + "...",
        ),
        ("hello", "'hello'", "'hello'"),
        (None, "None", "None"),
        ({"a": 1}, "{'a': 1}", "{'a': 1}"),
        ([1, 2], "[1, 2]", "[1, 2]"),
        (
            {"a": (torch.tensor([1.5]),)},
            "{'a': (float32 tensor of shape (1,): 1.5,)}",
            "{'a': (float32 张量，形状 (1,)：1.5,)}",
        ),
    ],
    ids=repr,
)
def test_values_are_told(value, english, chinese):
    """A tensor is told by dtype, shape and first values, other values as Python writes them in both languages."""
    assert describe(value) == Text(english, chinese)


@pytest.mark.parametrize("dtype", [torch.uint16, torch.bfloat16, torch.float16, torch.complex128, torch.int8])
def test_every_dtype_can_be_told(dtype):
    """Unusual dtypes are told like any other."""
    name = str(dtype).removeprefix("torch.")
    told = describe(torch.ones(2).to(dtype))
    assert told.en.startswith(f"{name} tensor of shape (2,): 1")
    assert told.zh.startswith(f"{name} 张量，形状 (2,)：1")


@pytest.mark.parametrize(
    "value",
    [
        "x" * 10**7,
        list(range(10**6)),
        dict.fromkeys(range(10**4), "x" * 50),
        10**4000,
        10**100_000,
        [10**100_000],
        torch.zeros((1,) * 64),
        [torch.zeros(3)] * 10**5,
        ["x" * 10**6] * 100,
        b"x" * 10**7,
    ],
    ids="text list dict int bigint bigints dims tensors texts bytes".split(),
)
def test_huge_values_are_cut(value):
    """A text of a huge value is short."""
    for told in (describe(value).en, describe(value).zh):
        assert 0 < len(told) <= LIMIT
    for told in (describe(value, 50).en, describe(value, 50).zh):
        assert 0 < len(told) <= 50


values = st.recursive(
    st.one_of(st.none(), st.integers(), st.floats(), st.text(), st.binary(), st.complex_numbers()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner), st.lists(inner).map(tuple)),
)


@settings(deadline=None, derandomize=True, database=None, max_examples=60)
@given(values)
def test_any_plain_value_can_be_told(value):
    """Every value that can come from the sandbox has a text within the limit."""
    told = describe(value)
    assert 0 < len(told.en) <= LIMIT
    # There is no tensor in it, and so no word of ours.
    assert told.zh == told.en


def test_a_value_that_cannot_be_shown_is_told_by_its_type():
    """A value whose own text fails is named by its type, and nothing is raised."""
    english, chinese = "list that cannot be shown (ValueError)", "无法显示的 list（ValueError）"
    assert describe([10**100_000]) == Text(english, chinese)


# Differences


@pytest.mark.parametrize(
    ("seen", "expected", "texts"),
    [
        (torch.zeros(2, 3), torch.zeros(3, 2), ("shape (2, 3)", "shape (3, 2)")),
        (torch.zeros(2), torch.zeros(2, dtype=torch.int64), ("dtype float32", "dtype int64")),
        (torch.tensor([1.0, 2, 3]), torch.tensor([1.0, 5, 6]), ("at [1]: 2 (2 of 3 values differ)", "at [1]: 5")),
        (torch.zeros(2, 2), torch.eye(2), ("at [0, 0]: 0 (2 of 4 values differ)", "at [0, 0]: 1")),
        (torch.tensor(1.0), torch.tensor(2.0), ("1", "2")),
        (
            torch.tensor([float("nan"), 1]),
            torch.tensor([float("nan"), 2]),
            ("at [1]: 1 (1 of 2 values differ)", "at [1]: 2"),
        ),
        (torch.tensor([True]), torch.tensor([False]), ("at [0]: True", "at [0]: False")),
        (5, torch.tensor(5), ("5", "int64 number 5")),
        (torch.zeros(1), torch.zeros(1, device="meta"), ("device cpu", "device meta")),
        (
            [1, torch.zeros(2)],
            [1, torch.ones(2)],
            ("item [1], at [0]: 0 (2 of 2 values differ)", "item [1], at [0]: 1"),
        ),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, ("item ['a']['b'], 1", "item ['a']['b'], 2")),
        (
            {"a": [torch.zeros(1), 5]},
            {"a": [torch.zeros(2), 5]},
            ("item ['a'][0], shape (1,)", "item ['a'][0], shape (2,)"),
        ),
        ({"a": 1}, {"b": 1}, ("{'a': 1}", "{'b': 1}")),
        ([1, 2], [1, 3], ("[1, 2]", "[1, 3]")),
        ((1,), [1], ("(1,)", "[1]")),
        ("a", "b", ("'a'", "'b'")),
        (None, 1.0, ("None", "1.0")),
    ],
    ids=repr,
)
def test_differences_are_told(seen, expected, texts):
    """The first of type, shape, dtype and values that differs is told for both sides."""
    assert tuple(text.en for text in difference(seen, expected)) == texts


@pytest.mark.parametrize(
    ("seen", "expected", "texts"),
    [
        (torch.zeros(2, 3), torch.zeros(3, 2), ("形状 (2, 3)", "形状 (3, 2)")),
        (torch.zeros(2), torch.zeros(2, dtype=torch.int64), ("数据类型 float32", "数据类型 int64")),
        (torch.zeros(1), torch.zeros(1, device="meta"), ("设备 cpu", "设备 meta")),
        (torch.zeros(2, 2), torch.eye(2), ("第 [0, 0] 项为 0（4 个值中有 2 个不同）", "第 [0, 0] 项为 1")),
        (torch.zeros(1), torch.ones(1), ("第 [0] 项为 0", "第 [0] 项为 1")),
        (torch.tensor(1.0), torch.tensor(2.0), ("1", "2")),
        (
            [1, torch.zeros(2)],
            [1, torch.ones(2)],
            ("[1] 处：第 [0] 项为 0（2 个值中有 2 个不同）", "[1] 处：第 [0] 项为 1"),
        ),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, ("['a']['b'] 处：1", "['a']['b'] 处：2")),
        (
            {"a": [torch.zeros(1), 5]},
            {"a": [torch.zeros(2), 5]},
            ("['a'][0] 处：形状 (1,)", "['a'][0] 处：形状 (2,)"),
        ),
        (
            {10**5000: 1},
            {10**5000: 2},
            ("[无法显示的 int（ValueError）] 处：1", "[无法显示的 int（ValueError）] 处：2"),
        ),
        ([1, 2], [1, 3], ("[1, 2]", "[1, 3]")),
        (5, torch.tensor(5), ("5", "int64 标量 5")),
    ],
)
def test_differences_are_told_in_chinese(seen, expected, texts):
    """The same in Chinese: words are translated, values and the names of dtypes stay."""
    assert tuple(text.zh for text in difference(seen, expected)) == texts


def test_values_that_are_nearly_the_same_are_told_in_full():
    """Where no value differs by much, both sides are described."""
    one = torch.tensor([1.0, 2.0])
    assert difference(one, one + 1e-7) == (describe(one), describe(one))


@pytest.mark.parametrize("dtype", [torch.uint16, torch.bfloat16, torch.complex64, torch.bool, torch.int8])
def test_differences_of_every_dtype_can_be_told(dtype):
    """Values of unusual dtypes are compared too."""
    seen, expected = difference(torch.zeros(2).to(dtype), torch.ones(2).to(dtype))
    assert seen.en.startswith("at [0]: ")
    assert seen.en != expected.en
    assert seen.zh != expected.zh


def test_tensors_with_gradients_can_be_compared():
    """An expected value that is part of a graph is no obstacle."""
    seen, expected = difference(torch.zeros(1), torch.ones(1, requires_grad=True))
    assert (seen.en, expected.en) == ("at [0]: 0", "at [0]: 1")


@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: [x], lambda x: {"a": {"b": (x,)}}])
def test_tensors_are_never_printed_in_full(wrap):
    """A tensor of many short sides, of which torch leaves nothing out, is told by its shape wherever it is."""
    words = describe(wrap(torch.zeros([2] * 20)))
    for told in (words.en, words.zh):
        assert "(2, 2, 2" in told
        assert len(told) <= LIMIT
