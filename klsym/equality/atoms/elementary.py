"""Powers, exp and log.

``log(a*b) = log|a| + log|b|`` where ``a*b > 0``; ``exp(a + b) = exp(a)*exp(b)``;
``a**b = exp(b*log(a))`` where ``a > 0``; ``sqrt(a**2) = |a|``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq
from sympy import S

from klsym.equality.doubts import must_be_positive
from klsym.equality.exponentials import exp_of, power_of_ratio
from klsym.equality.field import Outside, Ratio
from klsym.equality.logarithms import log, log_of_expression
from klsym.equality.signs import sign_of

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

HIGHEST_POWER = 400


def _exp(algebra: Algebra, expr: Any) -> Ratio:
    return exp_of(algebra, algebra.value(expr.args[0]))


def _log(algebra: Algebra, expr: Any) -> Ratio:
    return log(algebra, expr.args[0])


def _power(algebra: Algebra, expr: Any) -> Ratio:
    field = algebra.field
    base, exponent = expr.args
    if base is S.Exp1:
        return exp_of(algebra, algebra.value(exponent))
    if exponent.is_Integer:
        value = algebra.value(base)
        if abs(exponent.p) > HIGHEST_POWER:
            raise Outside(f"a power as high as {exponent}")
        if exponent.p < 0:
            algebra.divisor(base, value)
        return field.power(value, int(exponent.p))
    sign = sign_of(algebra, base)
    if sign == 0 and sign_of(algebra, exponent) == 1:
        return field.zero
    if sign != 1 and not exponent.is_Rational:
        # A negative base has a power wherever the exponent happens to be an integer.
        return algebra.doubt("power", sympy.Pow, algebra.value(base), algebra.value(exponent))
    must_be_positive(algebra, "power", base)
    if exponent.is_Rational:
        algebra.use("root of a product")
        c = fmpq(int(exponent.p), int(exponent.q))
        return power_of_ratio(algebra, algebra.value(base), c, positive=True)
    algebra.use("power as an exponential")
    log_base = log_of_expression(algebra, base)
    return exp_of(algebra, field.multiply(algebra.value(exponent), log_base))


RULES = {sympy.exp: _exp, sympy.log: _log, sympy.Pow: _power}
