"""count_parameters(net): numbers stored, and numbers without sharing. BENEFITS: what sharing is good for."""

import pytest
import torch
from torch import nn

from grader.spec import probe


class Twice(nn.Module):
    """Calls its one hidden layer twice."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 7)
        self.hidden = nn.Linear(7, 7)

    def forward(self, X):
        return self.hidden(self.hidden(self.first(X)))


class Coder(nn.Module):
    """Has a parameter of its own, which is also the weight of a layer."""

    def __init__(self):
        super().__init__()
        self.table = nn.Parameter(torch.randn(9, 5))
        self.scale = nn.Parameter(torch.randn(3))
        self.out = nn.Linear(5, 9)
        self.out.weight = self.table


def assert_counts(seen, stored, without_sharing):
    assert seen == (stored, without_sharing)
    assert [type(number) for number in seen] == [int, int], "both counts must be plain ints"


@pytest.fixture
def untied():
    last = nn.Sequential(nn.Flatten(), nn.Linear(4 * 3, 7, bias=False))
    return nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Unflatten(1, (1, 5)), nn.Conv1d(1, 4, 3), last)


@pytest.fixture
def used_twice():
    layer = nn.Linear(6, 6)
    return nn.Sequential(nn.Linear(3, 6), layer, nn.ReLU(), layer, nn.Linear(6, 2))


@pytest.fixture
def used_three_times():
    layer = nn.Linear(5, 5)
    return nn.Sequential(nn.Linear(8, 5), layer, nn.ReLU(), layer, nn.ReLU(), layer)


@pytest.fixture
def tied_weight():
    net = nn.Sequential(nn.Linear(3, 7), nn.Linear(7, 7), nn.ReLU(), nn.Linear(7, 7))
    net[3].weight = net[1].weight
    return net


@pytest.fixture
def nested():
    layer = nn.Linear(4, 4)
    block = nn.Sequential(layer, nn.Tanh(), layer, nn.Linear(4, 4, bias=False))
    return nn.Sequential(block, nn.ModuleDict({"again": block, "alone": layer}), nn.Linear(4, 3))


@pytest.fixture
def frozen_and_buffers():
    norm = nn.BatchNorm1d(6)
    net = nn.Sequential(nn.Linear(3, 6), norm, nn.Linear(6, 6), norm)
    net[0].requires_grad_(False)
    net[1].weight.requires_grad_(False)
    return net


@pytest.fixture
def equal_values():
    net = nn.Sequential(nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 6))
    net[2].load_state_dict(net[0].state_dict())
    return net


@pytest.fixture
def called_twice():
    return Twice()


@pytest.fixture
def coder():
    return nn.ModuleDict({"a": Coder(), "b": nn.Linear(2, 4)})


@probe
def counts_untied(student, untied):
    return student.count_parameters(untied)


@probe
def counts_twice(student, used_twice):
    return student.count_parameters(used_twice)


@probe
def counts_three_times(student, used_three_times):
    return student.count_parameters(used_three_times)


@probe
def counts_tied_weight(student, tied_weight):
    return student.count_parameters(tied_weight)


@probe
def counts_nested(student, nested):
    return student.count_parameters(nested)


@probe
def counts_frozen(student, frozen_and_buffers):
    return student.count_parameters(frozen_and_buffers)


@probe
def counts_equal(student, equal_values):
    return student.count_parameters(equal_values)


@probe
def counts_called_twice(student, called_twice):
    return student.count_parameters(called_twice)


@probe
def counts_coder(student, coder):
    return student.count_parameters(coder)


@probe
def benefits(student):
    return student.BENEFITS


@pytest.mark.hint("Work it out by hand for Linear(3, 5). The second number is never smaller than the first.")
def test_nothing_shared(counts_untied):
    """Without sharing both numbers are the same"""
    size = (3 * 5 + 5) + (4 * 3 + 4) + 4 * 3 * 7
    assert_counts(counts_untied, size, size)


@pytest.mark.hint("parameters() gives each parameter once. What gives it once for every place?")
def test_layer_used_twice(counts_twice):
    """A layer that stands in the net twice is stored once and counts twice without sharing"""
    rest, shared = (3 * 6 + 6) + (6 * 2 + 2), 6 * 6 + 6
    assert_counts(counts_twice, rest + shared, rest + 2 * shared)


@pytest.mark.hint("Nothing in the definition stops at two uses.")
def test_layer_used_three_times(counts_three_times):
    """A layer that stands in the net three times counts three times"""
    rest, shared = 8 * 5 + 5, 5 * 5 + 5
    assert_counts(counts_three_times, rest + shared, rest + 3 * shared)


@pytest.mark.hint("The layers are two, their weight is one. Can one see that by comparing layers?")
def test_tied_weight_with_own_biases(counts_tied_weight):
    """A weight assigned to a second layer is shared, the biases of the two layers are not"""
    rest, weight, bias = 3 * 7 + 7, 7 * 7, 7
    assert_counts(counts_tied_weight, rest + weight + 2 * bias, rest + 2 * weight + 2 * bias)


@pytest.mark.hint("Follow every way from the net down to the layer: each way is a name.")
def test_nested_sharing(counts_nested):
    """A shared layer in a shared block counts once for every way that leads to it"""
    layer, own, rest = 4 * 4 + 4, 4 * 4, 4 * 3 + 3
    assert_counts(counts_nested, layer + own + rest, 5 * layer + 2 * own + rest)


@pytest.mark.hint("Freezing saves no memory. And not every tensor of a layer is a parameter.")
def test_frozen_count_and_buffers_do_not(counts_frozen):
    """Frozen parameters count, buffers do not"""
    first, norm, last = 3 * 6 + 6, 2 * 6, 6 * 6 + 6
    assert_counts(counts_frozen, first + norm + last, first + 2 * norm + last)


@pytest.mark.hint("Two parameters with equal values today may differ tomorrow.")
def test_equal_values_are_not_shared(counts_equal):
    """Parameters with equal values are not shared"""
    assert_counts(counts_equal, 2 * (6 * 6 + 6), 2 * (6 * 6 + 6))


@pytest.mark.hint("Is it the structure of the net that is counted here, or what forward does with it?")
def test_two_calls_in_forward_are_one_use(counts_called_twice):
    """A layer that forward calls twice, but that stands in the net once, counts once"""
    size = (4 * 7 + 7) + (7 * 7 + 7)
    assert_counts(counts_called_twice, size, size)


@pytest.mark.hint("A parameter need not be in a layer of the library: any module may have some of its own.")
def test_parameters_of_the_model_itself(counts_coder):
    """A module's own parameters count too, and may be shared with a layer"""
    table, rest = 9 * 5, 3 + 9 + (2 * 4 + 4)
    assert_counts(counts_coder, table + rest, 2 * table + rest)


