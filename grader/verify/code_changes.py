"""Slips that any code can have. Each takes a place and yields what might stand there instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.verify.places import Place, called, first_name
from grader.verify.torch_changes import Change

_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
# Either order of the arguments means the same, or the other order means nothing.
_NO_SWAP = frozenset("isinstance issubclass getattr hasattr setattr mse_loss equal allclose zip max min super".split())
# Without the call there is nothing left that could be meant.
_NO_DROP = frozenset(
    "range len isinstance enumerate print super type __import__ backward step "
    "named_parameters named_children items parameters state_dict".split()
)
_DROPPED = ast.Expr | ast.AugAssign | ast.Raise | ast.If | ast.For | ast.Delete | ast.Break | ast.Continue
_LIBRARIES = frozenset({"torch", "nn", "F", "math", "time", "copy", "self", "os", "object", ""})


def negate_condition(place: Place) -> Iterator[Change]:
    """A condition is the wrong way round."""
    if _is_condition(place):
        assert isinstance(place.node, ast.expr)
        yield ast.UnaryOp(ast.Not(), place.node)


def always_true(place: Place) -> Iterator[Change]:
    """A condition is left out."""
    if _is_condition(place) and not isinstance(place.parent, ast.While):
        yield ast.Constant(True)


def _is_condition(place: Place) -> bool:
    return place.field == "test" or (place.field == "ifs" and isinstance(place.parent, ast.comprehension))


def swap_comparison(place: Place) -> Iterator[Change]:
    """A bound is included that should not be, or the comparison is the wrong way round."""
    node = place.node
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return
    others = _COMPARISONS.get(type(node.ops[0]), ())
    # Of a whole condition, the opposite is what `negate_condition` gives.
    if len(others) == 1 and _is_condition(place):
        return
    for other in others:
        yield ast.Compare(node.left, [other()], node.comparators)


def drop_operand(place: Place) -> Iterator[Change]:
    """One of two conditions is left out, or `and` is mixed up with `or`."""
    node = place.node
    if isinstance(node, ast.BoolOp):
        for left_out in range(len(node.values)):
            values = node.values[:left_out] + node.values[left_out + 1 :]
            yield values[0] if len(values) == 1 else ast.BoolOp(node.op, values)
        yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)


def swap_arithmetic(place: Place) -> Iterator[Change]:
    """Plus for minus, times for divided by."""
    node = place.node
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)
    elif isinstance(node, ast.AugAssign) and type(node.op) in _ARITHMETIC:
        yield ast.AugAssign(node.target, _ARITHMETIC[type(node.op)](), node.value)


def swap_operands(place: Place) -> Iterator[Change]:
    """The operands of an operation that is not commutative are exchanged."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.FloorDiv | ast.Mod):
        yield ast.BinOp(node.right, node.op, node.left)


def swap_arguments(place: Place) -> Iterator[Change]:
    """The first two arguments of a call, or the first two elements of a list, are exchanged."""
    node = place.node
    if isinstance(node, ast.Call) and called(node) not in _NO_SWAP:
        if len(node.args) > 1 and not any(isinstance(arg, ast.Starred) for arg in node.args[:2]):
            yield ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)
    elif isinstance(place.parent, ast.Compare | ast.ExceptHandler) or called(place.parent) == "isinstance":
        # In what these look through, the order means nothing.
        return
    elif isinstance(node, ast.List | ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield type(node)([node.elts[1], node.elts[0], *node.elts[2:]], node.ctx)


def mix_up_names(place: Place) -> Iterator[Change]:
    """One argument of a function is used where another one of the same type is meant."""
    node, function = place.node, place.function
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load) or function is None:
        return
    types = {a.arg: ast.unparse(a.annotation) for a in function.args.args if a.annotation is not None}
    for other, annotation in types.items():
        if other != node.id and annotation == types.get(node.id):
            yield ast.Name(other, ast.Load())


def change_integer(place: Place) -> Iterator[Change]:
    """A whole number is off by one; 0 stands for 1, or 1 for 0."""
    node = place.node
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1)
        # A sign before it is another node: -0 would be 0 itself.
        yield ast.Constant(node.value - 1) if node.value > 0 else ast.UnaryOp(ast.USub(), ast.Constant(1))


