"""Finds for `make translations` what a module of commands says: docstrings of commands and help of options too."""

import ast
from collections.abc import Iterator
from typing import IO, Any

from babel.messages.extract import extract_python

from grader.commands.help_texts import paragraphs

HELP = {"help", "short_help"}
COMMANDS = {"command", "group"}


def extract(fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what Babel finds itself, and each paragraph of a help text, as line, function, message and comments.

    A help text is the argument ``help`` or ``short_help`` of any call, and the docstring of a command.
    """
    yield from extract_python(fileobj, keywords, comment_tags, options)
    fileobj.seek(0)
    for node in ast.walk(ast.parse(fileobj.read())):
        texts: list[str | None] = []
        if isinstance(node, ast.Call):
            given = [word.value for word in node.keywords if word.arg in HELP]
            texts = [value.value for value in given if isinstance(value, ast.Constant)]
        elif isinstance(node, ast.FunctionDef):
            calls = [call.func for call in node.decorator_list if isinstance(call, ast.Call)]
            if any(isinstance(call, ast.Attribute) and call.attr in COMMANDS for call in calls):
                texts = [ast.get_docstring(node)]
        for text in texts:
            for _, part in paragraphs(text) if isinstance(text, str) else ():
                yield node.lineno, "say", part, []
