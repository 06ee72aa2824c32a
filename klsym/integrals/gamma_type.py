"""Gamma-type integral: a power times the exponential of a power, over the positive half-line.

integral of x**(s - 1) * exp(-b*x**c) over (0, oo) = gamma(s/c) * b**(-s/c) / |c|,  s/c > 0, b > 0

by the substitution u = b*x**c; between two points it is the same with the incomplete gamma
function.  The mean of log(x) follows by differentiation in s, that of x**k by s -> s + k, and for
an exponential density that of log(x + m) by parts, with the exponential integral E1:

E[log(x + m)] = log(m) + exp(b*m)*E1(b*m)  for  s = c = 1

>>> from klsym import derive
>>> derive("E(Gamma(k, rate=b), x**2)").closed_form
k*(k + 1)/b**2

Reference: Gradshteyn and Ryzhik, Table of Integrals, Series, and Products, 3.478.1 and 4.337.1.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, expint, log, loggamma, lowergamma, uppergamma

from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Integrand

SHAPE, RATE, POWER = (Symbol(name, positive=True) for name in ("s", "b", "c"))
LOG_NORMALISER = loggamma(SHAPE / POWER) - SHAPE / POWER * log(RATE) - log(POWER)
HIGHEST_SHAPE = 20


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``(s - 1) log(x) - b x**c`` on the positive half-line."""
    x, carrier = integrand.variate, integrand.carrier
    if integrand.discrete or integrand.lower != 0 or integrand.upper != S.Infinity:
        return None
    powers = [t for t in carrier if t == x or (t.is_Pow and t.base == x)]
    if len(powers) != 1 or not carrier.keys() <= {log(x), powers[0]}:
        return None
    power = powers[0].as_base_exp()[1]
    sign = integrand.context.sign(power)
    if power.has(x) or sign is None:
        return None
    shape, rate = carrier.get(log(x), S.Zero) + 1, -carrier[powers[0]]
    if integrand.context.sign(rate) == -1:
        return None
    order = shape / power

    def between(low: Expr, high: Expr) -> Expr:
        ends = (low, high) if sign == 1 else (high, low)
        return gamma_between(order, *(_scaled(end, rate, power) for end in ends)) * (
            rate ** (-order) / (sign * power)
        )

    def log_between(low: Expr, high: Expr) -> Expr | None:
        if not order.is_Integer or not 1 <= order <= HIGHEST_SHAPE or sign != 1:
            return None
        ends = [_scaled(end, rate, power) for end in (low, high)]
        above, below = (log_gamma_above(int(order), end) for end in ends)
        mass = gamma_between(order, *ends)
        scale = rate ** (-order) / power
        return scale * (above - below - log(rate) * mass) / power

    def log_of_shift(statistic: Expr) -> Expr | None:
        if order != 1 or power != 1 or not isinstance(statistic, log):
            return None
        shift, slope = sympy.expand(statistic.args[0]), sympy.diff(statistic.args[0], x)
        shift -= slope * x
        if slope.has(x) or shift.has(x) or slope == 0 or shift == 0:
            return None
        point = rate * shift / slope
        if integrand.context.sign(point) != 1:
            return None
        return log(shift) + sympy.exp(point) * expint(1, point)

    return Kernel(
        RULE.name,
        integrand,
        LOG_NORMALISER,
        {SHAPE: sign * shape, RATE: rate, POWER: sign * power},
        {log(x): (SHAPE, sign), powers[0]: (RATE, -1)},
        (rate > 0, sign * shape > 0),
        special=log_of_shift,
        between=between,
        log_between=log_between,
    )


def gamma_between(order: Expr, low: Expr, high: Expr) -> Expr:
    """The integral of ``u**(order - 1)*exp(-u)`` between two points of (0, oo)."""
    if low == 0:
        return lowergamma(order, high)
    if high is S.Infinity:
        return uppergamma(order, low)
    return uppergamma(order, low) - uppergamma(order, high)


def log_gamma_above(order: int, low: Expr) -> Expr:
    """The integral of ``log(u)*u**(order - 1)*exp(-u)`` over (low, oo), by parts."""
    if low is S.Infinity:
        return S.Zero
    if low == 0:
        return sympy.gamma(order) * sympy.digamma(order)
    value = sympy.exp(-low) * log(low) + expint(1, low)
    for k in range(1, order):
        value = k * value + low**k * log(low) * sympy.exp(-low) + uppergamma(k, low)
    return value


def _scaled(end: Expr, rate: Expr, power: Expr) -> Expr:
    """The end in ``u = rate*x**power``."""
    if end.is_zero or end is S.Infinity:
        return end if power.is_positive or not power.is_negative else S.Infinity - end
    return rate * end**power


RULE = Rule("gamma-type", "gamma integral", recognise)