def assert_right_about(benefits, true, false):
    """Of these statements exactly the true ones are in the set; nothing unknown is in it."""
    numbers = {"fewer_parameters", "smaller_files", "fewer_multiplications"}
    gradients = {"summed_gradients", "independent_gradients"}
    places = {"built_in_symmetry", "different_shapes", "always_more_accurate"}
    assert benefits & (true | false) == true
    assert benefits - (numbers | gradients | places) == set(), "the set holds a name which is not in the list"


@pytest.mark.hint("Count, save both nets to a file and look at its size, and count what one forward pass multiplies.")
def test_benefits_in_numbers(benefits):
    """BENEFITS is right about parameters, files and multiplications"""
    assert_right_about(benefits, {"fewer_parameters", "smaller_files"}, {"fewer_multiplications"})


@pytest.mark.hint("How many tensors are in .grad for a weight with two uses, and what is in them?")
def test_benefits_for_gradients(benefits):
    """BENEFITS is right about gradients"""
    assert_right_about(benefits, {"summed_gradients"}, {"independent_gradients"})


@pytest.mark.hint("One weight is one tensor of one shape. And 'on every task' is a strong claim.")
def test_benefits_for_models(benefits):
    """BENEFITS is right about what sharing makes of a model"""
    assert_right_about(benefits, {"built_in_symmetry"}, {"different_shapes", "always_more_accurate"})
