"""create_network: several instances of one block in a row, each with parameters of its own.

Parameters are recognised by their shape, since the sizes all differ. Probes run a net once before they look
at its parameters, so that lazy layers have some.
"""

import pytest
import torch
from torch import nn
from torch.nn.functional import linear, relu
from torch.testing import assert_close

from grader.spec import error_of, probe

SIZES = (5, 9, 3)
OTHER_SIZES = (8, 4, 11)


def fill(net, values):
    """Write into each parameter the value that belongs to its shape."""
    for parameter in net.parameters():
        if tuple(parameter.shape) in values:
            parameter.data.copy_(values[tuple(parameter.shape)])
    return net


def shapes_of(input_size, hidden_size, output_size):
    """The shapes of one block's parameters, and those of the output layer's."""
    block = [(hidden_size, input_size), (hidden_size,), (input_size, hidden_size), (input_size,)]
    return block, [(output_size, input_size), (output_size,)]


def values_for(sizes):
    """Random values by shape, such that about half of the hidden units are active."""
    block, output = shapes_of(*sizes)
    return {shape: torch.randn(shape) * (0.5 if len(shape) == 2 else 1.0) for shape in block + output}


def chain(count, sizes, values, x, other_weight=None, at=None):
    """What the net computes when all its blocks have the same values, but for the first weight of one."""
    (weight1, bias1, weight2, bias2), (weight, bias) = (
        [values[shape].to(x.dtype) for shape in part] for part in shapes_of(*sizes)
    )
    for index in range(count):
        x = linear(relu(linear(x, other_weight if index == at else weight1, bias1)), weight2, bias2)
    return linear(x, weight, bias)


def assert_same_tensors(seen, expected):
    """Compare two lists of tensors whose order does not matter."""
    assert len(seen) == len(expected), f"{len(seen)} parameter tensors, expected {len(expected)}"
    left = list(seen)
    for tensor in expected:
        close = [t for t in left if t.shape == tensor.shape and torch.allclose(t, tensor, rtol=1e-4, atol=1e-5)]
        assert close, f"no parameter of shape {tuple(tensor.shape)} has the value that it should have"
        left = [t for t in left if t is not close[0]]


@pytest.fixture
def x():
    return torch.randn(6, 5)


@pytest.fixture
def other_x():
    return torch.randn(7, 8)


@pytest.fixture
def values():
    return values_for(SIZES)


@pytest.fixture
def other_values():
    return values_for(OTHER_SIZES)


@probe
def outputs(student, x, other_x):
    return [student.create_network(3, *SIZES)(x), student.create_network(2, *OTHER_SIZES)(other_x)]


@pytest.mark.hint("The blocks give back as many features as they get. What turns these into the outputs?")
def test_output_shape(outputs):
    """The output has one row per sample and output_size columns"""
    assert [tuple(output.shape) for output in outputs] == [(6, 3), (7, 11)]


@probe
def parameter_lists(student, x, other_x):
    """A net that cannot run has parameters all the same, so an error in forward is left to other probes."""
    found = []
    for count, sizes, batch in [(1, SIZES, x), (2, OTHER_SIZES, other_x), (5, SIZES, x)]:
        net = student.create_network(count, *sizes)
        error_of(net, batch)
        found.append(list(net.parameters()))
    return found


@pytest.mark.points(2)
@pytest.mark.hint("Every block has two weights and two biases. Does the number grow with num_instances?")
def test_number_of_parameters(parameter_lists):
    """parameters() gives four tensors for each block and two for the output layer, of the right shapes"""
    for parameters, (count, sizes) in zip(parameter_lists, [(1, SIZES), (2, OTHER_SIZES), (5, SIZES)], strict=True):
        block, output = shapes_of(*sizes)
        assert len(parameters) == 4 * count + 2, f"wrong number of tensors with num_instances={count}"
        assert sorted(tuple(p.shape) for p in parameters) == sorted(block * count + output)


@pytest.fixture
def noise():
    """For each shape as many different values as a net of three blocks has parameters."""
    block, output = shapes_of(*SIZES)
    return {shape: torch.randn(3 if shape in block else 1, *shape) for shape in block + output}


@probe
def rewritten(student, x, noise):
    """Write one parameter after the other, and read all of them at the end."""
    net = student.create_network(3, *SIZES)
    error_of(net, x)
    left = {shape: list(tensors) for shape, tensors in noise.items()}
    for parameter in net.parameters():
        if left.get(tuple(parameter.shape)):
            parameter.data.copy_(left[tuple(parameter.shape)].pop(0))
    return list(net.parameters())


@pytest.mark.points(2)
@pytest.mark.hint("How many times is nn.Linear called for three blocks? A name for an object is not a new object.")
def test_changing_one_block_leaves_the_others(rewritten, noise):
    """Each of three blocks can be given weights of its own"""
    groups = {shape: [p for p in rewritten if tuple(p.shape) == shape] for shape in noise}
    for shape, group in groups.items():
        if len(shape) == 1 and not group:
            continue  # a missing bias is the matter of another check
        assert len(group) == len(noise[shape]), f"wrong number of parameters of shape {shape}"
        assert_close(torch.stack(group), noise[shape])


@pytest.fixture
def other_weight():
    return torch.randn(9, 5)


