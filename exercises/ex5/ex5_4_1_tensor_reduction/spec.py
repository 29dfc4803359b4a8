"""TensorReduction(dim1, dim2): y_k is the sum of W_ijk x_i x_j over i and j."""

import pytest
import torch
from torch.testing import assert_close

from grader.spec import probe

LOOSE = {"rtol": 1e-3, "atol": 1e-3}  # the sums may run in any order
LARGE = 30011  # a float32 matrix with a row and a column for each of so many samples takes 3.6 GB


def fill(layer, numbers):
    """In a probe: write numbers into the weight, whatever its axes, and return its shape."""
    with torch.no_grad():
        layer.weight.copy_(numbers[: layer.weight.numel()].reshape(layer.weight.shape))
    return tuple(layer.weight.shape)


def holds_all(shape, dim1, dim2):
    """Is this a shape of a weight with axes i, j and k (or i and j folded into one)?"""
    return sorted(shape) == sorted((dim1, dim1, dim2)) or shape in ((dim1 * dim1, dim2), (dim2, dim1 * dim1))


def reduction(X, numbers, shape, dim2):
    """The expected output. Which axis is k shows in its length, and i and j may be swapped."""
    dim1 = X.shape[1]
    assert holds_all(shape, dim1, dim2), f"a weight of shape {shape} cannot hold W_ijk"
    weight = numbers[: dim1 * dim1 * dim2].reshape(shape).movedim(shape.index(dim2), -1)
    return torch.einsum("bi,ijk,bj->bk", X, weight.reshape(dim1, dim1, dim2), X)


@pytest.fixture
def numbers():
    return torch.randn(60)


@pytest.fixture
def X():
    return torch.randn(7, 3)


@pytest.fixture
def wide():
    return torch.randn(6, 4)


@pytest.fixture
def step():
    return torch.randn(7, 3)


@pytest.fixture
def upstream():
    return torch.randn(7, 5)


@probe
def outputs(student, numbers, X, wide):
    layers = student.TensorReduction(3, 5), student.TensorReduction(4, 2)
    shapes = [fill(layer, numbers) for layer in layers]
    return shapes, [layers[0](X), layers[1](wide)]


@pytest.mark.hint("i and j are summed over; the samples of the batch and k remain, in this order.")
def test_shape(outputs):
    """The output has a row for each sample and a column for each k"""
    assert [tuple(seen.shape) for seen in outputs[1]] == [(7, 5), (6, 2)]


@pytest.mark.points(2)
@pytest.mark.hint("Take dim1 = 2 and dim2 = 1 and write the sum over i and j out on paper: it has four terms.")
def test_values(outputs, numbers, X, wide):
    """The values are the sums over i and j of W_ijk x_i x_j"""
    shapes, seen = outputs
    assert_close(seen[0], reduction(X, numbers, shapes[0], 5), **LOOSE)
    assert_close(seen[1], reduction(wide, numbers, shapes[1], 2), **LOOSE)


@probe
def parameters(student, numbers):
    layer = student.TensorReduction(3, 5)
    return fill(layer, numbers), list(layer.parameters())


@pytest.mark.hint("W_ijk needs a number for every i, every j and every k.")
def test_weight_has_all_entries(parameters):
    """weight has dim1 x dim1 x dim2 entries"""
    shape = parameters[0]
    assert holds_all(shape, 3, 5), f"weight has the shape {shape}"


@pytest.mark.hint(
    "What must a tensor be, for nn.Module to list it among its parameters()? And is anything else listed?"
)
def test_weight_is_the_only_parameter(parameters, numbers):
    """weight is registered as a parameter, and is the only one"""
    assert len(parameters[1]) == 1, f"parameters() lists {len(parameters[1])} tensors"
    seen = parameters[1][0]
    assert_close(seen.flatten(), numbers[: seen.numel()])


@probe
def scaled(student, numbers, X):
    layer = student.TensorReduction(3, 5)
    fill(layer, numbers)
    return layer(X), layer(2 * X), layer(-X)


@pytest.mark.hint("How many factors x does each term of the sum have?")
def test_twice_the_input(scaled):
    """Twice the input gives four times the output"""
    once, twice, minus = scaled
    assert once.abs().max() > 0.1, "the output is zero"
    assert_close(twice, 4 * once, **LOOSE)
    assert_close(minus, once, **LOOSE)


@probe
def one_sample_replaced(student, numbers, X, step):
    layer = student.TensorReduction(3, 5)
    fill(layer, numbers)
    before = layer(X.clone())
    X[2] = step[2]
    return before, layer(X)


@pytest.mark.hint("Both factors x_i and x_j come from the same sample. Which axes of your tensors are the batch?")
def test_samples_do_not_mix(one_sample_replaced):
    """Another sample in one row changes that row of the output and no other"""
    before, after = one_sample_replaced
    changed = (before - after).abs().amax(dim=1) > 1e-3
    assert_close(changed, torch.arange(7) == 2)


