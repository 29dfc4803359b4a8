"""device_of, to_device and add_on_device_of, with PyTorch's device "meta", which every machine has, as the other one.

Tensors there have a shape and a dtype but no values. Modules on it are made in the probes: they cannot be sent.
"""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe


def told(device):
    return type(device).__name__, str(device)


CPU, META = ("device", "cpu"), ("device", "meta")


def make_net(device="cpu"):
    """Layers at several depths, a frozen parameter and buffers."""
    net = nn.Sequential(
        nn.Linear(4, 6),
        nn.ModuleDict({"norm": nn.BatchNorm1d(6), "rest": nn.Sequential(nn.ReLU(), nn.Linear(6, 3))}),
        nn.Dropout(),
    )
    net[0].weight.requires_grad_(False)
    return net.to(device)


def attempt(call, *args):
    """What a call gives, or None if it tried to take something away from meta, which has no values to take."""
    try:
        return call(*args)
    except NotImplementedError as error:
        # Otherwise it would count as the one that a stub raises.
        if "meta tensor" not in str(error):
            raise
        return None


class Scaled(nn.Module):
    """Has a parameter of its own and a buffer of its own, beside those of its child."""

    def __init__(self, own="cpu", kept="cpu", child="cpu"):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(3, device=own))
        self.register_buffer("mask", torch.ones(3, device=kept), persistent=False)
        self.child = nn.Sequential(nn.Linear(3, 2, device=child))


def tensors_of(module):
    return {**dict(module.named_parameters()), **dict(module.named_buffers())}


def places(module):
    return {name: str(tensor.device) for name, tensor in tensors_of(module).items()}


@pytest.fixture
def X():
    return torch.randn(3, 4)


@probe
def devices_of_tensors(student, X):
    numbers = torch.arange(5)
    with torch.device("meta"):
        inside = student.device_of(X)
    here = [student.device_of(tensor) for tensor in (X, numbers, X[0, 0], X.T, nn.Parameter(X), torch.zeros(0))]
    there = [student.device_of(tensor.to("meta")) for tensor in (X, numbers, X[0, 0], nn.Parameter(X))]
    return {"here": [told(device) for device in (inside, *here)], "there": [told(device) for device in there]}


@pytest.mark.hint("A tensor knows its device. What type has the answer: is it a text?")
def test_device_of_a_tensor(devices_of_tensors):
    """device_of gives the device of a tensor, as a torch.device"""
    assert devices_of_tensors == {"here": [CPU] * 7, "there": [META] * 4}


@probe
def devices_of_modules(student):
    seen = {}
    for device in ("cpu", "meta"):
        modules = [nn.Linear(2, 3), make_net(), nn.Embedding(3, 2), Scaled(), nn.Sequential(nn.ReLU(), make_net())]
        seen[device] = [told(student.device_of(module.to(device))) for module in modules]
    return seen


@pytest.mark.hint("A module has no device of its own. What does it have that is on a device?")
def test_device_of_a_module(devices_of_modules):
    """device_of gives the device of a module, whatever it is built of"""
    assert devices_of_modules == {"cpu": [CPU] * 5, "meta": [META] * 5}


@probe
def devices_of_buffers(student):
    modules = [nn.BatchNorm1d(3, affine=False), nn.Sequential(nn.ReLU(), nn.BatchNorm2d(4, affine=False))]
    here = [told(student.device_of(module)) for module in modules]
    return here, [told(student.device_of(module.to("meta"))) for module in modules]


@pytest.mark.hint("Which tensors of a module does parameters() not list?")
def test_device_of_buffers(devices_of_buffers):
    """device_of finds a module that has only buffers"""
    assert devices_of_buffers == ([CPU, CPU], [META, META])


@probe
def devices_of_nothing(student):
    modules = [nn.ReLU(), nn.Sequential(), nn.Sequential(nn.Flatten(), nn.Sequential(nn.Tanh()))]
    found = [student.device_of(module) for module in modules]
    return [device if device is None else told(device) for device in found]


