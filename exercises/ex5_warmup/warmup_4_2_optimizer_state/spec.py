"""save_run and load_run: a net and its optimiser go on where they were."""

import copy
import io
import os

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe

RATES = (0.05, 0.02)  # of the first layer, and of the others
CLOSE = {"rtol": 1e-9, "atol": 1e-9}


def make_net(tracking=True):
    net = nn.Sequential(
        # No bias: batch norm takes it out again, and Adam would make steps of its gradient, which is only noise.
        nn.Linear(4, 6, bias=False),
        nn.BatchNorm1d(6, track_running_stats=tracking),
        nn.Tanh(),
        nn.Linear(6, 3),
    )
    return net.double()


def optimizer_for(kind, net, rates=RATES):
    """SGD with momentum, or Adam, with a learning rate for the first layer and another one for the rest."""
    groups = [
        {"params": list(net[0].parameters()), "lr": rates[0]},
        {"params": list(net[1:].parameters()), "lr": rates[1]},
    ]
    if kind == "momentum":
        return torch.optim.SGD(groups, lr=rates[0], momentum=0.9)
    return torch.optim.Adam(groups, lr=rates[0])


def train(net, optimizer, X, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        (net(X) - X.sum(dim=1, keepdim=True)).square().mean().backward()
        optimizer.step()


class Momentum:
    """SGD with momentum 0.9, for the judge: torch's own optimisers take a second to import."""

    def __init__(self, net):
        rates = [RATES[0]] * len(list(net[0].parameters())) + [RATES[1]] * len(list(net[1:].parameters()))
        self.known = [(p, lr, self.beginning(p)) for p, lr in zip(net.parameters(), rates, strict=True)]
        self.steps = 0

    def beginning(self, parameter):
        return [torch.zeros_like(parameter)]

    def zero_grad(self):
        for p, *_ in self.known:
            p.grad = None

    @torch.no_grad()
    def step(self):
        self.steps += 1
        for p, lr, state in self.known:
            p -= lr * self.direction(p.grad, *state)

    def direction(self, gradient, velocity):
        return velocity.mul_(0.9).add_(gradient)


class Adam(Momentum):
    """Adam with the usual constants, for the judge."""

    def beginning(self, parameter):
        return [torch.zeros_like(parameter), torch.zeros_like(parameter)]

    def direction(self, gradient, mean, square):
        mean.mul_(0.9).add_(0.1 * gradient)
        square.mul_(0.999).add_(0.001 * gradient**2)
        scale = (square / (1 - 0.999**self.steps)).sqrt() + 1e-8
        return mean / (1 - 0.9**self.steps) / scale


def parameters_of(net):
    return {name: parameter.detach().clone() for name, parameter in net.named_parameters()}


def unbroken(optimizer, net, X, steps):
    """The parameters after a run that is never interrupted."""
    net = copy.deepcopy(net)
    train(net, optimizer(net), X, steps)
    return parameters_of(net)


def files_here():
    return {name: open(name, "rb").read() for name in os.listdir(".") if os.path.isfile(name)}


def write_files(files):
    for name, data in files.items():
        with open(name, "wb") as file:
            file.write(data)


@pytest.fixture(scope="module")
def net():
    return make_net()


@pytest.fixture(scope="module")
def other_net():
    return make_net()


@pytest.fixture(scope="module")
def X():
    return torch.randn(9, 4, dtype=torch.float64)


def first_half(student, kind, net, X):
    """Three steps, a file, and four steps more."""
    optimizer = optimizer_for(kind, net)
    train(net, optimizer, X, 3)
    student.save_run("run.pt", net, optimizer)
    saved = {name: value.clone() for name, value in net.state_dict().items()}
    train(net, optimizer, X, 4)
    return {"files": files_here(), "saved": saved, "after": parameters_of(net)}


def second_half(student, kind, net, X, files):
    """Four steps from the file on, in another process, with a net and an optimiser that are new."""
    write_files(files)
    optimizer = optimizer_for(kind, net)
    student.load_run("run.pt", net, optimizer)
    train(net, optimizer, X, 4)
    return parameters_of(net)


@probe(scope="module")
def momentum_run(student, net, X):
    return first_half(student, "momentum", net, X)


@probe(scope="module", fresh=True)
def momentum_resumed(student, momentum_run, other_net, X):
    return second_half(student, "momentum", other_net, X, momentum_run["files"])


@probe(scope="module")
def adam_run(student, net, X):
    return first_half(student, "adam", net, X)


@probe(scope="module", fresh=True)
def adam_resumed(student, adam_run, other_net, X):
    return second_half(student, "adam", other_net, X, adam_run["files"])


@probe(scope="module", fresh=True)
def restored(student, momentum_run, other_net):
    """What net and optimiser hold after loading, of which the optimiser began with other hyperparameters."""
    write_files(momentum_run["files"])
    known = dict(other_net.named_parameters())
    optimizer = optimizer_for("momentum", other_net, rates=(0.7, 0.8))
    for group in optimizer.param_groups:
        group["momentum"] = 0.1
    other_net.eval()
    student.load_run("run.pt", other_net, optimizer)
    return {
        "state": dict(other_net.state_dict()),
        "known": known,
        "rates": [(group["lr"], group["momentum"]) for group in optimizer.param_groups],
        "modes": [other_net.training, other_net[1].training],
    }


@pytest.mark.hint("What does torch.load(path, weights_only=True) give for your file? Print it and compare.")
def test_file(contents, momentum_run):
    """The file is a dictionary of the two state_dicts, "net" and "optimizer", as plain data"""
    assert contents["error"] is None, "torch.load(path, weights_only=True) cannot read the file"
    assert contents["keys"] == [["net", "optimizer"], sorted(momentum_run["saved"]), ["param_groups", "state"]]
    assert_close(contents["net"], momentum_run["saved"], rtol=0, atol=0)
    assert contents["groups"] == [(0.05, 0.9, 1), (0.02, 0.9, 4)]
    assert [list(shape) for shape in contents["shapes"]] == [[6, 4], [6], [6], [3, 6], [3]]


@probe(scope="module", fresh=True)
def contents(student, momentum_run):
    torch.serialization.clear_safe_globals()
    data = momentum_run["files"].get("run.pt", b"")
    found = []
    error = error_of(lambda: found.append(torch.load(io.BytesIO(data), weights_only=True)))
    if error is not None or not isinstance(found[0], dict):
        return {"error": error, "keys": [type(value).__name__ for value in found]}
    inner = [found[0].get(name) for name in ("net", "optimizer")]
    keys = [sorted(value) if isinstance(value, dict) else None for value in (found[0], *inner)]
    if keys[1] is None or keys[2] != ["param_groups", "state"]:
        return {"error": None, "keys": keys}
    buffers = [entry.get("momentum_buffer") for entry in inner[1]["state"].values()]
    return {
        "error": None,
        "keys": keys,
        "net": dict(inner[0]),
        "groups": [(group["lr"], group["momentum"], len(group["params"])) for group in inner[1]["param_groups"]],
        "shapes": [list(value.shape) if isinstance(value, torch.Tensor) else [] for value in buffers],
    }


@pytest.mark.hint("load_run fills the net that it was given; a new net under the same name helps nobody.")
def test_net_comes_back(restored, momentum_run):
    """In another process, the net that was handed in gets its parameters back, in the same objects"""
    for name, value in restored["known"].items():
        assert_close(restored["state"][name], momentum_run["saved"][name], rtol=0, atol=0)
        assert_close(value, momentum_run["saved"][name], rtol=0, atol=0)


@pytest.mark.hint("What else does a BatchNorm layer remember from its mini-batches, besides its parameters?")
def test_buffers_come_back(restored, momentum_run):
    """The net gets its buffers back: the running mean and variance of batch normalisation"""
    for name in ("1.running_mean", "1.running_var", "1.num_batches_tracked"):
        assert_close(restored["state"][name], momentum_run["saved"][name], rtol=0, atol=0)


@pytest.mark.points(2)
@pytest.mark.hint("With momentum, the next step depends on more than the parameters and the gradient.")
def test_momentum_goes_on(momentum_resumed, net, X):
    """SGD with momentum: stopped and resumed in another process gives what an unbroken run gives"""
    assert_close(momentum_resumed, unbroken(Momentum, net, X, 7), **CLOSE)


@pytest.mark.points(2)
@pytest.mark.hint("Adam keeps two averages for every parameter and counts its steps. Who can hand you all of it?")
def test_adam_goes_on(adam_resumed, net, X):
    """Adam: stopped and resumed in another process gives what an unbroken run gives"""
    assert_close(adam_resumed, unbroken(Adam, net, X, 7), **CLOSE)


@pytest.mark.hint("A state_dict of an optimiser has two parts. What is in the second one, param_groups?")
def test_hyperparameters_come_back(restored):
    """Each group of the optimiser gets its learning rate and momentum back"""
    assert restored["rates"] == [(0.05, 0.9), (0.02, 0.9)]


@pytest.mark.hint("Does save_run change the net that is in training, its mode or its optimiser?")
def test_saving_changes_nothing(momentum_run, adam_run, net, X):
    """Training that goes on after saving is not disturbed by it"""
    assert_close(momentum_run["after"], unbroken(Momentum, net, X, 7), **CLOSE)
    assert_close(adam_run["after"], unbroken(Adam, net, X, 7), **CLOSE)


@probe(scope="module")
def gone_back(student, net, X):
    """One file, loaded again after more steps, and again: each time the same steps follow."""
    optimizer = optimizer_for("momentum", net)
    train(net, optimizer, X, 2)
    student.save_run("here.pt", net, optimizer)
    seen = []
    for _ in range(3):
        train(net, optimizer, X, 5)
        student.load_run("here.pt", net, optimizer)
        train(net, optimizer, X, 3)
        seen.append(parameters_of(net))
    return seen


@pytest.mark.hint("Is the state in the file, or does something in memory change with every further step?")
def test_going_back_again_and_again(gone_back, net, X):
    """A run can go back to the same file more than once"""
    expected = unbroken(Momentum, net, X, 5)
    for seen in gone_back:
        assert_close(seen, expected, **CLOSE)


@probe(scope="module")
def from_the_start(student, net, X):
    """The state before the first step, loaded into a net and an optimiser that have taken some."""
    ended = {}
    for kind in ("momentum", "adam"):
        one = copy.deepcopy(net)
        optimizer = optimizer_for(kind, one)
        student.save_run("start.pt", one, optimizer)
        train(one, optimizer, X, 3)
        student.load_run("start.pt", one, optimizer)
        train(one, optimizer, X, 4)
        ended[kind] = parameters_of(one)
    return ended


@pytest.mark.hint("Before its first step an optimiser remembers nothing, and nothing is what it should remember again.")
def test_back_to_the_start(from_the_start, net, X):
    """The state before the first step comes back too: the optimiser forgets its later steps"""
    assert_close(from_the_start["momentum"], unbroken(Momentum, net, X, 4), **CLOSE)
    assert_close(from_the_start["adam"], unbroken(Adam, net, X, 4), **CLOSE)


@probe(scope="module")
def two_runs(student, net, other_net, X):
    for name, one in (("one.pt", net), ("two", other_net)):
        optimizer = optimizer_for("adam", one)
        train(one, optimizer, X, 2)
        student.save_run(name, one, optimizer)
    return files_here()


@probe(scope="module", fresh=True)
def two_runs_loaded(student, two_runs, X):
    write_files({"first": two_runs.get("one.pt", b""), "second": two_runs.get("two", b"")})
    ended = []
    for name in ("second", "first"):
        net = make_net()
        optimizer = optimizer_for("adam", net)
        student.load_run(name, net, optimizer)
        train(net, optimizer, X, 3)
        ended.append(parameters_of(net))
    return ended


@pytest.mark.hint("Everything goes into the one file whose name is `path`, and comes from there.")
def test_two_runs_keep_apart(two_runs_loaded, net, other_net, X):
    """Two runs in two files that are renamed do not get mixed up"""
    second, first = two_runs_loaded
    assert_close(first, unbroken(Adam, net, X, 5), **CLOSE)
    assert_close(second, unbroken(Adam, other_net, X, 5), **CLOSE)


@probe(scope="module", fresh=True)
def file_of_another_program(student, net, other_net, X):
    """A file that save_run did not write."""
    optimizer = optimizer_for("adam", net)
    train(net, optimizer, X, 2)
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, "theirs.pt")
    optimizer = optimizer_for("adam", other_net)
    student.load_run("theirs.pt", other_net, optimizer)
    train(other_net, optimizer, X, 3)
    return parameters_of(other_net)


