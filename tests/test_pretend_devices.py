"""The pretend devices of section 5.6: what a program sees in the block, and that nothing of it stays."""

from __future__ import annotations

import importlib
import sys
import threading
import time
import timeit

import pytest
import torch
from support import ROOT
from torch import nn

STUDENT = """
import time as clocks
import timeit
from functools import wraps
from time import perf_counter, sleep
from torch.cuda import device_count, synchronize as wait
from torch import cuda

import zz_helper


def with_default(clock=perf_counter, *, count=device_count):
    return clock(), count()


def enclosing():
    own = perf_counter

    def inner():
        return own()

    return inner


enclosed = enclosing()


class Timer:
    clock = staticmethod(perf_counter)
    later = None

    def __init__(self, clock=perf_counter):
        self.own = clock

    @classmethod
    def read(cls, clock=perf_counter):
        return clock()


timer = Timer()
table = {"clocks": [perf_counter, {"deep": perf_counter}], "pair": (Timer, enclosed)}


def seen():
    return {
        "global": perf_counter(),
        "default": with_default()[0],
        "closure": enclosed(),
        "class": Timer.clock(),
        "method": Timer.read(),
        "instance": timer.own(),
        "list": table["clocks"][0](),
        "nested": table["clocks"][1]["deep"](),
        "helper": zz_helper.now(),
        "module": clocks.perf_counter(),
        "timeit": timeit.default_timer(),
    }
"""
HELPER = """
from time import perf_counter


def now(clock=perf_counter):
    return clock()
"""


@pytest.fixture(scope="module")
def devices():
    """The package `pretend_devices`, imported as specs do."""
    before = set(sys.modules)
    sys.path.insert(0, str(ROOT / "exercises" / "ex5"))
    yield importlib.import_module("pretend_devices")
    sys.path.remove(str(ROOT / "exercises" / "ex5"))
    for name in set(sys.modules) - before:
        if name.startswith("pretend_devices"):
            del sys.modules[name]


@pytest.fixture
def student(devices, tmp_path, monkeypatch):
    """A submission with a helper beside it, imported after the pretend devices."""
    (tmp_path / "zz_student.py").write_text(STUDENT)
    (tmp_path / "zz_helper.py").write_text(HELPER)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("zz_student")
    for name in ("zz_student", "zz_helper"):
        del sys.modules[name]


def state():
    """The identity of everything in the modules and classes that a block changes."""
    owners = [torch, torch.cuda, torch.accelerator, torch.version, torch.backends.cuda, torch.UntypedStorage]
    owners += [threading.Thread, time, timeit]
    found = {(owner.__name__, name): id(value) for owner in owners for name, value in vars(owner).items()}
    functions = (timeit.Timer.__init__, timeit.timeit, timeit.repeat)
    defaults = [tuple(map(id, function.__defaults__)) for function in functions]
    modes = torch._C._len_torch_function_stack()
    return found, defaults, modes, torch.serialization._package_registry[:], torch.get_default_device()


def test_names_in_a_program_follow(devices, student):
    """Clocks by names of a program's own, wherever they are kept, are virtual in the block and real again after it."""
    for _ in range(2):
        before = {name: id(value) for name, value in vars(student).items()}
        with devices.pretend(1, clock=[1.0]) as machine:
            time.sleep(7)
            assert set(student.seen().values()) == {1007.0}
            assert student.with_default()[1] == 1
        assert machine.now == 7
        assert {name: id(value) for name, value in vars(student).items()} == before
        first = student.seen()
        assert all(later > first[name] for name, later in student.seen().items())
        assert student.with_default()[1] == torch.cuda.device_count()


def test_names_of_cuda_follow_without_a_clock(devices, student):
    """Functions of torch.cuda by names of a program's own are the machine's; clocks stay real if none is given."""
    with devices.pretend(3) as machine:
        assert student.device_count() == student.cuda.device_count() == 3
        student.wait("cuda:2")
        assert [entry["device"] for entry in devices.kinds(machine.log, "wait")] == ["cuda:2"]
        first = student.seen()
        assert all(later > first[name] for name, later in student.seen().items())


def test_programs_from_before_follow_too(devices, monkeypatch):
    """A module that was imported before the pretend devices, and belongs to no library, is not forgotten."""
    monkeypatch.setattr(sys.modules[__name__], "own_name", time.perf_counter, raising=False)
    assert sys.modules[__name__] in sys.modules["pretend_devices.names"].EARLIER
    with devices.pretend(1, clock=[1.0]):
        assert own_name() == 1000.0  # noqa: F821
    assert own_name is time.perf_counter  # noqa: F821


def test_libraries_are_not_searched(devices, tmp_path, monkeypatch):
    """Names in an installed module stay, and the thousands of modules of torch are not even looked at."""
    names = sys.modules["pretend_devices.names"]
    assert not {"torch", "os", "pytest"} & {module.__name__.partition(".")[0] for module in names.EARLIER}
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "zz_library.py").write_text(HELPER)
    monkeypatch.syspath_prepend(tmp_path / "site-packages")
    library = importlib.import_module("zz_library")
    with devices.pretend(1, clock=[1.0]):
        assert library.perf_counter is not time.perf_counter
        assert library.now() != 1000.0
    assert library in names.later()
    assert len(names.later()) < 100
    del sys.modules["zz_library"]


