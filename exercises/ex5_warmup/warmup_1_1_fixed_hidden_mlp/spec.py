"""FixedHiddenMLP(width): a layer used twice, constant weights between, and a loop that depends on the data."""

import pytest
import torch
from torch.nn import functional as F
from torch.testing import assert_close

from grader.spec import probe


def filled(net, values):
    """Write weight, bias and constants into a net."""
    with torch.no_grad():
        for place, value in zip((net.linear.weight, net.linear.bias, net.rand_weight), values, strict=True):
            place.copy_(value)
    return net


def by_hand(values, x):
    weight, bias, constant = values
    first = F.linear(x, weight, bias)
    last = F.linear((first @ constant + 1).clamp(min=0), weight, bias)
    scale = 1.0
    while scale * float(last.detach().abs().sum()) > 1:
        scale /= 2
    return last.sum() * scale


@pytest.fixture
def small():
    """Values with which the norm stays below 1, for two widths, and inputs."""
    return [
        ([0.007 * torch.randn(n, n), 0.01 * torch.randn(n), torch.randn(n, n)], 80 * torch.randn(m, n))
        for n, m in ((3, 2), (5, 3))
    ]


@pytest.fixture
def large():
    """Values with which it does not: random ones, one whose sum is small, one whose sum is negative."""
    alone = [torch.zeros(4, 4), torch.tensor([2.0, -2.0, 0.5, 0.0]), torch.rand(4, 4)]
    below = [torch.zeros(3, 3), torch.tensor([-1.5, -0.25, -1.0]), torch.rand(3, 3)]
    return [
        ([torch.randn(6, 6), torch.randn(6), torch.randn(6, 6)], torch.randn(5, 6)),
        ([torch.randn(4, 4), torch.randn(4), torch.randn(4, 4)], 30 * torch.randn(3, 4)),
        (alone, torch.randn(2, 4)),
        (below, torch.randn(2, 3)),
        ([torch.zeros(8, 8), torch.full((8,), 0.2), torch.rand(8, 8)], torch.randn(2, 8)),
    ]


@pytest.fixture
def edge():
    """The norm is exactly 1: two samples, each with a norm of one half."""
    bias = torch.tensor([0.25, -0.125, 0.0625, 0.0625])
    return [([torch.zeros(4, 4), bias, torch.rand(4, 4)], torch.randn(2, 4))]


@pytest.fixture
def shapes():
    """Inputs with one to four dimensions, small values and large ones."""
    values = [torch.randn(5, 5), torch.randn(5), torch.randn(5, 5)]
    return [(values, torch.randn(*shape, 5)) for shape in ((), (3,), (2, 3), (2, 3, 4))]


def outputs(student, cases):
    """What comes back for each case, and the inputs afterwards."""
    return [[filled(student.FixedHiddenMLP(len(v[1])), v)(x) for v, x in cases], [x for _, x in cases]]


def assert_right(seen, cases):
    assert_close(seen[0], [by_hand(values, x) for values, x in cases], rtol=1e-4, atol=1e-5)
    assert_close(seen[1], [x for _, x in cases])


@probe
def of_small(student, small):
    return outputs(student, small)


@probe
def of_large(student, large):
    return outputs(student, large)


@probe
def of_edge(student, edge):
    return outputs(student, edge)


@probe
def of_shapes(student, shapes):
    return outputs(student, shapes)


@pytest.mark.hint("Write down the three steps: the layer, the constant one (plus 1, then ReLU), the layer again.")
def test_value_without_halving(of_small, small):
    """Where the absolute values sum to no more than 1, the sum of H comes back"""
    assert_right(of_small, small)


@pytest.mark.points(2)
@pytest.mark.hint("Look again after halving once: still above 1? And is it the sum, or that of the absolute values?")
def test_halved_until_the_norm_is_small(of_large, large):
    """While the absolute values sum to more than 1, H is halved"""
    assert_right(of_large, large)


@pytest.mark.hint("Does greater than 1 include 1?")
def test_a_norm_of_exactly_one_stays(of_edge, edge):
    """Where the absolute values sum to exactly 1, H is not halved"""
    assert_right(of_edge, edge)


@pytest.mark.hint("Which products of matrices take nothing but tensors with two dimensions?")
def test_any_number_of_dimensions(of_shapes, shapes):
    """X may have one to four dimensions; the last one is the width"""
    assert_right(of_shapes, shapes)


