"""The arguments of a call: what stands between its brackets, by position and by keyword."""

from __future__ import annotations

from dataclasses import dataclass

from klsym.errors import Span
from klsym.syntax.brackets import at_division, close_bracket, divided
from klsym.syntax.cursor import Cursor
from klsym.syntax.tree import Node


@dataclass(frozen=True, slots=True)
class Arguments:
    """What stands in the brackets of a call."""

    positional: tuple[Node, ...]
    separators: tuple[str, ...]
    keywords: tuple[tuple[str, Node], ...]


def read_arguments(
    c: Cursor,
    *,
    named: bool,
    conditional: bool = True,
    wrapped: bool = False,
    empty: bool = False,
) -> Arguments:
    """Read the arguments of a call, the cursor at its opening bracket.

    ``named`` allows keywords, ``variance=v``; ``conditional`` lets a bar separate arguments, as in
    ``p(x|z)``, where otherwise it begins an absolute value; ``wrapped`` says that braces close
    after the bracket; ``empty`` allows no argument at all, ``Arcsine()``.
    """
    opening = c.token
    close = c.brackets[c.index].close
    if c.index + 1 == close and empty:
        c.advance()
        close_bracket(c, close, opening)
        return Arguments((), (), ())
    if c.index + 1 == close:
        raise c.error(
            "missing-argument",
            "a call without arguments",
            Span(opening.start, c.peek().end),
            "write the arguments between the brackets",
        )
    bracket = c.brackets[c.index]
    barred = bracket.conditioned or bracket.double
    c.advance()
    c.context.append("call" if conditional and barred else "bracket")
    positional: list[Node] = []
    separators: list[str] = []
    keywords: list[tuple[str, Node]] = []
    pending = ""
    while True:
        keyword = _keyword(c) if named else ""
        if keyword:
            keywords.append((keyword, c.expression()))
        elif keywords:
            raise c.error("unexpected-token", "a positional argument after a keyword argument")
        else:
            if pending:
                separators.append(pending)
            positional.append(_argument(c))
        pending = _separator(c)
        if not pending:
            break
    c.context.pop()
    close_bracket(c, close, opening)
    if wrapped:
        c.advance()
    return Arguments(tuple(positional), tuple(separators), tuple(keywords))


def _argument(c: Cursor) -> Node:
    start = c.token.start
    node = c.chain()
    return divided(c, node, start) if at_division(c) else node


def _keyword(c: Cursor) -> str:
    """The keyword that stands here with its equals sign, both taken, or ``""``."""
    if c.token.kind not in ("name", "function"):
        return ""
    following = c.peek()
    if following.kind == "relation" and following.value == "=":
        name = c.token.value
        c.go(c.index + 2)
        return name
    if following.value == "_" and c.peek(3).value == "=" and c.peek(2).kind in ("name", "number"):
        name = f"{c.token.value}_{c.peek(2).value}"
        c.go(c.index + 4)
        return name
    return ""


def _separator(c: Cursor) -> str:
    """Take the separator that stands here; two single bars are a double one."""
    token = c.token
    if token.kind == "op" and token.value in ",;:":
        return c.advance().value
    if token.kind == "bar" and token.side not in ("left", "right") and c.context[-1] == "call":
        c.advance()
        if token.value == "|" and c.token.kind == "bar" and c.token.value == "|":
            c.advance()
            return "||"
        return token.value
    return ""
