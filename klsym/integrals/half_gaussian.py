"""Half-Gaussian integral: a power times exp of a quadratic, over the positive half-line.

Z_0 = integral of exp(-a*x**2 + b*x) over (0, oo)
    = sqrt(pi/a)/2 * exp(b**2/(4*a)) * erfc(-b/(2*sqrt(a)))
Z_1 = (1 + b*Z_0)/(2*a),  Z_(n+1) = (b*Z_n + n*Z_(n-1))/(2*a),  for a > 0

where Z_n has the factor x**n, by integrating the derivative of x**n*exp(-a*x**2 + b*x).  The means
of x and x**2 follow by differentiation, that of ``exp(t*x)`` by b -> b + t.

>>> from klsym import derive
>>> print(derive("E(HalfNormal(1), exp(-x))"))
exp(1/2)*erfc(sqrt(2)/2)

Reference: Gradshteyn and Ryzhik, Table of Integrals, Series, and Products, 3.322.2 and 3.462.5.
"""

from __future__ import annotations

from functools import cache

import sympy
from sympy import Expr, S, Symbol, erf, erfc, exp, log, sqrt

from klsym.integrals.conditions import positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

A = Symbol("a", positive=True)
B = Symbol("b", real=True)
HIGHEST_POWER = 12


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``n log(x) - a x**2 + b x`` on the positive half-line, n = 0, 1, 2, ..."""
    x, carrier = integrand.variate, integrand.carrier
    if integrand.discrete or integrand.lower != 0 or integrand.upper is not S.Infinity:
        return None
    if not {x, x**2} <= carrier.keys() <= {x, x**2, integrand.log}:
        return None
    power = carrier.get(integrand.log, S.Zero)
    if not (power.is_Integer and 0 <= power <= HIGHEST_POWER):
        return None
    curvature = -carrier[x**2]
    if integrand.context.sign(curvature) == -1:
        return None
    rising = integrand.context.sign(carrier[x]) == 1
    return Kernel(
        RULE.name,
        integrand,
        log(integral(int(power), rising)),
        {A: curvature, B: carrier[x]},
        {x**2: (A, -1), x: (B, 1)},
        (positive(curvature),),
    )


@cache
def integral(power: int, rising: bool) -> Expr:
    """Z_n over the letters of this module, with erf if b is known to be positive."""
    place = B / (2 * sqrt(A))
    share = 1 + erf(place) if rising else erfc(-place)
    whole = sqrt(sympy.pi / A) / 2 * exp(B**2 / (4 * A)) * share
    if power == 0:
        return whole
    before, now = S.Zero, whole
    for n in range(power):
        before, now = now, (B * now + n * before + (1 if n == 0 else 0)) / (2 * A)
    return sympy.collect(sympy.expand(now), whole)


RULE = Rule("half-gaussian", "Gaussian integral over the half-line", recognise)
