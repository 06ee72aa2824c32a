"""Trees with some of their nodes replaced."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from typing import Any

from klsym.syntax.tree import Call, Node

Change = Callable[[Node], Node]


def rewritten(tree: Node, change: Change) -> Node:
    """The tree with ``change`` applied to each node, the innermost first."""
    changed = {}
    for part in fields(tree):
        value = getattr(tree, part.name)
        after = _rewritten(value, change)
        if after is not value:
            changed[part.name] = after
    return change(replace(tree, **changed) if changed else tree)


def _rewritten(value: Any, change: Change) -> Any:
    if isinstance(value, Node):
        return rewritten(value, change)
    if isinstance(value, tuple):
        after = tuple(_rewritten(item, change) for item in value)
        return after if any(a is not b for a, b in zip(after, value, strict=True)) else value
    return value


def without_given(tree: Node, given: Mapping[str, Collection[tuple[Node, ...]]]) -> Node:
    """``q(z; mu, sigma)`` as ``q(z)``, for the parameters with which q was introduced."""

    def change(node: Node) -> Node:
        if not isinstance(node, Call) or node.separators[:1] not in ((";",), ("|",)):
            return node
        if node.arguments[1:] not in given.get(node.function, ()):
            return node
        return replace(node, arguments=node.arguments[:1], separators=())

    return rewritten(tree, change)
