"""Changes that people make to torch code by mistake. Each takes a place and yields what might stand there instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.verify.places import Place, attribute_of_self, called, first_name, is_method_of_self

Change = ast.AST | list[ast.stmt]

_CONTAINERS = {"ModuleList": "list", "ModuleDict": "dict", "ParameterList": "list", "ParameterDict": "dict"}
_COPIES = frozenset({"deepcopy", "copy", "clone", "list", "tuple", "dict", "set"})
_REGISTER = frozenset({"add_module", "register_module", "register_parameter", "register_buffer"})
# Calls whose values are no tensors, or that are made for their effect: detaching these means nothing.
_NO_TENSOR = frozenset(
    "len range isinstance list tuple dict set sorted enumerate zip super str int float bool type print getattr "
    "is_lazy device device_count parameters named_parameters state_dict items values keys children modules "
    "SGD Adam item tolist detach append numel size dim backward step zero_grad perf_counter synchronize load "
    "save".split()
)
_CUT_OFF = frozenset({"detach", "data", "grad", "item"})
# Of these types a module keeps nothing but a plain attribute anyway.
_PLAIN_TYPES = frozenset({"bool", "float", "int", "str", "None"})
# Methods that change a module: called on a copy, they change the copy.
_CHANGES_MODULE = frozenset("load_state_dict to append add_module train eval apply requires_grad_ double half".split())


def drop_super_init(place: Place) -> Iterator[Change]:
    """``super().__init__()`` is forgotten."""
    node = place.node
    if isinstance(node, ast.Expr) and called(node.value) == "__init__":
        yield ast.Pass()


def plain_attribute(place: Place) -> Iterator[Change]:
    """A child, parameter or buffer is kept, but not registered."""
    node = place.node
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        name = attribute_of_self(node.targets[0])
        plain = ast.Constant | ast.List | ast.Tuple | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.BinOp
        # What would not be registered anyway stays as it is.
        is_plain = isinstance(node.value, plain) or called(node.value) in ("list", "tuple", "dict", "set")
        if name and not is_plain and not _is_plain_argument(place.function, node.value):
            yield ast.Expr(_set_plainly(ast.Constant(name), node.value))
    elif is_method_of_self(node, _REGISTER):
        assert isinstance(node, ast.Call)
        if len(node.args) >= 2:
            yield _set_plainly(*node.args[:2])


def _is_plain_argument(function: ast.FunctionDef | None, value: ast.expr) -> bool:
    """Whether a value is an argument that is, by its annotation, a number, a truth value or a text."""
    if function is None or not isinstance(value, ast.Name):
        return False
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    types = {a.arg: ast.unparse(a.annotation).split(" | ") for a in arguments if a.annotation}
    stored = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return value.id in types.keys() - stored and _PLAIN_TYPES.issuperset(types[value.id])


def _set_plainly(name: ast.expr, value: ast.expr) -> ast.Call:
    setter = ast.Attribute(ast.Name("object"), "__setattr__")
    return ast.Call(setter, [ast.Name("self"), name, value], [])


def module_list_to_list(place: Place) -> Iterator[Change]:
    """Blocks or parameters are kept in a plain list or dictionary."""
    node = place.node
    if isinstance(node, ast.Call) and called(node) in _CONTAINERS:
        yield ast.Call(ast.Name(_CONTAINERS[called(node)]), node.args, node.keywords)


def parameter_to_tensor(place: Place) -> Iterator[Change]:
    """A tensor is not made a parameter."""
    node = place.node
    if isinstance(node, ast.Call) and called(node) == "Parameter" and node.args:
        yield node.args[0]


def drop_zero_grad(place: Place) -> Iterator[Change]:
    """Gradients are not reset."""
    if isinstance(place.node, ast.Expr) and called(place.node.value) == "zero_grad":
        yield ast.Pass()


def drop_map_location(place: Place) -> Iterator[Change]:
    """A file is loaded to the device that it was written from."""
    node = place.node
    if isinstance(node, ast.Call) and any(keyword.arg == "map_location" for keyword in node.keywords):
        yield ast.Call(node.func, node.args, [k for k in node.keywords if k.arg != "map_location"])


def strict_false(place: Place) -> Iterator[Change]:
    """Parameters that do not fit are passed over in silence."""
    node = place.node
    if isinstance(node, ast.Call) and called(node) == "load_state_dict":
        others = [keyword for keyword in node.keywords if keyword.arg != "strict"]
        yield ast.Call(node.func, node.args[:1], [*others, ast.keyword("strict", ast.Constant(False))])


def drop_no_grad(place: Place) -> Iterator[Change]:
    """A block runs without the context around it, such as ``torch.no_grad()``."""
    if isinstance(place.node, ast.With):
        yield place.node.body


def share_instead_of_copy(place: Place) -> Iterator[Change]:
    """Something is used as it is where the solution makes a copy."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) not in _COPIES:
        return
    if isinstance(node.func, ast.Attribute) and not node.args:
        yield node.func.value
    elif len(node.args) == 1 and not isinstance(node.args[0], ast.Starred | ast.GeneratorExp):
        yield node.args[0]


