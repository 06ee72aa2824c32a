"""Exponential series: the sum behind the Poisson distribution.

sum of z**x / x! over x = n, n + 1, ... = exp(z) - (1 + z + ... + z**(n - 1)/(n - 1)!),  z > 0

For n = 0 the mean and variance of x, both z, follow by differentiation in log(z).

and up to n it is exp(z)*uppergamma(n + 1, z)/n!, by repeated integration by parts.

>>> from klsym import derive
>>> print(derive("E(Poisson(a), x)"))
a

Reference: the power series of the exponential function.
"""

from __future__ import annotations

from functools import cache

import sympy
from sympy import Expr, S, Symbol, gamma, log, uppergamma

from klsym.canonical import exp_of, log_gamma_of, log_of, sum_of
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

T = Symbol("t", real=True)
M, N = (Symbol(name, integer=True) for name in ("m", "n"))
MOST_LEFT_OUT = 20


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``t x - log x!`` on the integers from n."""
    if not integrand.discrete:
        return None
    x, carrier, start = integrand.variate, integrand.carrier, integrand.lower
    if not 1 <= len(carrier) <= 2:
        return None
    factorial = log_gamma_of(x + 1)
    if carrier.get(factorial) is not S.NegativeOne or not carrier.keys() <= {factorial, x}:
        return None
    values = {T: carrier.get(x, S.Zero)}
    if integrand.upper != S.Infinity or not start.is_Integer:
        return _between(integrand, values)
    if not 0 <= start <= MOST_LEFT_OUT:
        return None
    return Kernel(RULE.name, integrand, log_normaliser(int(start)), values, {x: (T, 1)})


def _between(integrand: Integrand, values: dict[Symbol, Expr]) -> Kernel | None:
    """The kernel on the integers between two ends, by incomplete gamma functions."""
    lower, upper, context = integrand.lower, integrand.upper, integrand.context
    if lower != 0 and context.sign(lower) != 1:
        return None
    share = S.One if upper is S.Infinity else uppergamma(N + 1, exp_of(T)) / gamma(N + 1)
    share -= S.Zero if lower == 0 else uppergamma(M, exp_of(T)) / gamma(M)
    values = {**values, N: upper, M: lower}
    form = exp_of(T) + log(share)
    return Kernel(RULE.name, integrand, form, values, {integrand.variate: (T, 1)})


@cache
def log_normaliser(start: int) -> Expr:
    """The log of the sum from ``start`` on, over t = log(z)."""
    if start == 0:
        return exp_of(T)
    left_out = (exp_of(k * T) / sympy.factorial(k) for k in range(start))
    return log_of(sum_of(exp_of(exp_of(T)), *(-term for term in left_out)))


RULE = Rule("exponential-series", "exponential series", recognise)