@pytest.mark.parametrize("clock", [None, [1.0]])
def test_everything_is_put_back(devices, clock):
    """After a block, also one that was left by an exception or changed the default device, all is as before."""
    before = state()
    with devices.pretend(2, clock=clock):
        torch.set_default_device("cuda:1")
        assert state()[0] != before[0]
    assert state() == before
    with pytest.raises(KeyError), devices.pretend(0, clock=clock):
        raise KeyError
    assert state() == before


def test_tensors_are_where_they_were_put(devices):
    """Tensors go to devices and come back with their values; after the block they are on the CPU."""
    values = torch.arange(6.0).view(2, 3)
    with devices.pretend(2):
        there = values.to("cuda:1")
        assert (there.device, there.is_cuda, values.device.type) == (torch.device("cuda", 1), True, "cpu")
        assert torch.ones(2, device="cuda").device == torch.device("cuda", 0)
        assert torch.tensor(data=[1.0, 2.0], device="cuda:1").device == torch.device("cuda", 1)
        assert (there @ there.T).device == there.device
        assert torch.equal(there.cpu(), values)
        net = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)).to("cuda:1")
        assert set(devices.module_devices(net).values()) == {"cuda:1"}
        assert net(there).device == there.device
        with pytest.raises(RuntimeError, match="at least two devices, cuda:1 and cpu"):
            there + values
        with pytest.raises(RuntimeError, match="invalid device ordinal"):
            values.to("cuda:2")
    assert there.device.type == "cpu"


def test_without_gpus(devices):
    """A machine without GPUs behaves as a torch that was built without CUDA."""
    with devices.pretend(0):
        assert not torch.cuda.is_available()
        for call in (lambda: torch.ones(2, device="cuda"), torch.cuda.synchronize, torch.ones(2).cuda):
            with pytest.raises(AssertionError, match="not compiled with CUDA"):
                call()


def test_log_tells_what_was_done(devices):
    """Moves, products, other work, transfers, waits and notes are in the log, in order, with what they moved."""
    values = torch.rand(4)
    with devices.pretend(2) as machine:
        there = torch.ones(2, 3).to("cuda:0")
        product = there @ there.T
        machine.note("read")
        product.sum().item()
        torch.cuda.synchronize("cuda:1")
        placed = machine.values(machine.place(values, "cuda:1"))
    seen = [(entry["kind"], entry["device"], entry["name"]) for entry in machine.log]
    assert seen == [
        ("create", "cpu", "ones"),
        ("move", "cuda:0", "to"),
        ("product", "cuda:0", "matmul"),
        ("note", "cpu", "read"),
        ("work", "cuda:0", "sum"),
        ("transfer", "cuda:0", "item"),
        ("wait", "cuda:1", "synchronize"),
    ]
    assert [entry["numel"] for entry in devices.kinds(machine.log, "move", "transfer")] == [6, 1]
    assert torch.equal(placed, values)
    machine.clear()
    assert machine.log == []


def test_time_passes_on_devices(devices):
    """On the CPU a product takes its time at once, on a GPU while the program goes on, until it waits."""
    with devices.pretend(1, clock=[3.0, 5.0], making=2.0) as machine:
        own = torch.ones(2, 2)
        own @ own
        assert machine.now == 5
        there = own.to("cuda")
        there @ there
        assert machine.now == time.perf_counter() - 1000 == 5
        torch.cuda.synchronize()
        assert machine.now == 12
        torch.bmm(torch.ones(2, 2, 2), torch.ones(2, 2, 2))
        assert machine.now == 12 + 4 + 8


def test_streams_and_events(devices):
    """Two streams run side by side, an event measures one of them, and one can wait for the other."""
    with devices.pretend(1, clock=[3.0], making=0.0) as machine:
        there = torch.ones(2, 2, device="cuda")
        start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        stream = torch.cuda.Stream()
        start.record()
        there @ there
        with torch.cuda.stream(stream):
            assert torch.cuda.current_stream() == stream
            there @ there
        torch.cuda.current_stream().wait_stream(stream)
        end.record()
        with pytest.raises(RuntimeError, match="not ready"):
            start.elapsed_time(end)
        end.synchronize()
        assert (start.elapsed_time(end), machine.now) == (3000.0, 3.0)


def test_threads_are_watched(devices):
    """What a thread computes happens on the machine too."""
    found = []
    with devices.pretend(1) as machine:
        there = torch.ones(2, 2).to("cuda")
        thread = threading.Thread(target=lambda: found.append((there @ there).device))
        thread.start()
        thread.join()
    assert found == [torch.device("cuda", 0)]
    assert len(devices.kinds(machine.log, "product")) == 1


def test_files_remember_devices(devices, tmp_path):
    """A file brings tensors back to their device, or where `map_location` says; a missing device is an error."""
    values = torch.rand(3)
    path = tmp_path / "values"
    with devices.pretend(4):
        torch.save({"values": values.to("cuda:3")}, path)
        assert torch.load(path)["values"].device == torch.device("cuda", 3)
    for count, place in ((1, "cuda:0"), (0, "cpu")):
        with devices.pretend(count):
            with pytest.raises(RuntimeError, match="Attempting to deserialize object on"):
                torch.load(path)
            loaded = torch.load(path, map_location=place)["values"]
            assert str(loaded.device) == place
            assert torch.equal(loaded.cpu(), values)
