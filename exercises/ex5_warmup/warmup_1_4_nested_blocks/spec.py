"""Blocks within blocks, and the way to a layer by indices."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe

SIZES = [(3, 4, 6, 2), (1, 5, 3, 7)]


def kinds(block):
    """The kinds of a block's layers, and the shapes of their parameters."""
    return [[type(layer).__name__, [list(p.shape) for p in layer.parameters()]] for layer in block.children()]


def expected_kinds(width, hidden):
    first, second = ["Linear", [[hidden, width], [hidden]]], ["Linear", [[width, hidden], [width]]]
    return [first, ["ReLU", []], second, ["ReLU", []]]


@probe
def inner(student):
    blocks = [student.inner_block(4, 6), student.inner_block(5, 2)]
    return [[type(block).__name__, kinds(block)] for block in blocks]


@pytest.mark.hint("Print inner_block(4, 8). Which four layers are in it?")
def test_inner_block(inner):
    """The inner block consists of the four layers asked for, with their sizes"""
    assert inner == [["Sequential", expected_kinds(4, 6)], ["Sequential", expected_kinds(5, 2)]]


@probe
def names(student):
    """The names of the outer block's children, and the whole net's parameters."""
    outer = [[name for name, _ in student.outer_block(n, 3, 2).named_children()] for n in (1, 4)]
    nets = [student.build(*sizes) for sizes in SIZES]
    return [outer, [list(net.state_dict()) for net in nets]]


def expected_names(count):
    inner = [f"0.block {i}.{layer}.{kind}" for i in range(count) for layer in (0, 2) for kind in ("weight", "bias")]
    return [*inner, "1.weight", "1.bias"]


@pytest.mark.hint("How does a child get a name when it is added to a Sequential? Print the net.")
def test_names(names):
    """The outer block's children are called block 0, block 1 and so on, and parameters are named after them"""
    outer, parameters = names
    assert outer == [["block 0"], ["block 0", "block 1", "block 2", "block 3"]]
    assert parameters == [expected_names(3), expected_names(1)]


@probe
def levels(student):
    """How many children the net has, and how many of them are blocks."""
    return [[len(net), [len(child._modules) for child in net]] for net in (student.build(*s) for s in SIZES)]


@pytest.mark.hint("How many children does build(3, 4, 8, 1) have?")
def test_net_has_two_children(levels):
    """The net consists of the outer block and the output layer"""
    assert levels == [[2, [3, 0]], [2, [1, 0]]]


def shapes(count, width, hidden, outputs):
    return [(hidden, width), (hidden,), (width, hidden), (width,)] * count + [(outputs, width), (outputs,)]


@pytest.fixture
def values():
    """New values for the parameters of both nets, in their order."""
    return [[torch.randn(shape) for shape in shapes(*sizes)] for sizes in SIZES]


@pytest.fixture
def inputs():
    return [torch.randn(7, 4), torch.randn(2, 3, 5)]


def written(net, values):
    """Write into all parameters; a net with too few of them gets what fits."""
    for parameter, value in zip(net.parameters(), values, strict=False):
        if parameter.shape == value.shape:
            parameter.data.copy_(value)
    return net


def chain(values, x):
    *inner, weight, bias = values
    for w, b in zip(inner[::2], inner[1::2], strict=True):
        x = (x @ w.T + b).clamp(min=0)
    return x @ weight.T + bias


@probe
def outputs(student, values, inputs):
    nets = [written(student.build(*sizes), new) for sizes, new in zip(SIZES, values, strict=True)]
    return [[net(x), net.eval()(x), x] for net, x in zip(nets, inputs, strict=True)]


@pytest.mark.points(2)
@pytest.mark.hint("Print the net, and write down what happens to X from top to bottom.")
def test_output(outputs, values, inputs):
    """X goes through all blocks one after the other, then through the output layer"""
    expected = [chain(new, x) for new, x in zip(values, inputs, strict=True)]
    assert_close(outputs, [[y, y, x] for y, x in zip(expected, inputs, strict=True)], rtol=1e-4, atol=1e-4)


