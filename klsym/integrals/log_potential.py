r"""Logarithmic potential: the mean of log g(x) under a weight with square roots at its ends.

Over (l, u) let t run from -1 to 1, and let the density be the polynomial sum c_n T_n(t) in
Chebyshev's polynomials over sqrt(1 - t**2), as that of the arcsine and the semicircle law is.
For g linear, and positive inside,

E[log g(x)] = log((g(m) + w)/2) - sum over n >= 1 of c_n/c_0 * (-r)**n/n

with m the middle, w**2 = g(l)*g(u) and r = (g(u) - g(l))/(2*g(m) + 2*w).  For the square
(x - m)**2 + d**2 it is twice the real part of the same, of d + i*(x - m).  All follows from
log|z - t| = log((z + sqrt(z**2 - 1))/2) - 2*sum of T_n(t)*(z - sqrt(z**2 - 1))**n/n.

>>> from klsym import derive
>>> print(derive("KL(Semicircle(1) || Cauchy(0, 1))"))
2*log((sqrt(2) + 1)/2) - (sqrt(2) - 1)**2 + 1/2
>>> print(derive("KL(Arcsine() || BetaPrime(a, b))"))
log(beta(a, b)/pi) - 2*b*log(2) + (a + b)*log(2*sqrt(2) + 3)

Reference: Mason and Handscomb, Chebyshev Polynomials (2003), section 9.5.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, S, Symbol, log, sqrt

from klsym.canonical import cancelled, replaced, sum_of
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import TOTAL, Kernel
from klsym.integrals.polynomial import of_factors
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine, quadratic

HIGHEST_POWER = 4
"""A higher power of the distance to an end is left to other rules."""
T = Symbol("t", real=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of half-integer powers of the distances to both ends."""
    lower, upper, x = integrand.lower, integrand.upper, integrand.variate
    if integrand.discrete or not (lower.is_finite and upper.is_finite):
        return None
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    scale, powers = half, [S.Half, S.Half]
    for statistic, power in integrand.carrier.items():
        if not isinstance(statistic, log) or not (2 * power).is_Integer:
            return None
        factor, ends = _over_ends(replaced(statistic.args[0], {x: middle + half * T}))
        if factor is None:
            return None
        scale *= factor**power
        powers = [p + power if e in ends else p for p, e in zip(powers, (-1, 1), strict=True)]
    if not all(p.is_Integer and 0 <= p <= HIGHEST_POWER for p in powers):
        return None
    first, *others = _in_chebyshev((1 + T) ** powers[0] * (1 - T) ** powers[1])

    def mean(statistic: Expr) -> Expr | None:
        if statistic == 1:
            return S.One
        if not isinstance(statistic, log):
            return None
        inside = statistic.args[0]
        slope, _ = affine(inside, x)
        if slope is not None:
            return _of_linear(inside)
        head, centre, spread = quadratic(inside, x)
        if head is not None and centre == middle and integrand.context.sign(spread**2) == 1:
            return _of_quadratic(head, spread)
        return of_factors(statistic, integrand, mean)

    def _of_linear(inside: Expr) -> Expr | None:
        ends = [cancelled(replaced(inside, {x: end})) for end in (lower, upper)]
        if not all(integrand.context.nonnegative(end) for end in ends):
            return None
        size = cancelled(replaced(inside, {x: middle})) + sqrt(cancelled(ends[0] * ends[1]))
        r = cancelled(ends[0] - ends[1]) / (2 * size)
        return sum_of(log(size / 2), _series(r, others))

    def _of_quadratic(head: Expr, spread: Expr) -> Expr:
        width = sqrt(cancelled(spread**2 + half**2))
        square = -(((width - spread) / half) ** 2)
        return sum_of(log(head), 2 * log((spread + width) / 2), _series(square, others[1::2]))

    def _series(r: Expr, coefficients: list[Any]) -> Any:
        return sum_of(*(-c / first * r**n / n for n, c in enumerate(coefficients, 1)))

    total = scale * sympy.pi * first
    return Kernel(RULE.name, integrand, log(TOTAL), {TOTAL: total}, special=mean)


def _over_ends(factor: Expr) -> tuple[Expr | None, tuple[int, ...]]:
    """A polynomial in t as a number times 1 + t, 1 - t or both, and the ends where that is 0."""
    for ends, product in (((-1,), 1 + T), ((1,), 1 - T), ((-1, 1), 1 - T**2)):
        scale = cancelled(factor / product)
        if not scale.has(T):
            return scale, ends
    return None, ()


def _in_chebyshev(polynomial: Expr) -> list[Any]:
    """The coefficients of a polynomial in t in Chebyshev's polynomials."""
    rest = sympy.Poly(polynomial, T)
    found = [S.Zero] * (rest.degree() + 1)
    while not rest.is_zero:
        n = rest.degree()
        chebyshev = sympy.Poly(sympy.chebyshevt(n, T), T)
        found[n] = rest.LC() / chebyshev.LC()
        rest -= found[n] * chebyshev
    return found


RULE = Rule("log-potential", "Chebyshev's series of the log", recognise, rank=3)
