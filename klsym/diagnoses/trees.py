"""Trees: parts that are not in the author's text, to be put into it."""

from __future__ import annotations

from collections.abc import Iterator

from klsym.errors import Span
from klsym.syntax import parse
from klsym.syntax.tree import Binary, Call, Name, Negative, Node, Number
from klsym.syntax.walk import walk

NOWHERE = Span(0, 0)


def number(value: int) -> Node:
    """An integer, with its sign."""
    digits = Number(NOWHERE, str(abs(value)))
    return digits if value >= 0 else Negative(NOWHERE, digits)


def fraction(top: int, bottom: int) -> Node:
    """A rational number."""
    return number(top) if bottom == 1 else quotient(number(top), number(bottom))


def plain(text: str) -> Node:
    """What a text in plain notation says."""
    return parse(text, latex=False).tree


def plus(left: Node, right: Node) -> Node:
    """left + right."""
    return Binary(NOWHERE, "+", left, right)


def minus(left: Node, right: Node) -> Node:
    """left - right."""
    return Binary(NOWHERE, "-", left, right)


def times(left: Node, right: Node) -> Node:
    """left * right."""
    return Binary(NOWHERE, "*", left, right)


def quotient(top: Node, bottom: Node) -> Node:
    """top / bottom."""
    return Binary(NOWHERE, "/", top, bottom)


def power(base: Node, exponent: int) -> Node:
    """A power with an integer exponent."""
    return Binary(NOWHERE, "^", base, number(exponent))


def root(radicand: Node) -> Node:
    """A square root."""
    from klsym.syntax.tree import Root

    return Root(NOWHERE, radicand)


def log(argument: Node) -> Call:
    """A natural logarithm."""
    return Call(NOWHERE, "log", (argument,))


def negative(node: Node) -> Node:
    """The negative of a node, without a double sign."""
    return node.operand if isinstance(node, Negative) else Negative(NOWHERE, node)


def name(written: str) -> Name:
    """A name by its canonical spelling."""
    return Name(NOWHERE, written)


def is_sum(node: Node) -> bool:
    """Whether a node is a sum or a difference."""
    return isinstance(node, Binary) and node.operator in "+-"


def addends(node: Node) -> Iterator[tuple[int, Node]]:
    """The terms of one sum with their signs, from left to right.

    >>> from klsym.syntax import parse
    >>> text = "-a + b - c*d"
    >>> [(sign, text[t.span.start:t.span.end]) for sign, t in addends(parse(text).tree)]
    [(-1, 'a'), (1, 'b'), (-1, 'c*d')]
    """
    found: list[tuple[int, Node]] = []
    sign = 1
    while True:
        if isinstance(node, Binary) and node.operator in "+-":
            found.append((sign if node.operator == "+" else -sign, node.right))
            node = node.left
        elif isinstance(node, Negative) and node.operand is not node:
            sign, node = -sign, node.operand
            if is_sum(node):
                found.append((sign, node))
                break
        else:
            found.append((sign, node))
            break
    yield from reversed(found)


def summed(terms: list[tuple[int, Node]]) -> Node:
    """The sum of terms with their signs."""
    (sign, first), *rest = terms
    total = first if sign > 0 else negative(first)
    for sign, term in rest:
        total = plus(total, term) if sign > 0 else minus(total, term)
    return total


def inside(node: Node, outer: Node) -> bool:
    """Whether a node is part of another."""
    return any(node is part for part in walk(outer))
