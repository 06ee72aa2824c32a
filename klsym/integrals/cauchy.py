"""Cauchy integral: logarithms and quotients of quadratics under a Cauchy density.

E[log((x - c)**2 + d**2)] = log((m - c)**2 + (g + d)**2)

under the density g/(pi*((x - m)**2 + g**2)): the logarithm is harmonic above the line, so its
mean is its value at m + i*g.  So is a quotient with its poles below the line, hence

E[(a*(x - c) + b)/((x - c)**2 + d**2)] = (a*(m - c) + b*(g + d)/d)/((m - c)**2 + (g + d)**2)

and higher powers of the denominator follow by differentiation with respect to d**2.  No mean of x,
or of a higher power, exists.

>>> from klsym import derive
>>> print(derive("E(Cauchy(m, g), log(1 + x**2))"))
log(m**2 + (g + 1)**2)
>>> print(derive("E(Cauchy(0, 1), 1/(1 + x**2)**2)"))
3/8

Reference: Chyzak and Nielsen, arXiv:1905.10965.
"""

from __future__ import annotations

from dataclasses import replace
from math import factorial
from typing import Any

import sympy
from sympy import Expr, S, Symbol, log

from klsym.canonical import log_of, power_of, product_of, sum_of
from klsym.integrals import arctangent, even_change
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.positive_part import positive_mean
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import quadratic

HIGHEST_POWER = 6
GAP = sympy.Dummy("gap", real=True)
WIDTH2 = sympy.Dummy("d2", positive=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``-log((x - m)**2 + g**2)`` on the real line."""
    inside = arctangent.recognise(integrand) if integrand.on_line else None
    kernel = even_change.recognise(integrand) if inside is not None else None
    if inside is None or kernel is None:
        return None
    x, context = integrand.variate, integrand.context
    ((statistic, _),) = integrand.carrier.items()
    _, centre, spread = quadratic(statistic.args[0], x)

    def harmonic(other: Expr) -> Expr | None:
        if isinstance(other, sympy.Max):
            crossed: Expr | None = positive_mean(other, inside, recognise)
            return crossed
        logarithm = isinstance(other, log)
        above, below = (S.One, other.args[0]) if logarithm else sympy.fraction(other)
        base, power = below.as_base_exp()
        factor, middle, width = quadratic(base, x)
        if factor is None or context.sign(width**2) != 1:
            return None
        if logarithm:
            distance = sum_of(centre, product_of(-1, middle))
            squares = (power_of(each, S(2)) for each in (distance, sum_of(spread, width)))
            return sum_of(log_of(factor), log_of(sum_of(*squares)))
        if not power.is_Integer or power > HIGHEST_POWER or not above.is_polynomial(x):
            return None
        value = _quotient(above, (middle, width), int(power), (centre, spread), x)
        return None if value is None else value / factor**power

    return replace(kernel, rule=RULE.name, special=harmonic, between=inside.between)


def _quotient(
    above: Expr, pole: tuple[Any, Any], power: int, law: tuple[Any, Any], x: Symbol
) -> Any:
    """The mean of a polynomial over a power of ``(x - c)**2 + d**2``, or None if it has none."""
    (middle, width), (centre, spread) = pole, law
    base, exponent = above.as_base_exp()
    leading, root, height = quadratic(base, x)
    if root is not None:
        # A square of a difference is kept.
        above = (leading * ((x - GAP) ** 2 + height**2)) ** exponent
    else:
        above, root = above.xreplace({x: x + middle}), middle
    rest = sympy.Poly(above, x)
    if rest.degree() > 2 * power:
        return None
    square = sympy.Poly(x**2 + width**2, x)
    total = S.Zero
    for order in range(power, 0, -1):
        rest, digit = sympy.div(rest, square)
        slope, shift = digit.nth(1), digit.nth(0)
        distance, height = centre - middle, spread + sympy.sqrt(WIDTH2)
        value = (slope * distance + shift * height / sympy.sqrt(WIDTH2)) / (distance**2 + height**2)
        value = sympy.diff(value, WIDTH2, order - 1) * (-1) ** (order - 1) / factorial(order - 1)
        total += sympy.factor(value.xreplace({sympy.sqrt(WIDTH2): width, WIDTH2: width**2}))
    return sympy.factor(sympy.together(total + rest.nth(0))).xreplace({GAP: root - middle})


RULE = Rule("cauchy", "what is harmonic above the line has its value at m + i*g", recognise)
