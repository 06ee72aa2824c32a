"""Signs of functions: which are odd, positive or real where what they stand at is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy import S

from klsym.canonical import product_of, sum_of
from klsym.domain.lattice import ANY, NEGATIVE, POSITIVE, UNDEFINED, UNKNOWN, ZERO

INCREASING = {sympy.sinh, sympy.asinh, sympy.tanh, sympy.atan, sympy.erf, sympy.erfi}
_ODD = {*INCREASING, sympy.sign}
_POSITIVE = {sympy.cosh, sympy.erfc, sympy.sech}
_INVERSE = {sympy.asin: True, sympy.acos: True, sympy.atanh: False}
"""Functions with values on [-1, 1]; True where the ends belong to it."""
_REAL = {sympy.sin, sympy.cos}
_POSITIVE_OF_POSITIVE = {sympy.gamma, sympy.beta, sympy.uppergamma, sympy.lowergamma}
_REAL_OF_POSITIVE = {sympy.loggamma, sympy.digamma, sympy.Si, sympy.Ci, sympy.Ei}


def of_function(expr: Any, of: Callable[[Any], int]) -> int:
    """What can happen to a function, by what can happen to what it stands at."""
    function, arguments = expr.func, expr.args
    if expr is S.Pi:
        return POSITIVE
    if not arguments or not all(isinstance(a, sympy.Expr) for a in arguments):
        return of_constant(expr)
    signs = [of(a) for a in arguments]
    if any(s & UNDEFINED for s in signs):
        return UNKNOWN
    positive = all(s == POSITIVE for s in signs)
    if function in _ODD:
        return signs[0]
    if function in _POSITIVE:
        return POSITIVE
    if function in _INVERSE:
        return _inverse(of, function, arguments[0], signs[0])
    if function is sympy.polylog and of(1 - arguments[1]) == POSITIVE:
        # At a positive order it has the sign of its argument.
        return signs[1] if signs[0] == POSITIVE else ANY
    if function is sympy.LambertW and not signs[0] & NEGATIVE and len(arguments) == 1:
        return signs[0]
    if function in _REAL:
        return ANY
    if function is sympy.Abs:
        return (signs[0] & ZERO) | (POSITIVE if signs[0] & ~ZERO else 0)
    if function is sympy.log:
        return of(arguments[0] - 1) & ANY if positive else UNKNOWN
    if positive and function in _POSITIVE_OF_POSITIVE:
        return POSITIVE
    if positive and function in _REAL_OF_POSITIVE:
        return ANY
    if function is sympy.binomial and _between(of, *arguments):
        return POSITIVE
    if function is sympy.factorial and not signs[0] & NEGATIVE:
        return POSITIVE
    if function is sympy.polygamma and signs[1] == POSITIVE and arguments[0].is_Integer:
        order = int(arguments[0])
        return ANY if order == 0 else POSITIVE if order % 2 else NEGATIVE
    if function is sympy.besseli and signs[1] == POSITIVE and not signs[0] & NEGATIVE:
        return POSITIVE
    if function is sympy.zeta and len(arguments) == 1 and positive:
        return POSITIVE if of(arguments[0] - 1) == POSITIVE else UNKNOWN
    if function in (sympy.Max, sympy.Min):
        joint = 0
        for one in signs:
            joint |= one
        return joint
    return of_constant(expr)


def _inverse(of: Callable[[Any], int], function: Any, argument: Any, signs: int) -> int:
    allowed = POSITIVE | ZERO if _INVERSE[function] else POSITIVE
    if any(of(sum_of(S.One, product_of(side, argument))) & ~allowed for side in (1, -1)):
        return UNKNOWN
    if function is sympy.acos:
        return POSITIVE if not of(1 - argument) & ZERO else POSITIVE | ZERO
    return signs


def _between(of: Callable[[Any], int], total: Any, part: Any) -> bool:
    return not (of(part) | of(total - part)) & (NEGATIVE | UNDEFINED)


def of_constant(expr: Any) -> int:
    """The sign of a constant, which rests on its digits; of a function nothing is known.

    sympy's assumptions about functions of symbols are not used: it holds polygamma(1, x) for
    positive at every real x, its poles included.
    """
    if expr.free_symbols:
        return UNKNOWN
    if expr.is_positive:
        return POSITIVE
    if expr.is_negative:
        return NEGATIVE
    if expr.is_zero:
        return ZERO
    return ANY if expr.is_real and expr.is_finite else UNKNOWN
