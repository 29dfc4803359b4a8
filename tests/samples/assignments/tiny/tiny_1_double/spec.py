"""double(x) gives twice x, greet(name) a greeting."""

import pytest
import torch
from torch.testing import assert_close

from grader.spec import probe


@pytest.fixture
def x():
    return torch.rand(3, 4)


@pytest.fixture
def name():
    return f"Ada {torch.randint(10**9, (1,)).item()}"


@probe
def doubled(student, x):
    return student.double(x)


@probe
def greeting(student, name):
    return student.greet(name)


def test_double(doubled, x):
    """double(x) is twice x"""
    assert_close(doubled, 2 * x)


def test_greeting(greeting, name):
    """greet(name) says hello to name"""
    assert greeting == f"hello {name}"


def test_sum(doubled, x):
    """The sum doubles too"""
    assert doubled.shape == (3, 4)
    assert float(doubled.sum()) == pytest.approx(2 * float(x.sum()))