@pytest.mark.hint("Does loading need anything that is not in these two state_dicts?")
def test_file_of_another_program(file_of_another_program, net, X):
    """A file with the same two entries that another program wrote can be loaded"""
    assert_close(file_of_another_program, unbroken(Adam, net, X, 5), **CLOSE)


@probe(scope="module")
def saved_in_evaluation(student, net):
    optimizer = optimizer_for("momentum", net)
    student.save_run("run.pt", net, optimizer)
    modes = [net.training, net[1].training]
    net.eval()
    student.save_run("run.pt", net, optimizer)
    return [*modes, net.training, net[1].training]


@pytest.mark.hint("train() and eval() are the caller's decision.")
def test_modes_stay(restored, saved_in_evaluation):
    """Saving and loading leave the net in the mode in which it is"""
    assert saved_in_evaluation == [True, True, False, False]
    assert restored["modes"] == [False, False]


@probe(scope="module")
def missing_file(student, net, X):
    optimizer = optimizer_for("momentum", net)
    student.save_run("run.pt", net, optimizer)
    return error_of(student.load_run, "run.pt", net, optimizer), error_of(student.load_run, "no.pt", net, optimizer)


@pytest.mark.hint("An error that is hidden here shows itself much later, as training that began again from zero.")
def test_missing_file(missing_file):
    """A file that is not there raises FileNotFoundError"""
    there, missing = missing_file
    assert there is None, "even a file that is there raises an error"
    assert missing is not None, "load_run says nothing when there is no file"
    assert "FileNotFoundError" in missing[0], f"the error is a {missing[0][0]}"


