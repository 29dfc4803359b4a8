"""Exercise 5.2.1: reach the parameters of every layer."""

from torch import Tensor, nn


class NestMLP(nn.Module):
    """Given: an MLP whose hidden layers sit in a Sequential of their own (20 -> 64 -> 32 -> 16)."""

    def __init__(self) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.linear = nn.Linear(32, 16)

    def forward(self, X: Tensor) -> Tensor:
        return self.linear(self.net(X))


def layer_parameters(model: nn.Module) -> dict[str, dict[str, nn.Parameter]]:
    """Return the parameters of any model, layer by layer.

    The result has one entry for each direct child of the model, under the name which the child has
    in the model. Its value is a dict equal to dict(child.named_parameters()): everything inside
    that child, however deep, under its name inside the child.

    - A child without parameters gets an empty dict.
    - A child that the model holds under two names gets an entry under each of them.
    - Parameters that belong to the model itself, not to a child, are under the name "". A model
      without such parameters has no entry "".
    - The values are the model's own nn.Parameter objects, not copies of them. Buffers are no
      parameters.

        layers = layer_parameters(NestMLP())
        list(layers)                            # ["net", "linear"]
        list(layers["linear"])                  # ["weight", "bias"]
        layers["net"]["2.weight"].shape         # (32, 64)
    """
    raise NotImplementedError
