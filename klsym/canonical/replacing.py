"""Parts of an expression replaced by others, the nodes above them made anew."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any

import sympy

from klsym.canonical.functions import (
    GAMMAS,
    absolute_of,
    atan_of,
    beta_of,
    gamma_like,
    log_of,
)
from klsym.canonical.nodes import exp_of, power_of, product_of, sum_of


def replaced(expr: Any, values: Mapping[Any, Any]) -> Any:
    """The expression with each of its parts that has a value replaced by that; at once.

    >>> from sympy import log, symbols
    >>> a, b, c = symbols("a b c", positive=True)
    >>> replaced(a * log(b) - a, {a: 2 * b, b: c})
    2*b*log(c) - 2*b
    """
    if not values:
        return expr
    kinds = {part.__class__ for part in values}

    def visit(node: Any) -> Any:
        # Only of a kind that is replaced a node is looked up, which takes its hash.
        if node.__class__ in kinds and node in values:
            return values[node]
        if not node._args:
            return node
        if not _walked(node):
            return node.xreplace(values)
        arguments = [visit(argument) for argument in node._args]
        if not any(map(operator.is_not, arguments, node._args)):
            return node
        return rebuilt(node, arguments)

    return visit(expr)


def _walked(node: Any) -> bool:
    return type(node)._xreplace is sympy.Basic._xreplace


def rebuilt(node: Any, arguments: list[Any]) -> Any:
    """A node of the same kind with other arguments."""
    if node.is_Add:
        return sum_of(*arguments)
    if node.is_Mul:
        return product_of(*arguments)
    if node.is_Pow:
        return power_of(*arguments)
    if type(node) is sympy.exp:
        return exp_of(*arguments)
    if isinstance(node, sympy.log):
        return log_of(*arguments)
    if isinstance(node, sympy.beta):
        return beta_of(*arguments)
    if isinstance(node, GAMMAS):
        return gamma_like(type(node), *arguments)
    if isinstance(node, sympy.atan):
        return atan_of(*arguments)
    if isinstance(node, sympy.Abs):
        return absolute_of(*arguments)
    return node.func(*arguments)
