"""ListDense and DictDense: parameters that a module finds in a list, and in a dictionary."""

import functools

import pytest
import torch
from torch.testing import assert_close

from grader.spec import error_of, probe

LOOSE = {"rtol": 1e-3, "atol": 1e-3}  # the sums may run in any order
LONG = [3, 4, 2, 5, 3, 2, 4, 3, 2, 3, 5, 4, 6]  # twelve matrices: "10" is behind "9", though not as text


def fill(layer, values):
    """In a probe: write values into the parameters, by name."""
    parameters = dict(layer.named_parameters())
    with torch.no_grad():
        for name, value in values.items():
            parameters[name].copy_(value)


def shapes_of(layer):
    return {name: list(parameter.shape) for name, parameter in layer.named_parameters()}


def matrices(widths):
    pairs = zip(widths[:-1], widths[1:], strict=True)
    return {f"weights.{i}": torch.randn(n, m) / n**0.5 for i, (n, m) in enumerate(pairs)}


def product(X, values):
    return functools.reduce(torch.matmul, values.values(), X)


@pytest.fixture
def chains():
    """Matrices of layers with several, one, and more than ten of them, and inputs of different shapes."""
    return [
        ([5, 7, 3, 2], matrices([5, 7, 3, 2]), [torch.randn(6, 5), torch.randn(5)]),
        ([4, 6], matrices([4, 6]), [torch.randn(2, 3, 4)]),
        (LONG, matrices(LONG), [torch.randn(2, 3)]),
    ]


@probe
def list_parameters(student):
    return [shapes_of(student.ListDense(widths)) for widths in ([5, 7, 3, 2], [4, 6], [3, 3, 3, 3], LONG)]


@pytest.mark.hint(
    "A module looks for parameters in its attributes, but not inside a list. Which list does it look into?"
)
def test_list_is_registered(list_parameters):
    """ListDense has the parameters weights.0, weights.1 and so on, of the right shapes, and no others"""
    expected = [
        {f"weights.{i}": [n, m] for i, (n, m) in enumerate(zip(widths[:-1], widths[1:], strict=True))}
        for widths in ([5, 7, 3, 2], [4, 6], [3, 3, 3, 3], LONG)
    ]
    assert list_parameters == expected


@probe
def list_outputs(student, chains):
    seen = []
    for widths, values, inputs in chains:
        layer = student.ListDense(widths)
        fill(layer, values)
        seen.append([layer(X) for X in inputs])
    return seen


@pytest.mark.points(2)
@pytest.mark.hint("The output of one product is the input of the next. Is every matrix used, in order, and once?")
def test_product_of_all(list_outputs, chains):
    """ListDense multiplies with all matrices in order: three of them, one or twelve, for inputs of any shape"""
    for seen, (_, values, inputs) in zip(list_outputs, chains, strict=True):
        for output, X in zip(seen, inputs, strict=True):
            assert_close(output, product(X, values), **LOOSE)


@pytest.fixture
def square():
    return {"weights.0": torch.randn(4, 4), "weights.1": torch.randn(4, 4), "weights.2": torch.randn(4, 4)}


@pytest.fixture
def X():
    return torch.randn(6, 4)


@pytest.fixture
def upstream():
    return torch.randn(6, 4)


@probe
def list_twice(student, square, X):
    layer = student.ListDense([4, 4, 4, 4])
    layer(X)
    fill(layer, square)
    return layer(X), layer(X), layer.eval()(X), X


@pytest.mark.hint("Does a call change the list, a matrix in it or X?")
def test_calls_leave_no_trace(list_twice, square, X):
    """ListDense gives the same output in every call, and X stays as it was"""
    *outputs, after = list_twice
    for output in outputs:
        assert_close(output, product(X, square), **LOOSE)
    assert_close(after, X)


@probe
def list_gradients(student, square, X, upstream):
    layer = student.ListDense([4, 4, 4, 4])
    fill(layer, square)
    (layer(X.requires_grad_()) * upstream).sum().backward()
    return {"X": X.grad, **{name: parameter.grad for name, parameter in layer.named_parameters()}}


