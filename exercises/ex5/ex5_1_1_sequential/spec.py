"""MySequential registers its blocks; MySequentialList hides them in a plain list."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import probe

WORDS = {"forward", "parameters", "state_dict", "to", "train", "apply", "children"}


def chain(blocks, x):
    for block in blocks:
        x = block(x)
    return x


@pytest.fixture
def x():
    return torch.randn(4, 6)


@pytest.fixture
def square():
    """Blocks in an order that matters, though any order would fit."""
    return [nn.Linear(6, 6), nn.Tanh(), nn.Linear(6, 6), nn.Softplus(), nn.Linear(6, 6)]


@pytest.fixture
def square2():
    return [nn.Linear(6, 6), nn.Tanh(), nn.Linear(6, 6), nn.Softplus(), nn.Linear(6, 6)]


@pytest.fixture
def nested():
    """Widths all different, a container among the blocks, buffers, and blocks without parameters."""
    inner = nn.Sequential(nn.BatchNorm1d(8), nn.Sequential(nn.Linear(8, 5), nn.Tanh()))
    inner[0].running_mean.copy_(torch.randn(8))
    inner[0].running_var.copy_(torch.rand(8) + 0.5)
    return [nn.Linear(6, 8), nn.Tanh(), inner, nn.Linear(5, 3)]


@pytest.fixture
def twelve():
    return [nn.Linear(6, 6) for _ in range(12)]


@pytest.fixture
def twice():
    """One Linear and one Tanh, each of them at two places."""
    linear, tanh = nn.Linear(6, 6), nn.Tanh()
    return [linear, tanh, linear, tanh, nn.Linear(6, 2)]


# ---- MySequential


@probe
def outputs(student, square, nested, x):
    first, second = student.MySequential(*square), student.MySequential(*nested)
    single = student.MySequential(square[0])
    return [first(x), second(x), single(x), first(x)]


@pytest.mark.points(2)
@pytest.mark.hint("What goes into the second block, and what does forward return in the end?")
def test_blocks_run_in_order(outputs, square, nested, x):
    """MySequential gives what its blocks give one after the other, containers among them too"""
    one, two, single, again = outputs
    assert_close(one, chain(square, x))
    assert_close(two, chain(nested, x))
    assert_close(single, square[0](x))
    assert_close(again, chain(square, x))


@probe
def long_output(student, twelve, x):
    return student.MySequential(*twelve)(x)


@pytest.mark.hint("In which order do the texts '2' and '10' come when they are sorted?")
def test_more_than_ten_blocks_keep_their_order(long_output, twelve, x):
    """Twelve blocks run in the order in which they were given"""
    assert_close(long_output, chain(twelve, x))


@probe
def repeated_output(student, twice, x):
    return student.MySequential(*twice)(x)


@pytest.mark.hint("Some ways of going through the blocks of a module yield every object only once.")
def test_a_block_given_twice_runs_twice(repeated_output, twice, x):
    """A block that is given at two places runs at both"""
    assert_close(repeated_output, chain(twice, x))


@probe
def states(student, nested, twelve, twice):
    return [dict(student.MySequential(*blocks).state_dict()) for blocks in (nested, twelve, twice)]


@pytest.mark.points(2)
@pytest.mark.hint(
    "A key is made of the names under which the blocks are registered. Which names does nn.Sequential use?"
)
def test_keys_are_those_of_sequential(states, nested, twelve, twice):
    """state_dict() has the keys of nn.Sequential, in the same order"""
    for state, blocks in zip(states, (nested, twelve, twice), strict=True):
        expected = nn.Sequential(*blocks).state_dict()
        assert list(state) == list(expected)
        assert_close(state, dict(expected))


@probe
def after_sgd(student, square, x):
    net = student.MySequential(*square)
    parameters = list(net.parameters())
    loss = net(x).square().mean()
    if parameters and loss.requires_grad:
        loss.backward()
        torch.optim.SGD(parameters, lr=0.5).step()
    return [[block.weight, block.bias] for block in square if isinstance(block, nn.Linear)]


@pytest.mark.points(2)
@pytest.mark.hint("An optimiser changes what parameters() gives it, and nothing else.")
def test_a_step_of_sgd_changes_every_block(after_sgd, square, x):
    """One step of SGD on net.parameters() changes the weights of every block"""
    net = nn.Sequential(*square)
    net(x).square().mean().backward()
    linear = [block for block in square if isinstance(block, nn.Linear)]
    expected = [[p.detach() - 0.5 * p.grad for p in (block.weight, block.bias)] for block in linear]
    assert_close(after_sgd, expected)


@probe
def carried_over(student, square, square2, x):
    source, target = student.MySequential(*square), student.MySequential(*square2)
    before = target(x)
    target.load_state_dict(source.state_dict())
    return [before, target(x), source(x)]


@pytest.mark.hint("state_dict() stores what is registered. Is there anything in it?")
def test_state_dict_carries_the_net_over(carried_over, square, square2, x):
    """The state_dict of one net, loaded into a second one, makes the second compute the same"""
    before, after, source = carried_over
    assert_close(before, chain(square2, x))
    assert_close(after, chain(square, x))
    assert_close(source, chain(square, x))


@probe
def after_to(student, nested):
    student.MySequential(*nested).to(torch.float64)
    return [dict(block.state_dict()) for block in nested]


@pytest.mark.hint("to() asks every registered child to convert itself.")
def test_to_converts_every_block(after_to, nested):
    """to(torch.float64) converts the parameters and buffers of every block"""
    assert_close(after_to, [dict(block.to(torch.float64).state_dict()) for block in nested])


@pytest.fixture
def norms():
    """Blocks that compute one thing in train mode and another in eval mode."""
    return [nn.BatchNorm1d(6), nn.Sequential(nn.BatchNorm1d(6)), nn.Tanh()]


@probe
def in_both_modes(student, norms, x):
    net = student.MySequential(*norms)
    net.eval()
    evaluating = [block(x) for block in norms]
    net.train()
    return [evaluating, [block(x) for block in norms]]


@pytest.mark.hint("eval() passes the mode on to the registered children. Without that, does a block notice?")
def test_train_and_eval_reach_every_block(in_both_modes, norms, x):
    """eval() and train() switch the mode of every block"""
    evaluating, training = in_both_modes
    assert_close(evaluating, [block.eval()(x) for block in norms])
    assert_close(training, [block.train()(x) for block in norms])


@pytest.fixture
def marks():
    return torch.randn(3)


@probe
def marked(student, square, nested, marks):
    """Add one number to the biases by way of apply, one by way of children, and one by way of modules."""

    def mark(module, number):
        if isinstance(module, nn.Linear):
            with torch.no_grad():
                module.bias.add_(number)

    found = []
    for blocks in (square, nested):
        net = student.MySequential(*blocks)
        layers = [m for block in blocks for m in block.modules() if isinstance(m, nn.Linear)]
        net.apply(lambda module: mark(module, marks[0]))
        found.append([layer.bias.clone() for layer in layers])
        for child in net.children():
            child.apply(lambda module: mark(module, marks[1]))
        found.append([layer.bias.clone() for layer in layers])
        for module in net.modules():
            mark(module, marks[2])
        found.append([layer.bias.clone() for layer in layers])
    return found


@pytest.mark.hint("All three walk along the registered children, and the children's children.")
def test_apply_children_and_modules_find_every_block(marked, square, nested, marks):
    """apply(), children() and modules() find every block, once"""
    expected = []
    for blocks in (square, nested):
        biases = [m.bias.detach() for b in blocks for m in b.modules() if isinstance(m, nn.Linear)]
        for count in (1, 2, 3):
            expected.append([bias + marks[:count].sum() for bias in biases])
    assert_close(marked, expected)


# ---- MySequentialList


@probe
def list_outputs(student, square, nested, twelve, twice, x):
    return [student.MySequentialList(*blocks)(x) for blocks in (square, nested, twelve, twice)]


@probe
def list_gradients(student, square, x):
    output = student.MySequentialList(*square)(x.requires_grad_())
    if output.requires_grad:
        output.square().sum().backward()
    return [x.grad, *(block.weight.grad for block in square if isinstance(block, nn.Linear))]


@pytest.mark.points(2)
@pytest.mark.hint("Only the place where the blocks are kept differs. What does forward do with them?")
def test_list_version_computes_the_same(list_outputs, list_gradients, square, nested, twelve, twice, x):
    """MySequentialList gives the same outputs and gradients as the chain of its blocks"""
    for output, blocks in zip(list_outputs, (square, nested, twelve, twice), strict=True):
        assert_close(output, chain(blocks, x))
    chain(square, x.requires_grad_()).square().sum().backward()
    assert all(grad is not None for grad in list_gradients), "the gradients do not arrive everywhere"
    assert_close(list_gradients, [x.grad, *(block.weight.grad for block in square if isinstance(block, nn.Linear))])


@probe
def list_unreached(student, square, nested, x):
    """Try to reach the blocks in every way, then let them compute."""
    seen = []
    for blocks in (square, nested):
        net = student.MySequentialList(*blocks)
        names = [*net.state_dict(), *dict(net.named_parameters()), *dict(net.named_children())]
        for parameter in net.parameters():
            parameter.data.zero_()
        net.apply(lambda module: [p.data.zero_() for p in module.parameters(recurse=False)])
        net.eval()
        output = net(x)
        net.to(torch.float64)
        seen.append([names, output, [dict(block.state_dict()) for block in blocks]])
    return seen


@pytest.mark.points(2)
@pytest.mark.hint("This class is the experiment: nn.Module must not notice that the attribute holds modules.")
def test_list_version_registers_nothing(list_unreached, square, nested, x):
    """parameters(), state_dict(), to(), eval() and apply() do not reach the blocks of MySequentialList"""
    for (names, output, states), blocks in zip(list_unreached, (square, nested), strict=True):
        assert names == [], "something is registered"
        assert_close(output, chain(blocks, x))
        assert_close(states, [dict(block.state_dict()) for block in blocks])


@probe
def two_lists(student, square, square2, x):
    one = student.MySequentialList(*square)
    before = one(x)
    two = student.MySequentialList(*square2)
    return [before, one(x), two(x)]


@pytest.mark.hint("How many lists are there when there are two nets?")
def test_every_list_net_has_its_own_list(two_lists, square, square2, x):
    """Two instances of MySequentialList do not mix up their blocks"""
    before, one, two = two_lists
    assert_close(before, chain(square, x))
    assert_close(one, chain(square, x))
    assert_close(two, chain(square2, x))


@probe
def list_modules(student, square, x):
    net = student.MySequentialList(*square)
    list(net.parameters()), list(net.children()), net.state_dict()
    net.train()
    return next(iter(net.modules()))(x)


@pytest.mark.hint("Has an attribute of yours the name of something that every nn.Module already has?")
def test_list_version_is_still_a_module(list_modules, square, x):
    """modules(), children(), train() and the rest of MySequentialList can still be called"""
    assert_close(list_modules, chain(square, x))


# ---- The answer


@probe
def lost(student):
    return student.LOST_IN_A_LIST


@pytest.mark.hint("Try it: does net(X) of the list version still give an output?")
def test_what_still_works_is_not_in_the_set(lost):
    """LOST_IN_A_LIST names something, and nothing that still works"""
    assert isinstance(lost, (set, frozenset)), "LOST_IN_A_LIST should be a set of words"
    assert lost, "the set is empty"
    assert lost <= WORDS - {"forward"}, "a word is in the set that should not be there"


@pytest.mark.hint("nn.Module finds its blocks at one place. Who looks there? Try every word on a small net.")
def test_everything_lost_is_in_the_set(lost):
    """LOST_IN_A_LIST names everything that no longer reaches the blocks"""
    assert isinstance(lost, (set, frozenset)), "LOST_IN_A_LIST should be a set of words"
    assert lost >= WORDS - {"forward"}, "something is lost that the set does not name"
