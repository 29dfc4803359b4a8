"""Right: all names of the model, repeats included, split at the first dot; repeats inside a child dropped."""

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
    layers = {name: {} for name in model._modules}
    for name, param in model.named_parameters(remove_duplicate=False):
        child, rest = name.split(".", 1) if "." in name else ("", name)
        group = layers.setdefault(child, {})
        if not any(param is other for other in group.values()):
            group[rest] = param
    return layers
