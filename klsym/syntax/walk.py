"""Walking a tree: its nodes, and the terms and occurrences that matter to a reader of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from klsym.syntax.tree import Binary, Call, Name, Negative, Node


def parts_of(node: Node) -> tuple[str, ...]:
    """The names of what a node is made of, but for its place."""
    kind: Any = type(node)
    return _parts(kind)


@cache
def _parts(kind: Any) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind) if part.name != "span")


@cache
def _inner(kind: Any) -> tuple[str, ...]:
    """Those parts of a kind of node that may hold nodes."""
    parts = (part for part in fields(kind) if part.name != "span")
    return tuple(part.name for part in parts if not _PLAIN.fullmatch(str(part.type)))


_PLAIN = re.compile(r"str|int|bool|tuple\[(?:str|Relation), \.\.\.\]")


def children(node: Node) -> list[Node]:
    """The nodes directly below a node, in the order written."""
    found: list[Node] = []
    kind: Any = node.__class__
    for name in _inner(kind):
        value = getattr(node, name)
        if value.__class__ is tuple:
            _gather(value, found)
        elif value is not None:
            found.append(value)
    return found


def _gather(values: tuple[Any, ...], found: list[Node]) -> None:
    for value in values:
        if value.__class__ is tuple:
            _gather(value, found)
        elif isinstance(value, Node):
            found.append(value)


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, each before those below it."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending += children(current)[::-1]


def depth(node: Node, limit: int) -> int:
    """How many levels a tree has; those beyond the limit are not counted."""
    level, found = [node], 0
    while level and found <= limit:
        level = [child for above in level for child in children(above)]
        found += 1
    return found


def terms(tree: Node) -> Iterator[Node]:
    """Every term of every sum in the tree, without its sign; the whole tree is one too.

    >>> from klsym.syntax import parse
    >>> text = "a - (b + c)/2"
    >>> [text[t.span.start:t.span.end] for t in terms(parse(text).tree)]
    ['a - (b + c)/2', 'a', '(b + c)/2', 'b', 'c']
    """
    yield tree
    for node in walk(tree):
        if isinstance(node, Binary) and node.operator in "+-":
            for side in (node.left, node.right):
                bare = side.operand if isinstance(side, Negative) else side
                if not (isinstance(bare, Binary) and bare.operator in "+-" and side is node.left):
                    yield bare
        elif isinstance(node, Negative) and node is tree:
            yield node.operand


def names(tree: Node) -> Iterator[Name]:
    """Every occurrence of a name."""
    return (node for node in walk(tree) if isinstance(node, Name))


def calls(tree: Node, function: str) -> Iterator[Call]:
    """Every application of a function."""
    return (node for node in walk(tree) if isinstance(node, Call) and node.function == function)
