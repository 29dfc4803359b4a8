"""build_mlp: one hidden layer in two places. train: gradient descent, with a history of what it did."""

import copy

import pytest
import torch
from torch import nn
from torch.nn import functional as F
from torch.testing import assert_close

from grader.spec import probe

# --- build_mlp: no two shapes of weights are equal, so a parameter is known by its shape, whatever its name


def fill(net, x, values):
    """Give every parameter of the net the value that has its shape."""
    net(x)  # lazy layers get their shapes
    for parameter in net.parameters():
        for value in values:
            if parameter.shape == value.shape:
                parameter.data.copy_(value)


def chain(x, first, hidden1, hidden2, last):
    """What the net computes, with separate layers in the two places of the shared one."""
    h = torch.relu(F.linear(x, *first))
    h = torch.relu(F.linear(h, *hidden1))
    h = torch.relu(F.linear(h, *hidden2))
    return F.linear(h, *last)


@pytest.fixture
def sizes():
    return [(5, 7, 3), (4, 2, 9)]


@pytest.fixture
def x():
    return torch.rand(6, 5)


@pytest.fixture
def direction():
    return torch.rand(6, 3)


@pytest.fixture
def values():
    return [0.5 * torch.randn(shape) for shape in [(7, 5), (7,), (7, 7), (3, 7), (3,)]]


@pytest.fixture
def positive():
    """Other values, for which no ReLU changes anything: a missing one does not disturb the other checks."""
    return [0.1 + 0.3 * torch.rand(shape) for shape in [(7, 5), (7,), (7, 7), (3, 7), (3,)]]


@probe
def shapes(student, sizes):
    found = []
    for size in sizes:
        net = student.build_mlp(*size)
        net(torch.zeros(2, size[0]))
        found.append([tuple(parameter.shape) for parameter in net.parameters()])
    return found


@probe
def output(student, x, values):
    net = student.build_mlp(5, 7, 3)
    fill(net, x, values)
    return net(x)


@probe
def hidden_gradients(student, x, positive, direction):
    net = student.build_mlp(5, 7, 3)
    fill(net, x, positive)
    net.zero_grad()
    (net(x) * direction).sum().backward()
    return [parameter.grad for parameter in net.parameters() if tuple(parameter.shape) == (7, 7)]


@probe
def output_after_step(student, x, positive, direction):
    net = student.build_mlp(5, 7, 3)
    fill(net, x, positive)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.001)
    optimizer.zero_grad()
    (net(x) * direction).sum().backward()
    optimizer.step()
    return net(x)


@probe
def two_nets(student, x, values, positive):
    net1, net2 = student.build_mlp(5, 7, 3), student.build_mlp(5, 7, 3)
    fill(net1, x, values)
    fill(net2, x, positive)
    return [[parameter for parameter in net.parameters() if tuple(parameter.shape) == (7, 7)] for net in (net1, net2)]


@pytest.mark.hint("Three Linear layers, each with a weight and a bias. Which tensors are too many or too few?")
def test_six_parameters(shapes, sizes):
    """The net has six parameter tensors, of the right shapes"""
    for seen, (i, h, o) in zip(shapes, sizes, strict=True):
        assert sorted(seen) == sorted([(h, i), (h,), (h, h), (h,), (o, h), (o,)])


@pytest.mark.hint("Go through the layers in the docstring one by one: four linear maps, a ReLU between each two.")
def test_layers_in_order(output, x, values):
    """The output is that of the layers in order: the hidden layer twice, a ReLU after all but the last"""
    w1, b, w2, w3, b3 = values
    assert_close(output, chain(x, (w1, b), (w2, b), (w2, b), (w3, b3)))


@pytest.mark.hint("Both uses must lead to one tensor: then backward adds what comes from each of them.")
def test_shared_gradient_is_the_sum(hidden_gradients, x, positive, direction):
    """The shared weight has one gradient: the sum over both uses"""
    w1, b, w2, w3, b3 = positive
    use1, use2 = (w2.clone().requires_grad_() for _ in range(2))
    (chain(x, (w1, b), (use1, b), (use2, b), (w3, b3)) * direction).sum().backward()
    assert len(hidden_gradients) == 1, "the two hidden layers have a weight each, which get a gradient each"
    assert_close(hidden_gradients[0], use1.grad + use2.grad, rtol=1e-5, atol=1e-5)


