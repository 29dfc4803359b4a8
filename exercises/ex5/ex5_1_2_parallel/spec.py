"""Parallel(net1, net2): one input, two nets, their outputs side by side."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import probe


class Recorder(nn.Module):
    """A layer that remembers what it was given, and gives it back with a weight."""

    def __init__(self, weight):
        super().__init__()
        self.weight = weight
        self.seen = []

    def forward(self, X):
        self.seen.append(X.detach().clone())
        return X * self.weight


def both(net1, net2, x):
    return torch.cat([net1(x), net2(x)], dim=1)


@pytest.fixture
def net1():
    return nn.Linear(10, 12)


@pytest.fixture
def net2():
    return nn.Sequential(nn.Linear(10, 24), nn.Tanh())


@pytest.fixture
def x():
    return torch.randn(4, 10)


@probe
def joined(student, net1, net2, x):
    return student.Parallel(net1, net2)(x)


@pytest.mark.hint("A sample should keep all the features of both nets, next to one another.")
def test_output_is_as_wide_as_both_nets(joined):
    """The output has one row for each sample, as wide as both nets' outputs together"""
    assert tuple(joined.shape) == (4, 36)


@pytest.mark.points(2)
@pytest.mark.hint("Compare the first columns of the output with net1(X), and the last ones with net2(X).")
def test_net1_comes_first(joined, net1, net2, x):
    """net1's output comes first, then net2's"""
    assert_close(joined, both(net1, net2, x))


# Two nets as wide as their input: whatever is done with the outputs, the shapes fit.


@pytest.fixture
def square1():
    return nn.Sequential(nn.Linear(7, 7), nn.Tanh())


@pytest.fixture
def square2():
    return nn.Sequential(nn.Linear(7, 7), nn.Softplus())


@pytest.fixture
def y():
    return torch.randn(5, 7)


@probe
def square_output(student, square1, square2, y):
    return student.Parallel(square1, square2)(y)


@pytest.mark.hint("Every number that a net has computed should be found in the output again, and nothing else.")
def test_no_value_is_lost(square_output, square1, square2, y):
    """Every value of both nets' outputs is in the output, once, and nothing else is"""
    assert_close(square_output.flatten().sort().values, both(square1, square2, y).flatten().sort().values)


@pytest.mark.hint("Row i of the output belongs to row i of X. Along which dimension do the outputs lie side by side?")
def test_every_sample_keeps_its_row(square_output, square1, square2, y):
    """Row i of the output holds what both nets make of sample i"""
    rows = [row.flatten().sort().values for row in square_output]
    assert_close(rows, [row.sort().values for row in both(square1, square2, y)])


@pytest.fixture
def image_nets():
    """For images and for sequences: the widths differ along dimension 1."""
    return [
        (nn.Conv2d(3, 4, kernel_size=3, padding=1), nn.Conv2d(3, 6, kernel_size=1)),
        (nn.Conv1d(3, 5, kernel_size=1), nn.Sequential(nn.Conv1d(3, 2, kernel_size=3, padding=1), nn.Tanh())),
    ]


@pytest.fixture
def images():
    return [torch.randn(2, 3, 7, 8), torch.randn(4, 3, 7)]


@probe
def image_outputs(student, image_nets, images):
    return [student.Parallel(*nets)(image) for nets, image in zip(image_nets, images, strict=True)]


@pytest.mark.points(2)
@pytest.mark.hint("For images, dimension 1 holds the channels. Is that also the last dimension?")
def test_images_are_joined_along_the_channels(image_outputs, image_nets, images):
    """With images and sequences, too, the outputs are joined along dimension 1"""
    expected = [both(*nets, image) for nets, image in zip(image_nets, images, strict=True)]
    assert_close(image_outputs, expected)


@pytest.fixture
def embeddings():
    return [nn.Embedding(9, 5), nn.Sequential(nn.Embedding(9, 5), nn.Sigmoid())]


@pytest.fixture
def indices():
    return torch.randint(9, (2, 3))


@probe
def embedded(student, embeddings, indices):
    return student.Parallel(*embeddings)(indices)


@pytest.mark.hint("What an nn.Embedding takes are whole numbers, and what it gives has one dimension more.")
def test_nets_that_take_indices(embedded, embeddings, indices):
    """X reaches the nets as it is, also when it holds the indices for two embeddings"""
    assert_close(embedded, both(*embeddings, indices))


@pytest.fixture
def weights():
    return torch.rand(2) + 0.5


@probe
def seen_by_both(student, weights, y):
    first, second = Recorder(weights[0]), Recorder(weights[1])
    student.Parallel(first, second)(y)
    return [first.seen, second.seen, y]


