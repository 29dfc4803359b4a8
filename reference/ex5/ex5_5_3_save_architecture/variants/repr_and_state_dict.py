"""The printed form of each layer is a call that builds it; the state_dict fills it."""

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 256)
        self.output = nn.Linear(256, 10)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output(torch.relu(self.hidden(X)))


def save_model(net: nn.Module, path: str) -> None:
    text = "MLP()"
    if isinstance(net, nn.Sequential):
        text = "nn.Sequential(" + ", ".join("nn." + repr(layer) for layer in net) + ")"
    torch.save(
        {"text": text, "values": dict(net.named_parameters()), "buffers": dict(net.named_buffers())}, path
    )


def load_model(path: str) -> nn.Module:
    content = torch.load(path, weights_only=True)
    net = eval(content["text"], {"nn": nn, "MLP": MLP})
    net.load_state_dict({**content["values"], **content["buffers"]})
    return net
