"""Initialisation by apply, by type and by part of a net, and by writing into a weight."""

import math

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import probe


class OwnLinear(nn.Linear):
    """Inherits from nn.Linear."""


class OwnConv(nn.Conv2d):
    """Inherits from nn.Conv2d."""


def assert_normal(weight, std):
    assert_close(float(weight.mean()), 0.0, rtol=0, atol=0.1 * std)
    assert_close(float(weight.std()), std, rtol=0.08, atol=0)
    # A normal distribution has weights far out, and most of them within one deviation.
    assert_close(float((weight.abs() < std).to(torch.float64).mean()), 0.683, rtol=0, atol=0.05)


def assert_xavier(weight):
    window = math.prod(weight.shape[2:])
    bound = (6 / (window * (weight.shape[0] + weight.shape[1]))) ** 0.5
    assert float(weight.abs().max()) <= bound * 1.0001, f"weights beyond {bound:.4f}"
    assert_close(float(weight.mean()), 0.0, rtol=0, atol=0.1 * bound)
    assert_close(float(weight.std()), bound / 3**0.5, rtol=0.08, atol=0)


@pytest.fixture
def mixed():
    """Layers of many types; those that are to change begin with large weights and biases."""
    net = nn.ModuleDict(
        {
            "linear": nn.Linear(60, 80),
            "conv": nn.Conv2d(8, 16, kernel_size=(5, 3)),
            "norm": nn.LayerNorm(7),
            "table": nn.Embedding(5, 6),
            "line": nn.Conv1d(4, 5, kernel_size=3),
            "both": nn.Bilinear(3, 4, 5),
            "batch": nn.BatchNorm2d(4),
        }
    )
    for parameter in net.parameters():
        parameter.data.copy_(3 + torch.randn(parameter.shape))
    return net


@probe
def by_type(student, mixed):
    student.init_by_type(mixed)
    return dict(mixed.state_dict())


@pytest.mark.points(2)
@pytest.mark.hint("Compute mean and standard deviation of the weights afterwards.")
def test_linear_layers_are_normal(by_type):
    """Linear layers get weights from N(0, 0.01²) and biases 0"""
    assert_normal(by_type["linear.weight"], 0.01)
    assert_close(by_type["linear.bias"], torch.zeros(80))


@pytest.mark.hint("The bounds of Xavier's uniform distribution depend on fan-in and fan-out.")
def test_convolutions_are_xavier_uniform(by_type):
    """Convolutions get Xavier-uniform weights and biases 0"""
    assert_xavier(by_type["conv.weight"])
    assert_close(by_type["conv.bias"], torch.zeros(16))


@pytest.mark.hint("The function is called for every module, for LayerNorm and Embedding too.")
def test_other_layers_stay(by_type, mixed):
    """Layers of other types stay as they are"""
    expected = {name: value for name, value in mixed.state_dict().items() if not name.startswith(("linear", "conv"))}
    assert_close({name: by_type[name] for name in expected}, expected)


@pytest.fixture
def deep():
    inner = nn.Sequential(nn.Linear(60, 70), nn.ModuleList([nn.Sequential(nn.Conv2d(12, 16, kernel_size=3))]))
    return nn.Sequential(nn.Sequential(nn.ReLU(), inner), nn.Tanh())


@pytest.fixture
def alone():
    return nn.Linear(70, 60)


@probe
def everywhere(student, deep, alone):
    student.init_by_type(deep)
    student.init_by_type(alone)
    return [list(deep.parameters()), list(alone.parameters())]


@pytest.mark.hint("How deep does apply go? Does it leave out the net itself?")
def test_wherever_a_layer_is(everywhere):
    """Layers deep inside are initialised, and so is the net itself, if it is such a layer"""
    (inner, bias, conv, shift), (weight, zeros) = everywhere
    assert_normal(inner, 0.01)
    assert_xavier(conv)
    assert_normal(weight, 0.01)
    assert_close([bias, shift, zeros], [torch.zeros(70), torch.zeros(16), torch.zeros(60)])


@pytest.fixture
def of_own_types():
    return nn.Sequential(OwnLinear(60, 70), OwnConv(12, 16, kernel_size=3))


