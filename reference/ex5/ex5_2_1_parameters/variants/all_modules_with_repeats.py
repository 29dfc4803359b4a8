"""Right: named_modules() told to repeat, of which only the first level is kept."""

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
    found = {}
    for name, module in model.named_modules(remove_duplicate=False):
        if name and "." not in name:
            found[name] = dict(module.named_parameters())
    direct = {key: param for key, param in model.named_parameters(recurse=False)}
    return {"": direct, **found} if direct else found
