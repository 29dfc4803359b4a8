"""Exercise 5.2.4: why is sharing parameters a good idea?"""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    """Return how many numbers the parameters of `net` hold, and how many without sharing.

    The first int counts every parameter once. The second one counts it once for each name under
    which the net reaches it: a layer that stands in the net twice has two names for its weight, and
    so has a weight which was assigned to a second layer.

    Counted are numbers, not tensors: a Linear(3, 5) has 20. Frozen parameters count, buffers do
    not. Two parameters which merely have equal values are not shared. How often `forward` calls a
    layer does not matter.

        layer = nn.Linear(6, 6)
        count_parameters(nn.Sequential(layer, nn.ReLU(), layer))    # (42, 84)
    """
    raise NotImplementedError


# Which of these statements about a parameter that is used in several places are true? Compare
# with a net which has a copy of the parameter for every use.
#
# "fewer_parameters"        The net has fewer numbers to store and to learn.
# "fewer_multiplications"   The forward pass needs fewer multiplications.
# "summed_gradients"        The gradient of the parameter is the sum of what all its uses give.
# "independent_gradients"   Every use keeps a gradient of its own, and the optimiser uses each by
#                           itself.
# "built_in_symmetry"       One can build in that different places are treated alike, such as all
#                           positions of an image or all steps of a sequence.
# "different_shapes"        Layers with weights of different shapes can share one weight as it is.
# "smaller_files"           A file to which torch.save writes the net's state_dict is smaller.
# "always_more_accurate"    On every task the net with sharing is at least as accurate.
BENEFITS: set[str] = ...  # replace the dots by a set of names from above, {"...", "..."}
