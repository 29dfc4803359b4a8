"""Strangers' sources become statements, whatever their layout; no bytes can stop or stall it."""

from __future__ import annotations

import time
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.batch.statements import MAX_DEPTH, MAX_LINE, MAX_LINES, MAX_TOKENS, UnreadableError, read_statements
from grader.submission import MAX_FILE

steady = settings(deadline=None, derandomize=True, database=None, max_examples=400)
PIECES = (
    ["'", '"', '"""', "f'", 'f"', 'rb"', "{", "}", "(", ")", "[", "]", "\n", "\r", "\n  ", "\n    ", "\t", "\f", "\\"]
    + "x self . = : ; , * ** @ ! := for in lambda def class if else async await import from as global match".split()
    + ["1", "0x", "1_0", "é", "变", "#", "$", "?", "\0", "\ufeff", "# coding: gbk\n", "# coding: utf-16\n"]
)


def shown(source: str | bytes) -> list[tuple[int, str]]:
    """Return the statements of a source as their depths and texts."""
    data = source.encode() if isinstance(source, str) else source
    return [(depth, " ".join(word.text for word in words)) for depth, words in read_statements(data)]


# Layout


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x = 1  # one\n\n\n# two\ny = 2", "x = 1\ny = 2\n"),
        ("x = 1; y = 2;", "x = 1\ny = 2\n"),
        ("if x:\n  y\n  z", "if x:\n\ty\n\tz\n"),
        ("if x: y; z\n", "if x:\n    y\n    z\n"),
        ("try: x\nexcept E as e: y\nelse: z", "try:\n x\nexcept E as e:\n y\nelse:\n z"),
        ("while (lambda: x)(): y", "while (lambda: x)():\n    y"),
        ("if lambda: x: y", "if lambda: x:\n    y"),
        ("class A: x: int = 1", "class A:\n    x: int = 1"),
        ("async def f(): pass", "async def f():\n    pass"),
        ("f(a,\n  b,\n)", "f(a, b)"),
        ("x = [\n    1,\n]", "x = [1]"),
        ("x = {1, 2,}", "x = {1, 2}"),
        ("def f(a,): pass", "def f(a): pass"),
        ("from a import (b, c,)", "from a import (b, c)"),
        ("x = (1, 2,)", "x = (1, 2)"),
        ("x = 1 + \\\n  2", "x = 1 + 2"),
        ("x = (\n    1\n    + 2\n)", "x = 1 + 2"),
        ("return ((x, y))", "return x, y"),
        ("if (a\n    and b): c", "if a and b: c"),
        ("x = 'it''s'", 'x = "it""s"'),
        (r"x = 'it\'s'", '''x = "it's"'''),
        ("x = '''a'''", "x = 'a'"),
        ("x = U'a' + R'b' + B'c'", 'x = "a" + "b" + b"c"'),
        ("x = 0XFF + 1_000 + 1E3", "x = 0xff + 1000 + 1e3"),
        ('"""Doc."""\ndef f():\n    "doc"\n    return 1\n', "def f(): return 1"),
        ("x = 1\n'a' 'note'\n", "x = 1"),
        ("x\r\ny\rz", "x\ny\nz\n"),
        ("\ufeffx = 1", "x = 1"),
        ("f(f'{a}')", 'f(F"""{ a }""")'),
        ("f'{a[\"k\"]}'", "f\"{a['k']}\""),
    ],
)
def test_layout_does_not_matter(one, other):
    """Comments, docstrings, line breaks, semicolons, indentation, last commas and quotes are gone."""
    assert shown(one) == shown(other)
    assert shown(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("if x:\n    y\nz", "if x:\n    y\n    z"),
        ("if x: y; z", "if x: y\nz"),
        ("x = (1,)", "x = (1)"),
        ("x[1,]", "x[1]"),
        ("x = ()", "x ="),
        ("x = (y for y in z)", "x = y"),
        ("x = (a + b) * c", "x = a + b * c"),
        ("x = f(y)", "x = f, y"),
        ("x = 'a'", "x = 'b'"),
        ("x = 'a'", "x = b'a'"),
        (r"x = '\n'", r"x = r'\n'"),
        ("x = 'a'", "x = a"),
        ("x = f'{a}'", "x = '{a}'"),
        ("x = f'{a}'", "x = f'{{a}}'"),
        ("x = f'{a:d}'", "x = f'{a:e}'"),
        ("x = f'{a!r}'", "x = f'{a!s}'"),
        ("x = f'{a}b'", "x = f'{a}c'"),
        ("x = 1", "x = 1."),
        ("not x", "x"),
    ],
)
def test_what_is_no_layout_stays(one, other):
    """What changes the meaning of code is not taken for layout."""
    assert shown(one) != shown(other)


def test_statements_have_the_depth_of_their_block():
    """Each head and each small statement is one statement, in its block."""
    source = "class A:\n  def f(self):\n    if x: return 1\n    return 2\ny = 3\n"
    expected = [(0, "class A"), (1, "def f ( self )"), (2, "if x"), (3, "return 1"), (2, "return 2"), (0, "y = 3")]
    assert shown(source) == expected


def test_names_in_f_strings_are_words():
    """An f-string falls into its texts and the tokens of its fields, format and conversion apart."""
    for source in ("x = f'{a.b[c:d]!r:>{width}} and {e(f):.2f}'", "x = rf'{a.b[c:d]!r:>{width}} and {e(f):.2f}'"):
        (statement,) = read_statements(source.encode())
        names = [word.text for word in statement.words if word.kind == "name" and word.text != "r"]
        assert names == ["x", "a", "b", "c", "d", "width", "e", "f"]


