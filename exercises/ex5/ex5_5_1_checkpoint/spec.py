"""save_checkpoint and load_checkpoint: training that was stopped goes on as if it never had been."""

import copy
import io
import os

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe


def make_net(width=7, outputs=3, tracking=True, bias=True):
    return nn.Sequential(
        # No bias: batch norm takes it out again, and Adam would make steps of its gradient, which is only noise.
        nn.Linear(5, width, bias=False),
        nn.BatchNorm1d(width, track_running_stats=tracking),
        nn.Tanh(),
        nn.Linear(width, outputs, bias=bias),
    ).double()


def optimizer_for(kind, net, lr=0.05):
    if kind == "momentum":
        return torch.optim.SGD(net.parameters(), lr=lr, momentum=0.9)
    return torch.optim.Adam(net.parameters(), lr=lr)


def train(net, optimizer, X, epochs):
    for _ in range(epochs):
        optimizer.zero_grad()
        (net(X) - X.sum(dim=1, keepdim=True)).square().mean().backward()
        optimizer.step()


def nudge(net, optimizer, X):
    """A step that moves parameters, buffers and the state of the optimiser, without working out a gradient."""
    with torch.no_grad():
        net(X)
    for parameter in net.parameters():
        parameter.grad = torch.rand_like(parameter)
    optimizer.step()


def snapshot(net, optimizer):
    return {"net": described(net.state_dict()), "optimizer": described(optimizer.state_dict())}


def described(state):
    """As text, a nest of containers in which tensors are told by dtype and shape; their values in one vector."""
    tensors = []

    def told(value):
        if isinstance(value, torch.Tensor):
            tensors.append(value.detach().flatten().double())
            return ["tensor", str(value.dtype), list(value.shape)]
        if isinstance(value, dict):
            return {key: told(value[key]) for key in sorted(value, key=str)}
        if isinstance(value, (list, tuple)):
            return [told(item) for item in value]
        return value

    return {"text": str(told(state)), "values": torch.cat([torch.zeros(0), *tensors])}


def files_here():
    return {name: open(name, "rb").read() for name in os.listdir(".") if os.path.isfile(name)}


def write_files(files):
    for name, data in files.items():
        with open(name, "wb") as file:
            file.write(data)


def numbers_in(value):
    """Every number in a nest of containers and tensors, as a list of float64 tensors."""
    if isinstance(value, torch.Tensor):
        return [value.detach().flatten().double()]
    if isinstance(value, (int, float)):
        return [torch.tensor([value], dtype=torch.float64)]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple, set)):
        return [numbers for item in value for numbers in numbers_in(item)]
    return []


@pytest.fixture(scope="module")
def net():
    return make_net()


@pytest.fixture(scope="module")
def other_net():
    return make_net()


@pytest.fixture(scope="module")
def X():
    return torch.randn(11, 5, dtype=torch.float64)


@pytest.fixture(scope="module")
def epoch():
    return int(torch.randint(5, 1000, ()))


def first_part(student, kind, net, X):
    """Two epochs, a checkpoint, and three epochs more without a stop."""
    optimizer = optimizer_for(kind, net)
    train(net, optimizer, X, 2)
    student.save_checkpoint("run.pt", net, optimizer, 2)
    saved = copy.deepcopy(net.state_dict())
    train(net, optimizer, X, 3)
    return {"files": files_here(), "saved": saved, "after": net.state_dict()}


def second_part(student, kind, net, X, files):
    """The last three epochs, in another process, with a net and an optimiser that are new."""
    write_files(files)
    optimizer = optimizer_for(kind, net)
    student.load_checkpoint("run.pt", net, optimizer)
    train(net, optimizer, X, 3)
    return dict(net.named_parameters())


class Momentum:
    """SGD with momentum 0.9, for the judge: torch's own optimisers take a second to import."""

    def __init__(self, net, lr=0.05):
        self.lr = lr
        self.states = [(p, torch.zeros_like(p)) for p in net.parameters()]

    def zero_grad(self):
        for p, *_ in self.states:
            p.grad = None

    @torch.no_grad()
    def step(self):
        for p, velocity in self.states:
            velocity.mul_(0.9).add_(p.grad)
            p.sub_(self.lr * velocity)


class Adam(Momentum):
    """Adam with the usual constants, for the judge."""

    def __init__(self, net, lr=0.05):
        self.lr, self.count = lr, 0
        self.states = [(p, torch.zeros_like(p), torch.zeros_like(p)) for p in net.parameters()]

    @torch.no_grad()
    def step(self):
        self.count += 1
        for p, mean, square in self.states:
            mean.mul_(0.9).add_(0.1 * p.grad)
            square.mul_(0.999).add_(0.001 * p.grad**2)
            scale = (square / (1 - 0.999**self.count)).sqrt() + 1e-8
            p.sub_(self.lr * mean / (1 - 0.9**self.count) / scale)


def never_interrupted(optimizer, net, X):
    net = copy.deepcopy(net)
    train(net, optimizer(net), X, 5)
    return {name: value.detach() for name, value in net.named_parameters()}


