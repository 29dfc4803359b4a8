"""Mismatched dimensions: the message of the error, and the layer that it comes from."""

import re

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe


class Raises(nn.Module):
    """A layer with a fault that has nothing to do with shapes."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def forward(self, X):
        raise self.error


class Residual(nn.Module):
    """A block that is not a Sequential."""

    def __init__(self, width, inner):
        super().__init__()
        self.hidden = nn.Linear(width, inner)
        self.back = nn.Linear(inner, width)

    def forward(self, X):
        return X + self.back(torch.relu(self.hidden(X)))


def mlp(*sizes):
    """Linear(a, b), ReLU, Linear(c, d), ReLU, ... from the sizes a, b, c, d, ...; b and c may differ."""
    layers = []
    for inputs, outputs in zip(sizes[::2], sizes[1::2], strict=True):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def conv_net(channels, features):
    """A net for images of 9 x 9 pixels; its last layer fits if `features` is 4 * 7 * 7."""
    return nn.Sequential(nn.Conv2d(channels, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(features, 5))


def sizes_in(message):
    assert type(message) is str, "the answer for a mismatch must be the message, as a str"
    return {int(number) for number in re.findall(r"\d+", message)}


def state_of(net, X):
    """What must not change, as plain values."""
    return {
        "X": X.clone(),
        "parameters": {name: parameter.detach().clone() for name, parameter in net.named_parameters()},
        "requires_grad": [parameter.requires_grad for parameter in net.parameters()],
        "hooks": [len(module._forward_hooks) + len(module._forward_pre_hooks) for module in net.modules()],
        "training": [module.training for module in net.modules()],
    }


def lazy_layer_behind(call, net, X, Z):
    """Call the function, and see whether the lazy last layer of `net` can still take its shape from `Z`."""
    answer = call(net, X)
    refused = error_of(net[-1], Z)
    if refused:
        return answer, refused, None, None, None
    return answer, None, net[-1](Z), net[-1].weight, net[-1].bias


def assert_unchanged(seen, cases):
    for state, (net, X) in zip(seen, cases, strict=True):
        expected = state_of(net, X)
        assert_close(state["X"], expected["X"], msg="X was changed")
        assert list(state["parameters"]) == list(expected["parameters"]), "layers of net came or went"
        for name, value in expected["parameters"].items():
            assert_close(state["parameters"][name], value, msg=f"the parameter {name} was changed")
        assert state["requires_grad"] == expected["requires_grad"], "requires_grad of a parameter was changed"
        assert state["hooks"] == expected["hooks"], "hooks were left in net"
        assert state["training"] == expected["training"], "net was left in another mode (training, evaluation)"


def assert_still_lazy(seen, Z):
    refused, outputs, weight, bias = seen
    assert refused is None, "the lazy layer behind the failing one had a shape already"
    assert_close(outputs, Z @ weight.T + bias)


# Of these only the shapes matter, so probes and checks make their own.


def fitting():
    """Nets and inputs that they accept; the last one is not a Sequential."""
    pixels = 4 * 7 * 7
    return [
        (mlp(7, 12, 12, 4), torch.rand(5, 7)),
        (mlp(7, 12, 12, 4), torch.rand(7)),
        (mlp(7, 12, 12, 4), torch.rand(2, 8, 7)),
        (mlp(7, 12, 12, 4).double(), torch.rand(5, 7, dtype=torch.float64)),
        (conv_net(6, pixels), torch.rand(2, 6, 9, 9)),
        (nn.Sequential(nn.Linear(7, 12), nn.BatchNorm1d(12), nn.Linear(12, 4)), torch.rand(5, 7)),
        (nn.Sequential(nn.Embedding(11, 6), nn.Linear(6, 3)), torch.randint(11, (5, 2))),
        (nn.Sequential(nn.Linear(7, 12), Residual(12, 9), nn.Linear(12, 4)), torch.rand(5, 7)),
        (Residual(7, 4), torch.rand(5, 7)),
    ]


def unfitting():
    """Nets whose first layer refuses the input."""
    return [
        (mlp(7, 12, 12, 4), torch.rand(5, 8)),
        (mlp(7, 12, 12, 4), torch.rand(8)),
        (mlp(7, 12, 12, 4), torch.rand(2, 7, 8)),
        (conv_net(6, 4 * 7 * 7), torch.rand(2, 5, 9, 9)),
    ]


@pytest.fixture
def cases():
    """Mismatches at layer 2 in nets in training and in evaluation mode, and one net that fits."""
    return [
        (mlp(7, 12, 13, 4), torch.rand(5, 7)),
        (mlp(7, 12, 13, 4).eval(), torch.rand(7)),
        (mlp(7, 12, 13, 4), torch.rand(2, 3, 7)),
        (mlp(7, 12, 12, 4).eval(), torch.rand(5, 7)),
    ]


@pytest.fixture
def lazy_net():
    return nn.Sequential(nn.Linear(7, 12), nn.ReLU(), nn.Linear(13, 9), nn.LazyLinear(4))


@pytest.fixture
def lazy_X():
    return torch.rand(5, 7)


@pytest.fixture
def Z():
    return torch.rand(6, 11)


@pytest.fixture
def tokens():
    return [f"token {number}" for number in torch.randint(10**6, (2,)).tolist()]


@pytest.fixture
def faulty(tokens):
    """Nets with a layer whose fault is no mismatch."""
    key, kind = tokens
    return [
        (nn.Sequential(nn.Linear(7, 12), Raises(KeyError(key)), nn.Linear(12, 4)), torch.rand(5, 7)),
        (nn.Sequential(nn.Linear(7, 12), nn.ReLU(), Raises(TypeError(kind))), torch.rand(5, 7)),
    ]


# dimension_error


@probe
def answers(student):
    return [[student.dimension_error(net, X) for net, X in nets] for nets in (fitting(), unfitting())]


@pytest.mark.points(2)
@pytest.mark.hint(
    "Only the net itself can tell whether it accepts an input. Think of inputs with one or three axes, of "
    "integers, and of layers that have no in_features."
)
def test_message_only_where_something_does_not_fit(answers):
    """dimension_error: None if the input fits, a message if it does not"""
    for answer, (net, X) in zip(answers[0], fitting(), strict=True):
        assert answer is None, f"not None, though X of shape {tuple(X.shape)} fits {net}"
    for answer, (net, X) in zip(answers[1], unfitting(), strict=True):
        assert type(answer) is str, f"no message, though X of shape {tuple(X.shape)} does not fit {net}"


@probe
def message_of_first_layer(student):
    return student.dimension_error(mlp(17, 8, 8, 3), torch.rand(5, 20))


@pytest.mark.hint("PyTorch's own message says which sizes it could not bring together. Hand on that text.")
def test_message_names_both_sizes(message_of_first_layer):
    """dimension_error: the message names both sizes that do not go together"""
    sizes = sizes_in(message_of_first_layer)
    assert sizes >= {20, 17}, "the message does not name the input's width 20 and the layer's 17"


@probe
def messages_of_later_layers(student):
    nets = [mlp(7, 12, 13, 9, 9, 4), mlp(7, 12, 12, 15, 14, 4), conv_net(6, 150)]
    nets.append(nn.Sequential(nn.Embedding(11, 18), nn.Linear(19, 3)))
    inputs = [
        torch.rand(5, 7),
        torch.rand(2, 3, 7),
        torch.rand(2, 6, 9, 9),
        torch.ones(5, 2, dtype=torch.long),
    ]
    return [student.dimension_error(net, X) for net, X in zip(nets, inputs, strict=True)]


@pytest.mark.hint("The input may suit the first layer and the trouble begin further back. Who finds out, and when?")
def test_message_comes_from_the_layer_that_refuses(messages_of_later_layers):
    """dimension_error: a mismatch between two layers further back is reported as well"""
    for message, sizes in zip(messages_of_later_layers, ({12, 13}, {15, 14}, {4 * 7 * 7, 150}, {18, 19}), strict=True):
        assert sizes_in(message) >= sizes, f"the sizes that clash are {sizes}; the message was: {message}"


@probe
def message_of_batch_norm(student, images):
    return student.dimension_error(nn.Sequential(nn.Conv2d(6, 4, 3), nn.BatchNorm1d(4)), images)


@pytest.fixture
def images():
    return torch.rand(2, 6, 9, 9)


@pytest.mark.hint("Not every layer of PyTorch raises the same class of exception when a shape is wrong.")
def test_value_error_is_a_mismatch(message_of_batch_norm):
    """dimension_error: a ValueError about the shape (here from a BatchNorm1d) counts as well"""
    assert sizes_in(message_of_batch_norm) >= {2, 4}, "the message does not say that 4 axes came in place of 2"


@probe
def errors_of_message(student, faulty):
    return [error_of(student.dimension_error, net, X) for net, X in faulty]


def assert_passed_on(errors, tokens):
    for error, expected, token in zip(errors, ("KeyError", "TypeError"), tokens, strict=True):
        assert error is not None, f"the {expected} of a layer was swallowed"
        assert error[0][0] == expected, "an error that is no mismatch came out as another one"
        assert token in error[1], "an error that is no mismatch came out with another text"


@pytest.mark.hint("How much does your except clause catch? An error that you did not expect should stay visible.")
def test_other_errors_are_not_swallowed(errors_of_message, tokens):
    """dimension_error: a KeyError or TypeError from a layer is no mismatch and goes on to the caller"""
    assert_passed_on(errors_of_message, tokens)


@probe
def after_message(student, cases):
    return [(student.dimension_error(net, X), state_of(net, X)) for net, X in cases]


@probe
def lazy_after_message(student, lazy_net, lazy_X, Z):
    return lazy_layer_behind(student.dimension_error, lazy_net, lazy_X, Z)


@pytest.mark.hint("Looking should change nothing: not the parameters, the mode or the input, nor layers further back.")
def test_asking_for_the_message_changes_nothing(after_message, cases, lazy_after_message, Z):
    """dimension_error: net and X are as before, and a lazy layer behind the failing one is still lazy"""
    assert [type(answer) for answer, _ in after_message] == [str, str, str, type(None)]
    assert_unchanged([state for _, state in after_message], cases)
    assert type(lazy_after_message[0]) is str
    assert_still_lazy(lazy_after_message[1:], Z)


# first_mismatch


def assert_indices(seen, expected):
    assert seen == expected
    assert all(type(index) is int for index in seen), "an index must be an int"


@probe
def indices_if_fitting(student, cases):
    return [student.first_mismatch(net, X) for net, X in [*fitting()[:-1], *cases[:3]]]


@pytest.mark.hint("If no layer complains, the answer is neither a number nor a text.")
def test_none_if_everything_fits(indices_if_fitting):
    """first_mismatch: None if the input gets through, and only then"""
    for index, (net, X) in zip(indices_if_fitting, fitting()[:-1], strict=False):
        assert index is None, f"{index} in place of None, though X of shape {tuple(X.shape)} fits {net}"
    assert all(index is not None for index in indices_if_fitting[-3:]), "None, though a layer refuses"


@probe
def first_indices(student):
    return [student.first_mismatch(net, X) for net, X in unfitting()]


@pytest.mark.hint("An input can be wrong from the start. And 0 is an answer like any other.")
def test_mismatch_at_the_first_layer(first_indices):
    """first_mismatch: 0 if X does not even pass the first layer"""
    assert_indices(first_indices, [0] * len(unfitting()))


@probe
def middle_indices(student):
    nets = [mlp(7, 12, 13, 9, 9, 4), mlp(7, 12, 12, 9, 10, 9, 9, 4), mlp(7, 12, 11, 8, 9, 4)]
    return [student.first_mismatch(net, torch.rand(5, 7)) for net in nets]


@pytest.mark.points(2)
@pytest.mark.hint("The first layer is not to blame for everything. What reaches the layer behind it?")
def test_mismatch_at_a_middle_layer(middle_indices):
    """first_mismatch: the index is right for a layer in the middle, and it is the first that refuses"""
    assert_indices(middle_indices, [2, 4, 2])


@probe
def last_indices(student):
    nets = [mlp(7, 12, 13, 4), mlp(7, 12, 12, 9, 10, 4)]
    return [student.first_mismatch(net, torch.rand(5, 7)) for net in nets]


@pytest.mark.hint("Does your search reach the very last layer?")
def test_mismatch_at_the_last_layer(last_indices):
    """first_mismatch: the index is right for the last layer"""
    assert_indices(last_indices, [2, 4])


@probe
def indices_of_other_layers(student, images):
    cases = [
        (conv_net(6, 150), images),
        (nn.Sequential(nn.Embedding(11, 6), nn.Linear(7, 3)), torch.ones(5, 2, dtype=torch.long)),
        (nn.Sequential(nn.Linear(7, 6), mlp(6, 9, 9, 5), nn.Linear(8, 3)), torch.rand(5, 7)),
        (nn.Sequential(nn.Linear(7, 6), nn.ReLU(), mlp(6, 9, 8, 5), nn.Linear(5, 3)), torch.rand(5, 7)),
        (nn.Sequential(nn.Linear(7, 9), Residual(9, 4), nn.Dropout(), nn.Linear(8, 3)), torch.rand(5, 7)),
        (nn.Sequential(nn.Conv2d(6, 4, 3), nn.BatchNorm1d(4)), images),
    ]
    return [student.first_mismatch(net, X) for net, X in cases]


@pytest.mark.hint("Let each layer answer for itself: a block, a convolution or an embedding shows its widths nowhere.")
def test_layers_of_any_kind(indices_of_other_layers):
    """first_mismatch: works with convolutions, embeddings, blocks within the net, BatchNorm"""
    assert_indices(indices_of_other_layers, [3, 1, 2, 2, 3, 1])


@probe
def errors_of_index(student, faulty):
    return [error_of(student.first_mismatch, net, X) for net, X in faulty]


@pytest.mark.hint("How much does your except clause catch? A layer with a bug is not a layer with the wrong width.")
def test_other_errors_are_no_index(errors_of_index, tokens):
    """first_mismatch: a KeyError or TypeError from a layer is no mismatch and goes on to the caller"""
    assert_passed_on(errors_of_index, tokens)


@probe
def after_index(student, cases):
    return [(student.first_mismatch(net, X), state_of(net, X)) for net, X in cases]


@pytest.mark.hint("Looking for the layer should not repair, remove or switch anything.")
def test_searching_changes_nothing(after_index, cases):
    """first_mismatch: layers, parameters, mode and X are as before"""
    assert_indices([index for index, _ in after_index[:3]], [2, 2, 2])
    assert_unchanged([state for _, state in after_index], cases)


@probe
def lazy_after_index(student, lazy_net, lazy_X, Z):
    return lazy_layer_behind(student.first_mismatch, lazy_net, lazy_X, Z)


@pytest.mark.hint(
    "A lazy layer takes its shape from the first data that reaches it. Should any data get past a failure?"
)
def test_lazy_layers_behind_stay_lazy(lazy_after_index, Z):
    """first_mismatch: a lazy layer behind the failing one has not been given a shape"""
    assert_indices([lazy_after_index[0]], [2])
    assert_still_lazy(lazy_after_index[1:], Z)
