"""Gamma-type integral: a power times the exponential of a power, over the positive half-line.

integral of x**(s - 1) * exp(-b*x**c) over (0, oo) = gamma(s/c) * b**(-s/c) / |c|,  s/c > 0, b > 0

by the substitution u = b*x**c; between two points it is the same with the incomplete gamma
function.  The mean of log(x) follows by differentiation in s, that of x**k by s -> s + k.  For
integer s and c = 1 that of log(x + m) follows by parts, with the exponential integral E1; so

E[log(x + m)] = log(m) + exp(b*m)*E1(b*m)  for  s = c = 1

>>> from klsym import derive
>>> print(derive("E(Gamma(k, rate=b), x**2)"))
(k**2 + k)/b**2

Reference: Gradshteyn and Ryzhik, Table of Integrals, Series, and Products, 3.478.1 and 4.337.1.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, expint, log, loggamma, lowergamma, uppergamma

from klsym.canonical import exp_of, product_of
from klsym.integrals.kernel import Kernel, positive, truncated
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Integrand, affine

SHAPE, RATE, POWER = (Symbol(name, positive=True) for name in ("s", "b", "c"))
LOG_NORMALISER = loggamma(SHAPE / POWER) - SHAPE / POWER * log(RATE) - log(POWER)
HIGHEST_SHAPE = 20
"""Integer shapes up to this one are integrated by parts."""


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``(s - 1) log(x) - b x**c`` on the positive half-line or a part of it."""
    x, carrier, context = integrand.variate, integrand.carrier, integrand.context
    if not integrand.on_positive:
        return None
    powers = [t for t in carrier if t == x or (t.is_Pow and t.base == x)]
    if len(powers) != 1 or not carrier.keys() <= {log(x), powers[0]}:
        return None
    power = powers[0].as_base_exp()[1]
    shape = sympy.expand(carrier.get(log(x), S.Zero) + 1)
    rate = -carrier[powers[0]]
    sign = None if power.has(x) else context.sign(power)
    if sign is None or context.sign(rate) == -1:
        return None
    order = shape / power

    def scaled(end: Expr) -> Expr:
        if end == 0 or end is S.Infinity:
            return end if sign == 1 else S.Infinity if end == 0 else S.Zero
        return rate * end**power

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        ends = [scaled(end) for end in ((low, high) if sign == 1 else (high, low))]
        scale = rate ** (-order) / (sign * power)
        if statistic == 1:
            return gamma_between(order, *ends) * scale
        if statistic != log(x) or not order.is_Integer or not 1 <= order <= HIGHEST_SHAPE:
            return None
        above, below = (log_gamma_above(int(order), end) for end in ends)
        return scale * (above - below - log(rate) * gamma_between(order, *ends)) / power

    def log_of_shift(statistic: Expr) -> Expr | None:
        slope, shift = affine(statistic.args[0], x) if isinstance(statistic, log) else (None, None)
        if slope is None or power != 1 or not shape.is_Integer or not 1 <= shape <= HIGHEST_SHAPE:
            return None
        if context.sign(slope) != 1 or context.sign(shift) != 1:
            return None
        return log_shift_mean(int(shape), rate, shift / slope) + log(slope)

    if integrand.lower != 0 or integrand.upper is not S.Infinity:
        far, near = (positive(rate),), (positive(product_of(sign, shape)),)
        infinite, zero = (far, near) if sign == 1 else (near, far)
        conditions = (*(infinite if integrand.upper is S.Infinity else ()),)
        conditions += zero if integrand.lower == 0 else ()
        return truncated(RULE.name, integrand, between, conditions)
    return Kernel(
        RULE.name,
        integrand,
        LOG_NORMALISER,
        {SHAPE: sign * shape, RATE: rate, POWER: sign * power},
        {log(x): (SHAPE, sign), powers[0]: (RATE, -1)},
        (positive(rate), positive(product_of(sign, shape))),
        log_of_shift,
        between,
    )


def gamma_between(order: Expr, low: Expr, high: Expr) -> Expr:
    """The integral of ``u**(order - 1)*exp(-u)`` between two points of (0, oo)."""
    if low == 0:
        return sympy.gamma(order) if high is S.Infinity else lowergamma(order, high)
    if high is S.Infinity:
        return uppergamma(order, low)
    return uppergamma(order, low) - uppergamma(order, high)


def log_gamma_above(order: int, low: Expr) -> Expr:
    """The integral of ``log(u)*u**(order - 1)*exp(-u)`` over (low, oo), by parts."""
    if low is S.Infinity:
        return S.Zero
    if low == 0:
        return sympy.gamma(order) * sympy.digamma(order)
    value = exp_of(-low) * log(low) + expint(1, low)
    for k in range(1, order):
        value = k * value + low**k * log(low) * exp_of(-low) + uppergamma(k, low)
    return value


def log_shift_mean(shape: int, rate: Expr, shift: Expr) -> Expr:
    """The mean of ``log(x + shift)``: log(shift) and the integral of P(X > x)/(x + shift)."""
    remainder = exp_of(rate * shift) * expint(1, rate * shift)
    value = log(shift) + remainder
    for k in range(1, shape):
        remainder = sympy.factorial(k - 1) / rate**k - shift * remainder
        value += rate**k / sympy.factorial(k) * remainder
    return value


RULE = Rule("gamma-type", "gamma integral", recognise)