@probe
def own_parameters(student, values):
    """Write into one net, then make others and write zeros into them; read the first."""
    net = written(student.build(*SIZES[0]), values[0])
    others = [student.build(*SIZES[0]), student.outer_block(*SIZES[0][:3]), student.inner_block(*SIZES[0][1:3])]
    for other in others:
        for parameter in other.parameters():
            parameter.data.zero_()
    return list(net.parameters())


@pytest.mark.points(2)
@pytest.mark.hint("Count net.parameters(). How many tensors should there be with three blocks?")
def test_each_block_has_its_own_parameters(own_parameters, values):
    """Each block and each net has parameters of its own"""
    assert len(own_parameters) == len(values[0]), f"{len(own_parameters)} parameters, not {len(values[0])}"
    assert_close(own_parameters, values[0])


class Wrapped(nn.Sequential):
    """A Sequential of one's own."""


@pytest.fixture
def net():
    """The net of the task, made here: three blocks of four layers, and an output layer."""
    outer = nn.Sequential()
    for name in ("left", "middle", "right"):
        outer.add_module(name, nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 4), nn.ReLU()))
    return nn.Sequential(outer, nn.Linear(4, 2))


@pytest.fixture
def deep():
    """Four levels, of several kinds."""
    last = Wrapped(nn.Linear(2, 2), nn.Linear(2, 3))
    return nn.ModuleList([nn.Linear(1, 1), nn.Sequential(nn.ReLU(), nn.ModuleList([nn.Linear(2, 5), last]))])


@pytest.fixture
def new_bias():
    return torch.randn(4)


@probe
def through_at(student, net, new_bias):
    """Whether the modules are the very ones; and a bias of the net after writing through what was found."""
    found = student.at(net, [0, 1, 2])
    found.bias.data.copy_(new_bias)
    return [found is net[0][1][2], student.at(net, [0, 2]) is net[0][2], net[0][1][2].bias]


@pytest.mark.points(2)
@pytest.mark.hint("Change the weight of the layer that was found. Does the output of the net follow?")
def test_at_gives_the_very_module(through_at, new_bias):
    """at gives the very module of the net"""
    assert through_at[:2] == [True, True]
    assert_close(through_at[2], new_bias)


@probe
def in_any_net(student, net, deep):
    """Whether paths of all lengths, with negative indices too, lead where they should."""
    return [
        student.at(net, [1]) is net[1],
        student.at(net, [-1]) is net[1],
        student.at(net, [0, -3, -2]) is net[0][0][2],
        student.at(deep, [0]) is deep[0],
        student.at(deep, [1, 1, 1, 0]) is deep[1][1][1][0],
        student.at(deep, [-1, 1, -1, -1]) is deep[1][1][1][1],
        student.at(deep, [1, 1, 0]) is deep[1][1][0],
    ]


@pytest.mark.hint("What happens with a path of one index, and with one of four?")
def test_at_in_any_net(in_any_net):
    """at works for nets of any depth and kind, and for negative indices"""
    assert in_any_net == [True] * 7


@probe
def nowhere_to_go(student, net):
    return [student.at(net, []) is net, student.at(net[1], []) is net[1]]


@pytest.mark.hint("How often does the loop run where there is no index?")
def test_empty_path(nowhere_to_go):
    """The empty path leads to the net itself"""
    assert nowhere_to_go == [True, True]


@probe
def errors(student, net, deep):
    paths = [(net, [2]), (net, [0, 3, 0]), (net, [0, 1, -5]), (deep, [1, 1, 1, 2])]
    return [error_of(student.at, module, path) for module, path in paths]


@pytest.mark.hint("What does net[7] raise for a net with two children?")
def test_index_error(errors):
    """An index that leads nowhere raises an IndexError"""
    for error in errors:
        assert error is not None, "no error"
        assert "IndexError" in error[0], error[0][0]


@probe
def paths_afterwards(student, net):
    path = [0, 1]
    found = [student.at(net, path) is net[0][1], student.at(net, path) is net[0][1]]
    return [found, path]


@pytest.mark.hint("Call it twice with one path.")
def test_path_is_not_changed(paths_afterwards):
    """The path is the same after the call"""
    assert paths_afterwards == [[True, True], [0, 1]]