@pytest.mark.hint("Does every product use the parameter itself, as it is in the list?")
def test_list_gradients(list_gradients, square, X, upstream):
    """Back-propagation reaches every matrix of ListDense, and X"""
    leaves = {"X": X, **square}
    for leaf in leaves.values():
        leaf.requires_grad_()
    (product(X, square) * upstream).sum().backward()
    assert sorted(list_gradients) == sorted(leaves)
    for name, leaf in leaves.items():
        assert list_gradients[name] is not None, f"{name} gets no gradient"
        assert_close(list_gradients[name], leaf.grad, **LOOSE)


@probe
def given_arguments(student, X):
    widths, units = [4, 6, 2], {"first": 3, "second": 5}
    chain, choices = student.ListDense(widths), student.DictDense(4, units)
    seen = list(widths), dict(units)
    widths.append(9)
    units["third"] = 7
    return [*seen, shapes_of(chain), sorted(shapes_of(choices)), list(chain(X).shape), list(choices(X, "first").shape)]


@pytest.mark.hint("pop() takes an element out of the caller's list, and a list that is kept is still the caller's.")
def test_arguments_stay_the_caller_s(given_arguments):
    """The list and the dictionary given are not changed, and the layers do not follow later changes of them"""
    assert given_arguments[:2] == [[4, 6, 2], {"first": 3, "second": 5}]
    assert given_arguments[2:4] == [{"weights.0": [4, 6], "weights.1": [6, 2]}, ["weights.first", "weights.second"]]
    assert given_arguments[4:] == [[6, 2], [6, 3]]


@probe
def beginnings(student):
    lists = [parameter for _ in range(2) for parameter in student.ListDense([4, 4, 4, 4]).parameters()]
    layers = [student.DictDense(4, {"first": 4, "second": 4}) for _ in range(2)]
    layers[0].add("third", 4)
    return {"lists": lists, "dictionaries": [parameter for layer in layers for parameter in layer.parameters()]}


@pytest.mark.hint("Is a new matrix drawn for every place, or the same one put into several?")
def test_all_begin_differently(beginnings):
    """All matrices begin with other random numbers"""
    assert {kind: len(found) for kind, found in beginnings.items()} == {"lists": 6, "dictionaries": 5}
    found = beginnings["lists"] + beginnings["dictionaries"]
    for i, one in enumerate(found):
        assert one.unique().numel() > 12, "many numbers in a matrix are equal"
        assert not any(torch.equal(one, other) for other in found[:i]), "two matrices are equal"


@pytest.fixture
def choices():
    """Matrices by name, in an order that is not that of the alphabet."""
    units = {"second": 3, "first": 6, "linear1": 2, "a": 4}
    return units, {f"weights.{name}": torch.randn(4, m) for name, m in units.items()}


@probe
def dict_parameters(student, choices):
    units = choices[0]
    return [shapes_of(student.DictDense(4, units)), shapes_of(student.DictDense(7, {"out": 2}))]


@pytest.mark.hint("A module does not look inside a dictionary either. Which dictionary does it look into?")
def test_dictionary_is_registered(dict_parameters, choices):
    """DictDense has a parameter weights.NAME for every name, of the right shape, and no others"""
    expected = {f"weights.{name}": [4, m] for name, m in choices[0].items()}
    assert dict_parameters == [expected, {"weights.out": [7, 2]}]


@pytest.fixture
def inputs():
    return [torch.randn(6, 4), torch.randn(4), torch.randn(2, 3, 4)]


@probe
def dict_outputs(student, choices, inputs):
    units, values = choices
    layer = student.DictDense(4, units)
    fill(layer, values)
    return {name: [layer(X, name) for X in inputs] for name in ["a", *units, "a"]}


@pytest.mark.points(2)
@pytest.mark.hint("Ask for the names one after the other, in another order than that of the dictionary.")
def test_choice(dict_outputs, choices, inputs):
    """DictDense multiplies with the matrix that is chosen, in every call, for inputs of any shape"""
    units, values = choices
    for name in units:
        assert_close(dict_outputs[name], [X @ values[f"weights.{name}"] for X in inputs], **LOOSE)


@probe
def dict_gradients(student, choices, X):
    units, values = choices
    layer = student.DictDense(4, units)
    fill(layer, values)
    layer(X.requires_grad_(), "first").sum().backward()
    return {"X": X.grad, **{name: parameter.grad for name, parameter in layer.named_parameters()}}


