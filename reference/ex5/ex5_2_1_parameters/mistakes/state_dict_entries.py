"""state_dict() of each child: with buffers, and as tensors cut off from the graph."""

from torch import Tensor, nn


class NestMLP(nn.Module):
    """An MLP whose hidden layers sit in a Sequential of their own (20 -> 64 -> 32 -> 16)."""

    def __init__(self) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.linear = nn.Linear(32, 16)

    def forward(self, X: Tensor) -> Tensor:
        return self.linear(self.net(X))


def layer_parameters(model: nn.Module) -> dict[str, dict[str, nn.Parameter]]:
    layers = {}
    own = dict(model.named_parameters(recurse=False))
    if own:
        layers[""] = own
    for name, child in model._modules.items():
        layers[name] = dict(child.state_dict())
    return layers
