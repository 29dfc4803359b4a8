"""save_model and load_model: a net comes back from its file alone, in another process."""

import os

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe

# torch.export is a right answer, and takes seconds. Files are written once and loaded many times.
pytestmark = pytest.mark.limits(probe=60)


def save(student, net, path):
    """The files that save_model leaves behind, by name."""
    student.save_model(net, path)
    return {name: open(name, "rb").read() for name in os.listdir(".") if os.path.isfile(name)}


def write_files(files):
    for name, data in files.items():
        with open(name, "wb") as file:
            file.write(data)


def filled_mlp(student, numbers):
    """An MLP of the student's module with the judge's numbers in its parameters."""
    net = student.MLP()
    net(torch.zeros(2, 20))
    start = 0
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_(numbers[start : start + parameter.numel()].view(parameter.shape))
            start += parameter.numel()
    return net.eval()


def values_of(net):
    """All parameters in one sorted vector."""
    return torch.cat([parameter.detach().flatten() for parameter in net.parameters()]).sort().values


@pytest.fixture(scope="module")
def numbers():
    return torch.randn(20_000) / 4


@pytest.fixture(scope="module")
def X():
    """Inputs of the MLP."""
    return torch.randn(7, 20)


@pytest.fixture(scope="module")
def sequential():
    return nn.Sequential(
        nn.Linear(9, 13), nn.Tanh(), nn.Linear(13, 6, bias=False), nn.ReLU(), nn.Linear(6, 4), nn.Sigmoid()
    ).eval()


@pytest.fixture(scope="module")
def normed():
    """A net with batch normalisation whose running statistics are not those of a new net."""
    net = nn.Sequential(nn.Linear(9, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3))
    for _ in range(5):
        net(torch.randn(12, 9) + 1)
    return net.eval()


@pytest.fixture(scope="module")
def batches():
    """Inputs of the Sequentials, with different numbers of rows."""
    return [torch.randn(5, 9), torch.randn(3, 9), torch.randn(11, 9)]


@pytest.fixture(scope="module")
def last():
    return nn.Linear(10, 2)


@probe(scope="module")
def saved_mlp(student, numbers, X):
    net = filled_mlp(student, numbers)
    return {"outputs": net(X), "values": values_of(net), "files": save(student, net, "mlp.pt")}


@probe(scope="module")
def saved_sequential(student, sequential):
    return save(student, sequential, "net.pt")


@probe(scope="module")
def saved_normed(student, normed):
    return save(student, normed, "net.pt")


@pytest.mark.hint("Four bytes for every number: what does the file hold, a description of the net or the net?")
def test_file_holds_the_parameters(saved_mlp):
    """The file is large enough to hold all parameters"""
    size = sum(len(data) for data in saved_mlp["files"].values())
    needed = 4 * len(saved_mlp["values"])
    assert size > 0.8 * needed, f"{size} bytes cannot hold parameters that need {needed}"


@probe(scope="module", fresh=True)
def loaded_mlp(student, saved_mlp, X):
    write_files(saved_mlp["files"])
    net = student.load_model("mlp.pt")
    return {"outputs": net(X), "fewer": net(X[:3]), "values": values_of(net)}


@pytest.mark.hint("In the new process there are your module and the file. What does your file say about the net?")
@pytest.mark.points(2)
def test_mlp_in_a_new_process(loaded_mlp, saved_mlp, numbers):
    """An MLP, loaded in a new process, has the same parameters and gives the same outputs"""
    assert_close(loaded_mlp["values"], numbers[: len(saved_mlp["values"])].sort().values, rtol=0, atol=0)
    assert loaded_mlp["outputs"].std() > 0
    assert_close(loaded_mlp["outputs"], saved_mlp["outputs"], rtol=1e-4, atol=1e-5)
    assert_close(loaded_mlp["fewer"], saved_mlp["outputs"][:3], rtol=1e-4, atol=1e-5)


@probe(scope="module", fresh=True)
def loaded_sequential(student, saved_sequential, batches):
    write_files(saved_sequential)
    net = student.load_model("net.pt")
    return [net(batch) for batch in batches]


@pytest.mark.hint("The same parameters with other layers between them, or in another order, are another function.")
@pytest.mark.points(2)
def test_sequential_in_a_new_process(loaded_sequential, sequential, batches):
    """A Sequential of library layers, loaded in a new process, gives the same outputs"""
    assert_close(loaded_sequential, [sequential(batch).detach() for batch in batches])


@probe(scope="module", fresh=True)
def loaded_normed(student, saved_normed, batches):
    write_files(saved_normed)
    net = student.load_model("net.pt")
    error_of(net.eval)  # a module of torch.export has no eval()
    return [net(batch) for batch in batches]


@pytest.mark.hint("Batch normalisation keeps numbers that no gradient reaches. Are they in the file?")
def test_buffers_are_saved_too(loaded_normed, normed, batches):
    """In eval mode, a net with batch normalisation gives the same outputs: its buffers are saved too"""
    assert_close(loaded_normed, [normed(batch).detach() for batch in batches])


