"""ListMLP keeps its layers in a ModuleList; register_lists mends modules that keep theirs in plain lists."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from grader.spec import probe


def written(net, values):
    """Write weights and biases into the layers."""
    for layer, (weight, bias) in zip(net.layers, values, strict=True):
        layer.weight.data.copy_(weight)
        layer.bias.data.copy_(bias)
    return net


def chain(values, x):
    """What layers with these weights and biases make of x."""
    *hidden, (last, shift) = values
    for weight, bias in hidden:
        x = (x @ weight.T + bias).clamp(min=0)
    return x @ last.T + shift


def values_for(*widths, dtype=torch.float32):
    pairs = list(zip(widths[:-1], widths[1:], strict=True))
    return [(torch.randn(after, before, dtype=dtype), torch.randn(after, dtype=dtype)) for before, after in pairs]


def shapes_of(net):
    return {name: list(value.shape) for name, value in net.named_parameters()}


def expected_shapes(*widths):
    found = {}
    for number, (before, after) in enumerate(zip(widths[:-1], widths[1:], strict=True)):
        found[f"layers.{number}.weight"], found[f"layers.{number}.bias"] = [after, before], [after]
    return found


@probe
def shapes(student):
    return [shapes_of(student.ListMLP(widths)) for widths in ([6, 9, 4, 3], (5, 2), [3, 3, 3])]


@pytest.mark.points(2)
@pytest.mark.hint("Print dict(net.named_parameters()). Is every layer there, and nothing else?")
def test_layers_are_registered(shapes):
    """The weight and bias of every layer are parameters, under names such as layers.0.weight"""
    assert shapes == [expected_shapes(6, 9, 4, 3), expected_shapes(5, 2), expected_shapes(3, 3, 3)]


@pytest.fixture
def cases():
    """Widths, values and inputs: three layers, one layer, layers of equal widths; two to four dimensions."""
    widths = [(6, 9, 4, 3), (5, 2), (4, 4, 4)]
    inputs = [torch.randn(7, 6), torch.randn(2, 3, 5), torch.randn(2, 3, 2, 4)]
    return [(list(w), values_for(*w), x) for w, x in zip(widths, inputs, strict=True)]


@probe
def outputs(student, cases):
    """The outputs in train mode and in eval mode, and the inputs afterwards."""
    nets = [written(student.ListMLP(widths), values) for widths, values, _ in cases]
    seen = [[net(x), net.eval()(x)] for net, (_, _, x) in zip(nets, cases, strict=True)]
    return [seen, [x for _, _, x in cases]]


@pytest.mark.points(2)
@pytest.mark.hint("How many ReLUs should there be with one layer? And with three?")
def test_output(outputs, cases):
    """The layers run one after the other with a ReLU between each two, and X is not changed"""
    expected = [chain(values, x) for _, values, x in cases]
    assert_close(outputs, [[[y, y] for y in expected], [x for _, _, x in cases]], rtol=1e-4, atol=1e-4)


@probe
def gradients(student, cases):
    """The gradients of all parameters and of the input, as an optimiser sees them."""
    widths, values, x = cases[0]
    net = written(student.ListMLP(widths), values)
    net(x.requires_grad_()).sum().backward()
    return [parameter.grad for parameter in net.parameters()] + [x.grad]


def expected_gradients(values, x):
    leaves = [leaf.requires_grad_() for pair in values for leaf in pair] + [x.requires_grad_()]
    return list(torch.autograd.grad(chain(values, x).sum(), leaves))


@pytest.mark.hint("After backward(), look at .grad of the weight of every layer.")
def test_every_layer_learns(gradients, cases):
    """Back-propagation reaches every layer, and X"""
    assert_close(gradients, expected_gradients(*cases[0][1:]), rtol=1e-4, atol=1e-4)


@pytest.fixture
def grown():
    """Values before, those of two more layers, and an input."""
    return values_for(6, 9, 4), values_for(4, 7, 2), torch.randn(5, 6)


@probe
def with_more_layers(student, grown):
    """The shapes, the values of the first layers, the output, and the gradients, after two layers more."""
    before, added, x = grown
    net = written(student.ListMLP((6, 9, 4)), before)
    net.append(7)
    net.append(2)
    first = [[net.layers[i].weight.clone(), net.layers[i].bias.clone()] for i in range(2)]
    output = written(net, before + added)(x)
    output.sum().backward()
    return [shapes_of(net), first, output, [parameter.grad for parameter in net.parameters()]]


@pytest.mark.hint("What decides how wide the new layer's input is? Are the layers before it still the same?")
def test_appended_layer(with_more_layers, grown):
    """append adds a layer behind the last, with a ReLU before it, and leaves the others as they are"""
    before, added, x = grown
    _, first, output, _ = with_more_layers
    assert_close(first, [list(pair) for pair in before])
    assert_close(output, chain(before + added, x), rtol=1e-4, atol=1e-4)


@pytest.mark.hint("Print net.layers after append. Is it still a ModuleList?")
def test_appended_layer_is_registered(with_more_layers, grown):
    """An appended layer is registered in layers like the others, and gets its gradient"""
    before, added, x = grown
    names, _, _, seen = with_more_layers
    assert names == expected_shapes(6, 9, 4, 7, 2)
    assert_close(seen, expected_gradients(before + added, x)[:-1], rtol=1e-4, atol=1e-4)


@pytest.fixture
def double():
    return values_for(5, 8, 3, dtype=torch.float64), torch.randn(4, 5, dtype=torch.float64)


@probe
def in_float64(student, double):
    values, x = double
    return written(student.ListMLP([5, 8, 3]).to(torch.float64), values)(x)


@pytest.mark.hint("to() converts the layers that are registered.")
def test_float64(in_float64, double):
    """Converted to float64, the net computes in float64"""
    assert_close(in_float64, chain(*double))


@probe
def nets_side_by_side(student):
    """Two nets of one list of widths, which changes before the first one grows."""
    widths = [4, 6, 3]
    one = student.ListMLP(widths)
    widths.append(8)
    two = student.ListMLP(widths)
    one.append(5)
    return [shapes_of(one), shapes_of(two), widths]


@pytest.mark.hint("Is there anything that all nets share, or that belongs to the caller?")
def test_several_nets_keep_apart(nets_side_by_side):
    """Nets side by side have nothing in common, and the list of widths belongs to the caller"""
    assert nets_side_by_side == [expected_shapes(4, 6, 3, 5), expected_shapes(4, 6, 3, 8), [4, 6, 3, 8]]


# Modules to mend


class Inner(nn.Module):
    """A child with a list of its own."""

    def __init__(self):
        super().__init__()
        self.parts = [nn.Linear(3, 3)]


class Outer(nn.Module):
    """Two plain lists of modules, and much that is none."""

    def __init__(self):
        super().__init__()
        self.tail = [nn.Linear(3, 2), nn.Tanh()]
        self.sizes = [1, 2]
        self.log = []
        self.pair = (nn.Linear(3, 3), nn.Linear(3, 3))
        self.mixed = [nn.Linear(3, 3), 7]
        self.inner = Inner()
        self.named = {"a": nn.Linear(3, 3)}
        self.blocks = [nn.Linear(3, 3), nn.Linear(3, 3, bias=False)]
        self.kept = nn.ModuleList([nn.Linear(2, 2)])
        self.scale = nn.Parameter(torch.randn(2))

    def forward(self, X):
        for layer in [*self.blocks, *self.tail]:
            X = layer(X)
        return self.scale * X


@pytest.fixture
def outer():
    return Outer()


@pytest.fixture
def repeated(outer):
    """The same, with a module that stands twice in a list."""
    outer.blocks.append(outer.blocks[0])
    return outer


@pytest.fixture
def x():
    return torch.randn(4, 3)


@probe
def mended(student, outer):
    """The names that come back, and the names of all parameters."""
    names = student.register_lists(outer)
    return [names, type(names).__name__, sorted(name for name, _ in outer.named_parameters())]


@pytest.mark.points(2)
@pytest.mark.hint("vars(module) gives a module's ordinary attributes. Which of them are lists?")
def test_lists_become_module_lists(mended):
    """Lists of modules become ModuleLists, their names come back in order, and the parameters are registered"""
    names, kind, parameters = mended
    assert names == ["tail", "blocks"] and kind == "list"
    assert parameters == sorted(
        ["blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "tail.0.weight", "tail.0.bias"]
        + ["kept.0.weight", "kept.0.bias", "scale"]
    )


@probe
def same_objects(student, repeated, x):
    """Whether the modules are those of before, what kind of list they are in, and the output before and after."""
    before = {name: list(getattr(repeated, name)) for name in ("tail", "blocks")}
    output = repeated(x)
    student.register_lists(repeated)
    after = {name: list(getattr(repeated, name)) for name in before}
    same = [
        len(old) == len(after[name]) and all(a is b for a, b in zip(old, after[name], strict=True))
        for name, old in before.items()
    ]
    return [same, [type(getattr(repeated, name)).__name__ for name in before], output, repeated(x)]


@pytest.mark.hint("A copy has the same values, but it is another object.")
def test_the_very_same_modules(same_objects, repeated, x):
    """The ModuleLists hold the very same modules in the same order, and the module computes what it did before"""
    same, kinds, before, after = same_objects
    assert same == [True, True]
    assert kinds == ["ModuleList", "ModuleList"]
    assert_close([before, after], [repeated(x), repeated(x)])


@probe
def others(student, outer):
    """The kinds of everything else after the call, and how much is in it."""
    student.register_lists(outer)
    names = ("sizes", "log", "mixed", "pair", "named", "kept")
    found = {name: [type(getattr(outer, name)).__name__, len(getattr(outer, name))] for name in names}
    return [found, type(outer.inner.parts).__name__, outer.sizes, type(outer.scale).__name__]


@pytest.mark.hint("An empty list, a list of numbers, a mixed list: which of them holds modules, and modules alone?")
def test_other_lists_stay(others):
    """Lists that are empty or hold anything but modules stay as they are"""
    expected = {"sizes": ["list", 2], "log": ["list", 0], "mixed": ["list", 2]}
    assert {name: others[0][name] for name in expected} == expected
    assert others[2] == [1, 2]


@pytest.mark.hint("Is a tuple a list? Does the list of a child belong to the module?")
def test_everything_else_stays(others):
    """All that is no list, and the lists of the children, stay as they are"""
    expected = {"pair": ["tuple", 2], "named": ["dict", 1], "kept": ["ModuleList", 1]}
    assert {name: others[0][name] for name in expected} == expected
    assert [others[1], others[3]] == ["list", "Parameter"]


@probe
def twice(student):
    plain, inner = nn.Sequential(nn.Linear(2, 2), nn.ReLU()), Inner()
    return [student.register_lists(plain), student.register_lists(inner), student.register_lists(inner)]


@pytest.mark.hint("Call it twice for one module. What should come back the second time?")
def test_nothing_to_register(twice):
    """Where there is no list to mend, no name comes back"""
    assert twice == [[], ["parts"], []]
