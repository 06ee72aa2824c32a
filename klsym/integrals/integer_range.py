"""Sum over consecutive integers of a constant or geometric weight.

sum of z**x over x = a, ..., b = (z**a - z**(b + 1))/(1 - z),  and b - a + 1 for z = 1

For other z the mean and variance of x follow by differentiation in log(z).  For z = 1 they are
(a + b)/2 and ((b - a + 1)**2 - 1)/12, and log(x) sums to log(b!/(a - 1)!) for a > 0.

>>> from klsym import derive
>>> print(derive("E(DiscreteUniform(a, b), x**2)"))
(2*a**2 + 2*a*b - a + 2*b**2 + b)/6

Reference: Graham, Knuth and Patashnik, Concrete Mathematics (1994), ch. 2.
"""

from __future__ import annotations

import sympy
from sympy import Expr, Symbol, log, loggamma

from klsym.canonical import exp_of, factored
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

TOTAL = Symbol("z", positive=True)
T = Symbol("t", real=True, nonzero=True)
A, B = (Symbol(name, integer=True) for name in ("a", "b"))
GEOMETRIC = log((exp_of(A * T) - exp_of((B + 1) * T)) / (1 - exp_of(T)))
HIGHEST = 8
"""Powers up to this one are summed by Faulhaber's formula."""


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``t x`` on the integers between two ends."""
    x, carrier = integrand.variate, integrand.carrier
    lower, upper = integrand.lower, integrand.upper
    if not integrand.discrete or not (lower.is_finite and upper.is_finite):
        return None
    if carrier.keys() - {x}:
        return None
    if carrier:
        values = {T: carrier[x], A: lower, B: upper}
        return Kernel(RULE.name, integrand, GEOMETRIC, values, {x: (T, 1)})
    count = upper - lower + 1

    def mean(statistic: Expr) -> Expr | None:
        base, power = statistic.as_base_exp()
        shift = base - x
        if power.is_Integer and 0 < power <= HIGHEST and not shift.has(x):
            return factored(_powers(int(power), lower + shift, upper + shift)) / count
        if statistic == log(x) and integrand.context.sign(lower) == 1:
            return (loggamma(upper + 1) - loggamma(lower)) / count
        return None

    return Kernel(RULE.name, integrand, log(TOTAL), {TOTAL: count}, special=mean)


def _powers(power: int, first: Expr, last: Expr) -> Expr:
    """The sum of ``x**power`` over consecutive values, by Bernoulli polynomials."""
    n = sympy.Integer(power + 1)
    total = sympy.bernoulli(n, last + 1) - sympy.bernoulli(n, first)
    return sympy.expand(total / n)


RULE = Rule("integer-range", "sum over consecutive integers", recognise)
