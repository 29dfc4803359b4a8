"""Functions that give back a tensor, numbers, a dict, shapes, a list and a text."""

import pytest
import torch
from torch.testing import assert_close

from grader.spec import probe


@pytest.fixture
def x():
    return torch.rand(5, 4)


@pytest.fixture
def weight():
    return torch.randn(4, 3)


@pytest.fixture
def bias():
    return torch.randn(3)


@pytest.fixture
def size():
    return [int(n) for n in torch.randint(2, 50, (2,))]


@probe
def transformed(student, x, weight, bias):
    return student.affine(x, weight, bias)


@probe
def figures(student, x):
    return student.figures(x)


@probe
def table(student, x):
    return student.table(x)


@probe
def shapes(student, size):
    return student.shapes(torch.zeros(size))


@probe
def ranks(student, x):
    return student.ranks(x[:, 0])


@probe(fresh=True)
def told(student, size):
    return student.tell(size[0])


def test_affine(transformed, x, weight, bias):
    """affine(x, weight, bias) is x @ weight + bias"""
    assert_close(transformed, x @ weight + bias)


def test_affine_in_any_precision(transformed, x, weight, bias):
    """affine(x, weight, bias) is right, whatever its precision"""
    assert_close(transformed, (x @ weight + bias).double(), check_dtype=False, rtol=1e-4, atol=1e-5)


def test_affine_as_numbers(transformed, x, weight, bias):
    """Each number of affine(x, weight, bias) is right"""
    for row, expected in zip(transformed.tolist(), (x @ weight + bias).tolist(), strict=True):
        assert row == pytest.approx(expected, abs=1e-5)


def test_figures(figures, x):
    """figures(x) is mean, largest number and number of rows"""
    mean, largest, rows = figures
    assert mean == pytest.approx(float(x.mean()))
    assert largest == pytest.approx(float(x.max()))
    assert rows == 5


def test_table(table, x):
    """table(x) has the sums of rows and of columns"""
    assert set(table) == {"rows", "columns"}, "the keys are rows and columns"
    assert_close(table["rows"], x.sum(dim=1))
    assert_close(table["columns"], x.sum(dim=0))


def test_table_as_a_whole(table, x):
    """table(x) has nothing else"""
    assert {key: value.tolist() for key, value in table.items()} == {
        "rows": pytest.approx(x.sum(dim=1).tolist()),
        "columns": pytest.approx(x.sum(dim=0).tolist()),
    }


def test_shapes(shapes, size):
    """shapes(x) is the shape of x, and that of its transpose"""
    assert shapes == [tuple(size), tuple(reversed(size))]


def test_ranks(ranks, x):
    """ranks(column) is the places of its numbers, smallest first"""
    assert ranks == x[:, 0].argsort().tolist()


def test_tell(told, size):
    """tell(n) is n in words and digits"""
    assert told == f"number {size[0]}"