def copy_instead_of_share(place: Place) -> Iterator[Change]:
    """A module is copied where the solution uses the very same one."""
    node, parent = place.node, place.parent
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load) or not _is_module(place, node.id):
        return
    is_value = isinstance(parent, ast.Assign | ast.Return | ast.List) or (
        isinstance(parent, ast.Call) and place.field == "args" and called(parent) not in _NO_TENSOR
    )
    is_changed = (
        isinstance(parent, ast.Attribute)
        and parent.attr in _CHANGES_MODULE
        and place.above is not None
        and isinstance(place.above.parent, ast.Call)
    )
    if is_value or is_changed:
        copy = ast.Call(ast.Name("__import__"), [ast.Constant("copy")], [])
        yield ast.Call(ast.Attribute(copy, "deepcopy"), [node], [])


def _is_module(place: Place, name: str) -> bool:
    """Whether a name in a function is, as far as its text tells, a module."""
    function = place.function
    if function is None:
        return False
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    arguments += [function.args.vararg] if function.args.vararg else []
    modules = {a.arg for a in arguments if a.annotation and "nn." in ast.unparse(a.annotation)}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and first_name(node.value.func) == "nn":
            modules |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.For | ast.comprehension) and not isinstance(node.target, ast.Tuple):
            inner = [part.id for part in ast.walk(node.iter) if isinstance(part, ast.Name)]
            if isinstance(node.target, ast.Name) and called(node.iter) != "range" and modules & set(inner):
                modules.add(node.target.id)
    return name in modules


def detach(place: Place) -> Iterator[Change]:
    """A tensor on the way to the result is cut off from the graph."""
    node, parent = place.node, place.parent
    function = place.function
    if function is None or not isinstance(node, ast.expr) or not _gives_gradients(function):
        return
    if isinstance(parent, ast.Expr | ast.Attribute | ast.withitem) or place.field in ("func", "slice"):
        return
    if isinstance(node, ast.Call):
        is_tensor = called(node) not in _NO_TENSOR and first_name(node.func) not in ("nn", "time", "math")
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        tensors = {a.arg for a in function.args.args if a.annotation and "Tensor" in ast.unparse(a.annotation)[-6:]}
        is_tensor = node.id in tensors
    else:
        is_tensor = isinstance(parent, ast.Return) and isinstance(node, ast.BinOp)
    # What has been cut off already, as gradients are, cannot be cut off again.
    if is_tensor and not any(isinstance(part, ast.Attribute) and part.attr in _CUT_OFF for part in ast.walk(node)):
        yield ast.Call(ast.Attribute(node, "detach"), [], [])


def _gives_gradients(function: ast.FunctionDef) -> bool:
    returned = ast.unparse(function.returns) if function.returns else ""
    if function.name == "forward" or "Tensor" in returned:
        return True
    return any(called(node) == "backward" for node in ast.walk(function))


def take_data(place: Place) -> Iterator[Change]:
    """A parameter's values are used instead of the parameter."""
    node = place.node
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and place.field in ("args", "left", "right"):
        is_parameter = attribute_of_self(node) or node.attr in ("weight", "bias")
        if is_parameter and node.attr not in ("data", "grad", "T"):
            yield ast.Attribute(node, "data")


def change_dim(place: Place) -> Iterator[Change]:
    """A reduction or a join runs along another dimension."""
    node = place.node
    if isinstance(node, ast.keyword) and node.arg in ("dim", "axis"):
        now = ast.unparse(node.value)
        for other in (0, 1, -1):
            if str(other) != now:
                yield ast.keyword(node.arg, ast.Constant(other))


TORCH_CHANGES = (
    drop_super_init,
    plain_attribute,
    module_list_to_list,
    parameter_to_tensor,
    drop_zero_grad,
    drop_map_location,
    strict_false,
    drop_no_grad,
    share_instead_of_copy,
    copy_instead_of_share,
    detach,
    take_data,
    change_dim,
)
