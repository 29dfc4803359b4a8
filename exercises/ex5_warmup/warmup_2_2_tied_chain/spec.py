"""TiedChain uses one weight many times; contributions takes its gradient apart."""

import pytest
import torch
from torch.testing import assert_close

from grader.spec import probe

CASES = ((1, 0.7), (2, -1.3), (4, 0.9), (7, 1.6))


def made(student, uses, weight):
    """A chain with a known weight."""
    net = student.TiedChain(uses)
    net.shared.weight.data.fill_(weight)
    return net


def through(uses, weight, x):
    """What comes out after each use, the input first."""
    found = [x]
    while len(found) <= uses:
        found.append((found[-1] * weight).tanh())
    return found


def parts_of(uses, weight, x):
    """The contributions of all uses, by the chain rule."""
    values, found = through(uses, weight, x), []
    for place in range(uses):
        slope = (1 - values[place + 1] ** 2) * values[place]
        for later in values[place + 2 :]:
            slope = slope * weight * (1 - later**2)
        found.append(slope.sum())
    return torch.stack(found)


@pytest.fixture
def inputs():
    return [torch.randn(*shape, 1) for shape in ((6,), (2, 3), (5,), ())]


@probe
def kept(student):
    """The parameters, what is saved, and how many uses there are."""
    nets = [student.TiedChain(uses) for uses in (1, 5)]
    named = [{name: list(p.shape) for name, p in net.named_parameters()} for net in nets]
    saved = [sorted(net.state_dict()) for net in nets]
    return [named, saved, [net.uses for net in nets], [net.shared.bias is None for net in nets]]


@pytest.mark.hint("Print dict(net.named_parameters()). How many should there be?")
def test_one_parameter(kept):
    """shared.weight is the only parameter, and uses says how often it is used"""
    named, saved, uses, _ = kept
    assert named == [{"shared.weight": [1, 1]}] * 2 and saved == [["shared.weight"]] * 2
    assert uses == [1, 5]


@pytest.mark.hint("What does nn.Linear have beside a weight, unless it is told not to?")
def test_no_bias(kept):
    """The layer has no bias"""
    assert kept[3] == [True, True]


@probe
def outputs(student, inputs):
    """The outputs in train mode, again, and in eval mode, and the inputs afterwards."""
    nets = [made(student, *case) for case in CASES]
    return [[net(x), net(x), net.eval()(x), x] for net, x in zip(nets, inputs, strict=True)]


@pytest.mark.points(2)
@pytest.mark.hint("What should come out for one use, and what for two?")
def test_output(outputs, inputs):
    """shared and tanh are used in turn, as often as asked for, and X is not changed"""
    expected = [through(*case, x)[-1] for case, x in zip(CASES, inputs, strict=True)]
    assert_close(outputs, [[y, y, y, x] for y, x in zip(expected, inputs, strict=True)])


@probe
def after_a_change(student, inputs):
    """The outputs for one weight, and after that for another."""
    net = made(student, 3, 0.8)
    before = net(inputs[0])
    net.shared.weight.data.fill_(-0.6)
    return [before, net(inputs[0])]


@pytest.mark.hint("Is it one layer that is used several times, or are there several layers with equal weights?")
def test_every_use_sees_the_weight(after_a_change, inputs):
    """A new value of the weight is seen at every use"""
    expected = [through(3, weight, inputs[0])[-1] for weight in (0.8, -0.6)]
    assert_close(after_a_change, expected)


@probe
def gradients(student, inputs):
    found = []
    for case, x in zip(CASES, inputs, strict=True):
        net = made(student, *case)
        net(x.requires_grad_()).sum().backward()
        found.append([net.shared.weight.grad, x.grad])
    return found


@pytest.mark.points(2)
@pytest.mark.hint("Is the computation cut between two uses?")
def test_gradient_is_the_sum_over_uses(gradients, inputs):
    """Back-propagation gives the weight the sum over all its uses, and reaches X"""
    expected = []
    for (uses, weight), x in zip(CASES, inputs, strict=True):
        (at_x,) = torch.autograd.grad(through(uses, weight, x.requires_grad_())[-1].sum(), [x])
        expected.append([parts_of(uses, weight, x.detach()).sum().reshape(1, 1), at_x])
    assert_close(gradients, expected, rtol=1e-4, atol=1e-5)


@probe
def parts(student, inputs):
    return [student.contributions(made(student, *case), x) for case, x in zip(CASES, inputs, strict=True)]


@pytest.fixture
def expected_parts(inputs):
    return [parts_of(*case, x) for case, x in zip(CASES, inputs, strict=True)]


@pytest.mark.hint("A gradient has the shape of its parameter. One number for each use is asked for.")
def test_one_number_for_each_use(parts):
    """contributions returns a tensor of shape (uses,)"""
    assert [tuple(found.shape) for found in parts] == [(uses,) for uses, _ in CASES]


