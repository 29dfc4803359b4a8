"""Source files as statements: tokens without layout, comments and docstrings, read from strangers' bytes.

Nothing is parsed, compiled or run: a parser can be brought down by a file made for it. The time that tokens take is
bounded by their number.
"""

from __future__ import annotations

import keyword
import re
import tokenize
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from grader.submission import MAX_FILE, Source

# Far more than anyone writes for an exercise; they bound the time that a file made to be slow can take.
MAX_LINES, MAX_LINE, MAX_TOKENS = 20_000, 20_000, 20_000
MAX_DEPTH = 100  # of blocks, as in Python itself, and of brackets

OPENING, CLOSING = frozenset("([{"), frozenset(")]}")

_COMPOUND = frozenset("if elif else for while try except finally with class def async".split())
_BEFORE_WRAPPED = frozenset("= += -= *= /= //= %= @= &= |= ^= >>= <<= **= return if elif while in assert".split())
_SKIPPED = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.ENDMARKER})
_STRING = re.compile(r"(\w*)('''|\"\"\"|'|\")(.*)\2", re.DOTALL)
_OUTSIDE_FIELD = re.compile(r"(?:[^{}]+|\{\{|\}\})+|[{}]")
_INSIDE_FIELD = re.compile(
    r"(?P<space>\s+)|(?P<name>[^\W\d]\w*)|(?P<literal>\d[\w.]*|'[^']*'|\"[^\"]*\"|![rsa](?=[:}]))|(?P<sign>.)",
    re.DOTALL,
)


class UnreadableError(Exception):
    """A file is no Python, or larger or deeper than anyone writes."""


class Word(NamedTuple):
    """A token.

    Args:
        kind: ``name``, ``keyword``, ``string``, ``literal`` or ``sign``; between statements also ``newline``,
            ``indent`` and ``dedent``.
        text: as written; of a string without its quotes, and with ``"`` in front of it.
    """

    kind: str
    text: str


