"""Splitting at a kink: the mean of an absolute value from incomplete integrals.

E|x - c| = E[x] - c + 2*(c*F(c) - M(c)),  F(c) = E[1; x < c],  M(c) = E[x; x < c]

for c inside the support; left of it the mean is E[x] - c, right of it c - E[x].

>>> from klsym import derive
>>> derive("E(Exponential(a), abs(x - c))", let=["c positive"]).closed_form
c - 1/a + 2*exp(-a*c)/a

Reference: additivity of the integral.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, S

from klsym.integrals.kernel import Kernel, reduced
from klsym.integrals.rule import Rule

RULE = Rule("kink", "split at the kink")


def absolute_mean(centre: Expr, mean: Expr, kernel: Kernel, tilted: Kernel) -> Any:
    """E|x - c|, where ``tilted`` is the kernel of the integrand times x.

    None if the kernel has no incomplete integral.
    """
    if kernel.incomplete is None or tilted.incomplete is None:
        return None
    integrand = kernel.integrand
    left, right = mean - centre, centre - mean
    above = _side(centre - integrand.lower, kernel)
    below = _side(integrand.upper - centre, kernel)
    if above is False or below is False:
        return left if above is False else right
    share = reduced(kernel.incomplete(centre) / kernel.normaliser)
    partial = reduced(tilted.incomplete(centre) / kernel.normaliser)
    inside = left + 2 * (centre * share - partial)
    cases = [(left, centre <= integrand.lower)] if above is None else []
    cases += [(right, centre >= integrand.upper)] if below is None else []
    return sympy.Piecewise(*cases, (inside, True)) if cases else inside


def _side(distance: Expr, kernel: Kernel) -> bool | None:
    """Whether a distance is positive: True, False if it is proved not to be, else None."""
    if distance is S.Infinity:
        return True
    return kernel.integrand.context.holds(distance > 0)
