"""Parts of an expression replaced by others, the nodes above them made anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy
from sympy import S

from klsym.canonical.nodes import applied, exp_of, node_of, power_of, product_of, scaled, sum_of


def replaced(expr: Any, values: Mapping[Any, Any]) -> Any:
    """The expression with each of its parts that has a value replaced by that; at once.

    >>> from sympy import log, symbols
    >>> a, b, c = symbols("a b c", positive=True)
    >>> replaced(a * log(b) - a, {a: 2 * b, b: c})
    2*b*log(c) - 2*b
    """
    if not values:
        return expr
    done: dict[Any, Any] = {}

    def visit(node: Any) -> Any:
        if node in values:
            return values[node]
        if not node.args:
            return node
        known = done.get(node)
        if known is None:
            known = done[node] = anew(node)
        return known

    def anew(node: Any) -> Any:
        if not _walked(node):
            return node.xreplace(values)
        arguments = [visit(argument) for argument in node.args]
        if all(new is old for new, old in zip(arguments, node.args, strict=True)):
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
    if isinstance(node, _GAMMAS) and _is_open(arguments[-1]):
        return applied(type(node), *arguments)
    return node.func(*arguments)


_GAMMAS = (sympy.gamma, sympy.loggamma, sympy.polygamma)


def _is_open(argument: Any) -> bool:
    """Whether an argument is a formula that is no integer as far as anyone can tell."""
    formula = argument.is_Symbol or argument.is_Add or argument.is_Mul or argument.is_Pow
    symbols = argument.free_symbols if formula else ()
    return bool(symbols) and not any(symbol.is_integer for symbol in symbols)


def _is_of_pi(factor: Any) -> bool:
    """Whether a factor is a positive rational number or a power of pi."""
    base, exponent = factor.as_base_exp()
    return bool((factor.is_Rational and factor.p > 0) or (base is S.Pi and exponent.is_Rational))


def beta_of(a: Any, b: Any) -> Any:
    """The beta function; of halves sympy makes Catalan numbers, where this makes pi.

    >>> beta_of(sympy.Rational(1, 2), sympy.Rational(3, 2))
    pi/2
    """
    value = sympy.beta(a, b)
    return value.rewrite(sympy.gamma) if value.has(sympy.catalan) else value


def log_of(argument: Any) -> Any:
    """The log, as sympy has it; of a formula sympy would ask at length if it is zero."""
    argument = node_of(argument)
    if argument.is_Rational and argument.p > 1:
        return applied(sympy.log, argument)
    if argument.is_Rational and argument.p == 1 < argument.q:
        return scaled(S.NegativeOne, applied(sympy.log, sympy.Integer(argument.q)))
    if argument is not S.One and all(map(_is_of_pi, sympy.Mul.make_args(argument))):
        return applied(sympy.log, argument)
    if argument.is_number or isinstance(argument, (sympy.exp, sympy.AccumBounds)):
        return sympy.log(argument)
    return applied(sympy.log, argument)
