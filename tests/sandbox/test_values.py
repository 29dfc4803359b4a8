"""Arguments of probes arrive as they were made, tensors with their memory, strides and kinds."""

from __future__ import annotations

import pickle

import pytest
import torch
from torch import nn

from grader.sandbox.values import dumps

TENSORS = {
    "matrix": torch.rand(3, 4),
    "transposed": torch.rand(3, 4).t(),
    "slice": torch.rand(6, 6)[1:4, ::2],
    "empty": torch.empty(0, 3),
    "number": torch.tensor(2.5),
    "boolean": torch.tensor([True, False]),
    "half": torch.rand(3, dtype=torch.bfloat16),
    "complex": torch.rand(2, dtype=torch.complex64),
    "conjugate": torch.rand(2, dtype=torch.complex64).conj(),
    "long": torch.arange(5),
    "expanded": torch.rand(3, 1).expand(3, 5),
    "sparse": torch.eye(3).to_sparse(),
    "leaf": torch.rand(2, requires_grad=True),
}


def sent(value):
    """Return a value as a probe gets it."""
    return pickle.loads(dumps({"value": value}))["value"]


@pytest.mark.parametrize("name", TENSORS)
def test_tensors_arrive_equal(name):
    """Values, dtype, strides and requires_grad of every kind of tensor are those that were sent."""
    before = TENSORS[name]
    after = sent(before)
    assert torch.equal(
        after.to_dense() if after.is_sparse else after, before.to_dense() if before.is_sparse else before
    )
    assert (after.dtype, after.layout, after.requires_grad) == (before.dtype, before.layout, before.requires_grad)
    assert before.is_sparse or after.stride() == before.stride()


def test_shared_memory_stays_shared():
    """A view and its base still share memory, and one parameter in two places is one parameter."""
    base = torch.zeros(4)
    got_base, got_view = sent([base, base[1:3]])
    got_base[1] = 7
    assert got_view[0] == 7
    layer = nn.Linear(2, 2)
    net = sent(nn.Sequential(layer, layer))
    assert net[0].weight is net[1].weight
    assert isinstance(net[0].weight, nn.Parameter)


def test_tensors_can_be_resized():
    """A tensor that arrived can grow in place as any other."""
    tensor = sent(torch.zeros(2))
    tensor.resize_(100)
    assert tensor.shape == (100,)


def test_attributes_of_tensors_arrive():
    """What somebody put on a tensor comes along."""
    tensor = torch.zeros(2)
    tensor.note = "mine"
    assert sent(tensor).note == "mine"


def test_no_memory_is_shared_with_the_judge():
    """Changing what arrived leaves what was sent."""
    before = torch.zeros(2)
    sent(before).add_(1)
    assert before.tolist() == [0, 0]
