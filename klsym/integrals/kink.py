"""Splitting at a kink: the mean of an absolute value from incomplete integrals.

E|T - t| = E[T] - t + 2*(t*F - M),  F = P(T < t),  M = E[T; T < t]

for T one of x, log(x), a power of x or an exponential, and t among its values; below all of them
the mean is E[T] - t, above all of them t - E[T].

>>> from klsym import derive
>>> print(derive("E(Exponential(a), abs(x - c))", let=["c positive"]))
c + (2*exp(-a*c) - 1)/a

Reference: additivity of the integral.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, S, Symbol

from klsym.canonical import exp_of, log_of, power_of, product_of, sum_of
from klsym.domain import Context
from klsym.integrals.kernel import Kernel, reduced
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine, expand
from klsym.integrals.terms import distributed

RULE = Rule("kink", "split at the kink")


@dataclass(frozen=True)
class Kink:
    """``|T - t|`` times a factor: T, t, the factor, and the point at which T is t.

    ``least`` is a number that T exceeds everywhere, if t may lie below it; ``falling`` says that
    T decreases.
    """

    statistic: Any
    value: Any
    factor: Any
    point: Any
    least: Any = None
    falling: bool = False


def kink_of(absolute: Expr, x: Symbol, context: Context) -> Kink | None:
    """The kink of an absolute value, or None if it is not of this kind."""
    if not isinstance(absolute, sympy.Abs):
        return None
    terms = expand({absolute.args[0]: S.One}, x)
    shift = terms.pop(S.One, S.Zero)
    if len(terms) != 1:
        return None
    ((statistic, slope),) = terms.items()
    value = -shift / slope
    if statistic == log_of(x):
        return Kink(statistic, value, sympy.Abs(slope), exp_of(value))
    if isinstance(statistic, sympy.exp):
        rate, shift = affine(statistic.exp, x)
        sign = None if rate is None else context.sign(rate)
        if sign not in (1, -1):
            return None
        least = None if context.sign(value) == 1 else S.Zero
        point = (log_of(value) - shift) / rate
        return Kink(statistic, value, sympy.Abs(slope), point, least, sign == -1)
    base, exponent = statistic.as_base_exp()
    if base != x or not (exponent == 1 or (exponent.is_positive and x.is_positive)):
        return None
    return Kink(statistic, value, sympy.Abs(slope), value ** (1 / exponent))


def absolute_mean(kink: Kink, mean: Expr, kernel: Kernel, tilted: Kernel | None) -> Any:
    """E|T - t|, where ``tilted`` is the kernel of the integrand times T, if there is one.

    None if the incomplete integrals are not known.
    """
    if kernel.between is None:
        return None
    integrand = kernel.integrand
    left, right = kink.factor * (mean - kink.value), kink.factor * (kink.value - mean)
    if kink.least is not None:
        if integrand.context.holds(kink.value <= kink.least) is True:
            return left
        if kink.falling:
            return None
    ends = [integrand.lower, kink.point]
    if kink.falling:
        ends = [kink.point, integrand.upper]
        left, right = right, left
    above = _ordered_ends(integrand.lower, kink.point, integrand.context)
    below = _ordered_ends(kink.point, integrand.upper, integrand.context)
    if above is False or below is False:
        return left if above is False else right
    share = kernel.between(S.One, *ends)
    partial = kernel.between(kink.statistic, *ends)
    if partial is None and tilted is not None and tilted.between is not None:
        partial = tilted.between(S.One, *ends)
    if share is None or partial is None:
        return None
    total = kernel.normaliser
    inverse = power_of(total, S.NegativeOne)
    share, partial = reduced(product_of(share, inverse)), reduced(product_of(partial, inverse))
    inside = (right if kink.falling else left) + 2 * kink.factor * distributed(
        kink.value * share - partial
    )
    cases = []
    if kink.least is not None and integrand.lower.is_infinite:
        cases.append((left, kink.value <= kink.least))
    cases += [(left, _ordered(kink.point, integrand.lower))] if above is None else []
    cases += [(right, _ordered(integrand.upper, kink.point))] if below is None else []
    return sympy.Piecewise(*cases, (inside, True)) if cases else inside


def _ordered(low: Expr, high: Expr) -> Any:
    """``low <= high``, of the arguments if both are logs or one is an exponential and one is 1."""
    if isinstance(low, sympy.log) and isinstance(high, sympy.log):
        return low.args[0] <= high.args[0]
    if isinstance(low, sympy.exp) and high == 1:
        factors = sympy.Mul.make_args(low.exp)
        return product_of(*(f for f in factors if not f.is_positive)) <= 0
    return low <= high


def _ordered_ends(low: Expr, high: Expr, context: Context) -> bool | None:
    """Whether ``low <= high``: True, False if the contrary is proved, else None."""
    if low is S.NegativeInfinity or high is S.Infinity:
        return True
    distance = sum_of(high, product_of(-1, low))
    if context.nonnegative(distance):
        return True
    return False if context.sign(distance) == -1 else None
