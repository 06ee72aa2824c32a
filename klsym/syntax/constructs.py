r"""Fractions, roots, binomials and braces: commands that take their arguments as TeX does."""

from __future__ import annotations

from klsym.errors import Span
from klsym.syntax.brackets import read_bracket, read_tex_argument
from klsym.syntax.cursor import Cursor
from klsym.syntax.operators import (
    derivative_stands,
    differential_ends,
    read_derivative,
    read_numerator,
    read_partial,
)
from klsym.syntax.tree import Binary, Call, Node, Number, Root


def read_construct(c: Cursor) -> Node:
    """Read what a command such as ``\\frac`` begins."""
    token = c.token
    value = token.value
    if value == "frac":
        c.advance()
        if derivative_stands(c):
            return read_derivative(c, token.start)
        above = read_numerator(c) if differential_ends(c) else read_tex_argument(c, token)
        below = read_tex_argument(c, token)
        return Binary(c.span_from(token.start), "/", above, below)
    if value in ("sqrt", "cbrt"):
        return _read_root(c)
    if value == "binom":
        c.advance()
        above = read_tex_argument(c, token)
        below = read_tex_argument(c, token)
        span = c.span_from(token.start)
        return Call(span, "binomial", (above, below), separators=(",",))
    if value == "partial":
        return read_partial(c)
    if value in ("cancel", "brace"):
        c.advance()
        if value == "cancel":
            c.ledger.note(token.span, f"{c.show(token)} read as its content")
        node = read_tex_argument(c, token)
        if value == "brace":
            _skip_labels(c)
        return node
    raise c.unexpected("an expression")


def _read_root(c: Cursor) -> Node:
    token = c.advance()
    degree: Node | None = None
    if token.value == "cbrt":
        degree = Number(token.span, "3")
    elif c.token.kind == "open" and c.token.value == "[":
        degree = read_bracket(c)
    glyph = c.text[token.start] != "\\"
    if glyph and c.token.kind in ("name", "number"):
        radicand = c.prefix()
        while c.starts_factor() and c.token.kind in ("name", "number"):
            if c.ledger.choose("root-extent", token.span, "first factor") == "first factor":
                break
            right = c.prefix()
            span = Span(radicand.span.start, right.span.end)
            radicand = Binary(span, "*", radicand, right, implicit=True)
    else:
        radicand = read_tex_argument(c, token, loose=True)
    return Root(c.span_from(token.start), radicand, degree)


def _skip_labels(c: Cursor) -> None:
    """Pass over what is written under or over a brace."""
    while c.token.kind == "op" and c.token.value in ("_", "^"):
        c.advance()
        c.go(c.brackets[c.index].close + 1 if c.index in c.brackets else c.index)
        if c.tokens[c.index - 1].value in ("_", "^"):
            c.advance()
