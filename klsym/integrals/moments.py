"""Means under a density, from the integral its kernel is recognised by.

A density is recognised once; each mean E[T] then follows from that one integral: a statistic of
the kernel by differentiation, a polynomial in one from its mean and variance, a factor exp(h) by
multiplying the integrand with it.  A mean that does not converge is reported as divergent, one
that no rule reaches as None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy
from sympy import Expr, S, Symbol

from klsym.density import Density
from klsym.domain import Context
from klsym.integrals.kernel import Kernel
from klsym.integrals.kink import absolute_mean
from klsym.integrals.logarithm import log_terms
from klsym.integrals.statistics import Integrand, Statistics, expand, kink, separate

HIGHEST_POWER = 12
"""Polynomials of higher degree are left to other rules."""


@dataclass(frozen=True)
class Moment:
    """The value of a mean, the rule that gave it and the conditions under which it converges.

    ``diverges`` is the condition that fails on the whole domain, if one does; the value is then
    meaningless.
    """

    value: Any
    rule: str
    conditions: tuple[Any, ...] = ()
    diverges: Any = None


@lru_cache(maxsize=1024)
def kernel_of(density: Density, context: Context) -> Kernel | None:
    """The kernel of a density, or None if no master integral knows it."""
    return recognise(Integrand.of(density, context))


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of an integrand, from the first master integral that knows it."""
    from klsym.integrals import master_integrals

    for rule in master_integrals():
        if rule.recognise is not None:
            kernel = rule.recognise(integrand)
            if kernel is not None:
                return kernel
    return None


def mass(density: Density, context: Context) -> Any:
    """The integral of a density over its support in closed form, or None."""
    kernel = kernel_of(density, context)
    if kernel is None:
        return None
    return sympy.exp(kernel.integrand.constant) * kernel.normaliser


def mean(statistic: Expr, kernel: Kernel) -> Moment | None:
    """The mean of a function of the variate, or None if no rule reaches it."""
    x = kernel.integrand.variate
    if not statistic.has(x):
        return Moment(statistic, kernel.rule)
    if statistic in kernel.statistics:
        return Moment(kernel.mean(statistic), kernel.rule)
    if kernel.special is not None:
        value = kernel.special(statistic)
        if value is not None:
            return Moment(value, kernel.rule)
    return (
        _shifted_power(statistic, kernel)
        or _of_sum(separate(statistic, x), kernel)
        or _split_at_kink(statistic, kernel)
        or _tilted(statistic, kernel)
        or _of_sum(expand({statistic: S.One}, x), kernel, statistic)
    )


def _shifted_power(statistic: Expr, kernel: Kernel) -> Moment | None:
    """E[(T - c)**n] from the cumulants of T; the square keeps the square of a difference."""
    base, exponent = statistic.as_base_exp()
    if not exponent.is_Integer or not 2 <= exponent <= HIGHEST_POWER:
        return None
    for known in kernel.statistics:
        shift = base - known
        if not shift.has(kernel.integrand.variate):
            return Moment(_moment(known, shift, int(exponent), kernel), kernel.rule)
    return None


def _moment(known: Expr, shift: Expr, order: int, kernel: Kernel) -> Any:
    """m_n = sum of binomial(n - 1, k) * kappa_(n - k) * m_k over k < n, with m_0 = 1."""
    cumulants = [kernel.cumulant(known, n) for n in range(1, order + 1)]
    cumulants[0] += shift
    moments: list[Any] = [S.One]
    for n in range(1, order + 1):
        parts = (math.comb(n - 1, k) * cumulants[n - k - 1] * moments[k] for k in range(n))
        moments.append(sympy.Add(*parts))
    return moments[order]


def _of_sum(statistics: Statistics, kernel: Kernel, whole: Expr | None = None) -> Moment | None:
    """Linearity, when the statistic is a sum; ``whole`` is what must not come back unchanged."""
    if len(statistics) == 1 and (whole is None or whole in statistics):
        ((part, coefficient),) = statistics.items()
        if coefficient == 1 or whole is not None:
            return None
    parts = []
    conditions: list[Any] = []
    diverging = None
    for part, coefficient in statistics.items():
        moment = mean(part, kernel)
        if moment is None:
            return None
        diverging = diverging or moment.diverges
        parts.append(coefficient * moment.value)
        conditions += [c for c in moment.conditions if c not in conditions]
    return Moment(sympy.Add(*parts), kernel.rule, tuple(conditions), diverging)


def _split_at_kink(statistic: Expr, kernel: Kernel) -> Moment | None:
    """E|x - c| from the integrals up to c."""
    x = kernel.integrand.variate
    centre = kink(statistic, x)
    if centre is None or kernel.incomplete is None:
        return None
    first = mean(x, kernel)
    exponential, _ = _exponential_factor(x, x, kernel.integrand.context)
    tilted = recognise(kernel.integrand.times_exp(exponential)) if exponential else None
    if first is None or tilted is None or first.diverges is not None:
        return None
    value = absolute_mean(centre, first.value, kernel, tilted)
    return None if value is None else Moment(value, kernel.rule, first.conditions)


def _tilted(statistic: Expr, kernel: Kernel) -> Moment | None:
    """E[g*exp(h)] = E[exp(h)] * E'[g], where E' is the mean with the integrand times exp(h)."""
    x = kernel.integrand.variate
    exponential, rest = _exponential_factor(statistic, x, kernel.integrand.context)
    if not exponential:
        return None
    tilted = recognise(kernel.integrand.times_exp(exponential))
    if tilted is None or tilted.rule == "finite-sum":
        return None
    inner = mean(rest, tilted) if rest.has(x) else Moment(rest, tilted.rule)
    if inner is None:
        return None
    conditions, failing = settle((*tilted.conditions, *inner.conditions), kernel)
    value = kernel.quotient(tilted) * inner.value
    return Moment(value, kernel.rule, conditions, failing or inner.diverges)


def _exponential_factor(statistic: Expr, x: Symbol, context: Context) -> tuple[Statistics, Expr]:
    """A product as ``exp(h)`` times the rest, where h is a sum of statistics."""
    exponents: list[Expr] = []
    rest: list[Expr] = []
    for factor in sympy.Mul.make_args(statistic):
        base, exponent = factor.as_base_exp()
        if not factor.has(x):
            rest.append(factor)
        elif isinstance(factor, sympy.exp):
            exponents.append(factor.exp)
        elif (base == x or not base.has(x) or base.is_positive) and not isinstance(
            factor, sympy.log
        ):
            exponents += [c * exponent * atom for c, atom in log_terms(base, context)]
        else:
            rest.append(factor)
    if not exponents or (x.is_positive is not True and any(e.has(sympy.log(x)) for e in exponents)):
        return {}, statistic
    return separate(sympy.Add(*exponents), x), sympy.Mul(*rest)


def settle(conditions: tuple[Any, ...], kernel: Kernel) -> tuple[tuple[Any, ...], Any]:
    """The conditions that are not known to hold, and one that is known to fail, if any."""
    open_conditions: list[Any] = []
    for condition in conditions:
        holds = _holds(condition, kernel.integrand.context)
        if holds is False:
            return (), condition
        if holds is None and condition not in open_conditions:
            open_conditions.append(condition)
    return tuple(open_conditions), None


def _holds(condition: Any, context: Context) -> bool | None:
    if condition in (True, sympy.true):
        return True
    if condition in (False, sympy.false):
        return False
    return context.holds(condition)
