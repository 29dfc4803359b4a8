"""Four initialisers for net.apply, and the numbers behind the built-in ones."""

import math

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe


def distance(sample, cdf):
    """The largest distance between the share of numbers up to x and the expected share cdf(x), over all x."""
    x = sample.flatten().double().sort().values
    share = torch.arange(1, len(x) + 1) / len(x)
    return (share - cdf(x)).abs().max().item()


def uniform(low, high):
    return lambda x: ((x - low) / (high - low)).clamp(0, 1)


def check_numbers(seen, expected):
    """Numbers of any type, float32 arithmetic allowed."""
    assert len(seen) == len(expected)
    for value, wanted in zip(seen, expected, strict=True):
        assert isinstance(value, (int, float, torch.Tensor)) and not isinstance(value, bool), "not a number"
        assert torch.as_tensor(value).shape == (), "not a single number"
        assert float(value) == pytest.approx(wanted, rel=1e-6)


def randomised(*layers):
    """A Sequential whose parameters, biases and scales too, are all random."""
    net = nn.Sequential(*layers)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.normal_(3)
    return net


@pytest.fixture
def net():
    return randomised(nn.Linear(300, 200), nn.ReLU(), nn.Sequential(nn.Linear(200, 260)))


@probe
def after_normal(student, net):
    net.apply(student.init_normal)
    return net.state_dict()


@pytest.mark.hint("0.01 is the standard deviation, not the variance.")
def test_normal_weights(after_normal):
    """init_normal: weights look like N(0, 0.01²)"""
    for name, shape in [("0.weight", (200, 300)), ("2.0.weight", (260, 200))]:
        seen = after_normal[name]
        assert seen.shape == shape
        assert seen.double().std().item() == pytest.approx(0.01, rel=0.03)
        assert distance(seen, torch.distributions.Normal(0, 0.01).cdf) < 0.015, "not a normal distribution"


@pytest.mark.hint("A layer has two parameters.")
def test_normal_biases(after_normal):
    """init_normal: biases become 0"""
    assert_close(after_normal["0.bias"], torch.zeros(200), rtol=0, atol=0)
    assert_close(after_normal["2.0.bias"], torch.zeros(260), rtol=0, atol=0)


@probe
def after_constant(student, net):
    net.apply(student.init_constant)
    return net.state_dict()


@pytest.mark.hint("The weights and the biases get different constants.")
def test_constant(after_constant, net):
    """init_constant: weights become 1, biases 0"""
    for name, old in net.state_dict().items():
        expected = torch.ones_like(old) if "weight" in name else torch.zeros_like(old)
        assert_close(after_constant[name], expected, rtol=0, atol=0)


@probe
def after_xavier(student, net):
    net.apply(student.init_xavier)
    return net.state_dict()


@pytest.mark.hint("Xavier uniform takes both fan_in and fan_out into its bound. Which distribution, and which bound?")
def test_xavier_weights(after_xavier):
    """init_xavier: weights look like the Xavier uniform distribution"""
    for name, shape in [("0.weight", (200, 300)), ("2.0.weight", (260, 200))]:
        seen, bound = after_xavier[name], math.sqrt(6 / sum(shape))
        assert seen.shape == shape
        assert seen.abs().max() <= bound * (1 + 1e-5)
        assert distance(seen, uniform(-bound, bound)) < 0.015, "not the right uniform distribution"


@probe
def after_signed(student, net):
    net.apply(student.init_signed)
    return net.state_dict()


@pytest.mark.hint("Draw a picture of U(-10, 10): which part of it is as likely as the zeros should be?")
def test_signed_shares(after_signed):
    """init_signed: half of the weights are 0, a quarter positive, a quarter negative, at random"""
    for name in ("0.weight", "2.0.weight"):
        sign = after_signed[name].double().sign()
        shares = [(sign == s).double().mean().item() for s in (-1, 0, 1)]
        assert shares == pytest.approx([0.25, 0.5, 0.25], abs=0.015)
        for dim in (0, 1):
            zeros = (sign == 0).double().mean(dim=dim)
            assert zeros.min() > 0.2 and zeros.max() < 0.8, "whole rows or columns are alike"


@pytest.mark.hint("How small and how large may a weight be that is not 0?")
def test_signed_sizes(after_signed):
    """init_signed: weights other than 0 are evenly spread over 5 to 10 and -10 to -5"""
    for name in ("0.weight", "2.0.weight"):
        seen = after_signed[name]
        for part in (seen[seen > 0], -seen[seen < 0]):
            assert len(part) > 1000, "there are hardly any"
            assert part.min() >= 5 and part.max() <= 10
            assert distance(part, uniform(5, 10)) < 0.03


@pytest.mark.hint("Two of the four say nothing about biases being 0.")
def test_biases_that_stay(after_xavier, after_signed, net):
    """init_xavier and init_signed: weights are new, biases unchanged"""
    for name, old in net.state_dict().items():
        for seen in (after_xavier[name], after_signed[name]):
            if "bias" in name:
                assert_close(seen, old, rtol=0, atol=0)
            else:
                assert (seen - old).abs().max() > 1


