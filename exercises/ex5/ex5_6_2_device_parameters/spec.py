"""try_gpu, try_all_gpus, save_parameters and load_parameters: a net that goes from one machine to another."""

import os

import pytest
import torch
from pretend_devices import module_devices, pretend
from torch import nn
from torch.testing import assert_close

from grader.spec import probe

FILE = "net.params"


def make_net():
    """Parameters and buffers with values that nobody could guess, one buffer outside of the state_dict."""
    net = nn.Sequential(nn.Linear(5, 7), nn.BatchNorm1d(7), nn.ReLU(), nn.Linear(7, 3)).to(torch.float64)
    net.register_buffer("mask", torch.rand(4), persistent=False)
    net.register_buffer("steps", torch.randint(100, 10**6, (3,)))
    with torch.no_grad():
        for tensor in net.state_dict().values():
            if tensor.is_floating_point():
                tensor.copy_(torch.rand_like(tensor))
        net[1].num_batches_tracked.fill_(int(torch.randint(100, 10**6, ())))
    return net


@pytest.fixture(scope="module")
def net():
    return make_net()


@pytest.fixture(scope="module")
def second():
    return make_net()


@pytest.fixture(scope="module")
def blank():
    return make_net()


@pytest.fixture(scope="module")
def numbers():
    return torch.rand(3, 7, dtype=torch.float64)


def assert_equal(seen, expected):
    """What goes through a file comes back to the last bit."""
    assert_close(seen, expected, rtol=0, atol=0)


def take_files():
    """The files in this folder, by name: a solution may choose an ending of its own."""
    names = [os.path.join(folder, name) for folder, _, files in os.walk(".") for name in files]
    found = {}
    for name in names:
        with open(name, "rb") as file:
            found[name] = file.read()
    return found


def put_files(files):
    for name, data in files.items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "wb") as file:
            file.write(data)


def names_of(devices):
    return [(type(device).__name__, str(device)) for device in devices]


def expected_names(*names):
    return [("device", name) for name in names]


def look_at(returned, net):
    """Values and devices of the net that was returned, or of the one handed in if it was something else."""
    seen = returned if isinstance(returned, nn.Module) else net
    return {"values": dict(seen.state_dict()), "devices": module_devices(seen)}


def parameters_of(net):
    return {name: parameter.detach() for name, parameter in net.named_parameters()}


def buffers_of(net):
    return {name: tensor for name, tensor in net.state_dict().items() if name not in parameters_of(net)}


def chosen(values, names):
    return {name: values[name] for name in names}


def places(net, device, kind):
    return {name: device for name, _ in getattr(net, kind)()}


@probe(scope="module")
def tried(student):
    found = {}
    for count in (0, 1, 4):
        with pretend(count):
            found[count] = names_of([student.try_gpu(), *(student.try_gpu(i) for i in range(6))])
    return found


@probe(scope="module")
def tried_all(student):
    found = {}
    for count in (0, 1, 4):
        with pretend(count):
            found[count] = names_of(student.try_all_gpus())
    return found


@probe(scope="module")
def on_the_cpu(student, net, second, blank):
    """Two nets in two files, and the first one read again."""
    with pretend(count=0):
        student.save_parameters(net, FILE)
        student.save_parameters(second, "second.params")
        return look_at(student.load_parameters(blank, FILE, "cpu"), blank)


@probe(scope="module")
def written(student, net):
    """A file from the last device of a machine with four."""
    with pretend(count=4):
        net.to("cuda:3")
        student.save_parameters(net, FILE)
        return {"files": take_files(), **look_at(net, net)}


@probe(scope="module")
def read_back(student, written, blank):
    """The file on the same machine: from the CPU to two GPUs, from there to the CPU."""
    put_files(written["files"])
    found = []
    with pretend(count=4):
        for device in (torch.device("cuda", 2), "cuda:1", "cpu"):
            returned = student.load_parameters(blank, FILE, device)
            found.append(look_at(returned, blank)["devices"])
            blank = returned if isinstance(returned, nn.Module) else blank
    return found