@probe(scope="module")
def momentum_run(student, net, X):
    return first_part(student, "momentum", net, X)


@probe(scope="module", fresh=True)
def momentum_resumed(student, momentum_run, other_net, X):
    return second_part(student, "momentum", other_net, X, momentum_run["files"])


@probe(scope="module")
def adam_run(student, net, X):
    return first_part(student, "adam", net, X)


@probe(scope="module", fresh=True)
def adam_resumed(student, adam_run, other_net, X):
    return second_part(student, "adam", other_net, X, adam_run["files"])


@probe(scope="module", fresh=True)
def restored(student, momentum_run, other_net):
    write_files(momentum_run["files"])
    before = dict(other_net.named_parameters())
    optimizer = optimizer_for("momentum", other_net, lr=0.3)
    student.load_checkpoint("run.pt", other_net, optimizer)
    return {
        "parameters": dict(other_net.named_parameters()),
        "parameters handed in": before,
        "buffers": dict(other_net.named_buffers()),
        "lr": [group["lr"] for group in optimizer.param_groups],
    }


@pytest.mark.hint("load_checkpoint fills the net that it was given; a new net under the same name helps nobody.")
def test_parameters_come_back(restored, momentum_run):
    """After loading in a new process, the parameters of the net that was handed in are those of the file"""
    saved = {name: momentum_run["saved"][name] for name in ("0.weight", "1.bias", "3.weight", "3.bias")}
    for name, value in saved.items():
        assert_close(restored["parameters"][name], value, rtol=0, atol=0)
        assert_close(restored["parameters handed in"][name], value, rtol=0, atol=0)


@pytest.mark.hint("What else does a BatchNorm layer remember from its mini-batches, besides its parameters?")
def test_buffers_come_back(restored, momentum_run):
    """Buffers come back too: the running mean and variance of batch normalisation"""
    for name in ("1.running_mean", "1.running_var", "1.num_batches_tracked"):
        assert_close(restored["buffers"][name], momentum_run["saved"][name], rtol=0, atol=0)


@pytest.mark.hint("With momentum, the next step depends on more than the parameters and the gradient.")
@pytest.mark.points(2)
def test_momentum_run_goes_on(momentum_resumed, net, X):
    """SGD with momentum: stopped and resumed in a new process gives what an unbroken run gives"""
    assert_close(momentum_resumed, never_interrupted(Momentum, net, X), rtol=1e-9, atol=1e-9)


@pytest.mark.hint("Adam keeps two averages for every parameter and counts its steps. Who can hand you all of it?")
@pytest.mark.points(2)
def test_adam_run_goes_on(adam_resumed, net, X):
    """Adam: stopped and resumed in a new process gives what an unbroken run gives"""
    assert_close(adam_resumed, never_interrupted(Adam, net, X), rtol=1e-9, atol=1e-9)


@pytest.mark.hint("The state of an optimiser has two parts; its hyperparameters are in the second one.")
def test_learning_rate_comes_back(restored):
    """The learning rate that was saved replaces the one of the new optimiser"""
    assert restored["lr"] == [0.05]


@pytest.mark.hint("Does save_checkpoint change a mode, a value or the optimiser of the net that is in training?")
def test_saving_changes_nothing(momentum_run, net, X):
    """Training that goes on after saving is not disturbed by it"""
    seen = {name: momentum_run["after"][name] for name in dict(net.named_parameters())}
    assert_close(seen, never_interrupted(Momentum, net, X), rtol=1e-9, atol=1e-9)


@probe(scope="module")
def epochs(student, net, X, epoch):
    optimizer = optimizer_for("momentum", net)
    train(net, optimizer, X, 1)
    seen = []
    for number in (0, 1, epoch):
        student.save_checkpoint("run.pt", net, optimizer, number)
        seen.append(student.load_checkpoint("run.pt", net, optimizer))
    return seen


@pytest.mark.hint("What comes out is the number that was put in: the caller decides what to do next.")
def test_epoch_comes_back(epochs, epoch):
    """load_checkpoint returns the epoch that was saved, 0 included"""
    assert epochs == [0, 1, epoch]
    assert [type(number) for number in epochs] == [int, int, int]


@probe(scope="module")
def two_runs(student, net, other_net, X):
    for name, one in (("one.pt", net), ("two.ckpt", other_net)):
        optimizer = optimizer_for("momentum", one)
        train(one, optimizer, X, 1)
        student.save_checkpoint(name, one, optimizer, 1)
    return {"files": files_here(), "weights": [net[0].weight, other_net[0].weight]}


@probe(scope="module", fresh=True)
def two_runs_loaded(student, two_runs, X):
    files = two_runs["files"]
    write_files({"first": files.get("one.pt", b""), "second": files.get("two.ckpt", b"")})
    weights = []
    for name in ("second", "first"):
        net = make_net()
        optimizer = optimizer_for("momentum", net)
        student.load_checkpoint(name, net, optimizer)
        weights.append(net[0].weight)
    return weights


