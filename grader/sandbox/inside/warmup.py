"""What a process does once, before the first submission, so that no submission pays for it."""

from __future__ import annotations

import gc
import io
import warnings

import torch


def warm_up(seldom: bool = False) -> None:
    """Exercise the parts of torch that it imports or sets up on first use: optimisers, backward, save and load.

    The first optimiser step of a process imports half of torch, which takes as long as ``import torch``.

    Args:
        seldom: also those that few submissions use, which pays where many are marked: export and scripts.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        optim = torch.optim
        for optimiser in (optim.SGD, optim.Adam, optim.AdamW, optim.RMSprop, optim.Adagrad):
            layer = torch.nn.Linear(3, 2)
            steps = optimiser(layer.parameters(), lr=0.1)
            torch.autograd.backward(torch.nn.functional.mse_loss(layer(torch.ones(4, 3)), torch.zeros(4, 2)))
            steps.step()
            steps.zero_grad()
            file = io.BytesIO()
            torch.save({"net": layer.state_dict(), "steps": steps.state_dict()}, file)
            file.seek(0)
            layer.load_state_dict(torch.load(file, weights_only=True)["net"])
    torch.nn.Sequential(torch.nn.LazyLinear(2), torch.nn.ReLU(), torch.nn.BatchNorm1d(2))(torch.ones(4, 3))
    torch.fft.rfft(torch.ones(8))
    if seldom:
        _warm_up_graphs()


def _warm_up_graphs() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        layer = torch.nn.Linear(3, 2)
        rows = torch.export.Dim("rows")
        file = io.BytesIO()
        torch.export.save(torch.export.export(layer, (torch.ones(2, 3),), dynamic_shapes=({0: rows},)), file)
        file.seek(0)
        torch.export.load(file).module()
        file = io.BytesIO()
        torch.jit.save(torch.jit.script(layer), file)
        file.seek(0)
        torch.jit.load(file)  # type: ignore[no-untyped-call]  # torch has no type for it


def settle() -> None:
    """Make forks cheap: one thread, and a heap that the garbage collector of a child leaves alone."""
    torch.set_num_threads(1)
    gc.freeze()
    # A child lives for a moment: the usual thresholds would have it look for garbage every few hundred objects.
    gc.set_threshold(20_000, 20, 100)
    gc.enable()
