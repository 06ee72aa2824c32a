"""Two kinks: the product of two two-sided exponentials about different centres.

integral of exp(-a*|x - m| - b*|x - n|) over R
    = 2*(a*exp(-b*d) - b*exp(-a*d))/(a**2 - b**2),  d = |m - n|,  for a + b > 0

by splitting at m and n.  At a = b the quotient has its limit, (1 + a*d)*exp(-a*d)/a.

>>> from klsym import derive
>>> print(derive("Bhattacharyya(Laplace(0, 1), Laplace(2, 1))"))
1 - log(2)

Reference: Gil, Alajaji and Linder, Renyi divergence measures for commonly used univariate
continuous distributions, Inf. Sci. 249 (2013).
"""

from __future__ import annotations

import sympy
from sympy import Symbol, log

from klsym.canonical import exp_of, factored
from klsym.integrals.conditions import positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import kink

TOTAL = Symbol("z", positive=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``-a |x - m| - b |x - n|`` on the real line."""
    x, carrier = integrand.variate, integrand.carrier
    if not integrand.on_line or len(carrier) != 2:
        return None
    centres = [c for c in (kink(statistic, x) for statistic in carrier) if c is not None]
    if len(centres) != 2:
        return None
    first, second = (-decay for decay in carrier.values())
    total, gap = factored(first + second), factored(first - second)
    if integrand.context.sign(total) == -1:
        return None
    distance = sympy.Abs(centres[0] - centres[1])
    if gap == 0:
        value = (1 + first * distance) * exp_of(-first * distance) / first
    else:
        heights = first * exp_of(-second * distance) - second * exp_of(-first * distance)
        value = 2 * heights / (total * gap)
    return Kernel(RULE.name, integrand, log(TOTAL), {TOTAL: value}, conditions=(positive(total),))


RULE = Rule("two-kinks", "two-sided exponentials about two points", recognise)
