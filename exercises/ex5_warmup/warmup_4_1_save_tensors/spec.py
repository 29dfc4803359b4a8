"""save_tensors, load_tensors, save_net and load_net: what goes into a file comes out again."""

import io
import os

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe


def same(seen, expected):
    """What goes through a file comes back to the last bit."""
    assert_close(seen, expected, rtol=0, atol=0)


def files_here():
    return {name: open(name, "rb").read() for name in os.listdir(".") if os.path.isfile(name)}


def write_file(name, data):
    with open(name, "wb") as file:
        file.write(data)


def told(value):
    """The value, with the names of the types that plain data does not keep."""
    if isinstance(value, dict):
        return {"type": type(value).__name__, "keys": list(value), "values": [told(item) for item in value.values()]}
    if isinstance(value, (list, tuple)):
        return {"type": type(value).__name__, "values": [told(item) for item in value]}
    return {"type": type(value).__name__, "value": value}


def make_net(width=7, outputs=3, bias=True):
    net = nn.Sequential(nn.Linear(5, width, bias=bias), nn.BatchNorm1d(width), nn.ReLU(), nn.Linear(width, outputs))
    with torch.no_grad():
        for tensor in net.state_dict().values():
            tensor.copy_(torch.rand(tensor.shape) * 90)
    return net


@pytest.fixture(scope="module")
def x():
    return torch.randn(4, 3)


@pytest.fixture(scope="module")
def y():
    return torch.randint(100, (6,))


@probe(scope="module")
def tensor_read(student, x):
    student.save_tensors("x-file", x)
    return told(student.load_tensors("x-file"))


@pytest.mark.hint("Which two functions of PyTorch write a tensor to a file and read one?")
def test_tensor(tensor_read, x):
    """One tensor comes back"""
    assert tensor_read["type"] == "Tensor", f"what comes back is a {tensor_read['type']}"
    same(tensor_read["value"], x)


@pytest.fixture(scope="module")
def lists(x, y):
    return [[x, y], [y, x, x + 1], [y], []]


def read_all(student, things):
    seen = []
    for thing in things:
        student.save_tensors("some-file", thing)
        seen.append(told(student.load_tensors("some-file")))
    return seen


def same_told(seen, expected):
    """The same container, with the same types inside, keys and values."""
    assert seen["type"] == expected["type"], f"a {expected['type']} comes back as a {seen['type']}"
    assert seen.get("keys") == expected.get("keys")
    assert len(seen["values"]) == len(expected["values"])
    for one, other in zip(seen["values"], expected["values"], strict=True):
        assert one["type"] == "Tensor", f"a tensor comes back as a {one['type']}"
        same(one["value"], other["value"])


@probe(scope="module")
def lists_read(student, lists):
    return read_all(student, lists)


@pytest.mark.hint("Is it a list of tensors that comes back, in the same order, even if there is only one or none?")
def test_lists(lists_read, lists):
    """Lists of three tensors, two, one or none come back as lists"""
    for seen, expected in zip(lists_read, lists, strict=True):
        same_told(seen, told(expected))


@pytest.fixture(scope="module")
def dictionaries(x, y):
    return [{"x": x, "y": y}, {"weight": y, "a long name, with.a dot": x, "b": x[0]}, {"only": x}, {}]


@probe(scope="module")
def dictionaries_read(student, dictionaries):
    return read_all(student, dictionaries)


@pytest.mark.hint("Compare the keys that you saved with those that come back, and look at their order.")
def test_dictionaries(dictionaries_read, dictionaries):
    """Dictionaries come back with their keys, in order, and their tensors"""
    for seen, expected in zip(dictionaries_read, dictionaries, strict=True):
        same_told(seen, told(expected))


@pytest.fixture(scope="module")
def kinds():
    """Tensors of many shapes and dtypes."""
    floats = torch.randn(5, 4, dtype=torch.float64)
    return {
        "float64": floats,
        "bfloat16": floats.to(torch.bfloat16),
        "complex64": torch.randn(3, dtype=torch.complex64),
        "int16": torch.randint(-99, 99, (2, 3, 2), dtype=torch.int16),
        "a large int64": torch.tensor([2**53 + 1, -(2**62) - 1]),
        "bool": floats > 0,
        "uint8": torch.randint(256, (7,), dtype=torch.uint8),
        "one number": torch.randn(()),
        "no number": torch.zeros(0, 3),
        "not finite": torch.tensor([float("inf"), -float("inf"), -0.0]),
        "transposed": floats.T,
        "every other column": floats[:, ::2],
        "expanded": floats[:1].expand(6, 4),
    }