@pytest.mark.hint("Everything goes into the one file whose name is `path`, and comes from there.")
def test_two_runs_keep_apart(two_runs_loaded, two_runs):
    """Checkpoints of two runs do not get mixed up, even if the files are renamed"""
    second, first = two_runs_loaded
    assert_close(first, two_runs["weights"][0], rtol=0, atol=0)
    assert_close(second, two_runs["weights"][1], rtol=0, atol=0)


@probe(scope="module", fresh=True)
def contents(student, momentum_run):
    torch.serialization.clear_safe_globals()
    loaded = []
    errors = [
        error_of(lambda data=data: loaded.append(torch.load(io.BytesIO(data), weights_only=True)))
        for data in momentum_run["files"].values()
    ]
    return {"errors": errors, "numbers": torch.cat([torch.zeros(0), *numbers_in(loaded)])}


@pytest.mark.hint("weights_only=True reads tensors, numbers, text and plain containers, and no object of a class.")
def test_file_holds_plain_data(contents, momentum_run):
    """torch.load(path, weights_only=True) reads the file, and finds the parameters in it"""
    readable = all(error is None for error in contents["errors"])
    assert readable, "torch.load(path, weights_only=True) cannot read the file"
    for name in ("0.weight", "3.weight"):
        assert torch.isin(momentum_run["saved"][name], contents["numbers"]).all(), f"{name} is not in the file"


@probe(scope="module")
def missing_file(student, net, X):
    optimizer = optimizer_for("momentum", net)
    train(net, optimizer, X, 1)
    student.save_checkpoint("run.pt", net, optimizer, 1)
    return {
        "run.pt": error_of(student.load_checkpoint, "run.pt", net, optimizer),
        "nothing.pt": error_of(student.load_checkpoint, "nothing.pt", net, optimizer),
    }


@pytest.mark.hint("An error that is hidden here shows itself much later, as training that began again from zero.")
def test_missing_file_is_an_error(missing_file):
    """A file that does not exist raises FileNotFoundError"""
    assert missing_file["run.pt"] is None, "even a file that exists raises an error"
    assert missing_file["nothing.pt"] is not None, "load_checkpoint says nothing when there is no file"
    assert "FileNotFoundError" in missing_file["nothing.pt"][0]


@pytest.fixture(scope="module")
def misfits():
    """Nets whose checkpoints do not fit the net of make_net()."""
    return {
        "another width of the last layer": make_net(outputs=4),
        "a last layer of width 1": make_net(outputs=1),
        "another width in the middle": make_net(width=6),
        "as many numbers in other shapes": make_net(width=3, outputs=16),
        "one more layer": make_net().append(nn.Linear(3, 2).double()),
        "one layer fewer": make_net()[:3],
        "a layer without bias": make_net(bias=False),
        "no running statistics": make_net(tracking=False),
    }


@probe(scope="module")
def misfit_loads(student, misfits, other_net, X):
    results = {}
    for name, source in {"the same": other_net, **misfits}.items():
        optimizer = optimizer_for("momentum", source)
        nudge(source, optimizer, X)
        student.save_checkpoint("run.pt", source, optimizer, 1)
        target = make_net()
        optimizer = optimizer_for("momentum", target)
        nudge(target, optimizer, X)
        before = snapshot(target, optimizer)
        error = error_of(student.load_checkpoint, "run.pt", target, optimizer)
        results[name] = {"error": error, "before": before, "after": snapshot(target, optimizer)}
    return results


@pytest.mark.hint("A file that fits only in part is the file of another net. Is your loading strict about it?")
def test_other_architecture_is_an_error(misfit_loads, misfits):
    """A checkpoint of another architecture raises an error, and one of the same does not"""
    assert misfit_loads["the same"]["error"] is None, "a checkpoint of the same architecture raises an error"
    for name in misfits:
        assert misfit_loads[name]["error"] is not None, f"no error for a checkpoint with {name}"


@pytest.mark.hint(
    "A strict load_state_dict copies what fits before it raises. What can be compared before the first copy?"
)
@pytest.mark.points(2)
def test_refused_load_changes_nothing(misfit_loads, misfits):
    """After that error, parameters, buffers and optimiser are as they were before"""
    assert misfit_loads["the same"]["error"] is None, "a checkpoint of the same architecture raises an error"
    refused = [name for name in misfits if misfit_loads[name]["error"] is not None]
    assert refused, "no checkpoint of another architecture was refused"
    for name in refused:
        before, after = misfit_loads[name]["before"], misfit_loads[name]["after"]
        for part in ("net", "optimizer"):
            message = f"a checkpoint with {name} was refused, but the {part} has changed"
            assert after[part]["text"] == before[part]["text"], message
            assert torch.equal(after[part]["values"], before[part]["values"]), message


@probe(scope="module")
def reasons(student):
    return student.REASONS


@pytest.mark.hint("Test each sentence against what is in your file, and against what happens with it left out.")
def test_reasons(reasons):
    """REASONS holds the true statements and no others"""
    assert reasons == {
        "resume_after_crash",
        "go_back_to_best_epoch",
        "share_and_reproduce",
        "start_of_fine_tuning",
    }
