"""Beta-prime-type integral: a power of x over a power of 1 + k*x**c, over the half-line.

integral of x**(s - 1) * (1 + k*x**c)**(-m) over (0, oo)
    = k**(-s/c) * gamma(s/c) * gamma(m - s/c) / (c * gamma(m)),  for 0 < s/c < m, k > 0

by the substitution u = 1/(1 + k*x**c).  The means of log(x) and log(1 + k*x**c) follow by
differentiation, that of x**h by s -> s + h.  With another factor, r = j/k,

E[log(1 + j*x**c)] = r*log(r)/(r - 1) for s/c = 1, m = 2; 2*log(1 + sqrt(r)) for s/c = 1/2, m = 1

and for s/c = 1 and any natural m by partial fractions.

>>> from klsym import derive
>>> print(derive("E(BetaPrime(a, b), log(1 + x))"))
digamma(a + b) - digamma(b)

Reference: Gradshteyn and Ryzhik, Table of Integrals, Series, and Products, 3.241.4 and 4.295.7.
"""

from __future__ import annotations

import sympy
from sympy import Expr, Integer, S, Symbol, log, loggamma

from klsym.canonical import (
    cancelled,
    log_of,
    multiplied_out,
    odd_of,
    parts_of,
    power_of,
    product_of,
    sum_of,
)
from klsym.integrals.collection import joined_powers
from klsym.integrals.conditions import less, positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import two_terms

SHAPE, DECAY, POWER, FIRST, SECOND = (
    Symbol(name, positive=True) for name in ("s", "m", "c", "a", "b")
)
LOG_NORMALISER = (
    -DECAY * log(FIRST)
    - SHAPE / POWER * (log(SECOND) - log(FIRST))
    + loggamma(SHAPE / POWER)
    + loggamma(DECAY - SHAPE / POWER)
    - loggamma(DECAY)
    - log(POWER)
)
HIGHEST_DECAY = 20
"""Partial fractions are taken for natural m up to this one."""


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``(s - 1) log(x) - m log(a + b x**c)`` on the positive half-line."""
    x, carrier, context = integrand.variate, integrand.carrier, integrand.context
    if integrand.discrete or integrand.lower != 0 or integrand.upper is not S.Infinity:
        return None
    sums = integrand.beside_power
    if len(sums) != 1 or not isinstance(sums[0], log):
        return None
    first, second, monomial = two_terms(sums[0].args[0], x)
    if first is None or isinstance(monomial, sympy.exp):
        return None
    power = monomial.as_base_exp()[1]
    if context.sign(power) != 1 or context.sign(second / first) != 1:
        return None
    shape, decay = integrand.shape, multiplied_out(product_of(-1, carrier[sums[0]]))
    order = product_of(shape, power_of(power, S.NegativeOne))

    def other_factor(statistic: Expr) -> Expr | None:
        if not isinstance(statistic, log):
            return None
        constant, slope, other = two_terms(multiplied_out(statistic.args[0]), x)
        if other != monomial:
            return None
        above, below = product_of(slope, first), product_of(constant, second)
        ratio = cancelled(product_of(above, power_of(below, S.NegativeOne)))
        if ratio == 1:
            shift = product_of(S.NegativeOne, log_of(first))
            return sum_of(kernel.mean(sums[0]), log_of(constant), shift)
        if context.sign(ratio) != 1:
            return None
        if (order, decay) == (S.Half, 1):
            root = sympy.sqrt(constant) + sympy.sqrt(slope * first / second)
            return 2 * log(root)
        if order == 1 and decay.is_Integer and 2 <= decay <= HIGHEST_DECAY:
            return sum_of(log_of(constant), partial_fractions(ratio, int(decay)))
        return None

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        scaled = [
            end if end in (0, S.Infinity) else end**power * second / first for end in (low, high)
        ]
        if statistic == 1:
            share = _between(order, decay, *scaled)
            return first ** (order - decay) * second ** (-order) / power * share
        if statistic != integrand.log or (order, decay) != (1, 2):
            return None
        above, below = (_log_below(end, second / first, power) for end in (high, low))
        return (above - below) / (first * second * power)

    kernel = Kernel(
        RULE.name,
        integrand,
        LOG_NORMALISER,
        {SHAPE: shape, DECAY: decay, POWER: power, FIRST: first, SECOND: second},
        {integrand.log: (SHAPE, 1), sums[0]: (DECAY, -1)},
        (positive(shape), less(order, decay)),
        other_factor,
        between,
    )
    return kernel


def _between(order: Expr, decay: Expr, low: Expr, high: Expr) -> Expr:
    """The integral of ``u**(order - 1)*(1 + u)**(-decay)`` between two points."""
    if order == 1:
        ends = [S.Zero if end is S.Infinity else (1 + end) ** (1 - decay) for end in (low, high)]
        return (ends[0] - ends[1]) / (decay - 1)
    if (order, decay) == (S.Half, 1):
        return 2 * (sympy.atan(sympy.sqrt(high)) - sympy.atan(sympy.sqrt(low)))
    shares = [S.One if end is S.Infinity else end / (1 + end) for end in (low, high)]
    return sympy.betainc(order, decay - order, *shares)


def _log_below(end: Expr, factor: Expr, power: Expr) -> Expr:
    """The integral of log(x) over (0, end) under u = factor*x**power with density 1/(1 + u)**2."""
    if end == 0:
        return S.Zero
    if end is S.Infinity:
        return -log(factor) / power
    u = factor * end**power
    return log(end) * u / (1 + u) - log(1 + u) / power


def partial_fractions(ratio: Expr, decay: int) -> Expr:
    """The mean of ``log(1 + ratio*u)`` under the density ``(decay - 1)*(1 + u)**(-decay)``."""
    if decay == 2 and any(not p.exp.is_number for p in parts_of(ratio, sympy.Pow, sympy.exp)):
        half = product_of(S.Half, log_of(joined_powers(sympy.powsimp(ratio))))
        return product_of(half, sum_of(S.One, odd_of(sympy.coth, half)))
    beyond = power_of(sum_of(ratio, S.NegativeOne), S.NegativeOne)
    value = product_of(ratio, log_of(ratio), beyond)
    for k in range(1, decay - 1):
        value = (ratio * value - ratio / Integer(k)) / (ratio - 1)
    return value


RULE = Rule("beta-prime-type", "beta integral over the half-line", recognise)