@probe
def subclasses(student, of_own_types):
    student.init_by_type(of_own_types)
    return list(of_own_types.parameters())


@pytest.mark.hint("What is the difference between isinstance(m, nn.Linear) and type(m) == nn.Linear?")
def test_subclasses_count(subclasses):
    """Layers that inherit from nn.Linear or nn.Conv2d are initialised like these"""
    weight, bias, conv, shift = subclasses
    assert_normal(weight, 0.01)
    assert_xavier(conv)
    assert_close([bias, shift], [torch.zeros(70), torch.zeros(16)])


@pytest.fixture
def unbiased():
    return nn.Sequential(nn.Linear(60, 70, bias=False), nn.Conv2d(12, 16, kernel_size=3, bias=False))


@probe
def without_bias(student, unbiased):
    student.init_by_type(unbiased)
    return list(unbiased.parameters())


@pytest.mark.hint("What is layer.bias for a layer made with bias=False?")
def test_layers_without_a_bias(without_bias):
    """Layers without a bias are initialised too"""
    weight, conv = without_bias
    assert_normal(weight, 0.01)
    assert_xavier(conv)


@pytest.fixture
def in_double():
    net = nn.Sequential(nn.Linear(20, 30), nn.Conv2d(2, 3, kernel_size=2), nn.Linear(30, 20)).to(torch.float64)
    net[2].requires_grad_(False)
    return net


@probe
def objects(student, in_double):
    """Of every parameter: whether it is still the same, its dtype, and whether it requires a gradient."""
    found = []
    for initialise in (student.init_by_type, student.init_ends):
        before = dict(in_double.named_parameters())
        initialise(in_double)
        after = dict(in_double.named_parameters())
        found.append(
            {
                name: [after[name] is old, str(after[name].dtype), after[name].requires_grad, after[name].is_leaf]
                for name, old in before.items()
            }
        )
    return found


@pytest.mark.hint("An optimiser may hold the parameters already. Replace them, or write into them?")
def test_parameters_stay_the_same_objects(objects):
    """init_by_type and init_ends keep the parameters' objects and dtype, and frozen ones stay frozen"""
    for of_function in objects:
        for name, found in of_function.items():
            assert found == [True, "torch.float64", not name.startswith("2."), True], name


@pytest.fixture
def twins():
    return nn.Sequential(
        nn.Linear(9, 9), nn.Linear(9, 9), nn.Conv2d(3, 3, kernel_size=3), nn.Conv2d(3, 3, kernel_size=3)
    )


@probe
def draws(student, twins):
    """The weights after each of two calls, and a random number drawn after each."""
    found = []
    for _ in range(2):
        student.init_by_type(twins)
        found.append([[layer.weight.clone() for layer in twins], torch.rand(5)])
    return found


@pytest.mark.hint("Is a seed set anywhere?")
def test_new_numbers_every_time(draws):
    """Every layer and every call draws new numbers"""
    (first, one), (second, two) = draws
    assert not torch.equal(one, two), "random numbers drawn after the call repeat"
    for a, b in [(first[0], first[1]), (first[2], first[3]), (first[0], second[0]), (first[2], second[2])]:
        assert not torch.equal(a, b), "two draws are equal"


def filled(net):
    for parameter in net.parameters():
        parameter.data.copy_(5 + torch.randn(parameter.shape))
    return net


@pytest.fixture
def nets():
    """Five children, two, and three; the ends are linear layers."""
    five = [nn.Linear(60, 50), nn.ReLU(), nn.Linear(50, 9), nn.LayerNorm(9), nn.Linear(9, 3)]
    two = [nn.Linear(50, 70), OwnLinear(70, 4, bias=False)]
    return [filled(nn.Sequential(*layers)) for layers in (five, two, [OwnLinear(40, 70), nn.Tanh(), nn.Linear(70, 2)])]


@probe
def ends(student, nets):
    for net in nets:
        student.init_ends(net)
    return [dict(net.state_dict()) for net in nets]


def changed_in(net):
    return {"0.weight", f"{len(net) - 1}.weight"}


