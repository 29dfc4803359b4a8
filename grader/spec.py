"""What a spec imports: `probe`, and small helpers for the body of a probe.

A spec is an ordinary pytest file. Its fixtures and checks run in the judge; only the body of a probe runs
beside the student's code, on copies of the fixtures that it names.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Literal, overload

import pytest

Scope = Literal["session", "package", "module", "class", "function"]

SESSION_FIXTURE = "_student_session"


@overload
def probe(body: Callable[..., Any], /) -> Any: ...
@overload
def probe(
    *, scope: Scope = "function", params: list[Any] | None = None, fresh: bool = False
) -> Callable[[Callable[..., Any]], Any]: ...
def probe(
    body: Callable[..., Any] | None = None,
    /,
    *,
    scope: Scope = "function",
    params: list[Any] | None = None,
    fresh: bool = False,
) -> Any:
    """Turn a function into a fixture whose body runs in the sandbox, beside the student's code.

    The first parameter must be called ``student``: inside the body it gives the submission's names
    (``student.Parallel``). Every other parameter is an ordinary fixture, made in the judge and sent as a copy;
    with `params`, ``request`` may be one of them and stands for ``request.param``. The value that the body
    returns must be plain data or tensors, and is the fixture's value for the checks.

    Args:
        body: the function, where the decorator is used without arguments.
        scope: of the fixture, as in `pytest.fixture`.
        params: values of ``request.param``, as in `pytest.fixture`.
        fresh: run in a process of its own, which has not run a probe before and runs no other after; without a
            sandbox, in one that shows no trace of having run any. All other probes of an exercise share a process.

    Raises:
        TypeError: if the first parameter is not ``student``.
    """

    def decorate(body: Callable[..., Any]) -> Any:
        names = list(inspect.signature(body).parameters)
        if not names or names[0] != "student":
            raise TypeError(f"probe {body.__name__}: the first parameter must be 'student'")
        arguments = names[1:]

        def fixture(**values: Any) -> Any:
            session = values.pop(SESSION_FIXTURE)
            request = values.get("request")
            if request is not None:
                values["request"] = request.param
            return session.run(body, values, fresh=fresh)

        fixture.__name__ = body.__name__
        fixture.__doc__ = body.__doc__
        fixture.__module__ = body.__module__
        parameters = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in [SESSION_FIXTURE, *arguments]]
        fixture.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by pytest
        made = pytest.fixture(scope=scope, params=params)(fixture)
        made.probe_body = body  # type: ignore[attr-defined]  # by it the probes of a spec are found
        return made

    return decorate if body is None else decorate(body)


def error_of(call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> tuple[list[str], str] | None:
    """Call, in the body of a probe, what may raise; return None if it does not.

    Otherwise return the names of the exception's classes, most special first, and its message. The
    ``NotImplementedError`` of an untouched stub passes through, so that it still counts as not attempted.
    """
    try:
        call(*args, **kwargs)
    except NotImplementedError as error:
        last = error.__traceback__
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        if last is not None and not str(last.tb_frame.f_globals.get("__name__", "")).startswith("torch"):
            raise
        return [cls.__name__ for cls in type(error).__mro__], str(error)
    except Exception as error:
        return [cls.__name__ for cls in type(error).__mro__], str(error)
    return None
