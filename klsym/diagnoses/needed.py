"""Needed: what a part of a formula would have to come to for the whole to be right.

From the value that the whole should have, each operation on the way down is undone: of a sum the
other term is taken away, of a logarithm the exponential is taken.  Where a needed value is a
constant times the part's own, or a constant more, a slip is found without trying constants.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from flint import arb

from klsym.diagnoses.values import Ball, Values, each
from klsym.numerics.arithmetic import divide, log, root
from klsym.syntax.tree import BigOperator, Binary, Call, Negative, Node, Root

Balls = tuple[Ball, ...]


def needed(tree: Node, target: Balls, values: Values) -> dict[int, Balls]:
    """The needed values of the nodes of a tree, by their identity, where they can be told."""
    found: dict[int, Balls] = {}
    pending = [(tree, target)]
    while pending:
        node, wanted = pending.pop()
        found[id(node)] = wanted
        pending.extend(_below(node, wanted, values))
    return found


def _below(node: Node, wanted: Balls, values: Values) -> list[tuple[Node, Balls]]:
    match node:
        case Binary(operator="^"):
            base, exponent = values.of(node.left), values.of(node.right)
            return [
                (node.left, each(_base, wanted, exponent, base)),
                (node.right, each(_exponent, wanted, base)),
            ]
        case Binary():
            left, right = values.of(node.left), values.of(node.right)
            undo_left, undo_right = _UNDONE[node.operator]
            return [
                (node.left, each(undo_left, wanted, right)),
                (node.right, each(undo_right, wanted, left)),
            ]
        case BigOperator() | Call(function="sum"):
            return _below_sum(node, wanted, values)
        case Negative():
            return [(node.operand, each(operator.neg, wanted))]
        case Call(function="log", arguments=(argument,), subscript=None, primes=0):
            return [(argument, each(_exp, wanted))]
        case Call(function="exp", arguments=(argument,), primes=0):
            return [(argument, each(log, wanted))]
        case Call(function="sqrt", arguments=(argument,)) | Root(radicand=argument, degree=None):
            return [(argument, each(operator.mul, wanted, wanted))]
    return []


def _below_sum(node: Node, wanted: Balls, values: Values) -> list[tuple[Node, Balls]]:
    """Of each summand, if all of them lack the same: what the first one would have to be."""
    found = values.summand(node)
    if found is None:
        return []
    body, count = found
    lacking = each(operator.sub, wanted, values.of(node))
    return [(body, each(operator.add, values.of(body), each(divide, lacking, count)))]


def _exp(x: Any) -> Any:
    return arb(x).exp()


def _base(wanted: Any, exponent: Any, base: Any) -> Any:
    """What has the wanted power; of a square, the root with the sign that the base has."""
    if exponent == 2:
        return -root(wanted) if base < 0 else root(wanted)
    return _exp(divide(log(wanted), exponent))


def _exponent(wanted: Any, base: Any) -> Any:
    return divide(log(wanted), log(base))


_Undo = Callable[[Any, Any], Any]
_UNDONE: dict[str, tuple[_Undo, _Undo]] = {
    "+": (operator.sub, operator.sub),
    "-": (operator.add, lambda wanted, left: left - wanted),
    "*": (divide, divide),
    "/": (operator.mul, lambda wanted, left: divide(left, wanted)),
}
"""For each operation what undoes it for its left side, and for its right one."""
