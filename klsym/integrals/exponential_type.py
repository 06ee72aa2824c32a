"""Exponential integral over an interval that is not the whole half-line.

integral of exp(t*x) over (a, b) = (exp(t*b) - exp(t*a))/t,  for t != 0
integral of exp(t*x) over (a, oo) = exp(t*a)/(-t),  for t < 0

and over (-oo, b) likewise for t > 0.  The mean of x follows by differentiation in t, that of
log(x - c) by parts, with the exponential integral: on (0, b)

E[log(x)] = (log(b)*exp(t*b) - Ei(t*b) + log(|t|) + EulerGamma)/(exp(t*b) - 1)

>>> from klsym import derive
>>> print(derive("E(p, x)", let=["p(x) = a*exp(-a*(x - m)) on (m, oo)", "m real"]))
m + 1/a

Reference: the fundamental theorem of calculus.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, S, Symbol, exp, expint, log

from klsym.canonical import exp_of, log_of, power_of, product_of, sum_of
from klsym.integrals.conditions import less, positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine

T, A, B = (Symbol(name, real=True) for name in ("t", "a", "b"))
BOUNDED = log(exp(T * B) - exp(T * A)) - log(T)
RIGHT, LEFT = T * A - log(-T), T * B - log(T)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``t x`` on an interval."""
    x, carrier, lower, upper = (
        integrand.variate,
        integrand.carrier,
        integrand.lower,
        integrand.upper,
    )
    if integrand.discrete or carrier.keys() != {x}:
        return None
    slope = one_log(carrier[x])
    if (lower, upper) == (0, S.Infinity) or (lower.is_infinite and upper.is_infinite):
        return None

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        if isinstance(statistic, log):
            return log_integral(statistic, low, high)
        if statistic not in (1, x):
            return None
        inverse = power_of(slope, S.NegativeOne)
        value = []
        for end, sign in ((high, 1), (low, -1)):
            if end.is_infinite is not True:
                whole = statistic == 1
                factor = 1 if whole else sum_of(end, product_of(S.NegativeOne, inverse))
                value.append(product_of(sign, factor, exp_of(product_of(slope, end)), inverse))
        return sum_of(*value)

    def log_integral(statistic: Expr, low: Expr, high: Expr, base: Expr = S.Zero) -> Expr | None:
        """The integral with a log, times exp(-t*base)."""
        inner, shift = affine(statistic.args[0], x)
        if inner is None or slope == 0:
            return None
        places = [sympy.expand(inner * end + shift) for end in (high, low)]
        if not all(p is S.Infinity or integrand.context.nonnegative(p) for p in places):
            return None
        rate = slope / inner
        sign = integrand.context.sign(rate)
        factor = exp(sympy.expand(-rate * shift - slope * base))
        value = S.Zero
        for end, side, place in ((high, 1, places[0]), (low, -1, places[1])):
            if end.is_infinite:
                continue
            if place == 0:
                size = sympy.Abs(rate) if sign is None else sign * rate
                value -= side * factor * (log(size) + sympy.EulerGamma) / slope
                continue
            point = -expint(1, -rate * place) if sign == -1 else sympy.Ei(rate * place)
            value += side * (log(place) * exp(slope * (end - base)) - factor * point) / slope
        return value

    def log_mean(statistic: Expr) -> Expr | None:
        if not isinstance(statistic, log):
            return None
        base = lower if lower.is_finite else upper
        value = log_integral(statistic, lower, upper, base)
        if value is None:
            return None
        ends = [(end, side) for end, side in ((upper, 1), (lower, -1)) if end.is_finite]
        total = sum_of(*(side * exp(slope * (end - base)) for end, side in ends))
        return sum_of(
            *(term * slope / total for term in sympy.Add.make_args(sympy.expand_mul(value)))
        )

    form: Expr = BOUNDED
    conditions: tuple[Any, ...] = ()
    if upper is S.Infinity:
        form, conditions = RIGHT, (less(slope, S.Zero),)
    elif lower is S.NegativeInfinity:
        form, conditions = LEFT, (positive(slope),)
    values = {T: slope, A: lower, B: upper}
    return Kernel(RULE.name, integrand, form, values, {x: (T, 1)}, conditions, log_mean, between)


def one_log(slope: Expr) -> Expr:
    """A sum of logs as the log of a product: log(p) - log(1 - p) is log(p/(1 - p))."""
    inside = S.One
    for term in sympy.Add.make_args(slope):
        coefficient, rest = term.as_coeff_Mul()
        if not isinstance(rest, log):
            return slope
        inside = product_of(inside, power_of(rest.args[0], coefficient))
    return log_of(inside)


RULE = Rule("exponential-type", "integral of an exponential between the ends", recognise)