@probe(scope="module")
def kinds_read(student, kinds):
    return read_all(student, [list(kinds.values()), kinds])


@pytest.mark.hint("Does something on the way to the file or back change dtypes or shapes?")
def test_any_dtype_and_shape(kinds_read, kinds):
    """Tensors of any dtype and any shape come back: numbers without axes, complex, bool, bfloat16, transposed"""
    for read in kinds_read:
        assert len(read["values"]) == len(kinds)
        for seen, (name, expected) in zip(read["values"], kinds.items(), strict=True):
            assert seen["type"] == "Tensor", f"{name} comes back as a {seen['type']}"
            assert_close(seen["value"], expected, rtol=0, atol=0, msg=lambda text, name=name: f"{name}: {text}")


@probe(scope="module")
def written_through(student, x):
    """A write into the tensor that was saved, then into the one that was loaded first."""
    student.save_tensors("x-file", x)
    before = x.clone()
    x.add_(1)
    first = student.load_tensors("x-file")
    seen = [before, x.clone(), first.clone()]
    first.mul_(2)
    return [*seen, student.load_tensors("x-file"), x]


@pytest.mark.hint("What does the file hold: the values of that moment, or is something kept in memory instead?")
def test_memory_of_its_own(written_through, x):
    """What is loaded has the values at the time of saving, and memory of its own"""
    before, changed, first, second, after = written_through
    same(before, x)
    same(changed, x + 1)
    same(first, x)
    same(second, x)
    same(after, x + 1)


@probe(scope="module")
def replaced(student, x, y):
    student.save_tensors("x-file", [x, y])
    student.save_tensors("x-file", y)
    return told(student.load_tensors("x-file"))


@pytest.mark.hint("The file that was there is replaced as a whole.")
def test_file_is_replaced(replaced, y):
    """Saving again under the same name replaces the file"""
    assert replaced["type"] == "Tensor", f"what comes back is a {replaced['type']}"
    same(replaced["value"], y)


@pytest.fixture(scope="module")
def net():
    return make_net()


@pytest.fixture(scope="module")
def second_net():
    return make_net()


@pytest.fixture(scope="module")
def other_net():
    return make_net()


@probe(scope="module")
def written(student, x, y, net, second_net):
    student.save_tensors("one", x)
    student.save_tensors("two.pt", {"y": y})
    student.save_net("first.params", net)
    student.save_net("second", second_net)
    return files_here()


@probe(scope="module", fresh=True)
def read_elsewhere(student, written, other_net):
    """In another process, where the files have other names and there is nothing else."""
    for i, name in enumerate(("one", "two.pt", "first.params", "second")):
        write_file(f"file{i}", written.get(name, b""))
    loaded = [student.load_tensors("file1"), student.load_tensors("file0")]
    student.load_net("file3", other_net)
    values = [{name: tensor.clone() for name, tensor in other_net.state_dict().items()}]
    student.load_net("file2", other_net)
    return loaded, [*values, dict(other_net.state_dict())]


@pytest.mark.hint("In another process there is nothing but the file. Is everything in it, and is it the right file?")
def test_files_work_in_another_process(read_elsewhere, x, y, net, second_net):
    """Each file, renamed, gives back its own content in another process"""
    loaded, (second, first) = read_elsewhere
    same(loaded[0], {"y": y})
    same(loaded[1], x)
    same(second, dict(second_net.state_dict()))
    same(first, dict(net.state_dict()))


@probe(scope="module")
def missing(student, x, net):
    student.save_tensors("x-file", x)
    student.save_net("net-file", net)
    return {
        "there": [error_of(student.load_tensors, "x-file"), error_of(student.load_net, "net-file", net)],
        "load_tensors": error_of(student.load_tensors, "nothing"),
        "load_net": error_of(student.load_net, "nothing", net),
    }


@pytest.mark.hint("An error that is hidden here shows itself much later. What does reading raise by itself?")
def test_missing_file(missing):
    """A file that is not there raises FileNotFoundError"""
    assert missing["there"] == [None, None], "even a file that is there raises an error"
    for name in ("load_tensors", "load_net"):
        assert missing[name] is not None, f"{name} raises no error"
        assert "FileNotFoundError" in missing[name][0], f"{name} raises a {missing[name][0][0]}"


@probe(scope="module")
def loaded_net(student, net, other_net):
    student.save_net("net-file", net)
    student.load_net("net-file", other_net)
    return dict(other_net.state_dict())


