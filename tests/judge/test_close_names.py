"""Names that stand in the place of a wanted one are recognised, and others are not."""

from __future__ import annotations

import pytest

from grader.judge.close_names import MOST, close_names


@pytest.mark.parametrize(
    ("wanted", "defined", "close"),
    [
        ("Parallel", ["ParallelBlock"], ["ParallelBlock"]),
        ("Parallel", ["MyParallel"], ["MyParallel"]),
        ("Parallel", ["parallel"], ["parallel"]),
        ("Parallel", ["PARALLEL"], ["PARALLEL"]),
        ("Parallel", ["Paralel"], ["Paralel"]),
        ("Parallel", ["Parallell_2"], ["Parallell_2"]),
        ("FourierLayer", ["Fourier_Layer"], ["Fourier_Layer"]),
        ("FourierLayer", ["Fourier"], ["Fourier"]),
        ("build_mlp", ["buildMLP"], ["buildMLP"]),
        ("build_mlp", ["build_MLP_shared"], ["build_MLP_shared"]),
        ("train", ["train_net"], ["train_net"]),
        ("train", ["my_train"], ["my_train"]),
        ("gain", ["again"], ["again"]),
        ("Parallel", ["parallel", "ParallelBlock", "Paralel"], ["parallel", "ParallelBlock", "Paralel"]),
        ("Parallel", ["Paralel", "ParallelBlock", "parallel", "Parallel2"], ["parallel", "Parallel2", "ParallelBlock"]),
    ],
)
def test_close_names(wanted, defined, close):
    """The same name in other letters comes first, then longer and shorter ones, then misspelt ones; three at most."""
    found = close_names(wanted, defined)
    assert found == close
    assert len(found) <= MOST


@pytest.mark.parametrize(
    ("wanted", "defined"),
    [
        ("Parallel", ["torch", "nn", "helper", "X", "net", "MLP", "a"]),
        ("save_parameters", ["save", "parameters_of_a_very_long_name_that_is_another"]),
        ("train", ["Parallel", "t", "in", "r"]),
        ("Parallel", ["Parallel"]),
        ("Parallel", ["_", "__"]),
        ("Parallel", []),
        ("", ["x"]),
    ],
)
def test_no_close_names(wanted, defined):
    """Short names, parts of others and names of something else are not close; the name itself neither."""
    assert close_names(wanted, defined) == []


def test_equals_keep_their_order():
    """Of names that are equally close, the first defined comes first, and the rest is the same every time."""
    assert close_names("double", ["doubles", "doublet", "doubled", "doubler"]) == ["doubles", "doublet", "doubled"]
