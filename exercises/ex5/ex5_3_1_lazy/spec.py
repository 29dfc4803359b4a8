"""Deferred initialisation: what is initialised when the net is built, and what when data comes?"""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe

SIZES = [(7, 12, 5), (11, 4, 9)]
LAZY_NAMES = ["2.weight", "2.bias", "4.weight", "4.bias"]
BRANCHES_NAMES = [
    *("stem.2.weight", "stem.2.bias", "heads.right.weight", "heads.right.bias"),
    *("body.0.1.0.weight", "body.0.1.0.bias", "last.weight"),
]


class Scale(nn.Module):
    """A layer made by hand: one parameter with a shape, one without."""

    def __init__(self, width):
        super().__init__()
        self.shift = nn.Parameter(torch.rand(width))
        self.factor = nn.UninitializedParameter()


class Branches(nn.Module):
    """Lazy layers on several levels, in an order which is not that of the alphabet."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.LazyLinear(9))
        self.heads = nn.ModuleDict({"right": nn.LazyLinear(3), "left": nn.Linear(9, 4)})
        self.body = nn.Sequential(nn.Sequential(nn.Linear(9, 9), nn.Sequential(nn.LazyLinear(2))))
        self.last = nn.LazyLinear(5, bias=False)


def parameters_of(net):
    """Every parameter as a tensor, or the error that comes if one asks for its shape."""
    found = {}
    for name, parameter in net.named_parameters():
        error = error_of(lambda parameter=parameter: parameter.shape)
        found[name] = parameter.detach().clone() if error is None else error[0]
    return found


def shapes(found):
    """The shapes of the parameters that have one, sorted."""
    return sorted(tuple(value.shape) for value in found.values() if isinstance(value, torch.Tensor))


def by_shape(found):
    """The parameters by their shapes; in these nets no two are alike."""
    return {tuple(value.shape): value for value in found.values() if isinstance(value, torch.Tensor)}


def assert_names(seen, expected):
    """The right names; their order is a check of its own."""
    assert sorted(seen) == sorted(expected)


# build_net


@pytest.fixture
def inputs():
    return [torch.rand(6, SIZES[0][0]), torch.rand(3, 2, SIZES[1][0])]


@pytest.fixture
def wrong_inputs():
    return [torch.rand(6, 8), torch.rand(3, 11, 10)]


@probe
def built(student):
    return [parameters_of(student.build_net(*sizes)) for sizes in SIZES]


@pytest.mark.hint("Of which layer are both sizes known from the start? That one has no reason to wait.")
def test_first_layer_is_initialised_at_once(built):
    """build_net: the first layer has its weight and bias as soon as the net is built"""
    for found, (inputs, hidden, _) in zip(built, SIZES, strict=True):
        assert set(shapes(found)) >= {(hidden, inputs), (hidden,)}
        weight = by_shape(found)[hidden, inputs]
        assert len(weight.unique()) > hidden, "the first layer's weight has not been drawn at random"


@probe
def run_twice(student, inputs):
    seen = []
    for sizes, X in zip(SIZES, inputs, strict=True):
        net = student.build_net(*sizes)
        before = parameters_of(net)
        seen.append((before, net(X), net(X), parameters_of(net)))
    return seen


@pytest.mark.hint("PyTorch has a kind of layer that finds its input size by itself. When does it do so?")
def test_last_layer_waits(run_twice):
    """build_net: the last layer's weight and bias have no shape before any data has come"""
    for (before, _, _, after), (_, hidden, outputs) in zip(run_twice, SIZES, strict=True):
        waiting = [name for name, value in before.items() if not isinstance(value, torch.Tensor)]
        found = shapes({name: after[name] for name in waiting})
        assert set(found) >= {(outputs, hidden), (outputs,)}, (
            "the last layer had its shape before any data came, or was not there yet"
        )


@pytest.mark.hint("What does the last layer see when the first data arrives? Its missing size comes from there.")
def test_data_brings_the_missing_shape(run_twice):
    """build_net: the net lists two weights and two biases, and after one input all have the right shape"""
    for (before, _, _, after), (inputs, hidden, outputs) in zip(run_twice, SIZES, strict=True):
        assert len(before) == 4, "two weights and two biases should be listed from the start"
        assert shapes(after) == sorted([(hidden, inputs), (hidden,), (outputs, hidden), (outputs,)])


@pytest.mark.hint("Follow the data: a layer, a ReLU, a layer. What was initialised when it came should stay.")
def test_output_is_that_of_the_layers(run_twice, inputs):
    """build_net: the output is Linear, ReLU, Linear; the first layer keeps the weights that it had before"""
    for (before, first, second, after), X, sizes in zip(run_twice, inputs, SIZES, strict=True):
        _, hidden, outputs = sizes
        found = by_shape(after)
        H = torch.relu(X @ found[hidden, sizes[0]].T + found[hidden,])
        assert_close(first, H @ found[outputs, hidden].T + found[outputs,])
        assert_close(second, first)
        for name, value in before.items():
            if isinstance(value, torch.Tensor):
                assert_close(after[name], value, msg=f"{name} was initialised once more when data came")


@probe
def widths(student, inputs, wrong_inputs):
    seen = []
    for sizes, X, wrong in zip(SIZES, inputs, wrong_inputs, strict=True):
        net = student.build_net(*sizes)
        refused_first = error_of(net, wrong)
        Y = net(X)
        seen.append((refused_first, tuple(Y.shape), error_of(net, wrong)))
    return seen


