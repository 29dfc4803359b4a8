"""Names of classes and their settings as plain data, beside the state_dict: no object in the file."""

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 256)
        self.output = nn.Linear(256, 10)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output(torch.relu(self.hidden(X)))


def describe(net):
    if isinstance(net, nn.Linear):
        settings = {
            "in_features": net.in_features,
            "out_features": net.out_features,
            "bias": net.bias is not None,
        }
    elif isinstance(net, nn.BatchNorm1d):
        settings = {"num_features": net.num_features, "eps": net.eps, "momentum": net.momentum}
    else:
        settings = {}
    layers = [describe(layer) for layer in net] if isinstance(net, nn.Sequential) else []
    return [type(net).__name__, settings, layers]


def build(description):
    name, settings, layers = description
    if name == "MLP":
        return MLP()
    return getattr(nn, name)(*map(build, layers), **settings)


def save_model(net: nn.Module, path: str) -> None:
    torch.save({"architecture": describe(net), "state": net.state_dict()}, path)


def load_model(path: str) -> nn.Module:
    content = torch.load(path, weights_only=True)
    net = build(content["architecture"])
    net.load_state_dict(content["state"])
    return net