@probe(scope="module", fresh=True)
def read_elsewhere(student, written, blank, second):
    """The file on a machine with one GPU, and on one with none."""
    put_files(written["files"])
    with pretend(count=1):
        one = look_at(student.load_parameters(blank, FILE, "cuda:0"), blank)
    with pretend(count=0):
        none = look_at(student.load_parameters(second, FILE, torch.device("cpu")), second)
    return [one, none]


@probe(scope="module")
def written_into_the_old_net(student, net, blank, numbers):
    """Write through the net that was handed in, read through the one that was returned."""
    with pretend(count=2):
        student.save_parameters(net, FILE)
        returned = student.load_parameters(blank, FILE, "cuda:1")
        with torch.no_grad():
            blank[3].weight.copy_(numbers)
        if not isinstance(returned, nn.Module):
            return type(returned).__name__
        return returned.state_dict()["3.weight"]


@probe(scope="module")
def written_into_the_old_parameter(student, net, blank, numbers):
    """Write through a parameter taken before loading, read through the net."""
    with pretend(count=2):
        student.save_parameters(net, FILE)
        blank.to("cuda:1")
        known = blank[3].weight
        returned = student.load_parameters(blank, FILE, "cuda:1")
        seen = returned if isinstance(returned, nn.Module) else blank
        loaded = seen.state_dict()["3.weight"].clone()
        with torch.no_grad():
            known.copy_(numbers)
        return {"loaded": loaded, "written": seen.state_dict()["3.weight"]}


@probe(scope="module")
def on_a_real_gpu(student, net, second, blank):
    """The same, without pretending."""
    gpu = student.try_gpu()
    net.to("cuda:0")
    student.save_parameters(net, FILE)
    there = look_at(student.load_parameters(blank, FILE, gpu), blank)
    back = look_at(student.load_parameters(second, FILE, "cpu"), second)
    return {"gpu": names_of([gpu]), "all": names_of(student.try_all_gpus()), "there": there, "back": back}


@pytest.mark.hint("A GPU with number i exists only if the machine has more than i GPUs.")
def test_try_gpu_gives_the_gpu_asked_for(tried):
    """try_gpu(i) is GPU i of the machine, number 0 unless another one is asked for"""
    assert tried[4][:5] == expected_names("cuda:0", "cuda:0", "cuda:1", "cuda:2", "cuda:3")
    assert tried[1][:2] == expected_names("cuda:0", "cuda:0")


@pytest.mark.hint("What does torch.cuda tell you besides whether it is available?")
def test_try_gpu_falls_back_to_the_cpu(tried):
    """try_gpu(i) is the CPU where there is no GPU i: with 4 GPUs, with 1, with none"""
    assert tried[4][6:] == expected_names("cpu")
    assert tried[1][3:] == expected_names("cpu", "cpu", "cpu", "cpu")
    assert tried[0][2:] == expected_names("cpu", "cpu", "cpu", "cpu", "cpu")


@pytest.mark.hint("Numbers start at 0: what is the number of the last of four GPUs?")
def test_try_gpu_counts_from_zero(tried):
    """The GPU after the last one does not exist: GPU 4 of 4, GPU 1 of 1, GPU 0 of none"""
    assert tried[4][4:6] == expected_names("cuda:3", "cpu")
    assert tried[1][1:3] == expected_names("cuda:0", "cpu")
    assert tried[0][:2] == expected_names("cpu", "cpu")


@pytest.mark.hint("Always a list: of all GPUs, or of the CPU alone.")
def test_try_all_gpus_lists_every_gpu(tried_all):
    """try_all_gpus lists all GPUs in order, and [cpu] where there are none"""
    assert tried_all[4] == expected_names("cuda:0", "cuda:1", "cuda:2", "cuda:3")
    assert tried_all[1] == expected_names("cuda:0")
    assert tried_all[0] == expected_names("cpu")


