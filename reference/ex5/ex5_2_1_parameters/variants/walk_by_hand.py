"""Right: a walk through the modules written by hand."""

from torch import Tensor, nn


class NestMLP(nn.Module):
    """An MLP whose hidden layers sit in a Sequential of their own (20 -> 64 -> 32 -> 16)."""

    def __init__(self) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.linear = nn.Linear(32, 16)

    def forward(self, X: Tensor) -> Tensor:
        return self.linear(self.net(X))

def walk(module, prefix, seen):
    """Yield names and parameters below the module, each once."""
    for name, param in module._parameters.items():
        if param is not None and id(param) not in seen:
            seen.add(id(param))
            yield prefix + name, param
    for name, child in module._modules.items():
        yield from walk(child, prefix + name + ".", seen)


def layer_parameters(model: nn.Module) -> dict[str, dict[str, nn.Parameter]]:
    result = {name: {key: param for key, param in walk(child, "", set())} for name, child in vars(model)["_modules"].items()}
    own = {name: param for name, param in vars(model)["_parameters"].items() if param is not None}
    if own:
        result[""] = own
    return result
