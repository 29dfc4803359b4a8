"""Chooser: nets under names, one of which runs in every call, for a batch or for a row."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe


class Recorder(nn.Module):
    """A layer that remembers what it was given, and gives it back with a weight."""

    def __init__(self, weight):
        super().__init__()
        self.weight = weight
        self.seen = []

    def forward(self, X):
        self.seen.append(X.detach().clone())
        return X * self.weight


@pytest.fixture
def nets():
    """Three nets with outputs of one shape; the order of the keys is not that of the alphabet."""
    return {
        "tanh": nn.Sequential(nn.Linear(5, 3), nn.Tanh()),
        "affine": nn.Linear(5, 3),
        "deep": nn.Sequential(nn.Linear(5, 7), nn.Sigmoid(), nn.Linear(7, 3)),
    }


@pytest.fixture
def image_nets():
    return {"one": nn.Conv2d(2, 3, kernel_size=1), "three": nn.Conv2d(2, 3, kernel_size=3, padding=1)}


@pytest.fixture
def various():
    """Nets that need not fit the same input."""
    return {"wide": nn.Linear(5, 9), "narrow": nn.Linear(2, 1), "look": nn.Embedding(6, 4)}


@pytest.fixture
def x():
    return torch.randn(4, 5)


@pytest.fixture
def images():
    return torch.randn(3, 2, 6, 5)


@pytest.fixture
def various_inputs():
    return {"wide": torch.randn(2, 3, 5), "narrow": torch.randn(7, 2), "look": torch.randint(6, (2, 3))}


@probe
def chosen(student, nets, image_nets, various, x, images, various_inputs):
    """One call after the other, with changing keys; and X afterwards."""
    first, second, third = student.Chooser(nets), student.Chooser(image_nets), student.Chooser(various)
    outputs = [first(x, key) for key in ("affine", "deep", "tanh", "affine")]
    outputs += [second(images, key) for key in ("three", "one")]
    return [outputs + [third(various_inputs[key], key) for key in ("look", "wide", "narrow")], x, images]


@pytest.mark.points(2)
@pytest.mark.hint("Call it with one key, then with another. Which net does the second result come from?")
def test_chosen_net(chosen, nets, image_nets, various, x, images, various_inputs):
    """The output is that of the net that was asked for, in whatever order calls come"""
    expected = [nets[key](x) for key in ("affine", "deep", "tanh", "affine")]
    expected += [image_nets[key](images) for key in ("three", "one")]
    expected += [various[key](various_inputs[key]) for key in ("look", "wide", "narrow")]
    assert_close(chosen, [expected, x, images])


@probe
def recorded(student, x):
    recorders = {key: Recorder(weight) for key, weight in (("a", 2.0), ("b", 3.0), ("c", 4.0))}
    student.Chooser(dict(recorders))(x, "b")
    return {key: recorder.seen for key, recorder in recorders.items()}


@pytest.mark.hint("Do all nets have to be computed first?")
def test_only_the_chosen_net_runs(recorded, x):
    """The net that was chosen runs once, on X as it is, and no other net runs"""
    assert {key: len(seen) for key, seen in recorded.items()} == {"a": 0, "b": 1, "c": 0}
    assert_close(recorded["b"][0], x)


@pytest.fixture
def new_weight():
    return torch.randn(3, 5)


@probe
def registered(student, nets, new_weight, x):
    """The names of the parameters; then the output of a net into which the block's parameter was written."""
    block = student.Chooser(dict(nets))
    parameters = dict(block.named_parameters())
    if "branches.affine.weight" in parameters:
        parameters["branches.affine.weight"].data.copy_(new_weight)
    return [sorted(parameters), nets["affine"](x), sorted(block.state_dict())]


@pytest.mark.points(2)
@pytest.mark.hint("Print dict(net.named_parameters()): names should begin with branches., then comes the key.")
def test_nets_are_registered(registered, nets, new_weight, x):
    """The nets are registered in branches under their keys, and they are the very nets that were passed in"""
    names, output, saved = registered
    expected = sorted(f"branches.{key}.{name}" for key, net in nets.items() for name, _ in net.named_parameters())
    assert names == expected and saved == expected
    assert_close(output, x @ new_weight.T + nets["affine"].bias)


@probe
def all_keys(student, nets, image_nets):
    return [student.Chooser(nets).keys(), student.Chooser(image_nets).keys()]


@pytest.mark.hint("Look at type(net.keys()). The order is that of the dict, not that of the alphabet.")
def test_keys(all_keys):
    """keys() gives the keys as a list, in their order"""
    assert all_keys == [["tanh", "affine", "deep"], ["one", "three"]]


UNKNOWN = ("soft", "Tanh", "forward", "branches", "0", "")


@probe
def errors(student, nets, x):
    """Which errors unknown keys raise."""
    block = student.Chooser(nets)
    rows = error_of(block.route, x, ["tanh", "affine", "soft", "tanh"])
    return [error_of(block, x, key) for key in UNKNOWN] + [rows]


@pytest.mark.hint("What does a dict do when a key is not there? The name of an attribute is no key.")
def test_unknown_key(errors):
    """An unknown key raises a KeyError, in route too"""
    for key, error in zip((*UNKNOWN, "soft, in route"), errors, strict=True):
        assert error is not None, f"no error for the key {key!r}"
        assert "KeyError" in error[0], f"{error[0][0]} for the key {key!r}"


