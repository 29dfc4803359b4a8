"""Deferred initialisation: what is initialised when the net is built, and what when data comes?"""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe

SIZES = [(7, 12, 5), (11, 4, 9)]


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
        weights = [value for value in found.values() if isinstance(value, torch.Tensor) and value.dim() == 2]
        assert len(weights[0].unique()) > hidden, "the first layer's weight has not been drawn at random"


@pytest.mark.hint(
    "If the input size of a layer is not given, PyTorch has a kind of layer which finds it out itself."
)
def test_last_layer_waits(built):
    """build_net: before any data has come, the last layer's weight and bias have no shape"""
    for found in built:
        waiting = [value for value in found.values() if not isinstance(value, torch.Tensor)]
        assert len(waiting) == 2, f"of {len(found)} parameters, {len(waiting)} have no shape yet"
        assert all("RuntimeError" in names for names in waiting)


@probe
def run_once(student, inputs):
    seen = []
    for sizes, X in zip(SIZES, inputs, strict=True):
        net = student.build_net(*sizes)
        before = parameters_of(net)
        seen.append((before, net(X), net(X), parameters_of(net)))
    return seen


@pytest.mark.hint(
    "What does the last layer see when the first batch arrives? That is where its missing size comes from."
)
def test_data_brings_the_missing_shape(run_once):
    """build_net: after one input both layers have the weights and biases that they should have"""
    for (before, _, _, after), (inputs, hidden, outputs) in zip(run_once, SIZES, strict=True):
        assert len(before) == len(after) == 4, "a net of two layers has two weights and two biases"
        assert shapes(after) == sorted([(hidden, inputs), (hidden,), (outputs, hidden), (outputs,)])


@pytest.mark.hint(
    "Follow the data: a layer, a ReLU, a layer. The first input must not give the first layer new weights."
)
def test_output_is_that_of_the_layers(run_once, inputs):
    """build_net: the output is Linear, ReLU, Linear; the first layer keeps the weights that it had before"""
    for (before, first, second, after), X, sizes in zip(run_once, inputs, SIZES, strict=True):
        early = {value.dim(): value for value in before.values() if isinstance(value, torch.Tensor)}
        late = [value for name, value in after.items() if not isinstance(before[name], torch.Tensor)]
        late = {value.dim(): value for value in late}
        assert first.shape == (*X.shape[:-1], sizes[2])
        hidden = torch.relu(X @ early[2].T + early[1])
        assert_close(first, hidden @ late[2].T + late[1])
        assert_close(second, first)


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
    """uninitialized: names exactly the parameters without a shape, in order"""
    assert names_of_some == ["2.weight", "2.bias", "4.weight", "4.bias"]


@probe
def names_of_extremes(student):
    nets = [
        nn.Sequential(nn.Linear(7, 5), nn.Tanh(), nn.Linear(5, 2)),
        nn.Sequential(nn.LazyLinear(5), nn.Tanh(), nn.LazyLinear(2, bias=False)),
        nn.LazyLinear(5),
        nn.ReLU(),
    ]
    return [student.uninitialized(net) for net in nets]


@pytest.mark.hint(
    "A net may be lazy from its first layer on, or not at all, or be a single layer without inner modules."
)
def test_no_lazy_layer_or_only_lazy_ones(names_of_extremes):
    """uninitialized: right as well for a net with no lazy layer, with lazy layers only, and for one lazy layer alone"""
    assert names_of_extremes == [[], ["0.weight", "0.bias", "2.weight"], ["weight", "bias"], []]


@pytest.fixture
def nested():
    return Branches()


@probe
def names_of_nested(student, nested):
    return student.uninitialized(nested)


@pytest.mark.hint(
    "A child may have children of its own. Is there a way to reach all parameters, however deep they are?"
)
def test_nested_nets(names_of_nested):
    """uninitialized: finds lazy layers at any depth, with their full names"""
    stem, head, body = "stem.2.", "heads.right.", "body.0.1.0."
    pairs = [prefix + name for prefix in (stem, head, body) for name in ("weight", "bias")]
    assert names_of_nested == [*pairs, "last.weight"]


@probe
def names_of_other_kinds(student):
    net = nn.Sequential(nn.LazyConv2d(4, 3), nn.LazyBatchNorm2d(), nn.Flatten(), Scale(6), nn.Linear(6, 2))
    return student.uninitialized(net)


@pytest.mark.hint(
    "Laziness belongs to a parameter, not to a class of layers; and a running mean is no parameter."
)
def test_layers_of_any_kind(names_of_other_kinds):
    """uninitialized: works for convolutions, BatchNorm and layers made by hand, and does not name buffers"""
    assert names_of_other_kinds == ["0.weight", "0.bias", "1.weight", "1.bias", "3.factor"]


@probe
def after_asking(student, partly_lazy, X):
    answers = [student.uninitialized(partly_lazy) for _ in range(2)]
    between = parameters_of(partly_lazy)
    buffers = {name: buffer.clone() for name, buffer in partly_lazy.named_buffers()}
    training = [module.training for module in partly_lazy.modules()]
    partly_lazy(X)
    return answers, between, buffers, training, student.uninitialized(partly_lazy)


@pytest.mark.hint(
    "To ask is not to run: no data should pass through the net, and no shape should be decided."
)
def test_asking_initialises_nothing(after_asking, partly_lazy):
    """uninitialized: asking twice gives the same answer, and the net is as before"""
    answers, between, buffers, training, _ = after_asking
    assert answers == [["2.weight", "2.bias", "4.weight", "4.bias"]] * 2
    for name, value in parameters_of(partly_lazy).items():
        if isinstance(value, torch.Tensor):
            assert_close(between[name], value, msg=f"the parameter {name} was changed")
        else:
            assert between[name] == value, f"the parameter {name} has a shape, though no data has come"
    for name, value in partly_lazy.named_buffers():
        assert_close(buffers[name], value, msg=f"{name} was changed: was data sent through the net?")
    assert training == [True] * len(training), "the net is no longer in training mode"


@pytest.mark.hint(
    "Look at the net as it is now, each time anew. What has the first data done to the lazy layers?"
)
def test_nothing_left_after_data(after_asking):
    """uninitialized: once data has gone through the net, the list is empty"""
    assert after_asking[0][0] == ["2.weight", "2.bias", "4.weight", "4.bias"]
    assert after_asking[-1] == []