@probe
def parameters(student):
    net = student.FixedHiddenMLP(7)
    found = {name: list(value.shape) for name, value in net.named_parameters()}
    return found, net.rand_weight.requires_grad


@pytest.mark.hint("Print dict(net.named_parameters()). What should be in it?")
def test_only_linear_learns(parameters):
    """The weight and the bias of linear are all the parameters there are"""
    found, constant_learns = parameters
    assert found == {"linear.weight": [7, 7], "linear.bias": [7]}
    assert not constant_learns, "rand_weight requires a gradient"


@pytest.fixture
def x():
    return torch.randn(3, 6)


@probe
def saved_and_loaded(student, x):
    """The constants as saved, and the outputs of a net and of another one into which its state is loaded."""
    one, two = student.FixedHiddenMLP(6), student.FixedHiddenMLP(6)
    state = one.state_dict()
    two.load_state_dict(state)
    return [state.get("rand_weight"), one.rand_weight, one(x), two(x)]


@pytest.mark.hint("How does a module learn of a tensor that belongs to it and is no parameter?")
def test_constant_is_part_of_the_state(saved_and_loaded):
    """rand_weight is in state_dict(), and with it another net gives the same result"""
    saved, constant, one, two = saved_and_loaded
    assert saved is not None, "rand_weight is not in state_dict()"
    assert_close(saved, constant)
    assert_close(two, one)


@probe
def constants(student):
    return [student.FixedHiddenMLP(n).rand_weight for n in (60, 60, 7)]


@pytest.mark.hint("Look at the shape, the smallest, the largest and the mean.")
def test_constant_is_uniform(constants):
    """rand_weight is drawn uniformly from [0, 1), anew for every net"""
    assert [list(constant.shape) for constant in constants] == [[60, 60], [60, 60], [7, 7]]
    for constant in constants[:2]:
        assert float(constant.min()) >= 0 and float(constant.max()) < 1
        assert_close(float(constant.mean()), 0.5, rtol=0, atol=0.03)
        assert_close(float(constant.std()), 12**-0.5, rtol=0, atol=0.02)
    assert not torch.equal(constants[0], constants[1]), "two nets have the same constants"


@probe
def again_and_again(student, x):
    """The constants, and outputs, in several calls, in both modes; last, the constants after a step of training."""
    net = student.FixedHiddenMLP(6)
    before = net.rand_weight.clone()
    results = [net(x), net(x), net(x[:2]), net.eval()(x)]
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net.train()(x).backward()
    optimizer.step()
    return [results, before, net.rand_weight]


@pytest.mark.hint("When are the random numbers to be drawn: when the net is made, or in every forward pass?")
def test_nothing_changes_between_calls(again_and_again):
    """Calls give the same in train and in eval mode, and rand_weight never changes"""
    (first, second, _, evaluated), before, after = again_and_again
    assert_close([second, evaluated], [first, first])
    assert_close(after, before)


@probe
def gradients(student, small, large):
    """The gradients of the weight, the bias and the input."""
    found = []
    for values, x in (small[1], large[0]):
        net = filled(student.FixedHiddenMLP(len(values[1])), values)
        x.requires_grad_()
        net(x).backward()
        found.append([net.linear.weight.grad, net.linear.bias.grad, x.grad])
    return found


@pytest.mark.points(2)
@pytest.mark.hint("The layer is used twice: where does its gradient come from? Is the computation cut anywhere?")
def test_gradients_through_both_uses(gradients, small, large):
    """Back-propagation reaches X, and linear through both of its uses"""
    for seen, (values, x) in zip(gradients, (small[1], large[0]), strict=True):
        leaves = [values[0].requires_grad_(), values[1].requires_grad_(), x.requires_grad_()]
        expected = torch.autograd.grad(by_hand(values, x), leaves)
        assert_close(seen, list(expected), rtol=1e-4, atol=1e-5)


@pytest.fixture
def double():
    values = [torch.randn(n, dtype=torch.float64) for n in ((5, 5), (5,), (5, 5))]
    return values, torch.randn(3, 5, dtype=torch.float64)


@probe
def in_float64(student, double):
    values, x = double
    return filled(student.FixedHiddenMLP(5).to(torch.float64), values)(x)


@pytest.mark.hint("to() converts parameters and buffers, but no ordinary attribute.")
def test_float64(in_float64, double):
    """Converted to float64, the net computes in float64"""
    assert_close(in_float64, by_hand(*double))
