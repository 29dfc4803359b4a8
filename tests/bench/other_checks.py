"""Two dozen simple checks of six exercises, which `others` has every grader run, each in its own form.

Each check takes what a student handed in, as an object with an attribute for every name, and raises AssertionError if
something is wrong. The module imports torch alone, since it is copied to where the other graders find it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn


def blocks_run_in_order(student: Any) -> None:
    """MySequential applies its blocks one after the other"""
    first, second, x = nn.Linear(4, 3), nn.Tanh(), torch.rand(2, 4)
    assert torch.allclose(student.MySequential(first, second)(x), second(first(x)))


def blocks_are_registered(student: Any) -> None:
    """MySequential has the parameters of its blocks"""
    assert len(list(student.MySequential(nn.Linear(4, 3), nn.Linear(3, 2)).parameters())) == 4


def list_computes_the_same(student: Any) -> None:
    """MySequentialList gives the same output"""
    blocks, x = [nn.Linear(4, 3), nn.ReLU()], torch.rand(2, 4)
    assert torch.allclose(student.MySequentialList(*blocks)(x), student.MySequential(*blocks)(x))


def list_has_no_parameters(student: Any) -> None:
    """MySequentialList has no parameters, and the answer says so"""
    assert not list(student.MySequentialList(nn.Linear(4, 3)).parameters())
    assert "parameters" in student.LOST_IN_A_LIST


def outputs_are_joined(student: Any) -> None:
    """Parallel's output is as wide as both together"""
    assert student.Parallel(nn.Linear(4, 3), nn.Linear(4, 2))(torch.rand(5, 4)).shape == (5, 5)


def first_net_comes_first(student: Any) -> None:
    """The output of the first net stands on the left"""
    net1, net2, x = nn.Linear(4, 3), nn.Linear(4, 2), torch.rand(5, 4)
    assert torch.allclose(student.Parallel(net1, net2)(x)[:, :3], net1(x))


def second_net_comes_second(student: Any) -> None:
    """The output of the second net stands on the right"""
    net1, net2, x = nn.Linear(4, 3), nn.Linear(4, 2), torch.rand(5, 4)
    assert torch.allclose(student.Parallel(net1, net2)(x)[:, 3:], net2(x))


def both_nets_get_gradients(student: Any) -> None:
    """Both nets are registered, and both get gradients"""
    net = student.Parallel(nn.Linear(4, 3), nn.Linear(4, 2))
    net(torch.rand(5, 4)).sum().backward()
    assert [parameter.grad is not None for parameter in net.parameters()] == [True] * 4


def network_has_the_right_shape(student: Any) -> None:
    """create_network maps inputs to outputs of the sizes asked for"""
    assert student.create_network(3, 4, 8, 2)(torch.rand(5, 4)).shape == (5, 2)


def every_block_has_parameters(student: Any) -> None:
    """Three blocks of two layers and an output layer have fourteen parameters"""
    assert len(list(student.create_network(3, 4, 8, 2).parameters())) == 14


def blocks_share_nothing(student: Any) -> None:
    """No two parameters lie in the same memory"""
    parameters = list(student.create_network(3, 4, 8, 2).parameters())
    assert len({parameter.data_ptr() for parameter in parameters}) == len(parameters)


def block_keeps_the_width(student: Any) -> None:
    """make_block gives a new block each time, which keeps the width"""
    block = student.make_block(4, 8)
    assert block is not student.make_block(4, 8)
    assert block(torch.rand(5, 4)).shape == (5, 4)


def reduction_has_the_right_shape(student: Any) -> None:
    """TensorReduction maps a batch to the outputs"""
    assert student.TensorReduction(4, 3)(torch.rand(5, 4)).shape == (5, 3)


def reduction_has_one_weight(student: Any) -> None:
    """There is one weight with three dimensions"""
    assert [parameter.shape for parameter in student.TensorReduction(4, 3).parameters()] == [(4, 4, 3)]


def reduction_is_the_sum(student: Any) -> None:
    """The values are the sums over both dimensions"""
    layer, x = student.TensorReduction(4, 3), torch.rand(5, 4)
    weight = next(layer.parameters())
    expected = torch.stack([torch.stack([row @ weight[:, :, k] @ row for k in range(3)]) for row in x])
    assert torch.allclose(layer(x), expected, atol=1e-5)


def reduction_is_quadratic(student: Any) -> None:
    """Twice the input gives four times the output"""
    layer, x = student.TensorReduction(4, 3), torch.rand(5, 4)
    assert torch.allclose(layer(2 * x), 4 * layer(x), atol=1e-5)


def half_for_even_lengths(student: Any) -> None:
    """A signal of eight values has five coefficients"""
    assert student.FourierLayer()(torch.rand(3, 8)).shape == (3, 5)


def half_for_odd_lengths(student: Any) -> None:
    """A signal of seven values has four coefficients"""
    assert student.FourierLayer()(torch.rand(3, 7)).shape == (3, 4)


def first_coefficient_is_the_sum(student: Any) -> None:
    """Coefficient 0 is the sum of the signal"""
    x = torch.rand(3, 8)
    assert torch.allclose(student.FourierLayer()(x)[:, 0].real, x.sum(1), atol=1e-5)


def coefficients_give_the_signal(student: Any) -> None:
    """The signal can be computed from the coefficients"""
    x = torch.rand(3, 8)
    assert torch.allclose(torch.fft.irfft(student.FourierLayer()(x), n=8), x, atol=1e-5)


def _adapted(student: Any) -> tuple[nn.Sequential, nn.Linear]:
    net = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))
    return net, student.adapt_input(net, 6)


def net_takes_the_new_width(student: Any) -> None:
    """The net takes inputs of the new width"""
    assert _adapted(student)[0](torch.rand(5, 6)).shape == (5, 2)


def weight_is_tied(student: Any) -> None:
    """The weight of the new layer is that of the net's first"""
    net, new = _adapted(student)
    assert net[0].weight is new.weight


def bias_is_kept(student: Any) -> None:
    """The bias of the first layer is its own"""
    net, new = _adapted(student)
    assert net[0].bias is not new.bias


def width_is_written_down(student: Any) -> None:
    """in_features of both layers is the new width"""
    net, new = _adapted(student)
    assert (net[0].in_features, new.in_features) == (6, 6)


CHECKS: dict[str, tuple[Callable[[Any], None], ...]] = {
    "ex5_1_1_sequential": (
        blocks_run_in_order,
        blocks_are_registered,
        list_computes_the_same,
        list_has_no_parameters,
    ),
    "ex5_1_2_parallel": (
        outputs_are_joined,
        first_net_comes_first,
        second_net_comes_second,
        both_nets_get_gradients,
    ),
    "ex5_1_3_repeat": (
        network_has_the_right_shape,
        every_block_has_parameters,
        blocks_share_nothing,
        block_keeps_the_width,
    ),
    "ex5_3_3_varying_input": (
        net_takes_the_new_width,
        weight_is_tied,
        bias_is_kept,
        width_is_written_down,
    ),
    "ex5_4_1_tensor_reduction": (
        reduction_has_the_right_shape,
        reduction_has_one_weight,
        reduction_is_the_sum,
        reduction_is_quadratic,
    ),
    "ex5_4_2_fourier": (
        half_for_even_lengths,
        half_for_odd_lengths,
        first_coefficient_is_the_sum,
        coefficients_give_the_signal,
    ),
}