@pytest.mark.hint("What does your code do when there is no first parameter?")
def test_device_of_nothing(devices_of_nothing):
    """device_of is None for a module without parameters and buffers"""
    assert devices_of_nothing == [None, None, None]


@probe
def errors_of_mixed(student):
    mixed = {
        "the last layer elsewhere": nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 2, device="meta")),
        "the first layer elsewhere": nn.Sequential(nn.Linear(2, 3, device="meta"), nn.Linear(3, 2)),
        "a buffer elsewhere": Scaled(kept="meta"),
        "a parameter elsewhere": Scaled(own="meta"),
        "a layer inside elsewhere": Scaled(child="meta"),
        "two buffers apart": nn.Sequential(
            nn.BatchNorm1d(3, affine=False), nn.BatchNorm1d(3, affine=False, device="meta")
        ),
    }
    fits = error_of(student.device_of, Scaled("meta", "meta", "meta"))
    return fits, {name: error_of(student.device_of, module) for name, module in mixed.items()}


@pytest.mark.hint("One parameter does not speak for all. Collect the devices of all parameters and buffers.")
def test_several_devices(errors_of_mixed):
    """device_of raises ValueError if parameters or buffers of a module are on different devices"""
    fits, errors = errors_of_mixed
    assert fits is None, "even a module that is on one device raises an error"
    for name, error in errors.items():
        assert error is not None, f"no error for a module with {name}"
        assert "ValueError" in error[0], f"the error for a module with {name} is a {error[0][0]}"


@probe
def after_asking(student):
    net, there = make_net(), make_net("meta")
    before = tensors_of(net), tensors_of(there)
    student.device_of(net), student.device_of(there)
    after = tensors_of(net), tensors_of(there)
    return [all(new[name] is old[name] for name in old) for old, new in zip(before, after, strict=True)]


@pytest.mark.hint("Can you look where something is without moving it?")
def test_asking_moves_nothing(after_asking):
    """After device_of, a module has the same parameters and buffers as before"""
    assert after_asking == [True, True]


@probe
def tensors_that_are_there(student, X):
    numbers = torch.arange(6)
    mine = [X, X.T, numbers[::2], nn.Parameter(X), X.clone().requires_grad_() * 2, torch.zeros(())]
    elsewhere = [tensor.detach().to("meta") for tensor in mine]
    return {
        "text": [student.to_device(tensor, "cpu") is tensor for tensor in mine],
        "device": [student.to_device(tensor, torch.device("cpu")) is tensor for tensor in mine],
        "meta": [attempt(student.to_device, tensor, "meta") is tensor for tensor in elsewhere],
        "values": X,
    }


@pytest.mark.points(2)
@pytest.mark.hint(
    "Compare with `is` what goes in and what comes out. Which way of moving makes a copy only if need be?"
)
def test_tensor_that_is_there(tensors_that_are_there, X):
    """to_device returns a tensor itself if it is on the device already"""
    assert tensors_that_are_there["text"] == [True] * 6
    assert tensors_that_are_there["device"] == [True] * 6
    assert tensors_that_are_there["meta"] == [True] * 6
    assert_close(tensors_that_are_there["values"], X)


@probe
def tensors_moved(student, X):
    inner = X.clone().requires_grad_() * 2
    mine = [X, X.double(), torch.arange(6).reshape(2, 3), X[0, 0], X > 0, nn.Parameter(X), inner]
    seen = []
    for tensor in mine:
        for device in ("meta", torch.device("meta")):
            moved = student.to_device(tensor, device)
            seen.append([str(moved.device), str(moved.dtype), list(moved.shape), moved.requires_grad])
    return {"seen": seen, "old": [str(tensor.device) for tensor in mine], "values": [X, mine[2], inner]}


