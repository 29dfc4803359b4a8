"""Mutants: each kind of change on a small source, and what all of them have in common."""

import ast

import pytest

from grader.catalogue import CatalogueError
from grader.verify.mutants import CHANGES, Equivalent, Key, equivalents, make_mutants

NET = """
import torch
from torch import nn

class Net(nn.Module):
    '''A net of 2 layers.'''
    def __init__(self, inner: nn.Module, wide: int = 4, deep: int = 2) -> None:
        super().__init__()
        self.inner = inner
        self.layers = nn.ModuleList(nn.Linear(wide, wide) for _ in range(deep))
        self.scale = nn.Parameter(torch.ones(wide))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        '''Return 1 tensor.'''
        return torch.cat([self.inner(X), torch.mul(X, self.scale)], dim=1)
"""
WORK = """
import copy
import torch

WORDS: set[str] = {"one", "two"}

def work(net, path, values, lr=0.5, copies=True):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    optimizer.zero_grad()
    with torch.no_grad():
        other = copy.deepcopy(net)
    other.load_state_dict(torch.load(path, map_location="cpu"))
    total = 0
    for i, value in enumerate(values[:3]):
        if i < 2 and value:
            total = total + value * 7
        if not lr:
            raise ValueError(f"no rate, {1 + 1}")
    return total - 1
"""
# For each kind of change one line of a mutant that it must make.
MADE = {
    "drop_super_init": (NET, "pass"),
    "plain_attribute": (NET, "object.__setattr__(self, 'inner', inner)"),
    "module_list_to_list": (NET, "self.layers = list((nn.Linear(wide, wide) for _ in range(deep)))"),
    "parameter_to_tensor": (NET, "self.scale = torch.ones(wide)"),
    "drop_zero_grad": (WORK, "pass"),
    "drop_map_location": (WORK, "other.load_state_dict(torch.load(path))"),
    "strict_false": (WORK, "other.load_state_dict(torch.load(path, map_location='cpu'), strict=False)"),
    "drop_no_grad": (WORK, "other = copy.deepcopy(net)"),
    "share_instead_of_copy": (WORK, "other = net"),
    "copy_instead_of_share": (NET, "self.inner = __import__('copy').deepcopy(inner)"),
    "detach": (NET, "return torch.cat([self.inner(X).detach(), torch.mul(X, self.scale)], dim=1)"),
    "take_data": (NET, "return torch.cat([self.inner(X), torch.mul(X, self.scale.data)], dim=1)"),
    "change_dim": (NET, "return torch.cat([self.inner(X), torch.mul(X, self.scale)], dim=-1)"),
    "negate_condition": (WORK, "if not (i < 2 and value):"),
    "always_true": (WORK, "if True:"),
    "swap_comparison": (WORK, "if i <= 2 and value:"),
    "drop_operand": (WORK, "if value:"),
    "swap_arithmetic": (WORK, "total = total - value * 7"),
    "swap_operands": (WORK, "return 1 - total"),
    "swap_arguments": (NET, "return torch.cat([torch.mul(X, self.scale), self.inner(X)], dim=1)"),
    "mix_up_names": (NET, "self.layers = nn.ModuleList((nn.Linear(deep, wide) for _ in range(deep)))"),
    "change_integer": (WORK, "total = 1"),
    "change_float": (WORK, "def work(net, path, values, lr=1.5, copies=True):"),
    "flip_boolean": (WORK, "def work(net, path, values, lr=0.5, copies=False):"),
    "change_bound": (NET, "self.layers = nn.ModuleList((nn.Linear(wide, wide) for _ in range(deep - 1)))"),
    "drop_statement": (WORK, "pass"),
    "drop_keyword": (WORK, "optimizer = torch.optim.SGD(net.parameters())"),
    "drop_element": (WORK, "WORDS: set[str] = {'two'}"),
    "drop_call": (NET, "return torch.cat([X, torch.mul(X, self.scale)], dim=1)"),
    "return_none": (NET, "return None"),
}


@pytest.mark.parametrize("operator", [change.__name__ for change in CHANGES])
def test_operator_makes_its_change(operator):
    """Every kind of change makes the mutant that it is meant to make."""
    source, line = MADE[operator]
    made = [mutant for mutant in make_mutants(source) if mutant.key.operator == operator]
    assert line in [after for mutant in made for after in mutant.key.after.split("\n")]


@pytest.mark.parametrize(
    ("argument", "before", "made"),
    [
        ("value: float", "", False),
        ("value: int | None = None", "", False),
        ("*, value: str", "", False),
        ("value: bool, /", "", False),
        ("value: nn.Module | None", "", True),
        ("value: tuple[int, int]", "", True),
        ("value", "", True),
        ("other: float", "", True),
        ("value: float", "value = nn.Parameter(torch.tensor(value))", True),
    ],
)
def test_numbers_are_not_kept_in_another_way(argument, before, made):
    """A number, truth value or text that is an argument is a plain attribute anyway; what might be a child is not."""
    head = f"class Net(nn.Module):\n    def __init__(self, {argument}):\n"
    source = head + f"        {before or 'pass'}\n        self.own = value"
    assert ("plain_attribute" in {mutant.key.operator for mutant in make_mutants(source)}) is made