@probe
def input_gradient(student, numbers, X, step, upstream):
    layer = student.TensorReduction(3, 5)
    fill(layer, numbers)
    X.requires_grad_()
    (layer(X) * upstream).sum().backward()
    with torch.no_grad():
        return X.grad, layer(X + step), layer(X - step)


@pytest.mark.hint("x appears twice in each term, and both count. Is one of them cut off from the graph?")
def test_gradient_for_the_input(input_gradient, step, upstream):
    """The gradient for the input is that of the layer's own output"""
    seen, ahead, behind = input_gradient
    assert seen.abs().max() > 1e-3, "the gradient is zero"
    assert_close((seen * step).sum(), ((ahead - behind) * upstream).sum() / 2, **LOOSE)


@pytest.fixture
def change():
    return torch.randn(60)


@probe
def weight_gradient(student, numbers, change, X, upstream):
    layer = student.TensorReduction(3, 5)
    fill(layer, numbers)
    layer.weight.grad = None
    out = layer(X.requires_grad_())
    (out * upstream).sum().backward()
    fill(layer, numbers + change)
    return layer.weight.grad, out, layer(X)


@pytest.mark.hint("Without a gradient for weight an optimiser cannot train the layer.")
def test_gradient_for_the_weight(weight_gradient, change, upstream):
    """The gradient for weight is that of the layer's own output"""
    seen, before, after = weight_gradient
    assert seen is not None, "weight gets no gradient"
    assert seen.abs().max() > 1e-3, "the gradient is zero"
    along = (seen.flatten() * change[: seen.numel()]).sum()
    assert_close(along, ((after - before) * upstream).sum(), **LOOSE)


@pytest.fixture
def many():
    return torch.randn(1003, 3)


@probe
def batches_of_all_sizes(student, numbers, many):
    layer = student.TensorReduction(3, 5)
    fill(layer, numbers)
    given = many.clone()
    return given, layer(given), [layer(given[start:end]) for start, end in [(0, 2), (2, 15), (996, 1003)]]


@pytest.mark.hint("Each call is about its own batch: nothing is kept, X is not written to, no size is built in.")
def test_any_batch_size(batches_of_all_sizes, many):
    """A sample gives the same output in a batch of 2, 7, 13 or 1003, and X stays as it was"""
    given, all_at_once, parts = batches_of_all_sizes
    assert_close(given, many)
    assert all_at_once.shape == (1003, 5)
    assert all_at_once.abs().max() > 0.1
    for seen, expected in zip(parts, [all_at_once[:2], all_at_once[2:15], all_at_once[996:]], strict=True):
        assert_close(seen, expected, **LOOSE)


@pytest.fixture
def large():
    return torch.randn(LARGE, 2)


@probe
def of_a_large_batch(student, numbers, large):
    layer = student.TensorReduction(2, 3)
    fill(layer, numbers)
    with torch.no_grad():
        return layer(large), layer(large[-7:])


@pytest.mark.limits(probe=60)
@pytest.mark.hint("Do you compute something for each pair of samples, of which you then use only the diagonal?")
def test_large_batch(of_a_large_batch):
    """A batch of 30011 small samples fits into memory"""
    seen, last = of_a_large_batch
    assert seen.shape == (LARGE, 3)
    assert last.abs().max() > 0.01
    assert_close(seen[-7:], last, **LOOSE)


@probe
def of_one_column(student, numbers, wide):
    layer = student.TensorReduction(4, 1)
    return fill(layer, numbers), layer(wide)


@pytest.mark.hint("Does some step drop axes of size 1, or rely on dim2 being larger?")
def test_single_output(of_one_column, numbers, wide):
    """dim2 = 1 gives one column"""
    shape, seen = of_one_column
    assert_close(seen, reduction(wide, numbers, shape, 1), **LOOSE)


@probe
def of_double(student, numbers, X):
    layer = student.TensorReduction(3, 5)
    fill(layer, numbers)
    single = layer(X)
    return layer.to(torch.float64)(X.double()), single


@pytest.mark.hint("A tensor that you make on the way has the default dtype, unless you say which.")
def test_double_precision(of_double):
    """After .to(torch.float64), float64 input gives float64 output"""
    seen, single = of_double
    assert seen.dtype == torch.float64
    assert single.abs().max() > 0.1
    assert_close(seen, single.double(), **LOOSE)


@probe
def two_layers(student, numbers, change, X):
    first, second = student.TensorReduction(3, 5), student.TensorReduction(3, 5)
    fill(first, numbers)
    before = first(X)
    fill(second, change)
    return before, first(X), second(X)


@pytest.mark.hint("Where does the weight live: in the instance, or somewhere that all instances share?")
def test_layers_side_by_side(two_layers):
    """Two layers have weights of their own"""
    before, after, other = two_layers
    assert before.abs().max() > 0.1
    assert_close(after, before)
    assert (other - before).abs().max() > 1e-3, "both layers give the same output"
