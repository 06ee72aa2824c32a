"""Vanishing factors: where a divergent integrand may be saved by a factor that tends to zero.

The integral of x**(s - 1)*exp(-x) from 0 diverges for s <= 0, and that of x**(s - 1)*log(1 + x)
does not before s <= -1.  So a power that diverges tells nothing of a product with it, unless the
other factor stays away from zero at the end in question.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S

from klsym.integrals.integrand import Integrand

INFINITE = (S.Infinity, S.NegativeInfinity, S.ComplexInfinity)


def may_vanish(factor: Expr, integrand: Integrand) -> bool:
    """Whether a factor may tend to zero at an end where the integrand need not be bounded."""
    x = integrand.variate
    factors = [f for f in sympy.Mul.make_args(factor) if f.has(x)]
    ends = [end for end in (integrand.lower, integrand.upper) if _is_open(end, integrand)]
    return any(not _stays_away(f, end, integrand) for f in factors for end in ends)


def _is_open(end: Expr, integrand: Integrand) -> bool:
    """Whether the integrand may grow beyond every bound, or fall too slowly, at an end."""
    if end.is_infinite:
        return True
    if integrand.discrete:
        return False
    values = (statistic.subs(integrand.variate, end) for statistic in integrand.statistics)
    return any(not integrand.context.real(value) for value in values)


def _stays_away(factor: Expr, end: Expr, integrand: Integrand) -> bool:
    """Whether a factor has a limit at an end, by its value there, that is not zero."""
    value = factor.subs(integrand.variate, end)
    if value.has(S.NaN, sympy.AccumBounds):
        return False
    return value in INFINITE or integrand.context.nonzero(value)
