r"""Brackets matched and rows joined, in one pass each, before any grammar.

Matching first means that an unclosed bracket is reported at its opening, that nesting deeper than
:data:`DEEPEST` is refused at once, and that the parser can look past a bracket in one step.  Rows
of an ``align`` become one line: a row that begins with a relation or an operator continues the one
above, any other begins a new statement after a ``gap``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klsym.errors import KlsymError, Span
from klsym.syntax import vocabulary as v
from klsym.syntax.scanner import Token

DEEPEST = 100
"""The deepest nesting of brackets and functions that is read."""

LONGEST_SCRIPT = 200
"""The most tokens that are looked at under or over a sign."""

_STACKS = frozenset({"stack", "under"})
_TABLES = v.CASES | frozenset(v.MATRICES)
_SHOWN = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "<": "\\rangle", "env": "\\end"}
_INTERVAL = frozenset("([")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A matched pair: where it closes, and what separates things at its own level.

    ``separated`` counts any separator, ``double`` a double bar, ``conditioned`` an odd number of
    single bars, which therefore cannot all belong to absolute values, ``related`` a relation.
    """

    close: int
    separated: bool
    double: bool
    conditioned: bool
    related: bool = False


def join_rows(tokens: Sequence[Token]) -> list[Token]:
    """Drop alignment, split statements with gaps, and join what was broken over rows."""
    if not _STACKS.isdisjoint([token.value for token in tokens]):
        tokens = _unstacked(tokens)
    kinds = {token.kind for token in tokens}
    if not kinds & {"row", "align", "gap"}:
        return list(tokens)
    joined: list[Token] = []
    tables: list[bool] = []
    related = False
    skip = _broken_delimiters(tokens)
    for index, token in enumerate(tokens):
        if index in skip:
            continue
        if token.kind == "open":
            tables.append(token.value in _TABLES)
        elif token.kind == "close" and tables:
            tables.pop()
        elif token.kind == "relation":
            related = True
        if tables and tables[-1]:
            joined.append(token)
        elif token.kind == "row":
            if _begins_statement(tokens, index, related):
                joined.append(token._replace(kind="gap"))
                related = False
        elif token.kind == "gap":
            if _separates(joined, tokens[index + 1]):
                joined.append(token)
        elif token.kind != "align":
            joined.append(token)
    return joined


def opened(tokens: list[Token]) -> list[Token]:
    r"""A group in braces that is the whole text, ``{\\displaystyle a = b}``, may hold relations."""
    last = len(tokens) - 2
    if last < 1 or (tokens[0].kind, tokens[0].value) != ("open", "{"):
        return tokens
    depth, related = 0, False
    for index, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        related = related or (depth == 1 and token.kind == "relation")
        if depth == 0:
            if index == last and token.value == "{" and related:
                tokens[0] = tokens[0]._replace(value="env")
                tokens[last] = token._replace(value="env")
            return tokens
    return tokens


def _unstacked(tokens: Sequence[Token]) -> Sequence[Token]:
    r"""What stands under or over a sign that takes limits becomes its script, ``\max_x``."""
    found = list(tokens)
    index = 0
    while index < len(found):
        index += 1
        if found[index - 1].value not in _STACKS or found[index - 1].kind != "command":
            continue
        first = _group_end(found, index)
        if first is None or found[index].kind != "open":
            continue
        second = _group_end(found, first)
        if second is None:
            continue
        base = found[first:second]
        inner = base[1] if base[0].value == "{" and len(base) > 1 else base[0]
        limited = inner.kind in ("big", "function") or inner.style == "blackboard"
        if not limited and inner.value not in ("arg", "argmin", "argmax"):
            continue
        command = found[index - 1]
        script = command._replace(kind="op", value="_" if command.value == "under" else "^")
        inside = base[1:-1] if base[0].value == "{" else base
        found[index - 1 : second] = [*inside, script, *found[index:first]]
    return found


def _group_end(tokens: Sequence[Token], index: int) -> int | None:
    """The index after the group or the single token that begins at an index."""
    if index >= len(tokens) - 1 or tokens[index].kind == "close":
        return None
    if tokens[index].kind != "open":
        return index + 1
    depth = 0
    for place in range(index, min(len(tokens), index + LONGEST_SCRIPT)):
        depth += (tokens[place].kind == "open") - (tokens[place].kind == "close")
        if depth == 0:
            return place + 1
    return None


def _begins_statement(tokens: Sequence[Token], index: int, related: bool) -> bool:
    """Whether what follows a row's end is a new statement rather than a continuation."""
    index += 1
    empty_cell = False
    while tokens[index].kind in ("align", "gap") or tokens[index].value == ".":
        empty_cell = empty_cell or tokens[index].kind == "align"
        index += 1
    token = tokens[index]
    if token.kind in ("relation", "end", "close", "row"):
        return False
    if token.kind == "op" and token.value in "+-*/,":
        return not (empty_cell or not related or token.value in "*/,")
    return not (empty_cell and related)


