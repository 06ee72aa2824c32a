"""Tree series: the sum behind the Borel distribution.

sum of x**(x - 1) * exp(t*x) / x! over x = 1, 2, 3, ... = m,  m = -W(-exp(t)),  for t < -1

where W is Lambert's function, so that t = log(m) - m with 0 < m < 1.  The mean 1/(1 - m) and the
variance m/(1 - m)**3 of x follow by differentiation in t.

>>> from klsym import derive
>>> print(derive("KL(Borel(m) || Borel(n))"))
(n - m - m*log(n/m))/(1 - m)

Reference: Corless et al., On the Lambert W Function, Adv. Comput. Math. 5 (1996), section 2.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, log, loggamma

from klsym.canonical import exp_of
from klsym.integrals.conditions import less
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

M = Symbol("m", positive=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``(x - 1) log(x) - log x! + t x`` on the integers from 1."""
    x, carrier = integrand.variate, dict(integrand.carrier)
    if not integrand.discrete or integrand.lower != 1 or integrand.upper != S.Infinity:
        return None
    slope = carrier.pop(x, None)
    if slope is None or carrier != {x * log(x): 1, log(x): -1, loggamma(x + 1): -1}:
        return None
    value = _tree(slope, integrand)

    def mean(statistic: Expr) -> Expr | None:
        if statistic == x:
            return 1 / (1 - value)
        if statistic == x**2:
            return value / (1 - value) ** 3 + 1 / (1 - value) ** 2
        return None

    conditions = () if value.is_Symbol else (less(slope + 1, S.Zero),)
    return Kernel(RULE.name, integrand, log(M), {M: value}, conditions=conditions, special=mean)


def _tree(slope: Expr, integrand: Integrand) -> Expr:
    """The m between 0 and 1 with ``log(m) - m = t``."""
    for logarithm in slope.atoms(log):
        candidate = logarithm.args[0]
        inside = integrand.context.sign(candidate) == 1 == integrand.context.sign(1 - candidate)
        if inside and sympy.expand(slope - logarithm + candidate) == 0:
            return candidate
    return -sympy.LambertW(-exp_of(slope))


RULE = Rule("tree-series", "tree series", recognise)
