"""A process that student code changed is told from one that it left as it was."""

from __future__ import annotations

import builtins
import gc
import importlib
import os
import random
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import torch
from torch import nn

from grader.sandbox.inside.footprint import Footprint
from grader.sandbox.inside.warmup import warm_up


@pytest.fixture(scope="module", autouse=True)
def _quiet_and_warm() -> Iterator[None]:
    """Import what torch imports late, as a process does, and stop Hypothesis from counting as memory is collected."""
    before = gc.callbacks[:]
    gc.callbacks.clear()
    warm_up()
    yield
    gc.callbacks.extend(before)


def change(owner: Any, name: str, value: Any = None) -> Callable[[ExitStack], None]:
    """Return a step that sets an attribute."""

    def step(after: ExitStack) -> None:
        before = getattr(owner, name)
        after.callback(setattr, owner, name, before)
        setattr(owner, name, value or (lambda *_, **__: None))

    return step


def added(owner: Any, name: str) -> Callable[[ExitStack], None]:
    """Return a step that adds an attribute where there was none."""

    def step(after: ExitStack) -> None:
        assert not hasattr(owner, name)
        setattr(owner, name, 1)
        after.callback(delattr, owner, name)

    return step


def switch(turn: Callable[[Any], Any], on: Any, off: Any) -> Callable[[ExitStack], None]:
    """Return a step that turns a switch, and turns it back afterwards."""

    def step(after: ExitStack) -> None:
        after.callback(turn, off)
        turn(on)

    return step


def path(after: ExitStack) -> None:
    """Add a folder to the places from which modules come."""
    sys.path.insert(0, "/nowhere")
    after.callback(sys.path.remove, "/nowhere")


def environment(after: ExitStack) -> None:
    """Set a variable."""
    os.environ["LEFT_BEHIND"] = "1"
    after.callback(os.environ.pop, "LEFT_BEHIND")


def thread(after: ExitStack) -> None:
    """Leave a thread running."""
    stop = threading.Event()
    worker = threading.Thread(target=stop.wait, daemon=True)
    worker.start()
    after.callback(worker.join)
    after.callback(stop.set)


def warning_filter(after: ExitStack) -> None:
    """Silence warnings for good."""
    before = warnings.filters[:]
    after.callback(warnings.filters.__setitem__, slice(None), before)
    warnings.simplefilter("ignore", UserWarning)


def keep_counters(after: ExitStack) -> None:
    """Put back what torch itself does not when a hook is removed."""
    hooks, modules = torch.utils.hooks.RemovableHandle, nn.modules.module
    after.callback(setattr, hooks, "next_id", hooks.next_id)
    after.callback(setattr, modules, "_global_is_full_backward_hook", modules._global_is_full_backward_hook)


def module_hook(after: ExitStack) -> None:
    """Watch the forward of every module."""
    keep_counters(after)
    after.callback(nn.modules.module.register_module_forward_hook(lambda *_: None).remove)


def backward_hook(after: ExitStack) -> None:
    """Watch the backward of every module."""
    keep_counters(after)
    after.callback(nn.modules.module.register_module_full_backward_hook(lambda *_: None).remove)


def device(after: ExitStack) -> None:
    """Make tensors elsewhere by default."""
    torch.set_default_device("meta")
    after.callback(torch.set_default_device, None)


def function_mode(after: ExitStack) -> None:
    """Stand between every call and torch."""

    class Mode(torch.overrides.TorchFunctionMode):
        def __torch_function__(self, func, types, args=(), kwargs=None):
            return func(*args, **(kwargs or {}))

    after.enter_context(Mode())


def replaced_module(after: ExitStack) -> None:
    """Put another module in the place of one."""
    after.callback(sys.modules.__setitem__, "random", random)
    sys.modules["random"] = type(sys)("random")


def removed_module(after: ExitStack) -> None:
    """Take a module away."""
    after.callback(sys.modules.__setitem__, "random", random)
    del sys.modules["random"]


def removed_name(after: ExitStack) -> None:
    """Delete a function of torch."""
    after.callback(setattr, torch, "cat", torch.cat)
    del torch.cat


def finder(after: ExitStack) -> None:
    """Have a word in every import."""
    sys.meta_path.insert(0, lambda: None)  # type: ignore[arg-type]
    after.callback(sys.meta_path.pop, 0)


def handler(after: ExitStack) -> None:
    """Ignore a signal."""
    before = signal.signal(signal.SIGUSR2, lambda *_: None)
    after.callback(signal.signal, signal.SIGUSR2, before)


def safe_global(after: ExitStack) -> None:
    """Declare a class of the submission's to be safe to load."""
    before = torch.serialization.get_safe_globals()
    torch.serialization.add_safe_globals([ExitStack])
    # An equal set is another object now, which is no trace.
    after.callback(torch.serialization.add_safe_globals, before)
    after.callback(torch.serialization.clear_safe_globals)