@pytest.mark.hint("With one use only, nothing is to be taken apart: what is the gradient then?")
def test_a_single_use(parts, expected_parts):
    """Where there is one use, its contribution is the gradient"""
    assert_close(parts[0].sum(), expected_parts[0].sum())


@pytest.mark.points(2)
@pytest.mark.hint("Suppose that every use had a weight of its own, of the same value. What would be their gradients?")
def test_contributions(parts, expected_parts):
    """What each use adds is right, in whatever order"""
    seen = [found.flatten().sort().values for found in parts]
    assert_close(seen, [found.sort().values for found in expected_parts], rtol=1e-4, atol=1e-5)


@pytest.mark.hint("Which use does back-propagation meet first, and which one is to come first?")
def test_first_use_comes_first(parts, expected_parts):
    """The contributions are in the order of the uses, beginning at the input"""
    assert_close([found.flatten() for found in parts], expected_parts, rtol=1e-4, atol=1e-5)


@probe
def sum_after_a_change(student, inputs):
    net = made(student, 3, 0.8)
    first = student.contributions(net, inputs[0]).sum()
    net.shared.weight.data.fill_(-0.6)
    return [first, student.contributions(net, inputs[0]).sum()]


@pytest.mark.hint("Compare contributions(net, X).sum() with net.shared.weight.grad after backward().")
def test_contributions_sum_to_the_gradient(parts, expected_parts, sum_after_a_change, inputs):
    """The contributions sum to the whole gradient, for every value of the weight"""
    assert_close([found.sum() for found in parts], [found.sum() for found in expected_parts], rtol=1e-4, atol=1e-5)
    expected = [parts_of(3, weight, inputs[0]).sum() for weight in (0.8, -0.6)]
    assert_close(sum_after_a_change, expected, rtol=1e-4, atol=1e-5)


@probe
def afterwards(student, inputs):
    """Gradients, weight and input after contributions: without gradients before, and with."""
    x = inputs[0].requires_grad_()
    fresh, used = made(student, 3, 0.8), made(student, 2, 1.2)
    used(x).sum().backward()
    before = [used.shared.weight.grad.clone(), None if x.grad is None else x.grad.clone()]
    for net in (fresh, used):
        student.contributions(net, x)
    weights = [[net.shared.weight, net.shared.weight.requires_grad, net.uses, net.training] for net in (fresh, used)]
    after = [used.shared.weight.grad, x.grad]
    return [before, after, fresh.shared.weight.grad, weights, x, torch.is_grad_enabled()]


@pytest.mark.hint("backward() adds to .grad. Which way to differentiate does not write there?")
def test_gradients_stay(afterwards):
    """contributions leaves gradients that were there as they are, and makes none"""
    before, after, fresh, *_ = afterwards
    assert_close(after, before)
    assert fresh is None, "a net without gradients has one now"


@pytest.mark.hint("Is anything switched off, frozen or written to, and left so?")
def test_nothing_else_changes(afterwards, inputs):
    """contributions leaves the net and X as they are"""
    *_, weights, x, recording = afterwards
    assert_close([weight for weight, *_ in weights], [torch.tensor([[0.8]]), torch.tensor([[1.2]])])
    assert [rest for _, *rest in weights] == [[True, 3, True], [True, 2, True]]
    assert_close(x, inputs[0])
    assert recording, "autograd is switched off"


@pytest.fixture
def double():
    return torch.randn(4, 1, dtype=torch.float64)


@probe
def in_float64(student, double):
    net = student.TiedChain(3).to(torch.float64)
    net.shared.weight.data.fill_(0.7)
    return [net(double), student.contributions(net, double).sum()]


@pytest.mark.hint("Of which dtype are tensors that you make?")
def test_float64(in_float64, double):
    """A chain of float64 computes in float64, and so do the contributions"""
    assert_close(in_float64, [through(3, 0.7, double)[-1], parts_of(3, 0.7, double).sum()])


@probe
def side_by_side(student, inputs):
    """Two chains; the second gets its weight after the first; and weights as they are drawn."""
    one, two = made(student, 2, 0.5), made(student, 3, -1.1)
    drawn = [student.TiedChain(2).shared.weight for _ in range(3)]
    return [one(inputs[0]), two(inputs[0]), drawn]


@pytest.mark.hint("Is there anything that all instances share?")
def test_several_chains_keep_apart(side_by_side, inputs):
    """Several chains have nothing in common"""
    one, two, drawn = side_by_side
    assert_close([one, two], [through(2, 0.5, inputs[0])[-1], through(3, -1.1, inputs[0])[-1]])
    assert len({float(weight) for weight in drawn}) == 3, "several chains begin with the same weight"