def gradients(nets, x, compute):
    """The gradients of all nets and of the input after back-propagation, some of them None."""
    output = compute(x.requires_grad_())
    if output.requires_grad:
        output.square().sum().backward()
    return [{key: [p.grad for p in net.parameters()] for key, net in nets.items()}, x.grad]


@probe
def of_one(student, nets, x):
    block = student.Chooser(dict(nets))
    return gradients(nets, x, lambda X: block(X, "deep"))


@pytest.mark.hint("After backward(), look at .grad of a weight of each net.")
def test_gradients_in_the_chosen_net(of_one, nets, x):
    """Back-propagation reaches X and the chosen net, and no other net"""
    seen, at_x = of_one
    expected, expected_at_x = gradients(nets, x, nets["deep"])
    assert [key for key, found in seen.items() if any(grad is not None for grad in found)] == ["deep"]
    assert_close([seen["deep"], at_x], [expected["deep"], expected_at_x])


ROUTES = (["deep", "tanh", "deep", "affine"], ["tanh", "affine", "tanh", "tanh"], ["affine"] * 4)


def row_by_row(nets, X, keys):
    return torch.stack([nets[keys[i]](X[i : i + 1]).squeeze(0) for i in range(len(keys))])


@probe
def routed(student, nets, image_nets, x, images):
    """Several batches, one of a single row, one of images; and X afterwards."""
    block, for_images = student.Chooser(nets), student.Chooser(image_nets)
    outputs = [block.route(x, list(keys)) for keys in ROUTES]
    outputs.append(block.route(x[:1], ["tanh"]))
    outputs.append(for_images.route(images, ["three", "one", "three"]))
    return [outputs, x, images]


@pytest.mark.points(2)
@pytest.mark.hint("With keys in turn: does row i of the result still belong to row i of X?")
def test_each_row_through_its_net(routed, nets, image_nets, x, images):
    """route sends each row through its net, and the rows keep their order"""
    expected = [row_by_row(nets, x, keys) for keys in ROUTES]
    expected += [row_by_row(nets, x, ["tanh"]), row_by_row(image_nets, images, ["three", "one", "three"])]
    assert_close(routed, [expected, x, images], rtol=1e-4, atol=1e-5)


@probe
def of_routes(student, nets, x):
    block = student.Chooser(dict(nets))
    return gradients(nets, x, lambda X: block.route(X, list(ROUTES[0])))


@pytest.mark.hint("How is the result put together? Can a gradient pass through that?")
def test_routed_gradients(of_routes, nets, x):
    """Through route, back-propagation reaches X and every net that was used"""
    expected = gradients(nets, x, lambda X: row_by_row(nets, X, ROUTES[0]))
    assert_close(of_routes, expected, rtol=1e-4, atol=1e-5)


@probe
def after_changes(student, nets, x):
    """The keys in the caller's dict once the block is made, and what the block does after the dict has changed."""
    block = student.Chooser(nets)
    left = list(nets)
    del nets["tanh"]
    nets["deep"] = nets["affine"]
    nets["more"] = nn.ReLU()
    return [left, sorted(block.keys()), block(x, "tanh"), block(x, "deep")]


@pytest.mark.hint("A dict is passed by reference. Is it the block's own that is kept, or the caller's?")
def test_the_dict_is_the_callers(after_changes, nets, x):
    """The dict that was passed in is not changed, and changes of it later do not matter"""
    left, keys, tanh, deep = after_changes
    assert left == ["tanh", "affine", "deep"]
    assert keys == ["affine", "deep", "tanh"]
    assert_close([tanh, deep], [nets["tanh"](x), nets["deep"](x)])


@pytest.fixture
def with_dropout():
    return {"a": nn.Sequential(nn.Linear(5, 8), nn.Dropout(0.5)), "b": nn.Linear(5, 8)}


@probe
def in_eval_and_float64(student, with_dropout, x):
    block = student.Chooser(with_dropout).eval()
    outputs = [block(x, "a"), block.route(x, ["a", "b", "a", "b"])]
    block.to(torch.float64)
    x = x.to(torch.float64)
    return outputs + [block(x, "a"), block.route(x, ["a", "b", "a", "b"])]


@pytest.mark.hint("eval() and to() reach registered children. And of which dtype is the tensor for the results?")
def test_modes_and_dtypes(in_eval_and_float64, with_dropout, x):
    """eval() and float64 reach every net, and results have the nets' dtype"""
    expected = []
    for dtype in (torch.float32, torch.float64):
        nets = {key: net.eval().to(dtype) for key, net in with_dropout.items()}
        expected += [nets["a"](x.to(dtype)), row_by_row(nets, x.to(dtype), "abab")]
    assert_close(in_eval_and_float64, expected)


@probe
def side_by_side(student, nets, image_nets, x, images):
    one, two = student.Chooser(nets), student.Chooser(image_nets)
    return [sorted(one.keys()), sorted(two.keys()), one(x, "affine"), two(images, "one")]


@pytest.mark.hint("Is there anything that all instances share?")
def test_several_instances_keep_apart(side_by_side, nets, image_nets, x, images):
    """Several instances have nothing in common"""
    assert side_by_side[:2] == [["affine", "deep", "tanh"], ["one", "three"]]
    assert_close(side_by_side[2:], [nets["affine"](x), image_nets["one"](images)])