TRACES = {
    "safe_global": safe_global,
    "torch_function": change(torch, "add"),
    "functional": change(nn.functional, "relu"),
    "method_of_linear": change(nn.Linear, "forward"),
    "method_of_module": change(nn.Module, "__call__"),
    "method_of_optimiser": change(torch.optim.SGD, "step"),
    "tensor_method": change(torch.Tensor, "backward"),
    "class": change(nn, "Linear", nn.Bilinear),
    "builtin": change(builtins, "len"),
    "standard_library": change(random, "shuffle"),
    "comparison": change(torch.testing, "assert_close"),
    "stream": change(sys, "stdout", object()),
    "excepthook": change(sys, "excepthook"),
    "default_dtype": switch(torch.set_default_dtype, torch.float64, torch.float32),
    "grad_mode": switch(torch.set_grad_enabled, False, True),
    "anomaly": switch(torch.autograd.set_detect_anomaly, True, False),
    "deterministic": switch(torch.use_deterministic_algorithms, True, False),
    "recursion_limit": switch(sys.setrecursionlimit, sys.getrecursionlimit() + 1, sys.getrecursionlimit()),
    "trace": switch(threading.setprofile, lambda *_: None, None),
    "default_device": device,
    "function_mode": function_mode,
    "path": path,
    "environment": environment,
    "thread": thread,
    "warning_filter": warning_filter,
    "module_hook": module_hook,
    "backward_hook": backward_hook,
    "replaced_module": replaced_module,
    "removed_module": removed_module,
    "removed_name": removed_name,
    "finder": finder,
    "handler": handler,
}


# Where the traces are. To look through all modules again takes longer than all else here, and is done below.
TOUCHED = (
    "builtins random sys torch torch.nn torch.nn.functional torch.nn.modules.linear torch.nn.modules.module "
    "torch._weights_only_unpickler torch.optim torch.optim.sgd torch.testing"
).split()


@pytest.fixture
def after() -> Iterator[ExitStack]:
    """Undoes what a test did to this process."""
    with ExitStack() as stack:
        yield stack


@pytest.mark.parametrize("kind", TRACES)
def test_a_trace_is_seen(kind, after):
    """Whatever an exercise leaves turned, patched or running is seen, and nothing is once that is undone."""
    footprint = Footprint()
    footprint.modules = {name: footprint.modules[name] for name in TOUCHED}
    TRACES[kind](after)
    seen = not footprint.same()
    after.close()
    assert seen
    assert footprint.same()


class Net(nn.Module):
    """An ordinary network."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.BatchNorm1d(4), nn.Linear(4, 1))
        self.register_buffer("scale", torch.ones(1))

    def forward(self, inputs):
        """Scale the layers' output."""
        return self.layers(inputs) * self.scale


def train(folder) -> None:
    """Train a network with a seed of its own."""
    torch.manual_seed(3)
    random.seed(3)
    net = Net()
    optimiser = torch.optim.Adam(net.parameters(), lr=0.1)
    for _ in range(3):
        optimiser.zero_grad()
        nn.functional.mse_loss(net(torch.rand(8, 5)), torch.rand(8, 1)).backward()
        optimiser.step()
    with torch.no_grad():
        net(torch.rand(2, 5))


def be_lazy(folder) -> None:
    """Let a layer find out the size of its input."""
    nn.LazyLinear(4)(torch.ones(2, 3))


def watch(folder) -> None:
    """Hook a layer's forward and backward, and let go of one of them."""
    layer = nn.Linear(2, 3)
    handle = layer.register_forward_hook(lambda *_: None)
    layer.register_full_backward_hook(lambda *_: None)
    layer(torch.ones(1, 2)).sum().backward()
    handle.remove()


def save(folder) -> None:
    """Save and load a network."""
    net = nn.Linear(2, 3)
    torch.save(net.state_dict(), folder / "net.pt")
    nn.Linear(2, 3).load_state_dict(torch.load(folder / "net.pt", weights_only=True))


def import_something(folder) -> None:
    """Import a module that nothing had imported."""
    (folder / "brand_new_module.py").write_text("import colorsys\nVALUE = 1\n")
    sys.path.insert(0, str(folder))
    try:
        importlib.import_module("brand_new_module")
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop("brand_new_module")


def complain(folder) -> None:
    """Raise, catch and warn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.warn("careful", stacklevel=1)
    try:
        torch.ones(2) @ torch.ones(3)
    except RuntimeError:
        pass


def use_contexts(folder) -> None:
    """Turn switches for a moment."""
    with torch.inference_mode(), torch.device("cpu"):
        torch.ones(2).sum()
    with torch.autograd.detect_anomaly(check_nan=False):
        torch.ones(2, requires_grad=True).sum().backward()


def work_in_a_thread(folder) -> None:
    """Start a thread and wait for it."""
    worker = threading.Thread(target=torch.ones, args=(2,))
    worker.start()
    worker.join()


def add_names(folder) -> None:
    """Define something beside what is there."""
    torch.my_own_helper = 1
    nn.Linear.my_own_helper = 1


ORDINARY = [
    train,
    save,
    import_something,
    complain,
    use_contexts,
    work_in_a_thread,
    add_names,
    be_lazy,
    watch,
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("work", ORDINARY, ids=lambda work: work.__name__)
def test_ordinary_work_leaves_no_trace(work, tmp_path):
    """What exercises do all the time does not cost the next one a new process."""
    footprint = Footprint()
    try:
        work(tmp_path)
        assert footprint.same()
    finally:
        for owner in (torch, nn.Linear):
            if hasattr(owner, "my_own_helper"):
                del owner.my_own_helper


def test_a_footprint_that_cannot_be_taken_again_is_another(monkeypatch):
    """A process in which even looking fails is spoilt."""
    footprint = Footprint()
    assert footprint.same()
    monkeypatch.setattr(torch, "get_default_dtype", None)
    assert not footprint.same()
