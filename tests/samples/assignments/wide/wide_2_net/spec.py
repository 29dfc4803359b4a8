"""Net is a linear layer and a ReLU; step trains a net by one step of gradient descent."""

import copy

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import probe


@pytest.fixture
def layer():
    return nn.Linear(4, 3)


@pytest.fixture
def x():
    return torch.randn(6, 4)


@pytest.fixture
def y():
    return torch.randn(6, 3)


@probe
def net(student, layer, x):
    net = student.Net(4, 3)
    net.load_state_dict({f"layer.{name}": value for name, value in layer.state_dict().items()})
    return {"outputs": net(x), "state": net.state_dict(), "count": student.count(net)}


@probe
def trained(student, layer, x, y):
    losses = [student.step(layer, x, y, 0.1) for _ in range(2)]
    return losses, layer.state_dict()


@pytest.fixture
def expected(layer, x, y):
    layer = copy.deepcopy(layer)
    losses = []
    for _ in range(2):
        loss = nn.functional.mse_loss(layer(x), y)
        losses.append(float(loss))
        gradients = torch.autograd.grad(loss, list(layer.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(layer.parameters(), gradients, strict=True):
                parameter -= 0.1 * gradient
    return losses, layer.state_dict()


def test_outputs(net, layer, x):
    """Net(4, 3) gives the ReLU of its linear layer"""
    assert_close(net["outputs"], layer(x).relu().detach())


def test_state(net, layer):
    """The parameters of Net(4, 3) are those that were loaded, and it has as many"""
    assert sorted(net["state"]) == ["layer.bias", "layer.weight"]
    assert_close(net["state"]["layer.weight"], layer.weight.detach())
    assert_close(net["state"]["layer.bias"], layer.bias.detach())
    assert net["count"] == 15


def test_losses(trained, expected):
    """step gives the loss before each step"""
    assert trained[0] == pytest.approx(expected[0])


def test_trained(trained, expected):
    """step moves the parameters against the gradient"""
    assert_close(dict(trained[1]), dict(expected[1]))