@pytest.mark.points(2)
@pytest.mark.hint("Which index has the last child? A net need not be three children long.")
def test_first_and_last_layer(ends, nets):
    """init_ends gives the first layer Xavier-uniform weights and the last one weights of 42"""
    for seen, net in zip(ends, nets, strict=True):
        assert_xavier(seen["0.weight"])
        assert_close(seen[f"{len(net) - 1}.weight"], torch.full_like(net[-1].weight, 42))


@pytest.fixture
def blocks():
    first = nn.Sequential(nn.Linear(40, 60), nn.ReLU(), nn.ModuleList([nn.Linear(70, 40)]), nn.LayerNorm(4))
    last = nn.Sequential(nn.Linear(4, 5), nn.Sequential(nn.Linear(5, 2), nn.Conv2d(2, 3, kernel_size=2)), nn.Sigmoid())
    return filled(nn.Sequential(first, nn.Linear(40, 4), last))


@probe
def ends_of_blocks(student, blocks):
    student.init_ends(blocks)
    return dict(blocks.state_dict())


IN_BLOCKS = {"0.0.weight", "0.2.0.weight", "2.0.weight", "2.1.0.weight"}


@pytest.mark.hint("How is apply used for a part of a net?")
def test_ends_that_are_blocks(ends_of_blocks, blocks):
    """The first and the last child may be blocks, of which every linear layer counts"""
    assert_xavier(ends_of_blocks["0.0.weight"])
    assert_xavier(ends_of_blocks["0.2.0.weight"])
    assert_close(ends_of_blocks["2.0.weight"], torch.full((5, 4), 42.0))
    assert_close(ends_of_blocks["2.1.0.weight"], torch.full((2, 5), 42.0))


@pytest.mark.hint("Does the task say anything of biases?")
def test_the_rest_stays(ends, nets, ends_of_blocks, blocks):
    """After init_ends, biases, what is in the middle, and layers of other types are as before"""
    cases = [(seen, net, changed_in(net)) for seen, net in zip(ends, nets, strict=True)]
    for seen, net, changed in [*cases, (ends_of_blocks, blocks, IN_BLOCKS)]:
        expected = {name: value for name, value in net.state_dict().items() if name not in changed}
        assert_close({name: seen[name] for name in expected}, expected)


@pytest.fixture
def layers():
    return [nn.Linear(4, 3), nn.Linear(2, 5, bias=False), nn.Linear(1, 6).to(torch.float64)]


CHANGES = ((1.5, -7.0), (-2.0, 0.0), (0.0, 42.0))


@probe
def shifted(student, layers):
    """Weights after one call, and after another."""
    found = []
    for layer, (shift, corner) in zip(layers, CHANGES, strict=True):
        student.shift_and_set(layer, shift, corner)
        once = layer.weight.detach().clone()
        student.shift_and_set(layer, 1, 2)
        found.append([once, layer.weight])
    return found


@pytest.mark.points(2)
@pytest.mark.hint("In this order: add to all, then set one weight.")
def test_shift_and_set(shifted, layers):
    """shift is added to all weights, then weight[0, 0] is set"""
    for seen, layer, (shift, corner) in zip(shifted, layers, CHANGES, strict=True):
        expected = []
        weight = layer.weight.detach()
        for more, new in ((shift, corner), (1, 2)):
            weight = weight + more
            weight[0, 0] = new
            expected.append(weight.clone())
        assert_close(seen, expected)


@probe
def in_place(student, layers):
    """What the weight is afterwards, and the bias; the last layer is frozen."""
    layers[2].requires_grad_(False)
    found = []
    for layer in layers:
        before = layer.weight
        student.shift_and_set(layer, 0.5, 1.0)
        after = layer.weight
        found.append([after is before, after.is_leaf, after.requires_grad, after.grad is None, layer.bias])
    return [found, torch.is_grad_enabled()]


@pytest.mark.hint("Can one add in place to a leaf that requires a gradient? How is autograd told to look away?")
def test_written_in_place(in_place, layers):
    """After shift_and_set, the weight is the same parameter without a history, and the bias is as before"""
    of_layers, recording = in_place
    assert recording, "autograd is switched off"
    assert [found[:4] for found in of_layers] == [[True, True, True, True]] * 2 + [[True, True, False, True]]
    assert_close([found[4] for found in of_layers if found[4] is not None], [layers[0].bias, layers[2].bias])
