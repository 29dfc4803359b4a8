"""CenteredLayer and build_net: the mean is taken away, by a layer that has nothing to learn."""

import pytest
import torch
from torch.testing import assert_close

from grader.spec import probe

LOOSE = {"rtol": 1e-4, "atol": 1e-4}  # a mean may be summed up in any order


def centred(X):
    return X - X.sum() / X.numel()


@pytest.fixture
def vector():
    return torch.randn(6) + 2


@pytest.fixture
def X():
    """Rows and columns of different means, which are not near zero."""
    return torch.randn(5, 7) + torch.arange(7) + 3 * torch.arange(5)[:, None]


@pytest.fixture
def shapes():
    """Sequences, images, a column, one number with axes and one without."""
    return [torch.randn(shape) + 2 for shape in [(3, 5, 2), (2, 3, 4, 5), (4, 1), (1, 1), ()]]


@pytest.fixture
def upstream():
    return torch.randn(6)


@probe
def output(student, vector):
    return student.CenteredLayer()(vector)


@pytest.mark.hint("Put torch.tensor([1.0, 2.0, 6.0]) in. What should come out, and what does?")
def test_mean_is_subtracted(output, vector):
    """The mean is subtracted from every number of a vector"""
    assert_close(output, centred(vector), **LOOSE)


@probe
def outputs(student, X, shapes):
    layer = student.CenteredLayer()
    return [layer(Y) for Y in (X, *shapes)]


@pytest.mark.points(2)
@pytest.mark.hint("How many numbers does your mean have, if the input is a matrix? And if it is one number?")
def test_any_shape(outputs, X, shapes):
    """It is one mean over all numbers for matrices, sequences, images and a single number too"""
    assert_close(outputs, [centred(Y) for Y in (X, *shapes)], **LOOSE)


@probe
def output_of_double(student, vector):
    return student.CenteredLayer()(vector.double() / 3)


@pytest.mark.hint("Which dtype do the tensors have that you make on the way, if you make any?")
def test_double_precision(output_of_double, vector):
    """float64 input gives float64 output, to its precision"""
    assert_close(output_of_double, centred(vector.double() / 3), rtol=1e-12, atol=1e-12)


@probe
def input_afterwards(student, vector):
    out = student.CenteredLayer()(vector)
    kept = vector.clone()
    out += 1
    return kept, vector


@pytest.mark.hint("Which operations of PyTorch write into the tensor on their left?")
def test_input_stays_as_it_was(input_afterwards, vector):
    """X is the same afterwards, and the output does not share its memory"""
    assert_close(input_afterwards, (vector, vector), **LOOSE)


@pytest.fixture
def inputs(vector):
    return [vector, 2 * vector + 1, vector[:4], vector[1:]]


@probe
def several_calls(student, inputs):
    layer = student.CenteredLayer()
    layer.train()
    seen = [layer(Y) for Y in inputs]
    layer.eval()
    return seen + [layer(Y) for Y in inputs]


@pytest.mark.hint("Is the mean taken anew from every input, with nothing kept, in train and in eval mode?")
def test_every_call_on_its_own(several_calls, inputs):
    """Every call subtracts the mean of its own input, in training and in evaluation mode"""
    assert_close(several_calls, [centred(Y) for Y in (*inputs, *inputs)], **LOOSE)


@probe
def held(student, vector):
    layer = student.CenteredLayer()
    layer(vector)
    return len(list(layer.parameters())), len(list(layer.buffers())), len(layer.state_dict())


@pytest.mark.hint("What would an optimiser have to learn here? Does the layer have to keep anything?")
def test_nothing_to_learn(held):
    """The layer has no parameters and no buffers"""
    parameters, buffers, entries = held
    assert parameters == 0, f"the layer has {parameters} parameters"
    assert buffers == 0, f"the layer has {buffers} buffers"
    assert entries == 0, f"the state_dict of the layer has {entries} entries"


@probe
def gradient(student, vector, upstream):
    vector.requires_grad_()
    (student.CenteredLayer()(vector) * upstream).sum().backward()
    return vector.grad


@pytest.mark.hint("X is used twice: as it is, and in its mean. Does a gradient come back along both ways?")
def test_gradient(gradient, upstream):
    """Back-propagation goes through the mean too"""
    assert gradient is not None, "no gradient reaches X"
    assert_close(gradient, centred(upstream), **LOOSE)


def fill(net, numbers):
    """In a probe: write numbers into the parameters, and return their shapes."""
    shapes = []
    with torch.no_grad():
        for parameter in net.parameters():
            shapes.append(tuple(parameter.shape))
            parameter.copy_(numbers[: parameter.numel()].reshape(parameter.shape))
    return sorted(shapes)


def linear(X, numbers, outputs):
    inputs = X.shape[-1]
    return X @ numbers[: inputs * outputs].reshape(outputs, inputs).T + numbers[:outputs]


@pytest.fixture
def numbers():
    return torch.randn(200) + 0.5


@probe
def net_outputs(student, X, shapes, numbers):
    seen = []
    for inputs, outputs, batch in [(7, 4, X), (2, 9, shapes[0])]:
        net = student.build_net(inputs, outputs)
        net(batch)
        seen.append((fill(net, numbers), net(batch), net(batch[:2])))
    return seen


@pytest.mark.hint("How many numbers go in, how many come out, and which parameters does nn.Linear have then?")
def test_parameters_of_the_net(net_outputs):
    """The net has the parameters of one linear layer of the sizes asked for"""
    assert [shapes for shapes, *_ in net_outputs] == [[(4,), (4, 7)], [(9,), (9, 2)]]


@pytest.mark.points(2)
@pytest.mark.hint("First the linear layer, then the mean of its output is taken away. Is its mean practically zero?")
def test_output_of_the_net(net_outputs, X, shapes, numbers):
    """The net's output is that of the linear layer minus its mean"""
    for (_, whole, part), outputs, batch in zip(net_outputs, (4, 9), (X, shapes[0]), strict=True):
        assert_close(whole, centred(linear(batch, numbers, outputs)), **LOOSE)
        assert_close(part, centred(linear(batch[:2], numbers, outputs)), **LOOSE)


@pytest.fixture
def step():
    return torch.randn(5, 4)


@probe
def net_gradients(student, X, numbers, step):
    net = student.build_net(7, 4)
    net(X)
    fill(net, numbers)
    (net(X) * step).sum().backward()
    return [parameter.grad for parameter in net.parameters()]


@pytest.mark.hint("Which parameters of the net does an optimiser get, and do they all ask for a gradient?")
def test_net_can_be_trained(net_gradients, X, step):
    """Back-propagation reaches the weight and the bias of the linear layer"""
    assert all(gradient is not None for gradient in net_gradients), "a parameter gets no gradient"
    found = {gradient.dim(): gradient for gradient in net_gradients}
    assert_close(found[2], centred(step).T @ X, **LOOSE)
    assert_close(found[1], centred(step).sum(dim=0), **LOOSE)


@probe
def two_nets(student, X, numbers):
    first, second = student.build_net(7, 4), student.build_net(7, 4)
    first(X), second(X)
    fill(first, numbers)
    before = first(X)
    fill(second, -numbers)
    return before, first(X), second(X)


@pytest.mark.hint("Where is the linear layer made: inside build_net, or once for all?")
def test_nets_of_their_own(two_nets):
    """Every call of build_net gives a net with parameters of its own"""
    before, after, other = two_nets
    assert_close(after, before)
    assert (other - before).abs().max() > 1e-3, "both nets give the same output"