@pytest.mark.hint("A method that moves a tensor returns the moved one. What becomes of dtype, shape and gradient?")
def test_tensor_moved(tensors_moved, X):
    """to_device brings a tensor to another device, with its shape and dtype, and with its way back for gradients"""
    expected = [
        ["meta", str(dtype), shape, wants]
        for dtype, shape, wants in [
            (torch.float32, [3, 4], False),
            (torch.float64, [3, 4], False),
            (torch.int64, [2, 3], False),
            (torch.float32, [], False),
            (torch.bool, [3, 4], False),
            (torch.float32, [3, 4], True),
            (torch.float32, [3, 4], True),
        ]
        for _ in range(2)
    ]
    assert tensors_moved["seen"] == expected


@pytest.mark.hint("A tensor that is on two devices is two tensors. What becomes of the first one?")
def test_old_tensor_stays(tensors_moved, X):
    """The tensor that was copied stays on its device, with its values"""
    assert tensors_moved["old"] == ["cpu"] * 7
    assert_close(tensors_moved["values"], [X, torch.arange(6).reshape(2, 3), 2 * X])


@probe
def modules_moved(student):
    modules = [make_net(), Scaled(), nn.BatchNorm1d(3, affine=False), nn.Sequential(nn.ReLU())]
    returned = [student.to_device(module, device) for module in modules for device in ("meta", torch.device("meta"))]
    same = [one is module for one, module in zip(returned, [m for m in modules for _ in range(2)], strict=True)]
    wants = [parameter.requires_grad for parameter in modules[0].parameters()]
    return {"same": same, "places": [places(module) for module in modules], "wants": wants}


@pytest.mark.hint("Does moving a module make a new one? What does your function return?")
def test_module_is_returned(modules_moved):
    """to_device returns the very module that was handed in"""
    assert modules_moved["same"] == [True] * 8


@pytest.mark.points(2)
@pytest.mark.hint("Go through parameters and buffers, those of inner modules too: where is each of them?")
def test_module_moved(modules_moved):
    """to_device moves all parameters and buffers of a module; a frozen parameter stays frozen"""
    expected = [make_net(), Scaled(), nn.BatchNorm1d(3, affine=False), nn.Sequential(nn.ReLU())]
    assert modules_moved["places"] == [dict.fromkeys(places(module), "meta") for module in expected]
    assert modules_moved["wants"] == [False] + [True] * 5


@pytest.fixture
def net():
    return make_net()


@probe
def modules_that_are_there(student, net):
    others = [make_net("meta"), Scaled(child="meta"), Scaled(own="meta"), Scaled(kept="meta")]
    seen = []
    for module, device in [(net, "cpu"), (net, torch.device("cpu")), *((module, "meta") for module in others)]:
        before = tensors_of(module)
        attempt(student.to_device, module, device)
        there = {name for name, tensor in before.items() if str(tensor.device) == str(device)}
        seen.append([sorted(there), sorted(name for name in there if tensors_of(module)[name] is before[name])])
    return {"same": seen, "places": [places(module) for module in (net, *others)], "state": net.state_dict()}


@pytest.mark.hint("An optimiser holds parameter objects. Which of them have to be new, and which not?")
def test_module_that_is_there(modules_that_are_there, net):
    """Parameters and buffers that are on the device already stay the same objects, with their values"""
    for there, same in modules_that_are_there["same"]:
        assert there == same
    assert [len(there) for there, _ in modules_that_are_there["same"]] == [9, 9, 9, 2, 1, 1]
    where = [set(found.values()) for found in modules_that_are_there["places"]]
    assert where == [{"cpu"}] + [{"meta"}] * 4
    assert_close(dict(modules_that_are_there["state"]), dict(net.state_dict()), rtol=0, atol=0)


@pytest.fixture
def pairs(X):
    """What is added: the same shape, another one, other dtypes."""
    return [
        (X, torch.randn(3, 4)),
        (torch.randn(4), X),
        (X, torch.randn(())),
        (torch.arange(4), X.double()),
        (torch.arange(4), torch.arange(3)[:, None]),
    ]


@probe
def sums(student, pairs):
    return [student.add_on_device_of(X, Y) for X, Y in pairs], [tensor for pair in pairs for tensor in pair]