@pytest.fixture
def zoo():
    return randomised(
        nn.Conv2d(3, 4, 5),
        nn.LayerNorm(7),
        nn.Linear(6, 5),
        nn.BatchNorm1d(8),
        nn.Embedding(9, 4),
        nn.Bilinear(2, 3, 4),
        nn.PReLU(5),
        nn.ConvTranspose1d(3, 2, 4),
    )


@probe
def zoo_after_each(student, zoo):
    start, states = {name: value.clone() for name, value in zoo.state_dict().items()}, []
    for init in (student.init_normal, student.init_constant, student.init_xavier, student.init_signed):
        zoo.load_state_dict(start)
        zoo.apply(init)
        states.append({name: value.clone() for name, value in zoo.state_dict().items()})
    return states


@pytest.mark.hint("apply visits every module of the net. How does your function know a Linear layer?")
def test_only_linear_layers(zoo_after_each, zoo):
    """All four: only Linear layers are touched"""
    for seen in zoo_after_each:
        for name, old in zoo.state_dict().items():
            if name == "2.weight":
                assert (seen[name] - old).abs().max() > 0.1, "the Linear layer has its old weights"
            elif name != "2.bias":
                assert_close(seen[name], old, rtol=0, atol=0)


@pytest.fixture
def layer():
    return randomised(nn.Linear(4, 3))[0]


@pytest.fixture
def x():
    return torch.randn(5, 4)


@pytest.fixture
def upstream():
    return torch.randn(5, 3)


@pytest.fixture
def written():
    return torch.randn(3, 4), torch.randn(3)


@probe
def through_old_parameters(student, layer, written, x, upstream):
    seen = []
    for init in (student.init_normal, student.init_constant, student.init_xavier, student.init_signed):
        weight, bias = layer.weight, layer.bias
        layer.apply(init)
        filled = layer.weight.detach().clone()
        layer.zero_grad()
        (layer(x) * upstream).sum().backward()
        grads = weight.grad, bias.grad
        with torch.no_grad():
            weight.copy_(written[0])
            bias.copy_(written[1])
        seen.append((filled, layer.weight.clone(), layer.bias.clone(), grads))
    return seen


@pytest.mark.hint("An optimiser may already hold the layer's parameters. Fill them, do not put others in their place.")
def test_same_parameters(through_old_parameters, layer, written, x, upstream):
    """All four: the layer keeps its Parameter objects, and they still get gradients"""
    old = layer.weight
    for filled, weight, bias, grads in through_old_parameters:
        assert (filled - old).abs().max() > 1e-3, "the weights are the old ones"
        assert_close((weight, bias), written)
        assert_close(grads, (upstream.T @ x, upstream.sum(dim=0)))
        old = written[0]


@probe
def without_bias(student):
    seen = []
    for init in (student.init_normal, student.init_constant, student.init_xavier, student.init_signed):
        layer = nn.Linear(6, 50, bias=False)
        layer.weight.data.fill_(3)
        layer.apply(init)
        seen.append((layer.weight, layer.bias))
    return seen


@pytest.mark.hint("What is m.bias in a layer that was made with bias=False?")
def test_layer_without_bias(without_bias):
    """All four: a layer with bias=False works"""
    for weight, bias in without_bias:
        assert (weight - 3).abs().max() > 1, "the weights are the old ones"
        assert bias is None, "the layer has a bias now"


@probe
def in_double(student, layer, x):
    layer, seen = layer.double(), []
    for init in (student.init_normal, student.init_constant, student.init_xavier, student.init_signed):
        layer.weight.data.fill_(3)
        layer.apply(init)
        seen.append((layer.weight.clone(), layer.bias.clone()))
    return seen


@pytest.mark.hint("A tensor made by torch.randn or torch.zeros has the default dtype, whatever the layer has.")
def test_double_precision(in_double):
    """All four: a float64 layer stays float64"""
    for weight, bias in in_double:
        assert (weight - 3).abs().max() > 1, "the weights are the old ones"
        assert weight.dtype == torch.float64
        assert bias.dtype == torch.float64


@pytest.fixture
def seeds():
    first, second = torch.randperm(10**6)[:2].tolist()
    return first, second


@probe
def after_seeds(student, layer, seeds):
    seen = []
    for init in (student.init_normal, student.init_xavier, student.init_signed):
        runs = []
        for seed in seeds:
            torch.manual_seed(seed)
            layer.apply(init)
            runs.append((layer.weight.clone(), torch.rand(8)))
        seen.append(runs)
    return seen


@pytest.mark.hint("Whoever builds the net decides about the seed. What would every layer of a size look like?")
def test_random_state_is_not_seeded(after_seeds):
    """Different seeds give different weights, and different numbers afterwards"""
    for (weight, following), (other_weight, other_following) in after_seeds:
        assert (weight - other_weight).abs().max() > 1e-6, "the weights are the same for any seed"
        assert (following - other_following).abs().max() > 1e-6, "the random state is the same for any seed"


