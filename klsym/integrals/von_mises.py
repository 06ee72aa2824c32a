"""Circular integral: the exponential of a cosine over a whole turn.

integral of exp(k*cos(x - m)) over (a, a + 2*pi) = 2*pi*I_0(k)

and E[cos(n*x - c)] = I_n(k)/I_0(k) * cos(n*m - c) for natural n, with the modified Bessel
functions I_n.

>>> from klsym import derive
>>> print(derive("E(VonMises(m, k), cos(x))"))
cos(m)*besseli(1, k)/besseli(0, k)

Reference: Abramowitz and Stegun, Handbook of Mathematical Functions, 9.6.19.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, besseli, cos, log, sin

from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine

K = Symbol("k", real=True)
LOG_NORMALISER = log(2) + log(sympy.pi) + log(besseli(0, K))


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``k cos(x - m)`` on an interval of length 2*pi."""
    x, carrier = integrand.variate, integrand.carrier
    if integrand.discrete or not carrier or not all(isinstance(t, (cos, sin)) for t in carrier):
        return None
    if integrand.upper - integrand.lower != 2 * sympy.pi:
        return None
    cosine = sine = strength = centre = S.Zero
    for statistic, coefficient in carrier.items():
        turn = phase(statistic, x)
        if turn is None or turn[0] != 1:
            return None
        strength, centre = coefficient, turn[1]
        cosine += strength * cos(centre)
        sine += strength * sin(centre)
    if len(carrier) > 1:
        strength = sympy.sqrt(sympy.expand_trig(cosine**2 + sine**2))
        centre = sympy.atan2(sine, cosine)

    def turned(statistic: Expr) -> Expr | None:
        turn = phase(statistic, x)
        if turn is None:
            return None
        order, angle = turn
        return besseli(order, strength) / besseli(0, strength) * cos(order * centre - angle)

    return Kernel(RULE.name, integrand, LOG_NORMALISER, {K: strength}, special=turned)


def phase(statistic: Expr, x: Symbol) -> tuple[Expr, Expr] | None:
    """n and c of ``cos(n*x - c)``; a sine is a cosine turned by pi/2."""
    if not isinstance(statistic, (cos, sin)):
        return None
    slope, shift = affine(statistic.args[0], x)
    if slope is None or not slope.is_Integer:
        return None
    if slope < 0 and isinstance(statistic, sin):
        return -slope, shift - sympy.pi / 2
    if isinstance(statistic, sin):
        return slope, sympy.pi / 2 - shift
    return (slope, -shift) if slope > 0 else (-slope, shift)


RULE = Rule("von-mises", "circular integral", recognise)
