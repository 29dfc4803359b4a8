"""Inputs of another width: the weight of a new layer is tied to the first layer of the net."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe

RATE = 0.5


def deep_net():
    return nn.Sequential(nn.Linear(9, 6), nn.Tanh(), nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 4))


@pytest.fixture
def net():
    return nn.Sequential(nn.Linear(7, 12), nn.ReLU(), nn.Linear(12, 5))


@pytest.fixture
def X():
    return torch.rand(6, 10)


@pytest.fixture
def cases(net, X):
    """Nets and inputs of other widths: a larger one, a smaller one, and a net of one layer."""
    return [(net, X), (deep_net(), torch.rand(5, 4)), (nn.Sequential(nn.Linear(8, 3)), torch.rand(2, 5, 11))]


@pytest.fixture
def W():
    """Numbers to be written into the weight of width 10."""
    return torch.rand(12, 10)


@pytest.fixture
def V():
    """Other numbers for the same weight, or the factors of a loss."""
    return torch.rand(12, 10)


@pytest.fixture
def bias():
    return torch.rand(12)


def write(parameter, numbers):
    """Write into a parameter; if the numbers do not go in, the check sees that they are not there."""
    with torch.no_grad():
        error_of(parameter.copy_, numbers)


def run_layers(weights, net, X):
    """The net's output, from the weights of its first layer and the judge's own later layers."""
    H = X @ weights[0].T + weights[1]
    return net[1:](H)


@probe
def outputs(student, cases):
    seen = []
    for net, X in cases:
        new = student.adapt_input(net, X.shape[-1])
        first = {name: value.clone() for name, value in net[0].named_parameters()}
        own = {name: value.clone() for name, value in new.named_parameters()}
        names = [cls.__name__ for cls in type(new).__mro__]
        later = [[value.clone() for value in layer.parameters()] for layer in net[1:]]
        seen.append((net(X), first, later, names, new(X), own))
    return seen


@pytest.mark.hint("Which shape must the first layer's weight have for the new width? Every feature should count.")
def test_net_takes_the_new_width(outputs, cases):
    """The net takes inputs of the new width, and its first layer uses all of their features"""
    for (Y, first, later, *_), (net, X) in zip(outputs, cases, strict=True):
        with torch.no_grad():
            for layer, values in zip(net[1:], later, strict=True):
                for parameter, value in zip(layer.parameters(), values, strict=True):
                    parameter.copy_(value)
            assert first["weight"].shape == (net[0].out_features, X.shape[-1])
            assert_close(Y, run_layers((first["weight"], first["bias"]), net, X))


@pytest.mark.hint("What is to be returned is an ordinary layer, as new as any other, with as many outputs as net[0].")
def test_returned_layer_is_a_new_linear(outputs, cases):
    """The answer is an nn.Linear of the new width, initialised as usual, with as many outputs as net[0]"""
    for (_, _, _, names, Z, own), (net, X) in zip(outputs, cases, strict=True):
        weight = own["weight"]
        assert "Linear" in names, f"the answer is a {names[0]}"
        assert weight.shape == (net[0].out_features, X.shape[-1])
        assert_close(Z, X @ weight.T + own.get("bias", torch.zeros(())))
        assert len(weight.unique(dim=0)) == len(weight), "units of the new layer have equal weights"


@probe
def written(student, net, W, V):
    new = student.adapt_input(net, 10)
    write(new.weight, W)
    through_new = net[0].weight.clone()
    write(net[0].weight, V)
    return through_new, new.weight


@pytest.mark.points(2)
@pytest.mark.hint("Equal numbers are not yet a tie: if one of the two layers changes, does the other?")
def test_one_weight_for_both_layers(written, W, V):
    """What is written into the weight of one layer is read from the other"""
    through_new, through_net = written
    assert_close(through_new, W, msg="numbers written into the new layer's weight do not appear in net[0]")
    assert_close(through_net, V, msg="numbers written into net[0]'s weight do not appear in the new layer")


@probe
def gradients(student, net, X, V):
    new = student.adapt_input(net, 10)
    first = [net[0].weight.detach().clone(), net[0].bias.detach().clone()]
    later = [[value.detach().clone() for value in layer.parameters()] for layer in net[1:]]
    net.zero_grad()
    new.zero_grad()
    (net(X) ** 2).sum().backward()
    alone = None if net[0].weight.grad is None else net[0].weight.grad.clone()
    (new.weight * V).sum().backward()
    return [first, *later], alone, new.weight.grad, net[0].weight.grad


def gradient_of_net(layers, net, X):
    """What `net(X)` gives the first layer's weight, worked out on the judge's net with the same numbers."""
    weight, old_bias = layers[0]
    with torch.no_grad():
        for layer, values in zip(net[1:], layers[1:], strict=True):
            for parameter, value in zip(layer.parameters(), values, strict=True):
                parameter.copy_(value)
    weight.requires_grad_()
    return torch.autograd.grad((run_layers((weight, old_bias), net, X) ** 2).sum(), weight)[0]


@pytest.mark.hint("A weight that nothing can change is of no use to a net. Does it ask for a gradient?")
def test_first_layer_still_learns(gradients, net, X):
    """A loss of the net gives its first layer's weight the right gradient"""
    assert_close(gradients[1], gradient_of_net(gradients[0], net, X))