@pytest.mark.hint("load_parameters has to put the values of the file at `path` into the net.")
def test_parameters_have_the_values_of_the_file(on_the_cpu, net):
    """After loading, the parameters have the values that were saved at this path"""
    expected = parameters_of(net)
    assert_equal(chosen(on_the_cpu["values"], expected), expected)


@pytest.mark.hint("BatchNorm keeps its running mean in a buffer. What does a module's state_dict contain?")
def test_buffers_have_the_values_of_the_file(on_the_cpu, net):
    """After loading, the buffers have the values that were saved, too"""
    expected = buffers_of(net)
    assert_equal(chosen(on_the_cpu["values"], expected), expected)


@pytest.mark.hint("The file's tensors being on the device is not enough: where are those of the net?")
def test_parameters_are_on_the_device(read_back, net):
    """After loading, every parameter is on the device asked for, whichever it is"""
    for seen, device in zip(read_back, ("cuda:2", "cuda:1", "cpu"), strict=True):
        expected = places(net, device, "named_parameters")
        assert chosen(seen, expected) == expected


@pytest.mark.hint("An input on the GPU cannot meet a running mean on the CPU: move the whole module.")
def test_buffers_are_on_the_device(read_back, net):
    """After loading, every buffer is on the device asked for, too"""
    for seen, device in zip(read_back, ("cuda:2", "cuda:1", "cpu"), strict=True):
        expected = places(net, device, "named_buffers")
        assert chosen(seen, expected) == expected


@pytest.mark.points(2)
@pytest.mark.hint("A file remembers on which device each tensor was. torch.load can put them elsewhere.")
def test_a_file_from_a_missing_device_loads(read_elsewhere, net):
    """A file written on cuda:3 loads on a machine with one GPU, and on one with none"""
    for seen, device in zip(read_elsewhere, ("cuda:0", "cpu"), strict=True):
        expected = places(net, device, "named_parameters")
        assert chosen(seen["devices"], expected) == expected
        assert_equal(chosen(seen["values"], expected), parameters_of(net))


@pytest.mark.hint("What happens to training if the net is on another device after every checkpoint?")
def test_saving_leaves_the_net_where_it_is(written, net):
    """Saving writes a file and leaves the net as it is, on its device"""
    assert written["files"], "no file was written"
    expected = {**places(net, "cuda:3", "named_parameters"), **places(net, "cuda:3", "named_buffers")}
    assert written["devices"] == expected
    assert_equal(written["values"], dict(net.state_dict()))


@pytest.mark.hint("Fill and move the net that you were given, then return it.")
def test_load_returns_the_net_itself(written_into_the_old_net, numbers):
    """load_parameters returns the net that it was given, not another object"""
    seen = written_into_the_old_net
    assert type(seen) is not str, f"what was returned is not a module, but a {seen}"
    assert_equal(seen, numbers)


@pytest.mark.hint("An optimiser holds parameter objects. Copy values into them instead of replacing them.")
def test_parameters_already_there_stay_the_same(written_into_the_old_parameter, net, numbers):
    """Parameters that are on the device already get the new values and stay the same objects"""
    assert_equal(written_into_the_old_parameter["loaded"], parameters_of(net)["3.weight"])
    assert_equal(written_into_the_old_parameter["written"], numbers)


@pytest.mark.cuda
@pytest.mark.points(0)
def test_on_a_real_gpu(on_a_real_gpu, net):
    """The same on this machine's own GPU"""
    assert on_a_real_gpu["gpu"] == expected_names("cuda:0")
    assert on_a_real_gpu["all"] == expected_names(*(f"cuda:{i}" for i in range(torch.cuda.device_count())))
    for seen, device in ((on_a_real_gpu["there"], "cuda:0"), (on_a_real_gpu["back"], "cpu")):
        everything = {**places(net, device, "named_parameters"), **places(net, device, "named_buffers")}
        assert seen["devices"] == everything
        assert_equal(seen["values"], dict(net.state_dict()))
