"""Cauchy integral: the logarithm of a quadratic under a Cauchy density.

E[log((x - c)**2 + d**2)] = log((m - c)**2 + (g + d)**2)

under the density g/(pi*((x - m)**2 + g**2)): the logarithm is harmonic above the line, so its
mean is its value at m + i*g.  No mean of x, or of a higher power, exists.

>>> from klsym import derive
>>> print(derive("E(Cauchy(m, g), log(1 + x**2))"))
log(m**2 + (g + 1)**2)

Reference: Chyzak and Nielsen, arXiv:1905.10965.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, log

from klsym.integrals import even_change
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Integrand, quadratic


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``-log((x - m)**2 + g**2)`` on the real line."""
    x, carrier = integrand.variate, integrand.carrier
    if not integrand.on_line or len(carrier) != 1:
        return None
    ((statistic, coefficient),) = carrier.items()
    if coefficient != -1 or not isinstance(statistic, log):
        return None
    _, centre, spread = quadratic(statistic.args[0], x)
    kernel = even_change.recognise(integrand) if centre is not None else None
    if kernel is None:
        return None

    def harmonic(other: Expr) -> Expr | None:
        if not isinstance(other, log):
            return None
        factor, middle, width = quadratic(other.args[0], x)
        if factor is None or integrand.context.sign(width**2) != 1:
            return None
        return log(factor) + log((centre - middle) ** 2 + (spread + width) ** 2)

    return replace(kernel, rule=RULE.name, special=harmonic)


RULE = Rule("cauchy", "the logarithm is harmonic", recognise)
