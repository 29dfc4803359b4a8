"""What a spec imports: `probe` refuses what cannot work, and `error_of` tells what a call raises."""

from __future__ import annotations

import inspect

import pytest
import torch
from torch import nn

from grader.spec import SESSION_FIXTURE, error_of, probe

# The decorator


@pytest.mark.parametrize(
    "body",
    [lambda: 1, lambda x: 1, lambda x, student: 1, lambda Student: 1],
    ids="none other second capital".split(),
)
def test_the_first_parameter_must_be_student(body):
    """A probe that does not begin with `student` is refused with its name, in both forms of the decorator."""
    body.__name__ = "my_probe"
    with pytest.raises(TypeError, match="probe my_probe: the first parameter must be 'student'"):
        probe(body)
    with pytest.raises(TypeError, match="my_probe"):
        probe(scope="module")(body)


def test_options_are_given_by_name():
    """A positional option is refused, rather than taken for the body."""
    with pytest.raises(TypeError):
        probe("module", None)  # type: ignore[call-overload]


class FakeSession:
    """Stands for the sandbox."""

    def run(self, body, values, fresh):
        """Return what it was asked."""
        return body.__name__, values, fresh


def function_of(fixture):
    """Return the function of a fixture."""
    return fixture._get_wrapped_function()


def test_a_probe_is_a_fixture_of_the_same_name():
    """The fixture has the body's name, text and module, and asks for the session and the body's other parameters."""

    @probe
    def joined(student, left, right):
        """Both."""

    function = function_of(joined)
    assert (function.__name__, function.__doc__, function.__module__) == ("joined", "Both.", __name__)
    assert list(inspect.signature(function).parameters) == [SESSION_FIXTURE, "left", "right"]
    found = function(**{SESSION_FIXTURE: FakeSession(), "left": 1, "right": 2})
    assert found == ("joined", {"left": 1, "right": 2}, False)


def test_request_stands_for_its_parameter():
    """The body gets the parameter in place of pytest's request, which could not be sent."""

    @probe(params=[1, 2], scope="module", fresh=True)
    def value(student, request):
        pass

    class Request:
        param = 2

    found = function_of(value)(**{SESSION_FIXTURE: FakeSession(), "request": Request()})
    assert found == ("value", {"request": 2}, True)


# error_of


def test_nothing_raised_is_none():
    """A call that returns gives None, whatever it returns."""
    assert error_of(lambda: 5) is None
    assert error_of(int, "7") is None


def test_an_exception_is_told_by_classes_and_message():
    """Names of classes come most special first, arguments are passed on."""

    class OwnError(KeyError):
        pass

    def call(value, *, key):
        raise OwnError(f"{value} {key}")

    assert error_of(call, 1, key=2) == (
        ["OwnError", "KeyError", "LookupError", "Exception", "BaseException", "object"], "'1 2'",
    )  # fmt: skip
    names, message = error_of(torch.add, torch.ones(2), torch.ones(3))
    assert names[0] == "RuntimeError"
    assert "size" in message


def test_an_untouched_stub_is_still_not_attempted():
    """NotImplementedError of the student's code passes through, however deep."""

    def stub(x):
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        error_of(stub, 1)
    with pytest.raises(NotImplementedError):
        error_of(nn.Sequential(type("Stub", (nn.Module,), {"forward": lambda self, x: stub(x)})()), torch.ones(1))


def test_a_missing_forward_is_an_error_like_any_other():
    """NotImplementedError that torch raises is told, not passed through."""
    names, message = error_of(nn.Module(), torch.ones(1))
    assert names[0] == "NotImplementedError"
    assert "forward" in message


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt])
def test_leaving_the_process_is_not_caught(error):
    """What ends a process passes through."""

    def call():
        raise error

    with pytest.raises(error):
        error_of(call)