@pytest.mark.hint("Equal numbers at the start are not enough: what keeps the two layers equal while they learn?")
def test_tied_after_a_step(output_after_step, x, positive, direction):
    """After a step of an optimiser both places still have the same weight and bias"""
    w1, b, w2, w3, b3 = positive
    leaves = [t.clone().requires_grad_() for t in (w1, b, w2, b, w3, b3)]
    w1, b1, w2, b2, w3, b3 = leaves
    (chain(x, (w1, b1), (w2, b2), (w2, b2), (w3, b3)) * direction).sum().backward()
    w1, b1, w2, b2, w3, b3 = (leaf.detach() - 0.001 * leaf.grad for leaf in leaves)
    assert_close(output_after_step, chain(x, (w1, b1), (w2, b2), (w2, b2), (w3, b3)), rtol=1e-5, atol=1e-5)


@pytest.mark.hint("Sharing is meant within one net. Where is the shared layer made, and how often?")
def test_two_nets_share_nothing(two_nets, values, positive):
    """Two nets built one after the other share nothing"""
    for hidden, expected in zip(two_nets, (values, positive), strict=True):
        assert len(hidden) > 0, "no parameter has the shape of the hidden layer's weight"
        for seen in hidden:
            assert_close(seen, expected[2])


# --- train: on nets of the judge, so that it does not depend on build_mlp


def loss_and_gradients(net, params, X, Y):
    """Loss and gradients of a copy of the net with these parameters."""
    twin = copy.deepcopy(net)
    with torch.no_grad():
        for name, parameter in twin.named_parameters():
            parameter.copy_(params[name])
    loss = F.mse_loss(twin(X), Y)
    loss.backward()
    return loss.item(), {name: parameter.grad for name, parameter in twin.named_parameters()}


def params_of(net):
    return {name: parameter.detach() for name, parameter in net.named_parameters()}


def params_before(history, net):
    """The parameters before each epoch's step, as the history has them."""
    assert len(history) == 4
    return [params_of(net), *(epoch["params"] for epoch in history[:-1])]


def chosen(tensors, names):
    return {name: tensors[name] for name in names}


@pytest.fixture(scope="module")
def net():
    shared = nn.Linear(6, 6)
    return nn.Sequential(nn.Linear(4, 6), nn.ReLU(), shared, nn.ReLU(), shared, nn.ReLU(), nn.Linear(6, 3))


@pytest.fixture(scope="module")
def X():
    return torch.randn(9, 4)


@pytest.fixture(scope="module")
def Y(X):
    return 3 + X @ torch.randn(4, 3)


@pytest.fixture
def noise(net):
    return {name: torch.randn_like(parameter) for name, parameter in net.named_parameters()}


@pytest.fixture
def tied_net():
    a, b = nn.Linear(5, 5), nn.Linear(5, 5)
    b.weight, b.bias = a.weight, a.bias
    return nn.Sequential(nn.Linear(2, 5), nn.Tanh(), a, nn.Tanh(), b, nn.Tanh(), nn.Linear(5, 1)).double()


@pytest.fixture
def X1():
    return torch.randn(8, 2, dtype=torch.float64)


@pytest.fixture
def Y1():
    return 3 + 0.3 * torch.randn(8, 1, dtype=torch.float64)


@pytest.fixture
def written():
    return torch.randn(5, 5, dtype=torch.float64)


@probe(scope="module")
def history(student, net, X, Y):
    return student.train(net, X, Y, lr=0.1, epochs=4)


@probe
def two_histories(student, net, X, Y):
    first = student.train(net, X, Y, lr=0.1, epochs=4)
    second = student.train(net, X, Y, lr=0.1, epochs=3)
    return first, second


@probe
def with_stale_gradients(student, net, X, Y, noise):
    for name, parameter in net.named_parameters():
        parameter.grad = noise[name]
    return student.train(net, X, Y, lr=0.1, epochs=1)


@probe
def snapshots(student, net, X, Y, noise):
    history = student.train(net, X, Y, lr=0.1, epochs=2)
    tensors = [tensor for epoch in history for part in ("grads", "params") for tensor in epoch[part].values()]
    before = [tensor.detach().clone() for tensor in tensors]
    for name, parameter in net.named_parameters():
        parameter.data.add_(noise[name])
        if parameter.grad is not None:
            parameter.grad.data.add_(noise[name])
    return before, tensors, [tensor.grad_fn is not None for tensor in tensors]


@probe
def trained(student, tied_net, X1, Y1):
    student.train(tied_net, X1, Y1, lr=0.01, epochs=10)
    return dict(tied_net.named_parameters())


@probe
def other_history(student, tied_net, X1, Y1):
    return student.train(tied_net, X1, Y1)


@probe
def read_back(student, tied_net, X1, Y1, written):
    student.train(tied_net, X1, Y1, lr=0.1, epochs=3)
    tied_net[4].weight.data.copy_(written)
    return tied_net[2].weight, tied_net[0].weight


