"""MyLinear(in_units, units): ReLU(X weight + bias), with parameters that can be trained."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import probe

LOOSE = {"rtol": 1e-4, "atol": 1e-4}  # the sums may run in any order


def fill(layer, weight, bias):
    """In a probe: write values into the parameters."""
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)


def expected(X, weight, bias):
    return (X @ weight + bias).clamp(min=0)


@pytest.fixture
def weight():
    return torch.randn(5, 3)


@pytest.fixture
def bias():
    return 2 * torch.randn(3)


@pytest.fixture
def X():
    return torch.randn(24, 5)


@pytest.fixture
def upstream():
    return torch.randn(24, 3) + 2


@probe
def parameters(student):
    layers = [student.MyLinear(5, 3), student.MyLinear(2, 7), student.MyLinear(4, 1)]
    return [{name: list(parameter.shape) for name, parameter in layer.named_parameters()} for layer in layers]


@pytest.mark.hint("What must a tensor be, for nn.Module to list it in parameters()? Which shape did the stub promise?")
def test_parameters(parameters):
    """The parameters are weight, of shape (in_units, units), and bias, of shape (units,), and no others"""
    assert parameters == [
        {"weight": [5, 3], "bias": [3]},
        {"weight": [2, 7], "bias": [7]},
        {"weight": [4, 1], "bias": [1]},
    ]


@probe
def state(student, X):
    layer = student.MyLinear(5, 3)
    layer(X)
    return sorted(layer.state_dict())


@pytest.mark.hint("Print layer.state_dict(). What does a file of this layer have to hold?")
def test_nothing_else_is_kept(state):
    """The state_dict has the entries weight and bias, and no others"""
    assert state == ["bias", "weight"]


@probe
def outputs(student, X, weight, bias):
    layer = student.MyLinear(5, 3)
    fill(layer, weight, bias)
    return layer(X)


@pytest.mark.points(2)
@pytest.mark.hint("Take in_units = 2 and units = 1 and compute one output on paper. Did you think of bias and ReLU?")
def test_output(outputs, X, weight, bias):
    """The output is ReLU(X weight + bias) for a batch"""
    assert_close(outputs, expected(X, weight, bias), **LOOSE)


@pytest.fixture
def shapes():
    """A vector, sequences, a batch of one, no sample at all."""
    return [torch.randn(shape) for shape in [(5,), (4, 2, 5), (2, 3, 4, 5), (1, 5), (0, 5)]]


@probe
def outputs_of_shapes(student, shapes, weight, bias):
    layer = student.MyLinear(5, 3)
    fill(layer, weight, bias)
    return [layer(X) for X in shapes]


@pytest.mark.hint("Which product of PyTorch takes tensors with any number of axes in front?")
def test_any_shape(outputs_of_shapes, shapes, weight, bias):
    """It works for one vector, for sequences, and for a batch of one sample or none"""
    assert_close(outputs_of_shapes, [expected(X, weight, bias) for X in shapes], **LOOSE)


@probe
def outputs_of_double(student, X, weight, bias):
    layer = student.MyLinear(5, 3).double()
    weight, bias = weight.double() / 3, bias.double() / 3
    fill(layer, weight, bias)
    return layer(X.double() / 3)


@pytest.mark.hint("Does forward use the parameters as they are, without turning anything into another dtype?")
def test_double_precision(outputs_of_double, X, weight, bias):
    """After .double(), float64 input gives float64 output, to its precision"""
    seen = expected(X.double() / 3, weight.double() / 3, bias.double() / 3)
    assert_close(outputs_of_double, seen, rtol=1e-12, atol=1e-12)


@probe
def several_calls(student, X, weight, bias):
    layer = student.MyLinear(5, 3)
    layer(X)
    fill(layer, weight, bias)
    seen = [layer(X), layer.eval()(X[:3])]
    layer.load_state_dict({"weight": 2 * weight, "bias": -bias})
    return [*seen, layer(X), layer.train()(X[3:])]


@pytest.mark.hint("Does forward take weight and bias from the layer itself, each time that it is called?")
def test_parameters_of_the_moment(several_calls, X, weight, bias):
    """Every call uses what the parameters are then, in training and in evaluation mode"""
    new = 2 * weight, -bias
    seen = [expected(X, weight, bias), expected(X[:3], weight, bias), expected(X, *new), expected(X[3:], *new)]
    assert_close(several_calls, seen, **LOOSE)


@probe
def input_afterwards(student, X, weight, bias):
    layer = student.MyLinear(5, 3)
    fill(layer, weight, bias)
    layer(X)
    return X, layer.weight, layer.bias


@pytest.mark.hint("Which operations of PyTorch write into the tensor on their left?")
def test_nothing_is_changed(input_afterwards, X, weight, bias):
    """After a call, X and the parameters are the same as before"""
    assert_close(input_afterwards, (X, weight, bias), rtol=0, atol=0)


@probe
def gradients(student, X, weight, bias, upstream):
    layer = student.MyLinear(5, 3)
    fill(layer, weight, bias)
    X.requires_grad_()
    (layer(X) * upstream).sum().backward()
    return {"X": X.grad, "weight": layer.weight.grad, "bias": layer.bias.grad}


def expected_gradients(X, weight, bias, upstream):
    inner = upstream * (X @ weight + bias > 0)
    return {"X": inner @ weight.T, "weight": X.T @ inner, "bias": inner.sum(dim=0)}


@pytest.mark.points(2)
@pytest.mark.hint("The attribute data of a parameter is a tensor of its own, of which autograd knows nothing.")
def test_gradients_of_the_parameters(gradients, X, weight, bias, upstream):
    """Back-propagation gives weight and bias their gradients"""
    seen = expected_gradients(X, weight, bias, upstream)
    for name in ("weight", "bias"):
        assert gradients[name] is not None, f"{name} gets no gradient"
        assert_close(gradients[name], seen[name], **LOOSE)


@pytest.mark.hint("A layer may stand behind others, which learn from the gradient that it passes on.")
def test_gradient_of_the_input(gradients, X, weight, bias, upstream):
    """Back-propagation goes on to X"""
    assert gradients["X"] is not None, "no gradient reaches X"
    assert_close(gradients["X"], expected_gradients(X, weight, bias, upstream)["X"], **LOOSE)


@probe
def beginnings(student):
    return [student.MyLinear(60, 50).weight for _ in range(2)] + [student.MyLinear(50, 60).weight]


@pytest.mark.hint("Which function draws from the standard normal distribution? When is it called, and how often?")
def test_weight_is_random(beginnings):
    """The weight begins with numbers from the standard normal distribution, other ones in every layer"""
    first, second, third = beginnings
    for weight in beginnings:
        assert abs(weight.mean()) < 0.1, "the mean of the weight is far from 0"
        assert abs(weight.std() - 1) < 0.1, "the standard deviation of the weight is far from 1"
        assert 0.62 < (weight.abs() < 1).float().mean() < 0.745, "the numbers are not distributed normally"
        assert weight.unique().numel() > 2900, "many numbers in the weight are equal"
    message = "two layers begin with the same weight"
    assert not torch.equal(first, second), message
    assert not torch.isin(third, first).all(), message


@probe
def two_layers(student, X, weight, bias):
    first, second = student.MyLinear(5, 3), student.MyLinear(5, 3)
    fill(first, weight, bias)
    before = first(X)
    fill(second, -weight, bias + 1)
    return before, first(X), second(X)


@pytest.mark.hint("Where are the parameters made: in every instance, or once for all of them?")
def test_layers_side_by_side(two_layers):
    """Two layers have parameters of their own"""
    before, after, other = two_layers
    assert_close(after, before)
    assert (other - before).abs().max() > 1e-3, "both layers give the same output"


@probe
def trained_net(student, X, weight, bias):
    net = nn.Sequential(student.MyLinear(5, 3), student.MyLinear(3, 2))
    fill(net[0], weight, bias)
    fill(net[1], weight[:3, :2].abs(), bias[:2].abs())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
    outputs = []
    for _ in range(3):
        optimizer.zero_grad()
        output = net(X)
        outputs.append(output.detach())
        output.square().mean().backward()
        optimizer.step()
    return outputs


@pytest.mark.hint("Which parameters does the net list in net.parameters(), and do they change in a training step?")
def test_net_is_trained(trained_net, X, weight, bias):
    """A net of two such layers is trained by an optimiser"""
    values = [weight, bias, weight[:3, :2].abs(), bias[:2].abs()]
    for seen in trained_net:
        values = [value.detach().requires_grad_() for value in values]
        output = expected(expected(X, *values[:2]), *values[2:])
        assert_close(seen, output.detach(), **LOOSE)
        output.square().mean().backward()
        values = [value.detach() - 0.01 * value.grad for value in values]
