"""save_first_layers and load_first_layers: the front of one net becomes the front of another."""

import copy
import os

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import error_of, probe


def make_net():
    return nn.Sequential(nn.Linear(5, 7), nn.ReLU(), nn.Linear(7, 6), nn.ReLU(), nn.Linear(6, 3))


def carry(student, source, target, count):
    """Take the front of `source` over into `target`; return all values of `target`."""
    student.save_first_layers(source, count, "front.pt")
    student.load_first_layers(target, count, "front.pt")
    return dict(target.state_dict())


def files_here():
    return {name: open(name, "rb").read() for name in os.listdir(".") if os.path.isfile(name)}


def same(seen, expected):
    assert_close(seen, expected, rtol=0, atol=0)


def assert_carried(seen, source, target, count, note):
    """`seen` has the values of `source` in the first `count` modules, and those of `target` behind."""
    front, behind = source[:count].state_dict(), target.state_dict()
    assert set(seen) == set(behind), f"the net has other parameters than before, {note}"
    for name in behind:
        same_as = front if name in front else behind
        place = "in front" if name in front else "behind"
        assert torch.equal(seen[name], same_as[name]), f"{name} ({place}) has the wrong values, {note}"


@pytest.fixture(scope="module")
def source():
    return make_net()


@pytest.fixture(scope="module")
def target():
    return make_net()


@pytest.fixture(scope="module")
def patch():
    return torch.randn(7, 5)


@probe(scope="module")
def carried(student, source, target):
    return carry(student, source, target, 3)


@pytest.mark.hint("Look at one weight of the second net before and after. Were the values written into the net?")
def test_weights_are_carried_over(carried, source):
    """The weights of the first layers are those of the other net"""
    same(carried["0.weight"], source[0].weight.detach())
    same(carried["2.weight"], source[2].weight.detach())


@pytest.mark.hint("A Linear layer has two parameters.")
def test_biases_are_carried_over(carried, source):
    """So are the biases"""
    same(carried["0.bias"], source[0].bias.detach())
    same(carried["2.bias"], source[2].bias.detach())


@pytest.mark.hint("Which keys of the state_dict belong to the first three modules, and which do not?")
def test_layers_behind_keep_their_values(carried, target):
    """The layers behind keep the values that they had, although the file's net has such layers too"""
    assert not torch.equal(carried["0.weight"], target[0].weight), "nothing was loaded at all"
    same(carried["4.weight"], target[4].weight.detach())
    same(carried["4.bias"], target[4].bias.detach())


@pytest.fixture(scope="module")
def normed():
    """Two nets with batch normalisation in front, which has seen data."""
    nets = []
    for _ in range(2):
        net = nn.Sequential(nn.Linear(5, 7), nn.BatchNorm1d(7), nn.ReLU(), nn.Linear(7, 4))
        for _ in range(3):
            net(torch.rand(9, 5))
        nets.append(net)
    nets[1](torch.rand(9, 5))
    return nets


@probe(scope="module")
def buffers(student, normed):
    carry(student, *normed, 2)
    return dict(normed[1].named_buffers())


@pytest.mark.hint("What does a BatchNorm layer keep that is not a parameter?")
def test_buffers_are_carried_over(buffers, normed):
    """The running statistics of batch normalisation go with its parameters"""
    same(buffers, dict(normed[0].named_buffers()))


@probe(scope="module")
def carried_counts(student, source, target):
    return [carry(student, source, copy.deepcopy(target), count) for count in range(1, len(source) + 1)]


@pytest.mark.hint("Count modules of the Sequential, whether they have parameters or not.")
def test_every_count(carried_counts, source, target):
    """Every count from one to all works, and a ReLU counts as one module"""
    assert len(carried_counts) == 5
    for count, seen in enumerate(carried_counts, start=1):
        assert_carried(seen, source, target, count, f"with count={count}")


@pytest.fixture(scope="module")
def other_tails():
    """Nets that are like make_net() in the first three modules only."""
    return [
        make_net()[:3],
        make_net()[:3].append(nn.Linear(6, 9)),
        make_net()[:3].append(nn.Tanh()).append(nn.Linear(6, 8)).append(nn.ReLU()).append(nn.Linear(8, 2)),
        make_net()[:4].append(nn.Linear(6, 3, bias=False)).append(nn.Linear(3, 4)),
    ]


@probe(scope="module")
def carried_to_others(student, source, other_tails):
    return [carry(student, source, net, 3) for net in other_tails]


@pytest.mark.hint("Nothing behind the first `count` modules has a part in it, in the file or in the comparison.")
def test_nets_that_fit_only_in_front(carried_to_others, source, other_tails):
    """Nets that differ behind the first modules, in depth and in widths, can take the front over"""
    assert len(carried_to_others) == 4
    for seen, net in zip(carried_to_others, other_tails, strict=True):
        assert_carried(seen, source, net, 3, f"into a net of {len(net)} modules")