@probe
def with_one_changed(student, x, values, other_weight):
    """Give one block after the other another weight, and let the net run each time."""
    net = student.create_network(3, *SIZES)
    net(x)
    outputs = []
    for parameter in fill(net, values).parameters():
        if tuple(parameter.shape) == (9, 5):
            parameter.data.copy_(other_weight)
            outputs.append(net(x))
            parameter.data.copy_(values[9, 5])
    return outputs


@pytest.mark.hint("Change a weight of the second block by hand. Does the output change, and only as it should?")
def test_every_block_takes_part(with_one_changed, x, values, other_weight):
    """Each of three blocks takes part in the computation, at a place of its own"""
    places = [chain(3, SIZES, values, x, other_weight, at) for at in range(3)]
    assert len(with_one_changed) == 3, "wrong number of blocks"
    for expected in places:
        assert any(
            output.shape == expected.shape and torch.allclose(output, expected, rtol=1e-4, atol=1e-4)
            for output in with_one_changed
        ), "one of the blocks does not act on the output as it should"


@probe
def stepped(student, x, values):
    net = student.create_network(3, *SIZES)
    net(x)
    fill(net, values)
    loss = net(x).square().mean()
    parameters = list(net.parameters())
    if parameters and loss.requires_grad:
        loss.backward()
        torch.optim.SGD(parameters, lr=0.1).step()
    return list(net.parameters())


@pytest.mark.points(2)
@pytest.mark.hint("Every block takes part in the computation once, so each one gets a gradient of its own.")
def test_a_training_step_moves_every_block(stepped, x, values):
    """One step of SGD moves every parameter of every block, by its own gradient"""
    linears = [nn.Linear(*pair) for pair in [(5, 9), (9, 5)] * 3 + [(5, 3)]]
    parts = [part for down, up in zip(linears[0:6:2], linears[1:6:2], strict=True) for part in (down, nn.ReLU(), up)]
    net = fill(nn.Sequential(*parts, linears[-1]), values)
    net(x).square().mean().backward()
    assert_same_tensors(stepped, [p.detach() - 0.1 * p.grad for p in net.parameters()])


@pytest.fixture
def direction():
    return torch.randn(64, 5) * 10


@probe
def along_a_line(student, direction):
    net = student.create_network(1, *SIZES)
    return [net(step * direction) for step in (-1.0, 0.0, 1.0)]


@pytest.mark.hint("Linear layers alone, however many, are together only one linear layer.")
def test_the_net_is_not_affine(along_a_line):
    """The net bends: it is more than one affine map"""
    before, middle, after = along_a_line
    assert before.shape[0] == 64
    assert torch.isfinite(before).all() and torch.isfinite(after).all()
    bend = (before + after - 2 * middle).abs().max()
    assert bend > 1e-3, "the net computes an affine function of its input"


@probe
def single(student, x, values):
    net = student.create_network(1, *SIZES)
    net(x)
    return fill(net, values)(x)


@pytest.mark.hint("For num_instances=1, count the layers that X passes through.")
def test_one_instance(single, x, values):
    """With num_instances=1 there is one block and then the output layer"""
    assert_close(single, chain(1, SIZES, values, x), rtol=1e-4, atol=1e-4)


@probe
def chained(student, x, values, other_x, other_values):
    found = []
    for count, sizes, batch, known in [(3, SIZES, x, values), (2, OTHER_SIZES, other_x, other_values)]:
        net = student.create_network(count, *sizes)
        net(batch)
        fill(net, known)
        found.append([net(batch), net(batch), net.eval()(batch), batch])
    return found


@pytest.mark.points(2)
@pytest.mark.hint("Linear, ReLU, Linear, then the next block: write down what happens to X, in this order.")
def test_blocks_run_one_after_the_other(chained, x, values, other_x, other_values):
    """The output is that of the chain of blocks, in every call and mode, and X is not changed"""
    cases = [(3, SIZES, values, x), (2, OTHER_SIZES, other_values, other_x)]
    for seen, case in zip(chained, cases, strict=True):
        expected = chain(*case)
        assert len(seen) == 4
        for output in seen[:3]:
            assert_close(output, expected, rtol=1e-4, atol=1e-4)
        assert_close(seen[3], case[3])


@probe
def in_float64(student, x, values):
    net = student.create_network(2, *SIZES)
    net(x)
    return fill(net, values).to(torch.float64)(x.to(torch.float64))


@pytest.mark.hint("to() converts what is registered. Does forward convert anything itself?")
def test_float64(in_float64, x, values):
    """Converted to float64, the net computes in float64"""
    assert_close(in_float64, chain(2, SIZES, values, x.to(torch.float64)))


@pytest.fixture
def second_values():
    return values_for(SIZES)


@probe
def two_nets(student, x, values, second_values):
    """Write into one net, then into another, and read both."""
    one, two = student.create_network(2, *SIZES), student.create_network(2, *SIZES)
    error_of(one, x)
    error_of(two, x)
    fill(one, values)
    fill(two, second_values)
    return [list(net.parameters()) for net in (one, two)]


@pytest.mark.hint("Is there a layer that is made only once, however often create_network is called?")
def test_two_nets_have_nothing_in_common(two_nets, values, second_values):
    """Two calls give two nets: changing the second leaves the first as it was"""
    for parameters, known in zip(two_nets, (values, second_values), strict=True):
        assert (9, 5) in [tuple(p.shape) for p in parameters], "no block is among the children of the net"
        for parameter in parameters:
            if tuple(parameter.shape) in known:
                assert_close(parameter, known[tuple(parameter.shape)])