@pytest.mark.points(2)
@pytest.mark.hint("Look at one weight of the second net before and after. Did the values of the file reach the net?")
def test_net_has_the_parameters(loaded_net, net):
    """After loading, the net that was handed in has the parameters of the file"""
    for name, parameter in net.named_parameters():
        same(loaded_net[name], parameter.detach())


@pytest.mark.hint("What does BatchNorm keep that is not a parameter? And what holds both kinds?")
def test_net_has_the_buffers(loaded_net, net):
    """It has the buffers of the file too"""
    for name, buffer in net.named_buffers():
        same(loaded_net[name], buffer)


@probe(scope="module", fresh=True)
def content(student, net):
    torch.serialization.clear_safe_globals()
    student.save_net("net-file", net)
    found = []
    files = files_here()
    data = files.get("net-file", b"")
    error = error_of(lambda: found.append(torch.load(io.BytesIO(data), weights_only=True)))
    names = [sorted(value) if isinstance(value, dict) else type(value).__name__ for value in found]
    values = [dict(value) if isinstance(value, dict) else None for value in found]
    return {"files": list(files), "error": error, "names": names, "values": values}


@pytest.mark.hint(
    "What does torch.load(path, weights_only=True) return for your file? Compare it with net.state_dict()."
)
def test_file_is_the_state_dict(content, net):
    """The one file of save_net holds the state_dict and nothing else, as plain data"""
    assert content["files"] == ["net-file"], f"the files are {content['files']}"
    assert content["error"] is None, "torch.load(path, weights_only=True) cannot read the file"
    assert content["names"] == [sorted(net.state_dict())]
    same(content["values"][0], dict(net.state_dict()))


@probe(scope="module")
def about_the_net(student, net, other_net):
    """Modes, what is returned, and a write through a parameter that was taken before loading."""
    net.eval()
    known = other_net[3].weight
    student.save_net("net-file", net)
    returned = [student.load_net("net-file", other_net)]
    modes = [net.training, net[1].training, other_net.training, other_net[1].training]
    other_net.eval()
    returned.append(student.load_net("net-file", other_net))
    modes += [other_net.training, other_net[1].training]
    with torch.no_grad():
        known.fill_(0.5)
        changed = other_net[3].weight.clone()
        net[3].bias.fill_(-0.5)
    trainable = [parameter.requires_grad for parameter in other_net.parameters()]
    is_net = [value is other_net for value in returned]
    return {"is net": is_net, "modes": modes, "changed": changed, "bias": other_net[3].bias, "trainable": trainable}


@pytest.mark.hint("Fill the net that you were given, and hand the very same one back.")
def test_returns_the_net_itself(about_the_net):
    """load_net returns the net that was handed in"""
    assert about_the_net["is net"] == [True, True]


@pytest.mark.hint("An optimiser holds parameter objects. Do they get the values, or are they replaced by others?")
def test_parameters_stay_the_same_objects(about_the_net, net):
    """Parameters stay the same objects, can be trained and share no memory with the net that was saved"""
    same(about_the_net["changed"], torch.full((3, 7), 0.5))
    same(about_the_net["bias"], net[3].bias.detach())
    assert about_the_net["trainable"] == [True] * 6


@pytest.mark.hint("train() and eval() are the caller's decision, about both nets.")
def test_modes_stay(about_the_net):
    """Saving and loading leave both nets in the mode in which they are"""
    assert about_the_net["modes"] == [False, False, True, True, False, False]


@pytest.fixture(scope="module")
def misfits():
    return {
        "another width": make_net(width=6),
        "one output": make_net(outputs=1),
        "no bias in the first layer": make_net(bias=False),
        "a layer more": make_net().append(nn.Linear(3, 2)),
        "a layer less": make_net()[:3],
    }


@probe(scope="module")
def misfit_errors(student, misfits, net, other_net):
    student.save_net("fits", net)
    fits = error_of(student.load_net, "fits", other_net)
    errors = {}
    for name, misfit in misfits.items():
        student.save_net("misfit", misfit)
        errors[name] = error_of(student.load_net, "misfit", other_net) is not None
    return fits, errors


@pytest.mark.hint("A file that fits only in part is the file of another net. Is your loading strict about it?")
def test_other_nets_are_refused(misfit_errors, misfits):
    """The file of a net with other names or shapes raises an error"""
    fits, errors = misfit_errors
    assert fits is None, "even the file of a net that fits raises an error"
    for name in misfits:
        assert errors[name], f"no error for the file of a net with {name}"
