"""Why a value could not be sent, in both languages: the sandbox's inside says it in English alone."""

from __future__ import annotations

import re

from grader.results import Text
from grader.translation import fill, say

_REASONS = (
    say("the value is larger than {size} MiB"),
    say("the value without its tensors is larger than {size} MiB"),
    say("the value is nested more than {levels} levels deep, or contains itself"),
    say("the value is nested too deep"),
    say("the value has too many parts"),
    say("the value has more than {number} lists, tensors and other parts"),
    say("a value of type {type} is not plain data"),
    say("the value has more than {number} keys or set members that are no texts"),
    say("the keys or set members of the value are too long"),
    say("a key or a set member is of a type that Python's own cannot have there"),
    say("the integer has more than {number} bits"),
    say("the text is longer than {size} MiB"),
    say("a tensor with layout {layout} was given; an ordinary dense one is needed"),
    say("a tensor on the meta device has a shape but no values"),
    say("a tensor of dtype {dtype} cannot be compared"),
    say("the tensor has more than {number} dimensions"),
    say("the tensor has no values, but the shape {shape}"),
)


def unsendable(message: str) -> Text:
    """Return the reason that a message tells; a message that is none of ours stands as it is."""
    for reason in _REASONS:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(reason.en))
        found = re.fullmatch(pattern, message)
        if found:
            return fill(reason, **found.groupdict())
    return Text(message)