@pytest.fixture(scope="module")
def kinds():
    """Pairs of nets with modules of other kinds, and the count to carry over."""

    def block_net():
        return nn.Sequential(
            nn.Sequential(nn.Linear(5, 7), nn.Sequential(nn.Tanh(), nn.Linear(7, 4))),
            nn.PReLU(4),
            nn.Linear(4, 2),
        )

    def image_net():
        return nn.Sequential(nn.Conv2d(2, 3, 3, bias=False), nn.GroupNorm(1, 3), nn.ReLU(), nn.Conv2d(3, 4, 2))

    def token_net():
        return nn.Sequential(nn.Embedding(9, 5), nn.LayerNorm(5), nn.GRU(5, 3)).double()

    nets = [(block_net, 1), (block_net, 2), (image_net, 2), (image_net, 1), (token_net, 3)]
    pairs = [(make(), make(), count) for make, count in nets]
    for pair in pairs:
        for net in pair[:2]:
            for parameter in net.parameters():
                nn.init.normal_(parameter)
    return pairs


@probe(scope="module")
def carried_kinds(student, kinds):
    return [carry(student, source, target, count) for source, target, count in kinds]


@pytest.mark.hint("A module may be a block with modules inside, or have parameters that are not called weight.")
def test_modules_of_any_kind(carried_kinds, kinds):
    """Modules of any kind are carried over: convolutions, embeddings, blocks within blocks"""
    assert len(carried_kinds) == len(kinds)
    for seen, (source, target, count) in zip(carried_kinds, kinds, strict=True):
        assert_carried(seen, source, target, count, f"with count={count}, in {type(source[0]).__name__}, ...")


@pytest.fixture(scope="module")
def deep():
    nets = []
    for _ in range(2):
        layers = [nn.Linear(width, width + 1) for width in range(3, 16)]
        nets.append(nn.Sequential(*layers))
    return nets


@probe(scope="module")
def carried_deep(student, deep):
    return [carry(student, deep[0], copy.deepcopy(deep[1]), count) for count in (2, 11)]


@pytest.mark.hint('As text, "10" begins with "1" and comes before "2".')
def test_more_than_ten_modules(carried_deep, deep):
    """Nets of more than ten modules work as well"""
    for count, seen in zip((2, 11), carried_deep, strict=True):
        assert_carried(seen, *deep, count, f"with count={count} of 13 modules")


@pytest.fixture(scope="module")
def top_heavy():
    """A net that has nearly all its parameters behind the first two modules."""
    return nn.Sequential(nn.Linear(60, 80), nn.ReLU(), nn.Linear(80, 1500), nn.ReLU(), nn.Linear(1500, 2))


@probe(scope="module")
def written(student, top_heavy):
    student.save_first_layers(top_heavy, 2, "front.pt")
    return files_here()


@pytest.mark.hint("Compare the size of the file with four bytes for every number that belongs into it.")
def test_file_holds_only_the_first_layers(written):
    """Only the first layers are in the file"""
    size = sum(len(data) for data in written.values())
    assert size > 10_000, f"{size} bytes cannot hold the 4880 numbers of the first layers"
    assert size < 240_000, f"{size} bytes are more than the 4880 numbers of the first layers can need"


@probe(scope="module")
def two_files(student, source, top_heavy):
    student.save_first_layers(source, 3, "one.pt")
    student.save_first_layers(top_heavy, 1, "two.pt")
    return files_here()


@probe(scope="module", fresh=True)
def two_files_loaded(student, two_files, target):
    for name, renamed in (("one.pt", "first"), ("two.pt", "second")):
        with open(renamed, "wb") as file:
            file.write(two_files.get(name, b""))
    other = nn.Sequential(nn.Linear(60, 80), nn.Tanh())
    student.load_first_layers(target, 3, "first")
    student.load_first_layers(other, 1, "second")
    return [target[0].weight, other[0].weight]


@pytest.mark.hint("In another process there is nothing but the file. Is everything in it, and is it the right file?")
def test_files_work_in_another_process(two_files_loaded, source, top_heavy):
    """Two files, renamed, give their values to nets in another process"""
    same(two_files_loaded[0], source[0].weight.detach())
    same(two_files_loaded[1], top_heavy[0].weight.detach())


@probe(scope="module")
def written_through(student, source, target, patch):
    """A write into each of three nets in turn, and what the others hold then."""
    third = copy.deepcopy(target)
    carry(student, source, target, 3)
    student.load_first_layers(third, 3, "front.pt")
    seen = {"loaded": [target[0].weight.detach().clone(), third[0].weight.detach().clone()]}
    with torch.no_grad():
        target[0].weight.copy_(patch)
        seen["after a write into the second net"] = [source[0].weight.clone(), third[0].weight.clone()]
        source[0].weight.copy_(-patch)
        seen["after a write into the first net"] = [target[0].weight.clone(), third[0].weight.clone()]
    return seen