@pytest.mark.parametrize("source", [NET, WORK])
def test_mutants_are_the_same_each_time(source):
    """The same source gives the same mutants, in the same order and under the same names."""
    assert make_mutants(source) == make_mutants(source.encode())


@pytest.mark.parametrize("source", [NET, WORK])
def test_mutants_compile_and_differ(source):
    """Every mutant is Python, differs from the solution and from every other mutant, and has a name of its own."""
    mutants = make_mutants(source)
    forms = [ast.dump(ast.parse(mutant.code)) for mutant in mutants]
    assert len(mutants) > 20
    assert len(set(forms)) == len(forms)
    assert ast.dump(ast.parse(source)) not in forms
    assert len({mutant.name for mutant in mutants}) == len({mutant.key for mutant in mutants}) == len(mutants)


@pytest.mark.parametrize("source", [NET, WORK])
def test_texts_and_annotations_are_left_alone(source):
    """No mutant changes a docstring, an annotation, an import or what an error says."""
    for mutant in make_mutants(source):
        for text in ("A net of 2 layers.", "Return 1 tensor.", "-> torch.Tensor", "WORDS: set[str]", "import torch"):
            assert text in mutant.code or text not in source
        assert "no rate, {1 + 1}" in mutant.code or "raise" not in mutant.code


def test_given_functions_are_left_alone():
    """What the stub has word for word is given, and no mutant changes it."""
    source = "class A:\n    def f(self):\n        return 1\n    def g(self):\n        return 2\n"
    stub = (
        "class A:\n    def f(self):\n        'Given.'\n        return 1\n    def g(self): raise NotImplementedError\n"
    )
    mutants = make_mutants(source, stub)
    assert mutants
    assert all("return 1" in mutant.code.split("def g")[0] for mutant in mutants)


def test_names_say_operator_and_line():
    """A mutant is named by the kind of change and the line of the source, and counted where they are alike."""
    names = [mutant.name for mutant in make_mutants("def f(x):\n    return x + 1\n")]
    assert "swap_arithmetic:line 2" in names
    assert {"change_integer:line 2", "change_integer:line 2 #2"} <= set(names)


def test_key_survives_moved_lines():
    """What names a mutant in equivalent.toml stays the same when lines are added above."""
    before = make_mutants("def f(x):\n    return x + 1\n")
    after = make_mutants("# a comment\n\n\ndef f(x):\n    # another\n    return x + 1\n")
    assert [mutant.key for mutant in before] == [mutant.key for mutant in after]


def test_alike_mutants_are_numbered():
    """Two equal lines give mutants that are told apart by their number."""
    mutants = make_mutants("def f(a):\n    a.stop()\n    a.run()\n    a.stop()\n")
    keys = [mutant.key for mutant in mutants if mutant.key.before == "a.stop()"]
    assert keys == [Key("drop_statement", "a.stop()", "pass", 1), Key("drop_statement", "a.stop()", "pass", 2)]


def test_diff_shows_the_changed_line():
    """The diff shows the line before and after."""
    diff = next(mutant.diff for mutant in make_mutants(NET) if mutant.key.operator == "parameter_to_tensor")
    assert "-        self.scale = nn.Parameter(torch.ones(wide))\n+        self.scale = torch.ones(wide)" in diff


def test_equivalents_are_read(tmp_path):
    """equivalent.toml gives keys and reasons; a missing file is an empty one."""
    path = tmp_path / "equivalent.toml"
    assert equivalents(path) == []
    path.write_text('[[mutant]]\noperator = "a"\nbefore = """\n  x\n  y"""\nafter = "z"\nnth = 2\nreason = "why"\n')
    assert equivalents(path) == [Equivalent(Key("a", "x\ny", "z", 2), "why")]


def test_indentation_of_equivalents_means_nothing(tmp_path):
    """The lines of an entry may stand there without the indentation that the diff shows."""
    mutant = next(mutant for mutant in make_mutants(NET) if mutant.key.operator == "parameter_to_tensor")
    operator = mutant.name.partition(":")[0]
    for indent in ("", "        "):
        lines = (
            f'before = "{indent}self.scale = nn.Parameter(torch.ones(wide))"\nafter = "self.scale = torch.ones(wide)"\n'
        )
        path = tmp_path / "equivalent.toml"
        path.write_text(f'[[mutant]]\noperator = "{operator}"\n{lines}reason = "why"\n', encoding="utf-8")
        assert equivalents(path) == [Equivalent(mutant.key, "why")]


@pytest.mark.parametrize("text", ["[[mutant]", '[[mutant]]\noperator = "a"\n', 'mutant = "a"\n', "[mutant]\n"])
def test_wrong_equivalents_are_refused(tmp_path, text):
    """A file of equivalents that is wrong is named."""
    path = tmp_path / "equivalent.toml"
    path.write_text(text if text != "[mutant]\n" else '[[mutant]]\noperator="a"\nbefore="b"\nafter="c"\nreason=""\n')
    with pytest.raises(CatalogueError, match="equivalent.toml"):
        equivalents(path)
