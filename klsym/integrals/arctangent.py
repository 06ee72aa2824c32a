"""Arctangent: a Cauchy density between two points.

integral of 1/((x - m)**2 + g**2) over (l, u) = (arctan((u - m)/g) - arctan((l - m)/g))/g

>>> from klsym import derive
>>> print(derive("KL(Truncated(Cauchy(0, 1), -1, 1) || Cauchy(0, 1))"))
log(2)

Reference: Gradshteyn and Ryzhik, Table of Integrals, Series, and Products, 2.103.
"""

from __future__ import annotations

import sympy
from sympy import Expr, log

from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel, truncated
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import quadratic


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``-log((x - m)**2 + g**2)`` on any interval."""
    x, carrier = integrand.variate, integrand.carrier
    if integrand.discrete or len(carrier) != 1:
        return None
    ((statistic, coefficient),) = carrier.items()
    if coefficient != -1 or not isinstance(statistic, log):
        return None
    factor, centre, width = quadratic(statistic.args[0], x)
    if factor is None or integrand.context.sign(width**2) != 1:
        return None

    def between(other: Expr, low: Expr, high: Expr) -> Expr | None:
        if other != 1:
            return None
        ends = [
            sympy.atan(sympy.cancel((end - centre) / width))
            if end.is_finite is not False
            else sympy.sign(end) * sympy.pi / 2
            for end in (low, high)
        ]
        return (ends[1] - ends[0]) / (factor * width)

    return truncated(RULE.name, integrand, between)


RULE = Rule("arctangent", "the arctangent at the ends", recognise, rank=3)