class Statement(NamedTuple):
    """A small statement, or the head of a compound one without its colon.

    Args:
        depth: in how many blocks it is.
        words: its tokens, at least one.
    """

    depth: int
    words: list[Word]

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a function or class, or a decorator."""
        return self.opener in ("def", "class", "@")

    @property
    def is_import(self) -> bool:
        """Whether it does nothing but bind names to what others wrote."""
        return self.opener in ("import", "from") and self.words[-1].text != "*"

    @property
    def opener(self) -> str:
        """The first word, which says what statement this is; of ``async def`` the second."""
        return self.words[self._is_async()].text

    @property
    def defined(self) -> str:
        """The name that a ``def`` or ``class`` gives; empty if there is none."""
        return "".join(word.text for word in self.words[self._is_async() + 1 :][:1])

    def _is_async(self) -> bool:
        return self.words[0].text == "async" and len(self.words) > 1


_END = Word("sign", ";")


# From bytes to words


def _tokens(source: bytes) -> Iterator[tuple[int, str]]:
    """Read the tokens of a file: their type and text.

    Raises:
        UnreadableError: if it is no Python, or larger than anyone writes.
    """
    if len(source) > MAX_FILE or source.count(b"\n") + source.count(b"\r") > MAX_LINES or b"\0" in source:
        raise UnreadableError
    lines = Source("", "", source).lines()
    if max(map(len, lines)) > MAX_LINE:
        raise UnreadableError
    try:
        for count, token in enumerate(tokenize.generate_tokens(iter([f"{line}\n" for line in lines]).__next__)):
            if count == MAX_TOKENS:
                raise UnreadableError
            yield token[:2]
    except Exception as error:  # besides its own errors: Python 3.13.0 answers some f-strings with a SystemError
        raise UnreadableError from error


def _words(source: bytes) -> Iterator[Word]:
    """Read the words of a file, in the form that all versions of Python and all habits of layout have in common.

    Raises:
        UnreadableError: as `_tokens`.
    """
    for kind, text in _tokens(source):
        if kind == tokenize.NAME:
            yield _name(text)
        elif kind == tokenize.OP:
            yield Word("sign", text)
        elif kind == tokenize.STRING:
            yield from _string(text)
        elif kind == tokenize.NUMBER:
            yield Word("literal", text.lower().replace("_", ""))
        elif kind in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
            yield Word(tokenize.tok_name[kind].lower(), "")
        elif kind == tokenize.ERRORTOKEN:
            # The first one ends it: to look for the end of every unfinished string would take quadratic time.
            raise UnreadableError
        elif kind not in _SKIPPED:
            yield from _part_of_f_string(tokenize.tok_name[kind], text)


def _string(text: str) -> Iterator[Word]:
    """Split a string into one word, an f-string into its texts and the tokens of its fields."""
    found = _STRING.fullmatch(text)
    if found is None:
        raise UnreadableError
    prefix, body = found[1].lower().replace("u", ""), found[3]
    if "f" not in prefix:
        yield Word("string", _quoted(prefix, body))
        return
    yield Word("literal", f'{prefix}"')
    fields: list[int] = []  # for each that is open its open brackets, or -1 behind its colon
    position = 0
    while position < len(body):
        inside = bool(fields) and fields[-1] >= 0
        match = (_INSIDE_FIELD if inside else _OUTSIDE_FIELD).match(body, position)
        if match is None:
            raise UnreadableError
        position, piece, kind = match.end(), match[0], match.lastgroup
        if piece == "{":
            fields.append(0)
        elif piece == "}":
            del fields[-1:]
        elif inside and piece in ("(", "["):
            fields[-1] += 1
        elif inside and piece in (")", "]"):
            fields[-1] = max(0, fields[-1] - 1)
        elif inside and piece == ":" and not fields[-1]:
            fields[-1] = -1
        if piece in ("{", "}"):
            yield Word("sign", piece)
        elif not inside:
            yield Word("literal", _quoted(prefix, piece))
        elif kind == "name":
            yield _name(piece)
        elif piece[0] in "'\"":
            yield Word("literal", _quoted("", piece.strip(piece[0])))
        elif kind != "space":
            yield Word("sign" if kind == "sign" else "literal", piece)


def _name(text: str) -> Word:
    return Word("keyword" if keyword.iskeyword(text) else "name", text)


def _part_of_f_string(kind: str, text: str) -> Iterator[Word]:
    """Return what begins an f-string or stands between its fields, from Python 3.12 on, which splits them itself."""
    if kind.endswith("_START"):
        yield Word("literal", text.lower().rstrip("'\"") + '"')
    elif kind.endswith("_MIDDLE"):
        yield Word("literal", _quoted("", text))


def _quoted(prefix: str, body: str) -> str:
    """Return a string as it would be without a choice of quotes and prefixes."""
    if "\\" not in body:
        prefix = prefix.replace("r", "")
    elif "r" not in prefix:
        body = body.replace("\\'", "'").replace('\\"', '"')
    return f'{prefix}"{body}'


# From words to statements


def read_statements(source: bytes) -> list[Statement]:
    """Return the statements of a file, one for each head and each small statement, however its lines were laid out.

    Raises:
        UnreadableError: if it is no Python, or larger or deeper than anyone writes.
    """
    found: list[Statement] = []
    line: list[Word] = []
    brackets: list[list[int]] = []  # for each that is open: whether it follows an operand, and its commas
    depth = 0
    with warnings.catch_warnings():
        # From Python 3.12 on, reading tokens warns of odd escapes; that is not for the person who marks.
        warnings.simplefilter("ignore", SyntaxWarning)
        # Counted once more, since an f-string may have become many words.
        for count, word in enumerate(_words(source)):
            kind, text = word
            if kind == "newline":
                found += _split(line, depth)
                line, brackets = [], []
            elif kind in ("indent", "dedent"):
                depth += 1 if kind == "indent" else -1
            else:
                if text in OPENING:
                    brackets.append([bool(line) and is_operand(line[-1]), 0])
                elif text == "," and brackets:
                    brackets[-1][1] += 1
                elif text in CLOSING and brackets:
                    follows, commas = brackets.pop()
                    # A last comma is layout, but in (x,) and in x[i,] it makes a tuple.
                    if line[-1].text == "," and (text == "}" or commas > 1 or follows == (text == ")")):
                        line.pop()
                line.append(word)
            if count > MAX_TOKENS or depth > MAX_DEPTH or len(brackets) > MAX_DEPTH:
                raise UnreadableError
    return [*found, *_split(line, depth)]


def is_operand(word: Word) -> bool:
    """Whether a bracket behind this word is that of a call or a subscript."""
    return word.kind in ("name", "string") or word.text in CLOSING


def _split(line: list[Word], depth: int) -> Iterator[Statement]:
    """Split a logical line at semicolons and behind the head of a compound statement; leave docstrings out."""
    start = brackets = lambdas = 0
    head = bool(line) and line[0].text in _COMPOUND
    for end, word in enumerate([*line, _END]):
        text = word.text
        if text in OPENING:
            brackets += 1
        elif text in CLOSING:
            brackets -= 1
        elif brackets > 0 and word is not _END:
            continue
        elif text == "lambda":
            lambdas += 1
        elif text == ":" and lambdas:
            lambdas -= 1
        elif text == ";" or (text == ":" and head):
            words = line[start:end]
            if any(word.kind != "string" for word in words):
                yield Statement(depth, _unwrapped(words))
            start = end + 1
            if text == ":":
                depth, head = depth + 1, False


def _unwrapped(words: list[Word]) -> list[Word]:
    """Leave out brackets around the last expression of a statement, which are there to break its line."""
    while words and words[-1].text == ")":
        depth, is_generator = 0, False
        for start in range(len(words) - 1, -1, -1):
            text = words[start].text
            depth += (text in CLOSING) - (text in OPENING)
            is_generator |= depth == 1 and text == "for"
            if depth == 0:
                break
        within = words[start + 1 : -1]
        if start == 0 or words[start - 1].text not in _BEFORE_WRAPPED or not within or is_generator:
            break
        words = words[:start] + within
    return words