def test_what_a_statement_is():
    """Heads say what they define, and imports that bind what they name are known."""
    source = "@once\nasync def f(): pass\nclass A: pass\nimport x\nfrom y import *\nasync with z: pass\nasync\n"
    statements = read_statements(source.encode())
    assert [s.opener for s in statements] == "@ def pass class pass import from with pass async".split()
    assert [s.is_head for s in statements] == [True, True, False, True] + [False] * 6
    assert [s.is_import for s in statements] == [False] * 5 + [True] + [False] * 4
    assert (statements[1].defined, statements[3].defined) == ("f", "A")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "latin-1"])
def test_encodings_are_those_that_pages_show(encoding):
    """A source is decoded as its own first line says."""
    text = "变 = 1\n" if encoding == "gbk" else "é = 1\n"
    assert shown(f"# coding: {encoding}\n{text}".encode(encoding)) == shown(text)


# What cannot be read


@pytest.mark.parametrize(
    "source",
    [
        "x = 'open",
        '"""open',
        "f(",
        "if x:\n    y\n  z",
        "x = 1\0",
        "\0" * 1000,
        "x = 'a\0b'",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_python(source):
    """What has no tokens is said to be unreadable."""
    with pytest.raises(UnreadableError):
        shown(source)


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("#" * 50 + "\n" + ("#" * (MAX_LINE - 1) + "\n") * 100, "x = 1\n" + ("#" * (MAX_LINE - 1) + "\n") * 105),
        ("\n" * (MAX_LINES - 10), "\n" * (MAX_LINES + 1)),
        ("#" * MAX_LINE, "#" * (MAX_LINE + 1)),
        ("x = 1\n" * (MAX_TOKENS // 4 - 10), "x = 1\n" * (MAX_TOKENS // 4 + 1)),
        (f"x = f'''{'{x}' * (MAX_TOKENS // 4)}'''", "x = f'''" + f"{'{x}' * 600}\n" * (MAX_TOKENS // 1800 + 1) + "'''"),
        ("(" * MAX_DEPTH + ")" * MAX_DEPTH, "(" * (MAX_DEPTH + 1) + ")" * (MAX_DEPTH + 1)),
        (
            "\n".join(f"{' ' * n}if x:" for n in range(90)) + "pass",
            "\n".join(f"{' ' * n}if x:" for n in range(MAX_DEPTH + 2)) + "pass",
        ),
    ],
    ids="bytes lines line tokens fields brackets blocks".split(),
)
def test_what_is_larger_than_anyone_writes(small, large):
    """A file over a limit is not looked at, one below it is."""
    shown(small)
    with pytest.raises(UnreadableError):
        shown(large)


def filled(piece: str, width: int = MAX_LINE - 50) -> bytes:
    """Return as many lines of a repeated piece as fit into the largest file."""
    line = (piece * (width // len(piece) + 1))[:width].encode()[:width]
    return b"\n".join([line] * (MAX_FILE // (len(line) + 1)))


HOSTILE = {
    "unfinished strings": filled("'" + "\\'" * (MAX_LINE // 2 - 50)),
    "one unfinished string": b"'" + b"\\'" * (MAX_FILE // 2 - 1),
    "unfinished block": b'"""' + (b"a" * 150 + b"\n") * 13000,
    "one line": b"x " * (MAX_FILE // 2),
    "one name": b"x" * MAX_FILE,
    "line breaks": b"\r" * MAX_FILE,
    "continued": b"x\\\n" * (MAX_FILE // 3),
    "tokens": filled("x=1;"),
    "digits": filled("1"),
    "brackets": filled("("),
    "closing": filled(")"),
    "lambdas": filled("lambda x:"),
    "comprehensions": filled("[x for x in " * 90 + "y" + "]" * 90 + ";"),
    "wrapped": filled("return " + "(" * 90 + "x" + ")" * 90 + ";"),
    "fields": ("f'''" + f"{'{x}' * 6000}\n" * 100 + "'''").encode(),
    "quotes in a field": ('f"' + "{'" * 9000 + '"').encode(),
    "open fields": ('f"' + "{x:" * 6000 + '"').encode(),
    "long texts in fields": ("f'''" + f"{'a' * 19000}{{x}}\n" * 100 + "'''").encode(),
    "blocks": "\n".join(f"{' ' * depth}if x:" for depth in range(2000)).encode(),
    "deep lines": ("\n".join(f"{' ' * n}def f(self):" for n in range(90)) + f"\n{' ' * 90}self.x = 1" * 15000).encode(),
    "emoji": filled("😀"),
    "zeros": bytes(MAX_FILE),
    "slow encoding": b"# coding: punycode\n" + filled("a"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_files_made_to_be_slow(name):
    """The largest file takes seconds at most, whatever is in it."""
    assert len(HOSTILE[name]) <= MAX_FILE
    started = time.process_time()
    try:
        read_statements(HOSTILE[name])
    except UnreadableError:
        pass
    assert time.process_time() - started < 10


@given(
    st.one_of(
        st.binary(max_size=400), st.lists(st.sampled_from(PIECES), max_size=60).map(lambda p: " ".join(p).encode())
    )
)
@steady
def test_any_bytes_are_read_or_unreadable(data):
    """Whatever the bytes, there are statements with at least a word each, or the file is unreadable."""
    try:
        statements = read_statements(data)
    except UnreadableError:
        return
    assert all(statement.words and statement.opener for statement in statements)


def test_odd_escapes_bring_no_warning():
    """What a stranger's source would make Python warn of is not said to the person who marks."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert shown(r"x = f'\{y}' + '\d'")
