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

import math
from typing import Any

import sympy
from sympy import Expr, S, Symbol, expint, log, loggamma, lowergamma, uppergamma

from klsym.canonical import applied, exp_of, gamma_of, log_of, power_of, product_of, sum_of
from klsym.integrals.conditions import positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel, truncated
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine

SHAPE, RATE, POWER = (Symbol(name, positive=True) for name in ("s", "b", "c"))
LOG_NORMALISER = loggamma(SHAPE / POWER) - SHAPE / POWER * log(RATE) - log(POWER)
HIGHEST_SHAPE = 20
"""Integer shapes up to this one are integrated by parts."""


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``(s - 1) log(x) - b x**c`` on the positive half-line or a part of it."""
    x, carrier, context = integrand.variate, integrand.carrier, integrand.context
    if not integrand.on_positive:
        return None
    if len(integrand.beside_power) != 1:
        return None
    (monomial,) = integrand.beside_power
    base, power = monomial.as_base_exp()
    if base != x:
        return None
    shape, rate = integrand.shape, product_of(-1, carrier[monomial])
    sign = None if power.has(x) else context.sign(power)
    if sign is None or context.sign(rate) == -1:
        return None
    order = product_of(shape, power_of(power, S.NegativeOne))

    def scaled(end: Expr) -> Expr:
        if end == 0 or end is S.Infinity:
            return end if sign == 1 else S.Infinity if end == 0 else S.Zero
        return product_of(rate, power_of(end, power))

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        ends = [scaled(end) for end in ((low, high) if sign == 1 else (high, low))]
        decay = power_of(rate, product_of(S.NegativeOne, order))
        scale = product_of(sign, decay, power_of(power, S.NegativeOne))
        if statistic == 1:
            return product_of(gamma_between(order, *ends), scale)
        if statistic != integrand.log or not order.is_Integer or not 1 <= order <= HIGHEST_SHAPE:
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
        {SHAPE: product_of(sign, shape), RATE: rate, POWER: product_of(sign, power)},
        {integrand.log: (SHAPE, sign), monomial: (RATE, -1)},
        (positive(rate), positive(product_of(sign, shape))),
        log_of_shift,
        between,
    )


def gamma_between(order: Expr, low: Expr, high: Expr) -> Expr:
    """The integral of ``u**(order - 1)*exp(-u)`` between two points of (0, oo)."""
    if low == 0:
        return gamma_of(order) if high is S.Infinity else _incomplete(lowergamma, order, high)
    above = _incomplete(uppergamma, order, low)
    if high is S.Infinity:
        return above
    return sum_of(above, product_of(S.NegativeOne, _incomplete(uppergamma, order, high)))


def _incomplete(function: Any, order: Expr, end: Expr) -> Any:
    """An incomplete gamma function; of formulas sympy would ask about branches."""
    if order.is_Integer and 1 <= order <= HIGHEST_SHAPE:
        whole = sympy.Integer(math.factorial(int(order) - 1))
        series = (
            product_of(power_of(end, sympy.Integer(k)), sympy.Rational(1, math.factorial(k)))
            for k in range(int(order))
        )
        above = product_of(exp_of(product_of(S.NegativeOne, end)), whole, sum_of(*series))
        return above if function is uppergamma else sum_of(whole, product_of(-1, above))
    if order.is_number or end.is_number:
        return function(order, end)
    return applied(function, order, end)


def log_gamma_above(order: int, low: Expr) -> Expr:
    """The integral of ``log(u)*u**(order - 1)*exp(-u)`` over (low, oo), by parts."""
    if low is S.Infinity:
        return S.Zero
    if low == 0:
        return sympy.gamma(order) * sympy.digamma(order)
    decay, logarithm = exp_of(product_of(S.NegativeOne, low)), log_of(low)
    value = sum_of(product_of(decay, logarithm), exponential_integral(low))
    for k in range(1, order):
        power = product_of(power_of(low, sympy.Integer(k)), logarithm, decay)
        value = sum_of(product_of(k, value), power, uppergamma(k, low))
    return value


def exponential_integral(place: Expr) -> Any:
    """E1; of a formula sympy would ask about its branches."""
    one = S.One
    return expint(one, place) if place.is_number else applied(expint, one, place)


def log_shift_mean(shape: int, rate: Expr, shift: Expr) -> Expr:
    """The mean of ``log(x + shift)``: log(shift) and the integral of P(X > x)/(x + shift)."""
    place = product_of(rate, shift)
    remainder = product_of(exp_of(place), exponential_integral(place))
    value = log(shift) + remainder
    for k in range(1, shape):
        remainder = sympy.factorial(k - 1) / rate**k - shift * remainder
        value += rate**k / sympy.factorial(k) * remainder
    return value


RULE = Rule("gamma-type", "gamma integral", recognise)