@pytest.mark.hint("Which names does net.named_parameters() give when a layer is shared? Begin a new list in each call.")
def test_one_dict_per_epoch(two_histories, net):
    """The history has one dict per epoch, with the names of named_parameters()"""
    names = [name for name, _ in net.named_parameters()]
    for seen, epochs in zip(two_histories, (4, 3), strict=True):
        assert type(seen) is list
        assert len(seen) == epochs
        for epoch in seen:
            for part in ("grads", "params"):
                assert sorted(epoch[part]) == sorted(names)
                assert all(epoch[part][name].shape == p.shape for name, p in net.named_parameters())


@pytest.mark.hint("A tensor keeps the whole graph of its epoch in memory. How does one get its number out?")
def test_loss_is_a_float(history):
    """The loss of each epoch is a Python float"""
    assert [type(epoch["loss"]) for epoch in history] == [float] * 4
    assert all(epoch["loss"] > 0 for epoch in history)


@pytest.mark.hint("Mean squared error over all numbers of Y, of the parameters with which the epoch begins.")
def test_loss_before_the_step(history, net, X, Y):
    """The loss is that of all the data, before the epoch's step"""
    for epoch, params in zip(history, params_before(history, net), strict=True):
        assert_close(float(epoch["loss"]), loss_and_gradients(net, params, X, Y)[0], rtol=1e-4, atol=1e-5)


@pytest.mark.hint("backward() adds to what is in .grad. And: is what the first epoch stored still there at the end?")
def test_gradients_of_this_epoch_only(history, net, X, Y):
    """The gradients are those of this epoch alone"""
    for epoch, params in zip(history, params_before(history, net), strict=True):
        expected = loss_and_gradients(net, params, X, Y)[1]
        assert_close(chosen(epoch["grads"], expected), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.hint(
    "Plain SGD has no memory. And: are the parameters of each epoch kept as they were after its own step?"
)
def test_step_is_lr_times_gradient(history, net):
    """Each epoch takes lr times its gradient away from the parameters"""
    for epoch, params in zip(history, params_before(history, net), strict=True):
        expected = {name: params[name] - 0.1 * epoch["grads"][name] for name in params_of(net)}
        assert_close(chosen(epoch["params"], expected), expected, rtol=2e-6, atol=3e-7)


@pytest.mark.hint("Change the net by hand after training: does history change with it? Which memory does it point to?")
def test_history_holds_snapshots(snapshots):
    """What happens to the net later does not change the history, and the history holds no graph"""
    before, after, has_graph = snapshots
    assert len(before) >= 24
    assert_close(after, before)
    assert not any(has_graph), "some tensors of the history still hang on the graph of their computation"


@pytest.mark.hint("What is in .grad when train begins need not be None: somebody may have called backward() before.")
def test_stale_gradients_are_ignored(with_stale_gradients, net, X, Y):
    """Gradients from before the training do not count"""
    expected = loss_and_gradients(net, params_of(net), X, Y)[1]
    assert_close(chosen(with_stale_gradients[0]["grads"], expected), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.hint("After train, the caller looks at his own net. Is that the net which was trained, on his Y?")
def test_the_net_handed_in_learns(trained, tied_net, X1, Y1):
    """The net handed in is the one that learns: its loss falls"""
    loss = loss_and_gradients(tied_net, trained, X1, Y1)[0]
    start = loss_and_gradients(tied_net, params_of(tied_net), X1, Y1)[0]
    assert loss < 0.85 * start, f"the loss of the net was {start:.3f} before the training and is {loss:.3f} after it"


@pytest.mark.hint("Two layers may also be tied by one weight under two names. Change parameters in place.")
def test_tied_layers_stay_tied(read_back, tied_net, written):
    """Layers that were tied before the training are tied after it"""
    tied, first = read_back
    assert_close(tied, written)
    assert first.shape == tied_net[0].weight.shape
    assert not torch.equal(first, tied_net[0].weight), "the net was not trained"


@pytest.mark.hint("Compare the shapes of net(X) and Y inside the loss. Nothing may depend on sizes or dtype.")
def test_one_output_in_float64(other_history, tied_net, X1, Y1):
    """A net with one output in float64, lr and epochs left at their defaults"""
    params = params_of(tied_net)
    assert len(other_history) == 2
    for epoch in other_history:
        loss, grads = loss_and_gradients(tied_net, params, X1, Y1)
        params = {name: params[name] - 0.01 * grads[name] for name in grads}
        assert_close(float(epoch["loss"]), loss)
        assert_close(chosen(epoch["grads"], grads), grads)
        assert_close(chosen(epoch["params"], params), params)
