"""Hyperbolic functions by exp, and their inverses by log.

``sinh(x) = (exp(x) - exp(-x))/2``; ``atanh(x) = log((1 + x)/(1 - x))/2`` for ``-1 < x < 1``;
``asinh(x) = log(x + sqrt(x**2 + 1))``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq

from klsym.equality.cases import oriented
from klsym.equality.exponentials import exp_of, power_of_ratio
from klsym.equality.field import Ratio
from klsym.equality.logarithms import log_of_expression, log_of_ratio
from klsym.equality.signs import sign_of

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

_OVER_SINH = (sympy.coth, sympy.csch)


def _hyperbolic(algebra: Algebra, expr: Any) -> Ratio:
    field = algebra.field
    algebra.use("hyperbolic functions as exponentials")
    argument = expr.args[0]
    grown = exp_of(algebra, algebra.value(argument))
    shrunk = field.invert(grown)
    sinh = field.scale(field.subtract(grown, shrunk), fmpq(1, 2))
    cosh = field.scale(field.add(grown, shrunk), fmpq(1, 2))
    if expr.func in _OVER_SINH:
        # sinh vanishes where its argument does.
        algebra.divisor(argument, algebra.value(argument))
    pairs = {
        sympy.sinh: (sinh, None),
        sympy.cosh: (cosh, None),
        sympy.tanh: (sinh, cosh),
        sympy.coth: (cosh, sinh),
        sympy.sech: (field.one, cosh),
        sympy.csch: (field.one, sinh),
    }
    top, bottom = pairs[expr.func]
    return top if bottom is None else field.divide(top, bottom)


def _atanh(algebra: Algebra, expr: Any) -> Ratio:
    field = algebra.field
    argument = expr.args[0]
    above, below = 1 + argument, 1 - argument
    if expr.func is sympy.acoth:
        below = argument - 1
        inside = sign_of(algebra, above * below) == 1
    else:
        inside = sign_of(algebra, above) == 1 and sign_of(algebra, below) == 1
    if not inside:
        return algebra.doubt(expr.func.__name__, expr.func, algebra.value(argument))
    algebra.use("inverse hyperbolic functions as logarithms")
    difference = field.subtract(
        log_of_expression(algebra, above), log_of_expression(algebra, below)
    )
    return field.scale(difference, fmpq(1, 2))


def _asinh(algebra: Algebra, expr: Any) -> Ratio:
    field = algebra.field
    value, sign = oriented(algebra, algebra.value(expr.args[0]))
    algebra.use("inverse hyperbolic functions as logarithms")
    square = field.add(field.power(value, 2), field.one)
    root = power_of_ratio(algebra, square, fmpq(1, 2))
    return field.scale(log_of_ratio(algebra, field.add(value, root)), sign)


def _acosh(algebra: Algebra, expr: Any) -> Ratio:
    field = algebra.field
    argument = expr.args[0]
    value = algebra.value(argument)
    if sign_of(algebra, argument - 1) != 1:
        return algebra.doubt("acosh", sympy.acosh, value)
    algebra.use("inverse hyperbolic functions as logarithms")
    square = field.subtract(field.power(value, 2), field.one)
    root = power_of_ratio(algebra, square, fmpq(1, 2))
    return log_of_ratio(algebra, field.add(value, root))


RULES = {
    **dict.fromkeys(
        (sympy.sinh, sympy.cosh, sympy.tanh, sympy.coth, sympy.sech, sympy.csch), _hyperbolic
    ),
    sympy.atanh: _atanh,
    sympy.acoth: _atanh,
    sympy.asinh: _asinh,
    sympy.acosh: _acosh,
}