@pytest.mark.hint("What is to be done if both are on one device already?")
def test_sum_on_one_device(sums, pairs):
    """add_on_device_of adds two tensors on one device, with the usual rules for shapes and dtypes"""
    assert_close(sums[0], [X + Y for X, Y in pairs])


@pytest.mark.hint("Which operations of PyTorch write into the tensor on their left?")
def test_both_stay(sums, sums_elsewhere, pairs):
    """add_on_device_of leaves both tensors as they are, where they are"""
    expected = [tensor for pair in pairs for tensor in pair]
    assert_close(sums[1], expected)
    assert sums_elsewhere["places"] == [("meta", "cpu")] * len(pairs)
    assert_close(sums_elsewhere["values"], [Y for _, Y in pairs])


@probe
def sums_elsewhere(student, pairs):
    seen, after = [], []
    for X, Y in pairs:
        there = X.to("meta")
        both = [attempt(student.add_on_device_of, there, other) for other in (Y, Y.to("meta"))]
        seen.append([out if out is None else (str(out.device), str(out.dtype), list(out.shape)) for out in both])
        after.append((str(there.device), str(Y.device)))
    return {"seen": seen, "places": after, "values": [Y for _, Y in pairs]}


@pytest.mark.points(2)
@pytest.mark.hint("PyTorch does not add tensors on different devices. Which of the two has to move, and where to?")
def test_sum_on_the_other_device(sums_elsewhere, pairs):
    """The sum is on the device of X, with the usual shape and dtype, also where Y is not there"""
    expected = [("meta", str((X + Y).dtype), list((X + Y).shape)) for X, Y in pairs]
    taken = "a tensor without values was taken away from its device: the sum belongs to where X is"
    for seen, one in zip(sums_elsewhere["seen"], expected, strict=True):
        assert None not in seen, taken
        assert seen == [one, one]


@probe
def gradients_of_the_sum(student, X):
    X.requires_grad_()
    Y = torch.ones(4, requires_grad=True)
    student.add_on_device_of(X, Y).sum().backward()
    moved = attempt(student.add_on_device_of, torch.zeros(3, 4, device="meta"), Y)
    return [X.grad, Y.grad, moved is not None and moved.requires_grad]


@pytest.mark.hint("A copy on another device is an operation like any other: is it in the graph?")
def test_gradients_of_the_sum(gradients_of_the_sum):
    """Gradients go back to both tensors, through the copy too"""
    of_X, of_Y, through_the_copy = gradients_of_the_sum
    assert of_X is not None, "X gets no gradient"
    assert of_Y is not None, "Y gets no gradient"
    assert_close([of_X, of_Y], [torch.ones(3, 4), torch.full((4,), 3.0)])
    assert through_the_copy is True, "the copy of Y is cut off from Y"


@probe
def on_a_real_gpu(student, X, net):
    gpu = torch.device("cuda", 0)
    inner = X.clone().requires_grad_()
    moved = student.to_device(inner, gpu)
    returned = student.to_device(net, "cuda:0")
    total = student.add_on_device_of(moved, X)
    total.sum().backward()
    return {
        "devices": [told(student.device_of(thing)) for thing in (moved, net, total, X)],
        "same": [returned is net, student.to_device(moved, gpu) is moved],
        "values": [moved, student.to_device(moved, "cpu"), total, student.add_on_device_of(X, moved), inner.grad],
        "state": dict(net.state_dict()),
    }


@pytest.mark.cuda
@pytest.mark.points(0)
@pytest.mark.hint("What works with meta should work with a GPU: is a device written down anywhere in your code?")
def test_on_a_real_gpu(on_a_real_gpu, X, net):
    """The same on this machine's own GPU, with values"""
    assert on_a_real_gpu["devices"] == [("device", "cuda:0")] * 3 + [CPU]
    assert on_a_real_gpu["same"] == [True, True]
    assert_close(on_a_real_gpu["values"], [X, X, 2 * X, 2 * X, torch.ones(3, 4)])
    assert_close(on_a_real_gpu["state"], dict(net.state_dict()), rtol=0, atol=0)