@pytest.mark.hint("Memory that is shared is not enough: a gradient is collected by a Parameter. How many are there?")
def test_one_parameter_collects_both_gradients(gradients, net, X, V):
    """The weight is one Parameter: the gradients of both layers' uses add up in it"""
    expected = gradient_of_net(gradients[0], net, X) + V
    assert_close(gradients[2], expected, msg="the new layer's weight has not the sum of both gradients")
    assert_close(gradients[3], expected, msg="net[0]'s weight has not the sum of both gradients")


@probe
def steps(student, net, X, V):
    new = student.adapt_input(net, 10)
    seen = [net[0].weight.detach().clone()]
    # A loss that is linear in the weight, so the judge needs nothing but X and V to know its gradient.
    for layer, parameters, other in [(net[0], new.parameters(), net[0]), (new, net.parameters(), new)]:
        optimizer = torch.optim.SGD(parameters, lr=RATE)
        net.zero_grad()
        new.zero_grad()
        (layer(X) @ V).sum().backward()
        optimizer.step()
        seen.append(other.weight.detach().clone())
    return seen


@pytest.mark.points(2)
@pytest.mark.hint(
    "An optimiser moves the Parameters that it was given. Does it hold the one that the other layer uses?"
)
def test_a_training_step_on_one_moves_both(steps, X, V):
    """A training step with the new layer's parameters moves the net's weight, and the other way round"""
    before, after_one, after_two = steps
    gradient = V.sum(dim=1)[:, None] * X.sum(dim=0)
    assert_close(after_one, before - RATE * gradient, msg="a step of the new layer's optimiser is lost on the net")
    assert_close(after_two, before - 2 * RATE * gradient, msg="a step of the net's optimiser is lost on the layer")


@probe
def kept_bias(student, net, bias):
    old = net[0].bias
    student.adapt_input(net, 10)
    before = net[0].bias.clone()
    write(old, bias)
    return before, net[0].bias


@pytest.mark.hint("The bias has one number per output. Does it depend on the width of the input?")
def test_bias_stays(kept_bias, net, bias):
    """net[0] keeps its bias: the same Parameter with the same numbers"""
    before, after = kept_bias
    assert_close(before, net[0].bias.detach(), msg="the bias of net[0] has other numbers than before")
    assert_close(after, bias, msg="the bias of net[0] is another Parameter than before")


@pytest.fixture
def later_numbers(cases):
    return [torch.rand_like(parameter) for parameter in cases[1][0][1:].parameters()]