@pytest.mark.hint("The two nets stand side by side, not one behind the other: what is the input of the second?")
def test_both_nets_see_the_same_input(seen_by_both, y):
    """Each net runs once, on X as it was given, and X is the same afterwards"""
    first, second, afterwards = seen_by_both
    assert len(first) == 1, "net1 should run once per call"
    assert len(second) == 1, "net2 should run once per call"
    assert_close(first[0], y)
    assert_close(second[0], y)
    assert_close(afterwards, y)


@probe
def gradients(student, square1, square2, y):
    y.requires_grad_()
    output = student.Parallel(square1, square2)(y)
    if output.requires_grad:
        output.sum().backward()
    return [[p.grad for p in net.parameters()] for net in (square1, square2)] + [y.grad]


@pytest.fixture
def expected_gradients(square1, square2, y):
    y = y.clone().requires_grad_()
    both(square1, square2, y).sum().backward()
    return [[p.grad for p in net.parameters()] for net in (square1, square2)] + [y.grad]


@pytest.mark.hint("After backward(), look at .grad of a weight of each net. Was the computation cut somewhere?")
def test_both_nets_get_gradients(gradients, expected_gradients):
    """Back-propagation reaches the parameters of both nets"""
    assert_close(gradients[:2], expected_gradients[:2])


@pytest.mark.hint("Parallel may stand in the middle of a larger net: the layers before it learn through X.")
def test_the_input_gets_its_gradient(gradients, expected_gradients):
    """Back-propagation reaches X through both nets"""
    assert_close(gradients[2], expected_gradients[2])


@pytest.fixture
def new_values():
    """New values for the parameters, to be recognised by their shape."""
    return {shape: torch.randn(shape) for shape in [(12, 10), (12,), (24, 10), (24,)]}


@probe
def written(student, net1, net2, new_values):
    """Write through the parameters of Parallel, then read from the nets."""
    for parameter in student.Parallel(net1, net2).parameters():
        if tuple(parameter.shape) in new_values:
            parameter.data.copy_(new_values[tuple(parameter.shape)])
    return [list(net.parameters()) for net in (net1, net2)]


@pytest.mark.points(2)
@pytest.mark.hint("parameters() finds the nets that are registered as children, and those have to be the ones given.")
def test_both_nets_are_registered(written, new_values):
    """parameters() of Parallel gives the parameters of the very nets that were passed in"""
    shapes = [[(12, 10), (12,)], [(24, 10), (24,)]]
    assert_close(written, [[new_values[shape] for shape in net] for net in shapes])


@pytest.fixture
def norm1():
    return nn.Sequential(nn.Linear(10, 3), nn.BatchNorm1d(3))


@pytest.fixture
def norm2():
    return nn.Sequential(nn.Linear(10, 5), nn.BatchNorm1d(5))


@probe
def in_both_modes(student, norm1, norm2, x):
    net = student.Parallel(norm1, norm2)
    training = net.train()(x)
    return [training, net.eval()(x)]


@pytest.mark.hint("eval() is passed on to registered children. And forward has to do the same in both modes.")
def test_train_and_eval_mode(in_both_modes, norm1, norm2, x):
    """The output is right in train mode and in eval mode"""
    training, evaluating = in_both_modes
    assert_close(training, both(norm1.train(), norm2.train(), x))
    assert_close(evaluating, both(norm1.eval(), norm2.eval(), x))


@probe
def in_float64(student, square1, square2, y):
    """Conversion is left to the nets themselves, so that nothing has to be registered."""
    return student.Parallel(square1.to(torch.float64), square2.to(torch.float64))(y.to(torch.float64))


@pytest.mark.hint("Where does a dtype come in that is not that of the nets' outputs?")
def test_float64_stays_float64(in_float64, square1, square2, y):
    """Nets and input of float64 give an output of float64, with its precision"""
    expected = both(square1.to(torch.float64), square2.to(torch.float64), y.to(torch.float64))
    assert_close(in_float64.flatten().sort().values, expected.flatten().sort().values)


@probe
def together(student, net1, net2, square1, square2, x, y):
    """Two blocks side by side, other batch sizes, one block within another, one net twice."""
    wide, square = student.Parallel(net1, net2), student.Parallel(square1, square2)
    nested = student.Parallel(student.Parallel(net2, net1), net1)
    doubled = student.Parallel(net2, net2)
    return [wide(x), square(y), wide(x[:3]), wide(x), nested(x), doubled(x)]


@pytest.mark.hint("Does anything that one block has been given, or has computed, stay behind for another or for later?")
def test_several_blocks_do_not_mix(together, net1, net2, square1, square2, x, y):
    """Several blocks side by side, nested, and called again with another batch keep apart"""
    wide = both(net1, net2, x)
    nested = torch.cat([net2(x), net1(x), net1(x)], dim=1)
    doubled = both(net2, net2, x)
    assert_close(together, [wide, both(square1, square2, y), wide[:3], wide, nested, doubled])
