"""Exercise 5.1.1: what goes wrong when MySequential keeps its blocks in a Python list?

Write two classes that compute the same thing and differ only in where they keep their blocks, then
answer what the second one has lost.
"""

from torch import Tensor, nn


class MySequential(nn.Module):
    """Applies its blocks one after the other, like `nn.Sequential`.

    The blocks are registered, so that everything a module does for its children (parameters(),
    state_dict(), to(), train() and eval(), apply(), children(), modules()) reaches them. The keys
    of `state_dict()` are those of `nn.Sequential(*blocks)`, in the same order.

    It keeps the very blocks that it is given, no copies. There may be any number of them (more than
    ten, too), a block may itself be a container, and one instance given twice runs twice.

    Example:
        net = MySequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
        net(torch.rand(2, 20)).shape      # torch.Size([2, 10])
        list(net.state_dict())            # ['0.weight', '0.bias', '2.weight', '2.bias']
    """

    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        raise NotImplementedError("register the blocks")

    def forward(self, X: Tensor) -> Tensor:
        """Return the output of the last block, after all the others in order."""
        raise NotImplementedError("chain the blocks")


class MySequentialList(nn.Module):
    """Computes the same as `MySequential`, but keeps its blocks in a plain Python list.

    This is the experiment of the question: the blocks are deliberately *not* registered. Apart from
    that it stays a working module: parameters(), state_dict(), modules() and the rest can still be
    called, they just do not find the blocks. Every instance has a list of its own.

    Example:
        net = MySequentialList(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
        net(torch.rand(2, 20)).shape      # torch.Size([2, 10])
    """

    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        raise NotImplementedError("keep the blocks in a list")

    def forward(self, X: Tensor) -> Tensor:
        """Return the output of the last block, after all the others in order."""
        raise NotImplementedError("chain the blocks")


# Which of these no longer reach the blocks of a MySequentialList?
#   "forward"      net(X) runs X through the blocks
#   "parameters"   net.parameters() yields the parameters of the blocks
#   "state_dict"   net.state_dict() contains what the blocks have learned
#   "to"           net.to(...) moves the blocks to another device or converts their dtype
#   "train"        net.train() and net.eval() switch the mode of the blocks
#   "apply"        net.apply(f) calls f on the blocks, for instance to initialise them
#   "children"     net.children() yields the blocks
LOST_IN_A_LIST: set[str] = ...  # replace the dots by a set of some of the words above
