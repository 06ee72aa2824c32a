r"""Limits at the ends of the line by the order of growth: exponentials, powers, logarithms.

For x to infinity and b > 0: exp(-b*x**d)*x**a*log(x)**k vanishes whatever a and k are,
x**(-b)*log(x)**k vanishes, and what is left of a sum is the terms without x.  At 0 from above,
x**b*log(x)**k vanishes.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, exp, log

from klsym.domain import Context


def limit_by_growth(body: Expr, x: Symbol, point: Expr, context: Context) -> Expr | None:
    """The limit of a sum of exponentials, powers and logs of ``x``; None if a term has none here.

    ``point`` is oo, -oo or 0, the last from above.
    """
    if point is S.NegativeInfinity:
        body, point = body.xreplace({x: -x}), S.Infinity
    if point is not S.Infinity and point != 0:
        return None
    total = S.Zero
    for term in sympy.Add.make_args(sympy.expand(body)):
        value = _term(term, x, point is S.Infinity, context)
        if value is None:
            return None
        total += value
    return total


def _term(term: Expr, x: Symbol, far: bool, context: Context) -> Expr | None:
    coefficient, moving = term.as_independent(x, as_Add=False)
    power: Expr = S.Zero
    logs, falls = 0, False
    for factor in sympy.Mul.make_args(moving):
        base, exponent = factor.as_base_exp()
        if isinstance(factor, exp):
            sign = _exponential(factor.args[0], x, context)
            if sign is None or (sign > 0 and far):
                return None
            falls = falls or (far and sign < 0)
        elif base == x and not exponent.has(x):
            power += exponent
        elif base == log(x) and exponent.is_Integer and exponent > 0:
            logs += int(exponent)
        elif factor != 1:
            return None
    if falls:
        return S.Zero
    sign = 0 if power == 0 else context.sign(power if far else -power)
    if sign == -1:
        return S.Zero
    known = sign == 0 and power == 0 and not logs
    # At 0 what stands in an exponent vanishes, and its exponential is 1.
    return coefficient if known else None


def _exponential(inside: Expr, x: Symbol, context: Context) -> int | None:
    """The sign of ``c`` in ``c*x**d`` with d > 0, where that is all there is."""
    coefficient, moving = inside.as_independent(x, as_Add=False)
    base, exponent = moving.as_base_exp()
    if base != x or exponent.has(x) or context.sign(exponent) != 1:
        return None
    return context.sign(coefficient)
