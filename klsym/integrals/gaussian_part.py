"""Gaussian integral over a part of the line: the error function at the ends.

integral of exp(-a*x**2 + b*x) over (l, u) = sqrt(pi/a)/2 * exp(b**2/(4*a)) * (erf(U) - erf(L)),
U = sqrt(a)*u - b/(2*sqrt(a)) and L likewise,  for a > 0

The means of x and x**2 follow by differentiation, and E[(x - c)**2] keeps the square of the
difference between b/(2*a) and c; that of ``exp(t*x)`` by b -> b + t.

>>> from klsym import derive
>>> print(derive("E(Truncated(Normal(0, 1), 0, oo), x)"))
sqrt(2/pi)

Reference: Gradshteyn and Ryzhik, Table of Integrals, Series, and Products, 3.322.1.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, S, Symbol, erf, log, sqrt

from klsym.canonical import exp_of, replaced
from klsym.integrals.conditions import positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel, derivative
from klsym.integrals.rule import Rule

A = Symbol("a", positive=True)
B, LOWER, UPPER = (Symbol(name, real=True) for name in ("b", "l", "u"))

CENTRE = Symbol("c", real=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``c_2 x**2 + c_1 x`` on an interval or a half-line."""
    x, carrier = integrand.variate, integrand.carrier
    if integrand.discrete or integrand.on_line:
        return None
    if not carrier.keys() <= {x, x**2} or x**2 not in carrier:
        return None
    curvature, slope = -carrier[x**2], carrier.get(x, S.Zero)
    if integrand.context.sign(curvature) == -1:
        return None
    lower, upper = integrand.lower, integrand.upper
    share = S.One if upper is S.Infinity else erf(_scaled(UPPER))
    # erf is odd, so that the sum has the fewest signs.
    share += S.One if lower is S.NegativeInfinity else erf(-_scaled(LOWER))
    form = log(sympy.pi) / 2 - log(A) / 2 - log(2) + B**2 / (4 * A) + log(share)

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        if statistic != 1:
            return None
        ends: list[Any] = [
            replaced(erf(_scaled(UPPER)), {A: curvature, B: slope, UPPER: end})
            if end.is_finite is not False
            else sympy.sign(end)
            for end in (low, high)
        ]
        scale = sqrt(sympy.pi / curvature) / 2 * exp_of(slope**2 / (4 * curvature))
        return scale * (ends[1] - ends[0])

    changes = derivative(log(share), A) + 2 * CENTRE * derivative(log(share), B)
    square_about = 1 / (2 * A) + (B / (2 * A) - CENTRE) ** 2 - sympy.together(changes)

    def square(statistic: Expr) -> Expr | None:
        base, exponent = statistic.as_base_exp()
        centre = x - base
        if exponent != 2 or centre.has(x):
            return None
        return replaced(square_about, {**kernel.values, CENTRE: centre})

    kernel = Kernel(
        RULE.name,
        integrand,
        form,
        {A: curvature, B: slope, LOWER: lower, UPPER: upper},
        {x**2: (A, -1), x: (B, 1)},
        (positive(curvature),),
        square,
        between,
    )
    return kernel


def _scaled(end: Expr) -> Any:
    return sqrt(A) * (end - B / (2 * A))


RULE = Rule("gaussian-part", "Gaussian integral between the ends", recognise)
