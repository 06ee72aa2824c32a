"""Gaussian integral: exp of a quadratic over the real line.

integral of exp(-a*x**2 + b*x) over R = sqrt(pi/a) * exp(b**2/(4*a)),  for a > 0

The means of x and x**2 follow by differentiation, that of ``exp(t*x)`` by b -> b + t, and

E|x - c| = s*sqrt(2/pi)*exp(-(m - c)**2/(2*s**2)) + (m - c)*erf((m - c)/(s*sqrt(2)))

with mean m and standard deviation s, by splitting the integral at c.

>>> from klsym import derive
>>> print(derive("E(Normal(mu, sigma), (x - c)**2)", let=["c real"]))
sigma**2 + (c - mu)**2

Reference: Gradshteyn and Ryzhik, Table of Integrals, Series, and Products, 3.323.2.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, log

from klsym.canonical import cancelled, exp_of, power_of, product_of
from klsym.integrals.conditions import positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import kink

A = Symbol("a", positive=True)
B = Symbol("b", real=True)
LOG_NORMALISER = log(sympy.pi) / 2 - log(A) / 2 + B**2 / (4 * A)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``c_2 x**2 + c_1 x`` on the real line."""
    x, carrier = integrand.variate, integrand.carrier
    if integrand.discrete or integrand.lower != -S.Infinity or integrand.upper != S.Infinity:
        return None
    square = power_of(x, S(2))
    if not carrier.keys() <= {x, square} or square not in carrier:
        return None
    curvature = product_of(-1, carrier[square])
    if integrand.context.sign(curvature) == -1:
        return None
    slope = carrier.get(x, S.Zero)

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        if statistic != 1:
            return None
        ends = (
            sympy.erf(cancelled(end - slope / (2 * curvature)) * sympy.sqrt(curvature))
            if end.is_finite is not False
            else sympy.sign(end)
            for end in (high, low)
        )
        above, below = ends
        return kernel.normaliser * (above - below) / 2

    kernel = Kernel(
        RULE.name,
        integrand,
        LOG_NORMALISER,
        {A: curvature, B: slope},
        {square: (A, -1), x: (B, 1)},
        (positive(curvature),),
        between=between,
    )
    return kernel.with_special(lambda statistic: absolute_mean(statistic, x, kernel))


def absolute_mean(statistic: Expr, x: Symbol, kernel: Kernel) -> Expr | None:
    """The mean of ``|x - c|``."""
    centre = kink(statistic, x)
    if centre is None:
        return None
    mean, variance = kernel.mean(x), kernel.variance(x)
    deviation, distance = sympy.sqrt(variance), mean - centre
    spread = deviation * sympy.sqrt(2 / sympy.pi) * exp_of(-(distance**2) / (2 * variance))
    return spread + distance * sympy.erf(distance / (deviation * sympy.sqrt(2)))


RULE = Rule("gaussian", "Gaussian integral", recognise)
