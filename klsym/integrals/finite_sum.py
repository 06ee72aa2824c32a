"""Finite sum: a distribution on a few integers, written out.

E[T(x)] = sum of p(x)*T(x) over x = a, a + 1, ..., b

>>> from klsym import derive
>>> print(derive("E(Bernoulli(c), x**2)"))
c

Reference: the definition of the mean.
"""

from __future__ import annotations

import sympy
from sympy import Expr, Symbol, log

from klsym.canonical import exp_of, replaced, sum_of
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

MOST_TERMS = 20
TOTAL = Symbol("z", positive=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of anything on at most twenty integers."""
    lower, upper, x = integrand.lower, integrand.upper, integrand.variate
    if not integrand.discrete or not (lower.is_Integer and upper.is_Integer):
        return None
    if upper - lower >= MOST_TERMS:
        return None
    exponent = sum_of(*(c * t for t, c in integrand.carrier.items()))
    values = range(int(lower), int(upper) + 1)
    exponents = {v: replaced(exponent, {x: sympy.Integer(v)}) for v in values}
    # The log of a probability of zero has no value, and its outcome no weight.
    weights = {v: exp_of(e) for v, e in exponents.items() if not e.has(sympy.zoo)}
    constant = exp_of(integrand.constant)

    def mean(statistic: Expr) -> Expr | None:
        return sum_of(
            *(constant * w * replaced(statistic, {x: sympy.Integer(v)}) for v, w in weights.items())
        )

    return Kernel(
        RULE.name,
        integrand,
        log(TOTAL),
        {TOTAL: sum_of(*weights.values())},
        special=mean,
    )


RULE = Rule("finite-sum", "the sum written out", recognise)