@probe(scope="module")
def joined(student, saved_mlp, last, X):
    write_files(saved_mlp["files"])
    net = student.load_model("mlp.pt")
    whole = nn.Sequential(net, last)
    return {"outputs": whole(X), "values": values_of(whole)}


@pytest.mark.hint("What type has the value that load_model returns? A dictionary of parameters computes nothing.")
def test_loaded_net_is_a_module(joined, saved_mlp, last, X):
    """What load_model returns is an nn.Module, which can be a layer of another net"""
    assert_close(joined["outputs"], last(saved_mlp["outputs"]).detach(), rtol=1e-4, atol=1e-5)
    values = torch.cat([saved_mlp["values"], values_of(last)]).sort().values
    assert_close(joined["values"], values, rtol=0, atol=0)


@probe(scope="module")
def gradients(student, saved_sequential, batches):
    write_files(saved_sequential)
    net = student.load_model("net.pt")
    net(batches[0]).square().sum().backward()
    return [(parameter.detach(), parameter.grad) for parameter in net.parameters()]


@pytest.mark.hint("Do the values come back as parameters that ask for a gradient, or as constants?")
def test_loaded_net_can_be_trained(gradients, sequential, batches):
    """Every parameter of the loaded net gets the gradient that it would get in the saved one"""
    sequential.zero_grad()
    sequential(batches[0]).square().sum().backward()
    for name, parameter in sequential.named_parameters():
        grads = [grad for value, grad in gradients if torch.equal(value, parameter)]
        assert len(grads) == 1, f"{name} is not among the parameters of the loaded net"
        assert grads[0] is not None, f"{name} of the loaded net gets no gradient"
        assert_close(grads[0], parameter.grad)


@probe(scope="module")
def changed(student, numbers, X):
    """What four nets compute after every parameter of one of them has been changed."""
    net = filled_mlp(student, numbers)
    save(student, net, "mlp.pt")
    first, second = student.load_model("mlp.pt"), student.load_model("mlp.pt")
    with torch.no_grad():
        for parameter in first.parameters():
            parameter.mul_(-0.5)
    nets = {"the changed net": first, "the saved net": net, "a net loaded before": second}
    outputs = {name: one(X) for name, one in nets.items()}
    outputs["a net loaded after"] = student.load_model("mlp.pt")(X)
    return outputs


@pytest.mark.hint("Training one of two loaded nets must leave the other, and the net that was saved, as it is.")
def test_every_net_has_its_own_parameters(changed, saved_mlp):
    """A change in a loaded net shows there, and neither in the saved net nor in another loaded one"""
    seen = changed["the changed net"]
    assert seen.shape == saved_mlp["outputs"].shape
    assert not torch.allclose(seen, saved_mlp["outputs"]), "new values for the parameters change no output"
    for name in ("the saved net", "a net loaded before", "a net loaded after"):
        assert torch.allclose(changed[name], saved_mlp["outputs"], rtol=1e-4, atol=1e-5), f"{name} has changed too"


@probe(scope="module")
def two_files(student, sequential, normed):
    student.save_model(sequential, "one.pt")
    return save(student, normed, "two.pt")


@probe(scope="module", fresh=True)
def two_files_loaded(student, two_files, batches):
    write_files({"first.pt": two_files.get("one.pt", b""), "second.pt": two_files.get("two.pt", b"")})
    second, first = student.load_model("second.pt"), student.load_model("first.pt")
    return [first(batches[0]).shape, second(batches[0]).shape]


@pytest.mark.hint("Everything goes into the one file whose name is `path`, and comes from there.")
def test_two_files_keep_apart(two_files_loaded):
    """Files of two different nets, renamed, give two different nets"""
    assert two_files_loaded == [(5, 4), (5, 3)]


@pytest.fixture(scope="module")
def garbage():
    return {
        "an empty file": b"",
        "a text": b"This is no net.\n" * 20,
        "random bytes": b"\0" + bytes(torch.randint(256, (3000,)).tolist()),
    }


@probe(scope="module")
def garbage_loads(student, saved_mlp, garbage):
    write_files(saved_mlp["files"])
    errors = {"a good file": error_of(student.load_model, "mlp.pt")}
    good = max(saved_mlp["files"].values(), key=len)
    for name, data in {**garbage, "the first half of a good file": good[: len(good) // 2]}.items():
        write_files({"garbage.pt": data})
        errors[name] = error_of(student.load_model, "garbage.pt")
    return errors


@pytest.mark.hint("Better no net than an empty one. Which line hides the error, or does not look at the file?")
def test_garbage_is_an_error(garbage_loads):
    """A file that holds no net, or only half of one, raises an error, and a good one does not"""
    assert garbage_loads["a good file"] is None, "even a file of save_model raises an error"
    for name in ("an empty file", "a text", "random bytes", "the first half of a good file"):
        assert garbage_loads[name] is not None, f"no error for {name}"
