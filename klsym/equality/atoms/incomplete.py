"""Incomplete gamma functions and exponential integrals, by ``uppergamma`` at a reduced index.

``uppergamma(s + 1, x) = s*uppergamma(s, x) + x**s*exp(-x)``, for x > 0;
``lowergamma(s, x) = gamma(s) - uppergamma(s, x)`` for s > 0; ``expint(s, x) =
x**(s - 1)*uppergamma(1 - s, x)``; ``Ei(-x) = -expint(1, x)``; ``uppergamma(1/2, x) =
sqrt(pi)*erfc(sqrt(x))``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq
from sympy import S

from klsym.equality.arguments import split
from klsym.equality.atoms.errors import error_function
from klsym.equality.exponentials import exp_of, power_of_ratio
from klsym.equality.field import Ratio
from klsym.equality.gammas import gamma
from klsym.equality.logarithms import log_of_ratio
from klsym.equality.signs import sign_of

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

LONGEST_SHIFT = 60


def _upper(algebra: Algebra, s: Ratio, x: Ratio) -> Ratio:
    """``uppergamma(s, x)`` for a positive x."""
    field = algebra.field
    argument = split(algebra, s, multiply=False)
    whole = int(argument.shift.p // argument.shift.q)
    if abs(whole) > LONGEST_SHIFT:
        return algebra.function("uppergamma", sympy.uppergamma, s, x, sign=1)
    low = field.subtract(s, field.number(whole))
    if field.is_zero(low) and whole > 0:
        low, whole = field.one, whole - 1
    if whole:
        algebra.use("incomplete gamma shift")
    result = _reduced(algebra, low, x)
    log_x = log_of_ratio(algebra, x)
    decay = exp_of(algebra, field.negate(x))

    def boundary(index: Ratio) -> Ratio:
        return field.multiply(exp_of(algebra, field.multiply(index, log_x)), decay)

    for _ in range(whole):
        result = field.add(field.multiply(low, result), boundary(low))
        low = field.add(low, field.one)
    for _ in range(-whole):
        low = field.subtract(low, field.one)
        result = field.divide(field.subtract(result, boundary(low)), low)
    return result


def _reduced(algebra: Algebra, s: Ratio, x: Ratio) -> Ratio:
    field = algebra.field
    number = field.rational(s)
    if number == 1:
        return exp_of(algebra, field.negate(x))
    if number == fmpq(1, 2):
        algebra.use("incomplete gamma at 1/2 as erfc")
        half = fmpq(1, 2)
        error = error_function(algebra, power_of_ratio(algebra, x, half))
        root_pi = power_of_ratio(algebra, algebra.value(S.Pi), half)
        return field.multiply(root_pi, field.subtract(field.one, error))
    return algebra.function("uppergamma", sympy.uppergamma, s, x, sign=1)


def _uppergamma(algebra: Algebra, expr: Any) -> Ratio:
    s, x = expr.args
    values = algebra.value(s), algebra.value(x)
    if sign_of(algebra, x) != 1:
        return algebra.doubt("uppergamma", sympy.uppergamma, *values)
    return _upper(algebra, *values)


def _lowergamma(algebra: Algebra, expr: Any) -> Ratio:
    s, x = expr.args
    values = algebra.value(s), algebra.value(x)
    if sign_of(algebra, x) != 1 or sign_of(algebra, s) != 1:
        return algebra.doubt("lowergamma", sympy.lowergamma, *values)
    algebra.use("lower incomplete gamma by the upper")
    return algebra.field.subtract(gamma(algebra, values[0]), _upper(algebra, *values))


def _expint(algebra: Algebra, expr: Any) -> Ratio:
    s, x = (S.One, *expr.args)[-2:]
    values = algebra.value(s), algebra.value(x)
    field = algebra.field
    if sign_of(algebra, x) != 1:
        return algebra.doubt("expint", sympy.expint, *values)
    algebra.use("exponential integral as incomplete gamma")
    index = field.subtract(field.one, values[0])
    log_x = log_of_ratio(algebra, values[1])
    factor = exp_of(algebra, field.negate(field.multiply(index, log_x)))
    return field.multiply(factor, _upper(algebra, index, values[1]))


def _ei(algebra: Algebra, expr: Any) -> Ratio:
    argument = expr.args[0]
    field = algebra.field
    value = algebra.value(argument)
    if sign_of(algebra, argument) != -1:
        if expr.free_symbols & algebra.strict and not algebra.context.nonzero(argument):
            return algebra.doubt("Ei", sympy.Ei, value)
        return algebra.function("Ei", sympy.Ei, value)
    algebra.use("exponential integral as incomplete gamma")
    return field.negate(_upper(algebra, field.zero, field.negate(value)))


RULES = {
    sympy.uppergamma: _uppergamma,
    sympy.lowergamma: _lowergamma,
    sympy.expint: _expint,
    sympy.Ei: _ei,
}