def _separates(before: Sequence[Token], after: Token) -> bool:
    """Whether a wide space stands between two things rather than beside an operator."""
    if not before or before[-1].kind in ("op", "relation", "open", "gap", "bar", "function"):
        return False
    return after.kind not in ("op", "relation", "close", "gap", "bar", "end", "row", "align")


def _broken_delimiters(tokens: Sequence[Token]) -> set[int]:
    r"""The places of ``\right.`` and ``\left.`` where a bracket was broken over two rows."""
    dropped: set[int] = set()
    ended: int | None = None
    for index, token in enumerate(tokens):
        if token.value == "." and token.kind == "close":
            ended = index
        elif token.value == "." and token.kind == "open" and ended is not None:
            dropped |= {ended, index}
            ended = None
        elif token.kind not in ("row", "align", "gap", "op"):
            ended = None
    return dropped


def match_brackets(tokens: Sequence[Token], text: str) -> dict[int, Bracket]:
    """For each opening bracket's index, its pair.

    Errors: ``unclosed-bracket`` at the opening, ``mismatched-bracket`` at the closing bracket,
    ``too-deep``.
    """
    pairs: dict[int, Bracket] = {}
    stack: list[_Open] = []
    for index, token in enumerate(tokens):
        kind = token.kind
        if kind == "open" or (kind == "bar" and token.side == "left"):
            if len(stack) >= DEEPEST:
                raise too_deep(token.span, text)
            stack.append(_Open(index, token))
        elif kind == "close" or (
            kind == "bar" and token.side == "right" and _closes(stack, tokens, index)
        ):
            if not stack:
                raise KlsymError(
                    "mismatched-bracket",
                    f"{_show(token, text)} closes nothing",
                    text=text,
                    span=token.span,
                    help="remove it, or open a bracket before it",
                )
            opened = stack.pop()
            if not opened.answers(token):
                raise _mismatch(opened.token, token, text)
            separated = opened.commas > 0 or opened.double
            conditioned = opened.bars % 2 == 1
            pairs[opened.index] = Bracket(
                index, separated, opened.double, conditioned, opened.related
            )
        elif stack and (kind != "bar" or not _takes_point(tokens, index)):
            stack[-1].see(token, tokens[index - 1])
    if stack:
        opened = stack[-1]
        raise KlsymError(
            "unclosed-bracket",
            f"{_show(opened.token, text)} is never closed",
            text=text,
            span=opened.token.span,
            help=f"close it with {_SHOWN.get(opened.token.value, 'its partner')}",
        )
    return pairs


def _closes(stack: Sequence[_Open], tokens: Sequence[Token], index: int) -> bool:
    r"""Whether a right bar answers the open bracket; ``F\Bigr|_0`` needs none."""
    if not stack:
        return False
    return stack[-1].answers(tokens[index]) or not _takes_point(tokens, index)


def _takes_point(tokens: Sequence[Token], index: int) -> bool:
    """Whether a bar has a point below it, at which what stands before it is taken."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return tokens[index].kind == "bar" and after is not None and after.value == "_"


class _Open:
    """A bracket still open, and what was seen inside it."""

    __slots__ = ("bars", "commas", "double", "index", "related", "token")

    def __init__(self, index: int, token: Token) -> None:
        self.index, self.token = index, token
        self.commas = self.bars = 0
        self.double = self.related = False

    def see(self, token: Token, before: Token) -> None:
        if token.kind == "op" and token.value in (",", ";", ":"):
            self.commas += 1
        elif token.kind == "relation":
            self.related = True
        elif token.kind == "bar" and (token.value == "||" or before.kind == "bar"):
            self.double = True
        elif token.kind == "bar":
            self.bars += 1

    def answers(self, close: Token) -> bool:
        opening = self.token
        if opening.value == close.value:
            return opening.kind != "bar" or close.kind == "bar"
        if "." in (opening.value, close.value):
            return bool(close.side)
        return self.commas == 1 and {opening.value, close.value} == _INTERVAL


def too_deep(span: Span, text: str) -> KlsymError:
    """The error of a text nested too deeply to be read."""
    return KlsymError(
        "too-deep",
        f"nested more than {DEEPEST} deep",
        text=text,
        span=span,
        help="name the inner parts and write the formula with these names",
    )


def _mismatch(opened: Token, closed: Token, text: str) -> KlsymError:
    wanted = _SHOWN.get(opened.value, "its partner")
    line = text.count("\n", 0, opened.start) + 1
    column = opened.start - text.rfind("\n", 0, opened.start)
    place = f"column {column}" if line == 1 else f"line {line}, column {column}"
    return KlsymError(
        "mismatched-bracket",
        f"{_show(opened, text)} at {place} is closed by {_show(closed, text)}",
        text=text,
        span=closed.span,
        help=f"close it with {wanted}",
    )


def _show(token: Token, text: str) -> str:
    return f"'{text[token.start : token.end]}'"
