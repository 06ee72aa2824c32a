"""Subscripts: as a label, which is part of a name, and as a tree, where it may hold an index."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klsym.errors import KlsymError
from klsym.syntax.cursor import Cursor
from klsym.syntax.scanner import Token
from klsym.syntax.tree import Items, Name, Node

Below = Node | tuple[int, int] | None
"""A subscript: its tree, or the indices of its tokens, or None where there is none."""


def label_of(tokens: Sequence[Token], text: str) -> str:
    """A subscript as text, ``sigma_{\\text{prior},1}`` giving ``prior_1``."""
    label = ""
    wide = False
    for token in tokens:
        if token.value == "{" or token.kind == "gap":
            continue
        part = token.value
        if token.kind == "text":
            part = "_".join(re.findall(r"\w+", part))
        elif token.kind in ("command", "big", "accent", "relation", "open", "close"):
            part = text[token.start : token.end].lstrip("\\")
        elif part in (",", ";", "_"):
            wide = bool(label)
            continue
        letters = len(part) > 1 and not part.isdigit()
        if label and part and (wide or (letters and label[-1].isalnum())):
            label += "_"
        label += part
        wide = letters and part[-1].isalpha()
    return label


def subscript_tree(c: Cursor, below: Below) -> Node | None:
    """The tree of a subscript, None where there is none; errors as for any expression."""
    if not isinstance(below, tuple):
        return below
    start, end = below
    if start == end:
        return None
    here, context, integrals = c.index, c.context, c.integrals
    c.go(start)
    c.context, c.integrals = ["call"], []
    node = c.chain()
    listed = [node]
    while c.is_op(",") and c.index < end:
        c.advance()
        listed.append(c.chain())
    if len(listed) > 1:
        node = Items(node.span | listed[-1].span, tuple(listed), "", "")
    if c.index != end:
        raise c.unexpected("an operator or the end of the subscript")
    c.context, c.integrals = context, integrals
    c.go(here)
    return node


def indexed_subscript(c: Cursor, below: Below) -> Node | None:
    """The tree of a subscript that is worth keeping: compound, or with a bound index in it."""
    if below is None:
        return None
    if not isinstance(below, tuple):
        node = below
        return node if isinstance(node, Name) and node.name in c.bound else None
    start, end = below
    inside = c.tokens[start:end]
    bound = any(token.kind == "name" and token.value in c.bound for token in inside)
    if not bound and (
        len(inside) < 2 or not any(t.kind == "op" and t.value in "+-*/^" for t in inside)
    ):
        return None
    here, depth, indices = c.index, c.depth, len(c.bound)
    context, integrals = c.context, c.integrals
    try:
        return subscript_tree(c, below)
    except KlsymError:
        c.go(here)
        c.context, c.integrals, c.depth = context, integrals, depth
        del c.bound[indices:]
        return None
