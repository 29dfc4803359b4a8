"""layer_parameters(model): the parameters of each direct child, by name."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import probe


class Scaled(nn.Module):
    """Has parameters of its own, beside those of its child."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.randn(3))
        self.body = nn.Linear(3, 5)
        self.shift = nn.Parameter(torch.randn(5), requires_grad=False)


class TwoNames(nn.Module):
    """Holds one layer under two names."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 4)
        self.middle = nn.Linear(4, 4, bias=False)
        self.decoder = self.encoder


class Tied(nn.Module):
    """Two children, and the model itself, hold the same weight; a layer stands twice inside a child."""

    def __init__(self):
        super().__init__()
        layer = nn.Linear(6, 6)
        self.embed = nn.Embedding(7, 6)
        self.block = nn.Sequential(layer, nn.ReLU(), layer)
        self.out = nn.Linear(6, 7)
        self.out.weight = self.embed.weight
        self.table = self.embed.weight


def expected_of(model, *children):
    return {name: {k: p.detach() for k, p in getattr(model, name).named_parameters()} for name in children}


def assert_same(seen, expected):
    """The same names on both levels, and the same values."""
    assert sorted(seen) == sorted(expected)
    for name, params in expected.items():
        assert sorted(seen[name]) == sorted(params)
        for key, value in params.items():
            assert_close(seen[name][key], value)


@pytest.fixture
def mlp():
    return nn.Sequential(nn.Linear(4, 7, bias=False), nn.Tanh(), nn.Linear(7, 3, bias=False))


@pytest.fixture
def x():
    return torch.randn(5, 4)


@pytest.fixture
def written():
    return [torch.randn(shape) for shape in [(7, 4), (3, 7)]]


@pytest.fixture
def deep():
    inner = nn.Sequential(nn.Linear(3, 5), nn.Sequential(nn.Linear(5, 2), nn.ModuleDict({"a": nn.Linear(2, 6)})))
    return nn.ModuleDict({"left": inner, "right": nn.Linear(8, 9)})


@pytest.fixture
def with_empty_children():
    return nn.ModuleDict({"act": nn.ReLU(), "lin": nn.Linear(4, 3), "rest": nn.Sequential(nn.Flatten(), nn.Tanh())})


@pytest.fixture
def with_buffers():
    net = nn.ModuleDict({"norm": nn.BatchNorm1d(4), "frozen": nn.Linear(4, 6)})
    net["norm"].weight.data.copy_(torch.randn(4))
    return net.requires_grad_(False)


@pytest.fixture
def scaled():
    return Scaled()


@pytest.fixture
def linear():
    return nn.Linear(4, 3)


@pytest.fixture
def two_names():
    return TwoNames()


@pytest.fixture
def tied():
    return Tied()


@probe
def nest_mlp(student):
    found = student.layer_parameters(student.NestMLP())
    return {name: {key: list(param.shape) for key, param in params.items()} for name, params in found.items()}


@probe
def after_writing(student, mlp, written, x):
    found = student.layer_parameters(mlp)
    for layer, value in zip(("0", "2"), written, strict=True):
        found[layer]["weight"].data.copy_(value)
    return mlp(x)


@probe
def gradients(student, mlp, x):
    found = student.layer_parameters(mlp)
    mlp(x).square().sum().backward()
    return [found[layer]["weight"].grad for layer in ("0", "2")]


@probe
def of_deep(student, deep):
    return student.layer_parameters(deep)


@probe
def of_empty_children(student, with_empty_children):
    return student.layer_parameters(with_empty_children)


@probe
def of_buffers(student, with_buffers):
    return student.layer_parameters(with_buffers)


@probe
def of_scaled(student, scaled):
    return student.layer_parameters(scaled)


@probe
def of_linear(student, linear):
    return student.layer_parameters(linear)


@probe
def of_two_names(student, two_names):
    return student.layer_parameters(two_names)


@probe
def of_tied(student, tied):
    return student.layer_parameters(tied)


@pytest.mark.hint("NestMLP has two children. What are they called in its __init__?")
def test_both_children_of_nest_mlp(nest_mlp):
    """Both children of NestMLP, net and linear, have an entry"""
    assert sorted(nest_mlp) == ["linear", "net"]


@pytest.mark.hint("Compare with the names that named_parameters() gives when you ask the child, not the model.")
def test_names_and_shapes(nest_mlp):
    """For the children of NestMLP every weight and bias is there, by its name inside the child"""
    assert nest_mlp["net"] == {"0.weight": [64, 20], "0.bias": [64], "2.weight": [32, 64], "2.bias": [32]}
    assert nest_mlp["linear"] == {"weight": [16, 32], "bias": [16]}


@pytest.mark.hint("Was the model asked, or was the answer written down for NestMLP? Look at what clone() returns.")
def test_writing_changes_the_model(after_writing, written, x):
    """Writing through the result changes the model"""
    w1, w2 = written
    assert_close(after_writing, torch.tanh(x @ w1.T) @ w2.T)


@pytest.mark.hint("A tensor over the same memory is still another object: where does backward() put a gradient?")
def test_gradients_arrive(gradients, mlp, x):
    """After backward the gradients are in the objects of the result"""
    mlp(x).square().sum().backward()
    assert_close(gradients, [mlp[0].weight.grad, mlp[2].weight.grad])


@pytest.mark.hint("A name may have several dots. Which part of it belongs to the direct child?")
def test_deeper_nesting(of_deep, deep):
    """Layers deep inside a child are there, under their whole name inside the child"""
    left = {key: param.detach() for key, param in deep["left"].named_parameters()}
    right = {key: param.detach() for key, param in deep["right"].named_parameters()}
    assert_same(of_deep, {"left": left, "right": right})


@pytest.mark.hint("Does an activation function count as a child?")
def test_children_without_parameters(of_empty_children, with_empty_children):
    """A child without parameters has an empty dict"""
    lin = {key: param.detach() for key, param in with_empty_children["lin"].named_parameters()}
    assert_same(of_empty_children, {"act": {}, "lin": lin, "rest": {}})


@pytest.mark.hint("What does state_dict() hold beside parameters? And does freezing a parameter make it none?")
def test_frozen_parameters_but_no_buffers(of_buffers, with_buffers):
    """Frozen parameters are parameters, buffers are not"""
    norm = {"weight": with_buffers["norm"].weight, "bias": with_buffers["norm"].bias}
    frozen = {"weight": with_buffers["frozen"].weight, "bias": with_buffers["frozen"].bias}
    assert_same(of_buffers, {"norm": norm, "frozen": frozen})


@pytest.mark.hint("Not every parameter lives in a child: a model may have an nn.Parameter as an attribute.")
def test_own_parameters(of_scaled, of_linear, scaled, linear):
    """The model's own parameters are under "", and only they"""
    own = {"scale": scaled.scale.detach(), "shift": scaled.shift.detach()}
    assert_same(of_scaled, {"": own, **expected_of(scaled, "body")})
    assert_same(of_linear, {"": {"weight": linear.weight.detach(), "bias": linear.bias.detach()}})


@pytest.mark.hint("Some ways of walking over the children leave out what they have seen before.")
def test_one_child_under_two_names(of_two_names, two_names):
    """A child held under two names has an entry under each"""
    assert_same(of_two_names, expected_of(two_names, "encoder", "middle", "decoder"))


@pytest.mark.hint("Ask each child on its own: then what one child has does not depend on another.")
def test_shared_parameters(of_tied, tied):
    """A parameter shared by two children is in both; a layer that stands twice in a child is there once"""
    expected = expected_of(tied, "embed", "block", "out")
    assert_same(of_tied, {"": {"table": tied.table.detach()}, **expected})
