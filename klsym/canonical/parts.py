"""What stands in an expression.

sympy's own ``has`` and ``atoms`` step through a generator for each node; here a list grows while
it is read.

>>> from sympy import log, symbols
>>> a, x = symbols("a x", positive=True)
>>> contains(a * log(x), x), parts_of(a * log(x), log), log in kinds_in(a * x)
(True, [log(x)], False)
"""

from __future__ import annotations

from typing import Any


def parts(expr: Any) -> list[Any]:
    """Everything that stands in an expression, level by level, the expression itself first.

    >>> from sympy import log, symbols
    >>> a, b = symbols("a b", positive=True)
    >>> parts(a * log(b))
    [a*log(b), a, log(b), b]
    """
    found = [expr]
    for node in found:
        found += node._args
    return found


def contains(expr: Any, part: Any) -> bool:
    """Whether a part stands somewhere in an expression."""
    kind, name = part.__class__, part.name if part.is_Symbol else None
    pending = [expr]
    for node in pending:
        if node is part:
            return True
        # Another symbol is told by its name, without a call.
        if node.__class__ is kind and (name is None or node.name == name) and node == part:
            return True
        pending += node._args
    return False


def parts_of(expr: Any, *kinds: type) -> list[Any]:
    """The parts of an expression that are of one of the kinds, each once."""
    pending: list[Any] = [expr]
    those: dict[Any, None] = {}
    for node in pending:
        if isinstance(node, kinds):
            those[node] = None
        pending += node._args
    return list(those)


def has_any(expr: Any, *kinds: type) -> bool:
    """Whether a part of an expression is of one of the kinds."""
    pending = [expr]
    for node in pending:
        if isinstance(node, kinds):
            return True
        pending += node._args
    return False


def kinds_in(expr: Any) -> set[type]:
    """The kinds of nodes that an expression is made of."""
    return {node.__class__ for node in parts(expr)}