@pytest.mark.hint(
    "Deferred initialisation is no licence for every width: only what was left open may be found out later."
)
def test_wrong_width_is_refused(widths, inputs):
    """build_net: an input of another width than in_features is refused, before and after the right one"""
    for (before, shape, after), X, sizes in zip(widths, inputs, SIZES, strict=True):
        assert shape == (*X.shape[:-1], sizes[2])
        assert before is not None, "the new net accepted an input of the wrong width"
        assert after is not None, "the net accepted an input of the wrong width, after one of the right width"


# uninitialized


@pytest.fixture
def X():
    return torch.rand(6, 7)


@pytest.fixture
def partly_lazy():
    net = nn.Sequential(nn.Linear(7, 12), nn.BatchNorm1d(12), nn.LazyLinear(9), nn.ReLU(), nn.LazyLinear(4))
    return net.append(nn.Linear(4, 3))


@probe
def names_of_some(student, partly_lazy):
    return student.uninitialized(partly_lazy)


@pytest.mark.points(2)
@pytest.mark.hint("Go through all parameters with their names. Which of them can say what shape they have?")
def test_names_of_what_has_no_shape(names_of_some):
    """uninitialized: names exactly the parameters without a shape"""
    assert_names(names_of_some, LAZY_NAMES)


@probe
def names_of_extremes(student):
    nets = [
        nn.Sequential(nn.Linear(7, 5), nn.Tanh(), nn.Linear(5, 2)),
        nn.Sequential(nn.LazyLinear(5), nn.Tanh(), nn.LazyLinear(2, bias=False)),
        nn.LazyLinear(5),
        nn.ReLU(),
    ]
    return [student.uninitialized(net) for net in nets]


@pytest.mark.hint("A net may be lazy from its first layer on, or not at all, or be a single layer.")
def test_no_lazy_layer_or_only_lazy_ones(names_of_extremes):
    """uninitialized: right for nets with no lazy layer, with lazy layers only, and for a single layer"""
    expected = [[], ["0.weight", "0.bias", "2.weight"], ["weight", "bias"], []]
    for seen, names in zip(names_of_extremes, expected, strict=True):
        assert_names(seen, names)


@probe
def names_of_nested(student):
    return student.uninitialized(Branches())


@pytest.mark.hint("A child may have children of its own. Can all parameters be reached, however deep they are?")
def test_nested_nets(names_of_nested):
    """uninitialized: finds lazy layers at any depth, with their full names"""
    assert_names(names_of_nested, BRANCHES_NAMES)


@pytest.mark.hint("Does the order of the net survive in what you return?")
def test_list_in_the_order_of_the_net(names_of_some, names_of_nested):
    """uninitialized: the answer is a list, in the order of named_parameters"""
    assert names_of_some == LAZY_NAMES
    assert names_of_nested == BRANCHES_NAMES


@probe
def names_of_an_image_net(student):
    net = nn.Sequential(nn.LazyConv2d(4, 3), nn.LazyBatchNorm2d(), nn.Flatten(), nn.Linear(6, 2))
    return student.uninitialized(net)


@pytest.mark.hint("Lazy layers come in many kinds. And is a running mean a parameter?")
def test_other_layers_and_their_buffers(names_of_an_image_net):
    """uninitialized: works for lazy convolutions and BatchNorm, whose buffers are not named"""
    assert_names(names_of_an_image_net, ["0.weight", "0.bias", "1.weight", "1.bias"])


@probe
def names_of_hand_made(student):
    return student.uninitialized(nn.Sequential(nn.Linear(7, 6), Scale(6), nn.LazyLinear(2)))


@pytest.mark.hint("Is being without a shape a matter of the layer's class, or of each parameter?")
def test_layers_made_by_hand(names_of_hand_made):
    """uninitialized: in a layer made by hand, names the parameter without a shape and not the one with"""
    assert_names(names_of_hand_made, ["1.factor", "2.weight", "2.bias"])


@probe
def after_asking(student, partly_lazy, X):
    answers = [student.uninitialized(partly_lazy) for _ in range(2)]
    between = parameters_of(partly_lazy)
    buffers = {name: buffer.clone() for name, buffer in partly_lazy.named_buffers()}
    training = [module.training for module in partly_lazy.modules()]
    partly_lazy(X)
    return answers, between, buffers, training, student.uninitialized(partly_lazy)


@pytest.mark.hint("To ask is not to run: no data should pass through the net, and no shape should be decided.")
def test_asking_initialises_nothing(after_asking, partly_lazy):
    """uninitialized: asking twice gives the same answer, and the net is as before"""
    answers, between, buffers, training, _ = after_asking
    assert len(answers[0]) > 0, "nothing was named, though the net has lazy layers"
    assert answers[0] == answers[1], "the second answer is another one"
    for name, value in parameters_of(partly_lazy).items():
        if isinstance(value, torch.Tensor):
            assert_close(between[name], value, msg=f"the parameter {name} was changed")
        else:
            assert between[name] == value, f"the parameter {name} has a shape, though no data has come"
    for name, value in partly_lazy.named_buffers():
        assert_close(buffers[name], value, msg=f"{name} was changed: was data sent through the net?")
    assert training == [True] * 7, "the net is no longer in training mode"


@pytest.mark.hint("Look at the net as it is now, each time anew. What has data done to the lazy layers?")
def test_nothing_left_after_data(after_asking):
    """uninitialized: once data has gone through the net, the list is empty"""
    assert len(after_asking[0][0]) > 0, "nothing was named before, though the net has lazy layers"
    assert after_asking[-1] == []