@pytest.mark.hint("Which matrices take part in an output, if only one of them was chosen?")
def test_dictionary_gradients(dict_gradients, choices, X):
    """Back-propagation reaches X and the matrix that was chosen, and no other"""
    assert dict_gradients["X"] is not None, "X gets no gradient"
    assert_close(dict_gradients["X"], choices[1]["weights.first"].sum(dim=1).expand(6, 4), **LOOSE)
    for name in choices[1]:
        if name != "weights.first":
            gradient = dict_gradients[name]
            assert gradient is None or not gradient.any(), f"{name} was not chosen, and gets a gradient"
    assert dict_gradients["weights.first"] is not None, "the matrix that was chosen gets no gradient"
    assert_close(dict_gradients["weights.first"], X.sum(dim=0)[:, None].expand(4, 6), **LOOSE)


@probe
def unknown_choice(student, choices, X):
    layer = student.DictDense(4, choices[0])
    return error_of(layer, X, "first"), error_of(layer, X, "third"), sorted(shapes_of(layer))


@pytest.mark.hint("What does a dictionary do when it is asked for a key that it does not have? Does forward hide that?")
def test_unknown_choice(unknown_choice, choices):
    """A name that is not there raises an error, one that is there does not"""
    known, unknown, names = unknown_choice
    assert known is None, "even a name that is there raises an error"
    assert unknown is not None, "a name that is not there raises no error"
    assert names == sorted(choices[1])


@pytest.fixture
def added():
    return {"weights.extra": torch.randn(4, 8), "weights.more": torch.randn(4, 1)}


@probe
def after_adding(student, choices, added, X):
    units, values = choices
    layer, other, empty = student.DictDense(4, units), student.DictDense(4, units), student.DictDense(4, {})
    fill(layer, values)
    known = dict(layer.named_parameters())
    nothing = layer.add("extra", 8)
    layer.add("more", 1)
    empty.add("only", 3)
    shapes = [shapes_of(layer), shapes_of(other), shapes_of(empty)]
    fill(layer, added)
    with torch.no_grad():
        known["weights.first"].mul_(2)
    layer(X, "extra").sum().backward()
    gradient = dict(layer.named_parameters())["weights.extra"].grad
    names = ("second", "first", "extra", "more")
    return nothing, shapes, {name: layer(X, name) for name in names}, gradient


@pytest.mark.hint("A parameter that is added later has to be registered as well. Does its place look after that?")
def test_added_matrices_are_registered(after_adding, choices, added):
    """add() registers a matrix of the right shape, in this layer only, also in one that was empty"""
    nothing, (shapes, other, empty), _, _ = after_adding
    expected = {f"weights.{name}": [4, m] for name, m in choices[0].items()}
    assert nothing is None
    assert shapes == {**expected, "weights.extra": [4, 8], "weights.more": [4, 1]}
    assert other == expected
    assert empty == {"weights.only": [4, 3]}


@pytest.mark.hint("Are the other parameters still the same objects? And does the new one ask for a gradient?")
def test_added_matrices_are_used(after_adding, choices, added, X):
    """An added matrix can be chosen and trained, and the others are still the same parameters"""
    _, _, outputs, gradient = after_adding
    values = {**choices[1], **added}
    values["weights.first"] = 2 * values["weights.first"]
    assert_close(outputs, {name: X @ values[f"weights.{name}"] for name in outputs}, **LOOSE)
    assert gradient is not None, "an added matrix gets no gradient"
    assert_close(gradient, X.sum(dim=0)[:, None].expand(4, 8), **LOOSE)


@probe
def of_double(student, choices, square, X):
    chain, layer = student.ListDense([4, 4, 4, 4]).double(), student.DictDense(4, choices[0]).double()
    fill(chain, {name: value.double() / 3 for name, value in square.items()})
    fill(layer, {name: value.double() / 3 for name, value in choices[1].items()})
    X = X.double() / 3
    return chain(X), layer(X, "first")


@pytest.mark.hint("After .double(), does forward use the parameters themselves, as they are then?")
def test_double_precision(of_double, choices, square, X):
    """After .double(), float64 input gives float64 output, to its precision"""
    X = X.double() / 3
    chain = product(X, {name: value.double() / 3 for name, value in square.items()})
    assert_close(of_double, (chain, X @ (choices[1]["weights.first"].double() / 3)), rtol=1e-12, atol=1e-12)