def change_float(place: Place) -> Iterator[Change]:
    """A number is another one."""
    node = place.node
    if isinstance(node, ast.Constant) and type(node.value) is float:
        yield ast.Constant(node.value + 1.0)
        if node.value:
            yield ast.Constant(node.value / 2)


def flip_boolean(place: Place) -> Iterator[Change]:
    """True for False, False for True."""
    node = place.node
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield ast.Constant(not node.value)


def change_bound(place: Place) -> Iterator[Change]:
    """A range or a slice starts one later, or ends one earlier or later."""
    node = place.node
    if isinstance(node, ast.Call) and called(node) == "range" and len(node.args) == 1:
        yield ast.Call(node.func, [ast.Constant(1), node.args[0]], [])
    is_bound = (called(place.parent) == "range" and place.field == "args") or isinstance(place.parent, ast.Slice)
    if is_bound and isinstance(node, ast.expr) and not isinstance(node, ast.Constant):
        yield ast.BinOp(node, ast.Add(), ast.Constant(1))
        yield ast.BinOp(node, ast.Sub(), ast.Constant(1))


def drop_statement(place: Place) -> Iterator[Change]:
    """A statement is left out."""
    node = place.node
    if isinstance(node, _DROPPED):
        yield ast.Pass()
    elif isinstance(node, ast.Assign):
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        # Without its only assignment a name does not exist, and any check would notice.
        if not names or all(_is_bound_elsewhere(place, name) for name in names):
            yield ast.Pass()


def _is_bound_elsewhere(place: Place, name: str) -> bool:
    function = place.function
    if function is None:
        return False
    names = [node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    names += [node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)]
    return names.count(name) > 1


def drop_keyword(place: Place) -> Iterator[Change]:
    """A keyword argument is left out."""
    node = place.node
    if isinstance(node, ast.Call):
        for left_out in range(len(node.keywords)):
            yield ast.Call(node.func, node.args, node.keywords[:left_out] + node.keywords[left_out + 1 :])


def drop_element(place: Place) -> Iterator[Change]:
    """An element of a set, list, tuple, dictionary or Sequential is left out."""
    node = place.node
    if called(node) == "Sequential":
        assert isinstance(node, ast.Call)
        for out in range(len(node.args)):
            yield ast.Call(node.func, node.args[:out] + node.args[out + 1 :], node.keywords)
    elif isinstance(node, ast.Dict):
        for out in range(len(node.keys)):
            yield ast.Dict(node.keys[:out] + node.keys[out + 1 :], node.values[:out] + node.values[out + 1 :])
    elif isinstance(node, ast.Set | ast.List | ast.Tuple) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        for out in range(len(node.elts)):
            rest = node.elts[:out] + node.elts[out + 1 :]
            if isinstance(node, ast.Set):
                yield ast.Set(rest) if rest else ast.Call(ast.Name("set"), [], [])
            else:
                yield type(node)(rest, node.ctx)


def drop_call(place: Place) -> Iterator[Change]:
    """A function or method is not applied."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) in _NO_DROP or isinstance(place.parent, ast.Expr):
        return
    # Of a method the object is left, unless that is a library; of a method of a call, what the call gives.
    is_method = isinstance(node.func, ast.Attribute) and (
        first_name(node.func) not in _LIBRARIES or bool(called(node.func.value))
    )
    if is_method:
        assert isinstance(node.func, ast.Attribute)
        yield node.func.value
    elif len(node.args) == 1 and not isinstance(node.args[0], ast.Starred | ast.GeneratorExp):
        yield node.args[0]


def return_none(place: Place) -> Iterator[Change]:
    """A function returns nothing."""
    node = place.node
    if isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(ast.Constant(None))


CODE_CHANGES = (
    negate_condition,
    always_true,
    swap_comparison,
    drop_operand,
    swap_arithmetic,
    swap_operands,
    swap_arguments,
    mix_up_names,
    change_integer,
    change_float,
    flip_boolean,
    change_bound,
    drop_statement,
    drop_keyword,
    drop_element,
    drop_call,
    return_none,
)
