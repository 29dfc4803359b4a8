"""A function inside each function; values are copied in."""

import torch
from torch import nn


def init_by_type(net):
    @torch.no_grad()
    def linear(m):
        if isinstance(m, nn.Linear):
            m.weight.copy_(torch.empty_like(m.weight).normal_(std=0.01))
            if m.bias is not None:
                m.bias.zero_()

    def convolution(m):
        if isinstance(m, nn.Conv2d):
            nn.init.xavier_uniform_(m.weight, gain=1.0)
            if m.bias is not None:
                nn.init.constant_(m.bias, 0)

    return net.apply(linear).apply(convolution)


def init_ends(net):
    def with_(fill):
        return lambda m: fill(m.weight) if isinstance(m, nn.Linear) else None

    net[0].apply(with_(nn.init.xavier_uniform_))
    net[len(net) - 1].apply(with_(lambda w: nn.init.constant_(w, 42.0)))


def shift_and_set(layer, shift, corner):
    new = layer.weight.detach() + shift
    new[0][0] = corner
    layer.weight.data = new