@probe
def kept_layers(student, cases, later_numbers):
    net, X = cases[1]
    old = [parameter for layer in net[1:] for parameter in layer.parameters()]
    student.adapt_input(net, X.shape[-1])
    before = [parameter.clone() for parameter in net[1:].parameters()]
    for parameter, numbers in zip(old, later_numbers, strict=True):
        write(parameter, numbers)
    sizes = [layer.in_features for layer in net[1:] if isinstance(layer, nn.Linear)]
    return before, list(net[1:].parameters()), len(net), sizes


@pytest.mark.hint(
    "What the later layers have learned need not be lost. Which layer is the only one that meets the input?"
)
def test_later_layers_stay(kept_layers, cases, later_numbers):
    """The later layers are the same ones with the same parameters"""
    before, after, length, sizes = kept_layers
    assert length == len(cases[1][0]), "net has more or fewer layers than before"
    assert sizes == [6, 8], "a later layer takes another number of features now"
    expected = [parameter.detach() for parameter in cases[1][0][1:].parameters()]
    assert_close(before, expected, msg="parameters of later layers have other numbers than before")
    assert_close(after, later_numbers, msg="later layers were replaced by others")


@probe
def old_first_layer(student, net, bias):
    first = net[0]
    student.adapt_input(net, 10)
    first.bias = nn.Parameter(bias)
    return net[0].bias, net[0].weight


@pytest.mark.hint("Is a new layer needed inside the net? The one that is there may get another weight.")
def test_first_layer_is_the_same_object(old_first_layer, bias):
    """net[0] is the same layer as before, with another weight"""
    assert old_first_layer[1].shape == (12, 10)
    assert_close(old_first_layer[0], bias, msg="net[0] is not the layer that it was before")


@probe
def untied(student, net, W):
    new = student.adapt_input(net, 10)
    before = net[0].weight.clone()
    new.weight = nn.Parameter(W)
    return before, net[0].weight


@pytest.mark.hint("A tie is between two. Besides the layer in the net there should be one outside it.")
def test_returned_layer_is_another_object(untied):
    """The returned layer is not net[0] itself: it can be given another weight on its own"""
    before, after = untied
    assert before.shape == (12, 10)
    assert_close(after, before, msg="a new weight for the returned layer is one for net[0]: they are the same object")


@probe
def widths(student, net, X):
    student.adapt_input(net, 10)
    return [error_of(net, torch.rand(6, width)) for width in (7, 9, 11)], net(X)


@pytest.mark.hint("A Linear layer takes one width. If your net takes several, what happens to the features in between?")
def test_other_widths_are_refused(widths):
    """Inputs of the old width, and of any but the new one, are refused"""
    refusals, Y = widths
    assert Y.shape == (6, 5)
    for width, refused in zip((7, 9, 11), refusals, strict=True):
        assert refused is not None, f"the net, adapted from width 7 to 10, accepts inputs of width {width}"


@probe
def adapted_again(student, net, W, X):
    twin = nn.Sequential(nn.Linear(7, 12), nn.ReLU(), nn.Linear(12, 5))
    first, twins = student.adapt_input(net, 10), student.adapt_input(twin, 10)
    before = [twins.weight.clone(), twin[0].weight.clone()]
    write(first.weight, -W)
    after = [twins.weight.clone(), twin[0].weight.clone()]
    second = student.adapt_input(net, 3)
    write(second.weight, W[:, :3])
    return before, after, net[0].weight, net(X[:, :3])


@pytest.mark.hint("Every call is a new beginning: a new layer, tied to the net at hand and to no other.")
def test_every_call_makes_a_layer_of_its_own(adapted_again, W):
    """Two nets do not share a layer, and a net can be adapted once more"""
    before, after, weight, Y = adapted_again
    assert before[0].shape == before[1].shape == (12, 10)
    assert_close(after, before, msg="writing into one net's weight changed that of another net")
    assert_close(weight, W[:, :3], msg="the net, adapted once more, is not tied to the layer returned last")
    assert Y.shape == (6, 5)