@pytest.fixture
def fans():
    first, second = (torch.randperm(900)[:2] + 10).tolist()
    return first, second


@pytest.fixture
def factor():
    return 1.5 + torch.rand(()).item()


@probe
def xavier_bounds(student, fans, factor):
    bound = student.xavier_uniform_bound
    return [bound(*fans), bound(*fans, factor), bound(*fans, gain=factor)]


@pytest.mark.hint("U(-a, a) has the variance a²/3. Which variance does Xavier ask for?")
def test_xavier_uniform_bound(xavier_bounds, fans, factor):
    """xavier_uniform_bound, with and without a gain"""
    expected = math.sqrt(6 / sum(fans))
    check_numbers(xavier_bounds, [expected, factor * expected, factor * expected])


@probe
def xavier_stds(student, fans, factor):
    std = student.xavier_normal_std
    return [std(*fans), std(*fans, factor), std(*fans, gain=factor)]


@pytest.mark.hint(
    "A variance of 1/fan_in would suit the forward pass, 1/fan_out the backward pass. The std is its root."
)
def test_xavier_normal_std(xavier_stds, fans, factor):
    """xavier_normal_std, with and without a gain"""
    expected = math.sqrt(2 / sum(fans))
    check_numbers(xavier_stds, [expected, factor * expected, factor * expected])


@probe
def kaiming_bounds(student, fans, factor):
    return [
        student.kaiming_uniform_bound(fans[0], factor),
        student.kaiming_uniform_bound(fan=fans[1], gain=0.5),
    ]


@pytest.mark.hint("The standard deviation is that of Kaiming normal. Which bound has U(-a, a) then?")
def test_kaiming_uniform_bound(kaiming_bounds, fans, factor):
    """kaiming_uniform_bound"""
    check_numbers(kaiming_bounds, [factor * math.sqrt(3 / fans[0]), 0.5 * math.sqrt(3 / fans[1])])


@probe
def kaiming_stds(student, fans, factor):
    return [student.kaiming_normal_std(fans[0], factor), student.kaiming_normal_std(fan=fans[1], gain=0.5)]


@pytest.mark.hint("One fan only, and the gain stands for the nonlinearity: no further factor belongs here.")
def test_kaiming_normal_std(kaiming_stds, fans, factor):
    """kaiming_normal_std"""
    check_numbers(kaiming_stds, [factor / math.sqrt(fans[0]), 0.5 / math.sqrt(fans[1])])


@probe
def plain_gains(student):
    convolutions = ["conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d"]
    return [student.gain(name) for name in ["tanh", "relu", "linear", "sigmoid", *convolutions]]


@pytest.mark.hint("The table is in the documentation of torch.nn.init.calculate_gain.")
def test_gains(plain_gains):
    """gain: tanh, relu, linear, sigmoid, and convolutions of all kinds"""
    check_numbers(plain_gains, [5 / 3, math.sqrt(2), 1, 1, 1, 1, 1, 1, 1, 1])


@probe
def selu_gain(student):
    return [student.gain("selu")]


@pytest.mark.hint("Printed tables differ here. What does PyTorch itself say?")
def test_selu(selu_gain):
    """gain: selu"""
    check_numbers(selu_gain, [3 / 4])


@probe
def leaky_gains(student, factor):
    return [
        student.gain("leaky_relu"),
        student.gain("leaky_relu", factor),
        student.gain("leaky_relu", param=0.2),
    ]


@pytest.mark.hint("With slope 1 it is no nonlinearity at all: which gain must come out?")
def test_leaky_relu(leaky_gains, factor):
    """gain: leaky_relu with the default slope and with slopes of its own"""
    check_numbers(leaky_gains, [math.sqrt(2 / (1 + slope**2)) for slope in (0.01, factor, 0.2)])


@probe
def gain_of_slope_zero(student):
    return [student.gain("leaky_relu", 0), student.gain("leaky_relu", 0.0)]


@pytest.mark.hint("Is 0 the same as no slope given? In an `if` it looks so.")
def test_leaky_relu_with_slope_zero(gain_of_slope_zero):
    """gain: leaky_relu with slope 0 has the gain of relu"""
    check_numbers(gain_of_slope_zero, [math.sqrt(2)] * 2)


@probe
def unknown_names(student):
    return student.gain("relu"), [error_of(student.gain, name) for name in ("swish", "conv", "batchnorm")]


@pytest.mark.hint("A misspelt name should be reported, by the exception that the docstring names.")
def test_unknown_name(unknown_names):
    """gain: an unknown name raises ValueError"""
    known, errors = unknown_names
    check_numbers([known], [math.sqrt(2)])
    for error in errors:
        assert error is not None, "no error for an unknown name"
        assert "ValueError" in error[0], f"{error[0][0]} is no ValueError"
