"""Exercise 5.2.2: built-in initialisers, and initialisers of your own."""

from torch import nn

# Part 1: four functions for net.apply(...), which calls them with every module of a net in turn:
#
#     net.apply(init_normal)
#
# In each of them
# - only nn.Linear layers are touched, all other modules stay as they are;
# - the layer's parameters are filled in place: they stay the same nn.Parameter objects, with their
#   dtype, and still require a gradient;
# - a layer made with bias=False works as well;
# - the global random state is used, but not seeded.


def init_normal(m: nn.Module) -> None:
    """Weights from a normal distribution with mean 0 and standard deviation 0.01, biases 0."""
    raise NotImplementedError


def init_constant(m: nn.Module) -> None:
    """All weights 1, biases 0."""
    raise NotImplementedError


def init_xavier(m: nn.Module) -> None:
    """Weights from the Xavier uniform distribution with gain 1, biases unchanged."""
    raise NotImplementedError


def init_signed(m: nn.Module) -> None:
    """Biases unchanged; each weight, independently of the others, is

    - uniform between 5 and 10 with probability 1/4,
    - exactly 0 with probability 1/2,
    - uniform between -10 and -5 with probability 1/4.
    """
    raise NotImplementedError


# Part 2: the numbers behind the built-in initialisers. All five return a float.
# fan_in and fan_out are the numbers of inputs and outputs of a layer; fan is one of the two.
# (Inside the two Xavier functions the name `gain` means the argument, not the function below.)


def xavier_uniform_bound(fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    """The bound a for which Xavier uniform draws from U(-a, a)."""
    raise NotImplementedError


def xavier_normal_std(fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    """The standard deviation of the normal distribution from which Xavier normal draws."""
    raise NotImplementedError


def kaiming_uniform_bound(fan: int, gain: float) -> float:
    """The bound a for which Kaiming (He) uniform draws from U(-a, a)."""
    raise NotImplementedError


def kaiming_normal_std(fan: int, gain: float) -> float:
    """The standard deviation of the normal distribution from which Kaiming (He) normal draws."""
    raise NotImplementedError


def gain(nonlinearity: str, param: float | None = None) -> float:
    """The factor that PyTorch recommends for the layer in front of a nonlinearity.

    Args:
        nonlinearity: a name that torch.nn.init.calculate_gain knows: "linear", "conv1d" to
            "conv3d", "conv_transpose1d" to "conv_transpose3d", "sigmoid", "tanh", "relu",
            "leaky_relu", "selu".
        param: the negative slope of "leaky_relu", 0.01 if it is not given; 0 is a slope too.

    Raises:
        ValueError: for any other name.

    >>> gain("linear")
    1.0
    """
    raise NotImplementedError