@pytest.mark.hint("Equal values are wanted, not the same layer twice. Whose memory does each net use?")
def test_nets_are_independent(written_through, source, patch):
    """Afterwards the nets share no memory: a change in one does not show in another"""
    old = source[0].weight.detach()
    same(written_through["loaded"], [old, old])
    same(written_through["after a write into the second net"], [old, old])
    same(written_through["after a write into the first net"], [patch, old])


@pytest.fixture(scope="module")
def X():
    return torch.randn(8, 5)


@probe(scope="module")
def trained(student, source, target, X):
    carry(student, source, target, 3)
    before = copy.deepcopy(dict(target.state_dict()))
    optimizer = torch.optim.SGD(target.parameters(), lr=0.5)
    target(X).square().sum().backward()
    optimizer.step()
    return {"before": before, "after": dict(target.state_dict())}


@pytest.mark.hint("Loading does not freeze anything. Does every parameter in front still want a gradient?")
def test_loaded_layers_can_be_trained(trained, target, X):
    """A training step moves the loaded layers like all others"""
    assert not torch.equal(trained["before"]["0.weight"], target[0].weight), "nothing was loaded at all"
    net = make_net()
    net.load_state_dict(trained["before"])
    net(X).square().sum().backward()
    for name, parameter in net.named_parameters():
        assert_close(trained["after"][name], (parameter - 0.5 * parameter.grad).detach())


@pytest.fixture(scope="module")
def misfits(normed):
    """Pairs of nets whose shapes differ in the modules to be carried over, and their number."""

    def net(*widths, bias=True):
        pairs = zip(widths[:-1], widths[1:], strict=True)
        return nn.Sequential(*(nn.Linear(n, m, bias=bias) for n, m in pairs))

    return {
        "another width of the first layer": (net(5, 7, 3), net(5, 8, 3), 1),
        "another width further on": (net(5, 7, 6, 3), net(5, 7, 4, 3), 2),
        "a layer of width 1 in the file": (net(5, 7, 1, 3), net(5, 7, 6, 3), 2),
        "inputs and outputs the other way round": (
            net(5, 7, bias=False).append(nn.Linear(7, 6, bias=False)),
            net(5, 7, bias=False).append(nn.Linear(6, 7, bias=False)),
            2,
        ),
        "another width behind statistics that fit": (
            normed[0][:2].append(nn.Linear(7, 4)),
            normed[1][:2].append(nn.Linear(7, 6)),
            3,
        ),
        "statistics of another length": (
            net(5, 7).append(nn.BatchNorm1d(4, affine=False)),
            net(5, 7).append(nn.BatchNorm1d(6, affine=False)),
            2,
        ),
    }


def described(net):
    """Names and shapes of all tensors in a net, and their values in one vector."""
    state = net.state_dict()
    shapes = {name: list(tensor.shape) for name, tensor in state.items()}
    return {"shapes": shapes, "values": torch.cat([tensor.flatten().double() for tensor in state.values()])}


@probe(scope="module")
def misfit_loads(student, misfits, source, target):
    results = {}
    for name, (one, other, count) in {"the same": (source, target, 3), **misfits}.items():
        student.save_first_layers(one, count, "front.pt")
        before = described(other)
        error = error_of(student.load_first_layers, other, count, "front.pt")
        results[name] = {"error": error, "before": before, "after": described(other)}
    return results


@pytest.mark.hint("Some ways of copying stretch or reshape what does not fit, or put it in unseen.")
def test_wrong_shapes_are_an_error(misfit_loads, misfits):
    """Shapes that do not fit raise an error, and shapes that fit do not"""
    assert misfit_loads["the same"]["error"] is None, "layers that fit raise an error"
    for name in misfits:
        assert misfit_loads[name]["error"] is not None, f"no error for {name}"


@pytest.mark.hint("An error in the middle of copying leaves half a net. What can be compared before the first copy?")
def test_refused_load_changes_nothing(misfit_loads, misfits):
    """After that error the net has all the values that it had before"""
    assert misfit_loads["the same"]["error"] is None, "layers that fit raise an error"
    refused = [name for name in misfits if misfit_loads[name]["error"] is not None]
    assert refused, "no file with wrong shapes was refused"
    for name in refused:
        before, after = misfit_loads[name]["before"], misfit_loads[name]["after"]
        assert after["shapes"] == before["shapes"], f"the net has other parameters than before, {name}"
        assert torch.equal(after["values"], before["values"]), f"values have changed, {name}"