@pytest.fixture(scope="module")
def misfits():
    """Nets whose files do not fit the net of make_net()."""
    return {
        "a layer more": make_net().append(nn.Linear(3, 2).double()),
        "a layer less": make_net()[:3],
        "its last layer at another place": make_net()[:3].append(nn.Tanh()).append(nn.Linear(6, 3).double()),
        "no running statistics": make_net(tracking=False),
        "another width at the end": make_net()[:3].append(nn.Linear(6, 4).double()),
    }


@probe(scope="module")
def misfit_errors(student, misfits, net, other_net):
    student.save_run("run.pt", net, optimizer_for("momentum", net))
    fits = error_of(student.load_run, "run.pt", other_net, optimizer_for("momentum", other_net))
    errors = {}
    for name, misfit in misfits.items():
        student.save_run("misfit.pt", misfit, optimizer_for("momentum", misfit))
        target = make_net()
        errors[name] = error_of(student.load_run, "misfit.pt", target, optimizer_for("momentum", target)) is not None
    return fits, errors


@pytest.mark.hint("A file that fits only in part is the file of another net. Is your loading strict about it?")
def test_other_nets_are_refused(misfit_errors, misfits):
    """The file of a net with other names or shapes raises an error"""
    fits, errors = misfit_errors
    assert fits is None, "even the file of a net that fits raises an error"
    for name in misfits:
        assert errors[name], f"no error for the file of a net with {name}"
