"""Means under a density, from the integral its kernel is recognised by.

A density is recognised once; each mean E[T] then follows from that one integral: a statistic of
the kernel by differentiation, a polynomial in one from its mean and variance, a factor exp(h) by
multiplying the integrand with it.  A mean that does not converge is reported as divergent, one
that no rule reaches as None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, S

from klsym.canonical import (
    cancelled,
    contains,
    exp_of,
    multiplied_out,
    power_of,
    product_of,
    replaced,
    sum_of,
)
from klsym.integrals.collection import collected
from klsym.integrals.conditions import settle
from klsym.integrals.escape import escapes
from klsym.integrals.exponential_change import of_statistic
from klsym.integrals.kernel import Kernel
from klsym.integrals.kink import absolute_mean, kink_of
from klsym.integrals.pieces import breaks, on_side, split_at
from klsym.integrals.positive_part import positive_mean
from klsym.integrals.recognition import kernels, recognise
from klsym.integrals.statistics import Statistics, expand, separate
from klsym.integrals.tilting import neat, tilt_of
from klsym.integrals.vanishing import may_vanish

HIGHEST_POWER = 12
"""Polynomials of higher degree are left to other rules."""

CASES = (sympy.Abs, sympy.Min, sympy.Max, sympy.Piecewise)
"""What is written differently on the two sides of a point."""

CENTRE = sympy.Dummy("mean", real=True)


@dataclass(frozen=True)
class Moment:
    """The value of a mean, the rule that gave it and the conditions under which it converges.

    ``diverges`` is the condition that fails on the whole domain, if one does; the value is then
    meaningless.
    """

    value: Any
    rule: str
    conditions: tuple[Any, ...] = ()
    diverges: str | None = None


def mean(statistic: Expr, kernel: Kernel) -> Moment | None:
    """The mean of a function of the variate, or None if no rule reaches it."""
    x = kernel.integrand.variate
    if not contains(statistic, x):
        return Moment(statistic, kernel.rule)
    if statistic in kernel.statistics:
        return Moment(kernel.mean(statistic), kernel.rule)
    if kernel.special is not None:
        value = kernel.special(statistic)
        if value is not None:
            return Moment(value, kernel.rule)
    if kernel.parts:
        return (
            _of_sum(separate(statistic, x), kernel)
            or _over_parts(statistic, kernel)
            or _of_sum(expand({statistic: S.One}, x), kernel, statistic)
            or _over_pieces(statistic, kernel)
            or _escaping(statistic, kernel)
        )
    return (
        _of_known(statistic, kernel)
        or _shifted_power(statistic, kernel)
        or _of_sum(separate(statistic, x), kernel)
        or _split_at_kink(statistic, kernel)
        or _positive_part(statistic, kernel)
        or _tilted(statistic, kernel)
        or _of_sum(expand({statistic: S.One}, x), kernel, statistic)
        or _over_pieces(statistic, kernel)
        or _over_exponential(statistic, kernel)
        or _escaping(statistic, kernel)
    )


def _of_known(statistic: Expr, kernel: Kernel) -> Moment | None:
    """A quotient such as (x - c)**2/x that is a sum of the kernel's own statistics."""
    if not statistic.is_Mul or not kernel.statistics:
        return None
    terms = expand({statistic: S.One}, kernel.integrand.variate)
    if len(terms) < 2 or not all(t == 1 or t in kernel.statistics for t in terms):
        return None
    return _of_sum(terms, kernel)


def _shifted_power(statistic: Expr, kernel: Kernel) -> Moment | None:
    """E[(T - c)**n] from the cumulants of T; the square keeps the square of a difference."""
    base, exponent = statistic.as_base_exp()
    if not exponent.is_Integer or not 2 <= exponent <= HIGHEST_POWER:
        return None
    terms = expand({base: S.One}, kernel.integrand.variate) if base.is_Add else {base: S.One}
    shift = terms.pop(S.One, S.Zero)
    known = next(iter(terms), None) if len(terms) == 1 else None
    if known not in kernel.statistics:
        return None
    return Moment(_moment(known, terms[known], shift, int(exponent), kernel), kernel.rule)


def _moment(known: Expr, slope: Expr, shift: Expr, order: int, kernel: Kernel) -> Any:
    """m_n = sum of binomial(n - 1, k) * kappa_(n - k) * m_k over k < n, with m_0 = 1."""
    cumulants = [
        product_of(power_of(slope, n), kernel.cumulant(known, n)) for n in range(1, order + 1)
    ]
    centre, cumulants[0] = sum_of(cumulants[0], shift), CENTRE
    moments: list[Any] = [S.One]
    for n in range(1, order + 1):
        binomials = (sympy.Integer(math.comb(n - 1, k)) for k in range(n))
        parts = (product_of(c, cumulants[n - k - 1], moments[k]) for k, c in enumerate(binomials))
        moments.append(sum_of(*parts))
    return replaced(multiplied_out(moments[order]), {CENTRE: centre})


def _of_sum(statistics: Statistics, kernel: Kernel, whole: Expr | None = None) -> Moment | None:
    """Linearity, when the statistic is a sum; ``whole`` is what must not come back unchanged."""
    if len(statistics) == 1 and (whole is None or whole in statistics):
        ((part, coefficient),) = statistics.items()
        if coefficient == 1 or whole is not None:
            return None
    parts = []
    conditions: list[Any] = []
    diverging: list[Any] = []
    for part, coefficient in statistics.items():
        moment = mean(part, kernel)
        if moment is None:
            return None
        if moment.diverges:
            diverging.append((product_of(coefficient, part), moment.diverges))
        parts.append(product_of(coefficient, moment.value))
        conditions += [c for c in moment.conditions if c not in conditions]
    inside = kernel.integrand.context
    if len(diverging) > 1 and not all(inside.nonnegative(part) for part, _ in diverging):
        return None  # What diverges twice may cancel.
    failing = diverging[0][1] if diverging else None
    return Moment(sum_of(*parts), kernel.rule, tuple(conditions), failing)


def _split_at_kink(statistic: Expr, kernel: Kernel) -> Moment | None:
    """E|T - t| from the integrals up to t."""
    x = kernel.integrand.variate
    kink = kink_of(statistic, x, kernel.integrand.context)
    if kink is None or kernel.between is None:
        return None
    first = mean(kink.statistic, kernel)
    if first is None or first.diverges is not None:
        return first
    tilt = tilt_of(kink.statistic, x, kernel.integrand.context)
    tilted = recognise(kernel.integrand.times_exp(tilt.exponent)) if tilt else None
    value = absolute_mean(kink, first.value, kernel, tilted)
    return None if value is None else Moment(value, kernel.rule, first.conditions)


def _over_parts(statistic: Expr, kernel: Kernel) -> Moment | None:
    """The mean over the variates that the kernel was reduced to, weighted by their masses."""
    masses = [part.mass for part in kernel.parts]
    total, found, rule = S.Zero, [], kernel.rule
    for part, mass in zip(kernel.parts, masses, strict=True):
        carried = part.carry(statistic)
        moments = []
        for each in carried or ():
            moment = mean(each, part.kernel)
            if moment is None and (moment := _by_another(each, part.kernel)) is not None:
                rule = moment.rule
            if moment is None:
                return None
            moments.append(moment)
        if not moments:
            return None
        found += moments
        weight = S.One if len(masses) == 1 else cancelled(mass / kernel.normaliser)
        total += weight * found[-len(moments)].value
    diverges = next((m.diverges for m in found if m.diverges is not None), None)
    conditions = tuple(dict.fromkeys(c for m in found for c in m.conditions))
    if diverges and any(kernel.integrand.context.sign(mass) == -1 for mass in masses):
        return None  # What is subtracted may diverge alike.
    if len(masses) > 1 and diverges is None:
        total = collected(total, kernel.integrand.context)
    return Moment(total, rule, conditions, diverges)


def _by_another(statistic: Expr, kernel: Kernel) -> Moment | None:
    """The mean by another master integral that knows the same integrand; cases are split first."""
    if statistic.has(*CASES):
        return None
    others = (k for k in kernels(kernel.integrand) if k.rule != kernel.rule)
    return next((m for k in others if (m := mean(statistic, k)) is not None), None)


def _positive_part(statistic: Expr, kernel: Kernel) -> Moment | None:
    """E[max(0, g)], and E|g| = 2*E[max(0, g)] - E[g], where g changes sign once."""
    if isinstance(statistic, sympy.Abs):
        inside = statistic.args[0]
        half = _positive_part(sympy.Max(0, inside), kernel)
        half = half or _positive_part(sympy.Max(0, -inside), kernel)
        total = mean(inside, kernel) if half else None
        if half is None or total is None:
            return None
        value = 2 * half.value - total.value
        return Moment(value, half.rule, total.conditions, total.diverges)
    value = positive_mean(statistic, kernel, recognise)
    return None if value is None else Moment(value, "positive-part")


def _tilted(statistic: Expr, kernel: Kernel) -> Moment | None:
    """E[g*exp(h)] = E[exp(h)] * E'[g], where E' is the mean with the integrand times exp(h)."""
    x = kernel.integrand.variate
    for powers in (True, False):
        tilt = tilt_of(statistic, x, kernel.integrand.context, powers=powers, signed=True)
        if tilt is not None:
            exponent = expand(tilt.exponent, x)
            constant = tilt.constant * exp_of(exponent.pop(S.One, S.Zero))
            tilted = recognise(kernel.integrand.times_exp(exponent))
            if tilted is not None and tilted.rule != "finite-sum":
                break
    else:
        failing = _beyond(statistic, kernel)
        return None if failing is None else Moment(S.NaN, kernel.rule, diverges=failing)
    inner = mean(tilt.rest, tilted) if tilt.rest.has(x) else Moment(tilt.rest, tilted.rule)
    if inner is None:
        return None
    conditions = (*tilted.conditions, *inner.conditions)
    if tilt.series:
        sized = recognise(kernel.integrand.times_exp(tilt.sizes(exponent)))
        within = mean(tilt.rest, sized) if sized is not None else None
        if sized is None or within is None:
            return None
        conditions = (*sized.conditions, *within.conditions)
    conditions, failing = settle(conditions, kernel.integrand.context)
    if (conditions or failing) and may_vanish(tilt.rest, tilted.integrand):
        return None
    quotient = product_of(constant, kernel.quotient(tilted))
    value = product_of(neat(quotient, kernel.integrand.context), inner.value)
    diverges = inner.diverges if failing is None else failing
    return Moment(value, tilted.rule, conditions, diverges)


def _beyond(statistic: Expr, kernel: Kernel) -> Any:
    """The condition that fails at the end of the way from p to p*exp(h), by p*exp(t*h), if any.

    The integral along the way is known for small t; where it stops to converge before t = 1, the
    mean of exp(h) is infinite.
    """
    way = sympy.Dummy("way", positive=True)
    x, context = kernel.integrand.variate, kernel.integrand.context
    tilt = tilt_of(statistic, x, context)
    if tilt is None or tilt.rest != 1:
        return None
    exponent = expand({way * t: c for t, c in tilt.exponent.items()}, x)
    exponent.pop(way, None)
    tilted = recognise(kernel.integrand.times_exp({t: c for t, c in exponent.items() if t.has(x)}))
    if tilted is None:
        return None
    conditions = tuple(c.subs(way, 1) for c in tilted.conditions)
    return settle(conditions, context)[1]


def _escaping(statistic: Expr, kernel: Kernel) -> Moment | None:
    """The mean of exp(h) where p*exp(h) grows beyond every bound."""
    tilt = tilt_of(statistic, kernel.integrand.variate, kernel.integrand.context)
    if tilt is None or tilt.rest != 1 or not escapes(kernel.integrand.times_exp(tilt.exponent)):
        return None
    return Moment(S.NaN, kernel.rule, diverges="convergence")


def _over_pieces(statistic: Expr, kernel: Kernel) -> Moment | None:
    """The mean of what is written by cases, over the pieces between its own kinks."""
    if not statistic.has(*CASES):
        return None
    inside = on_side(statistic, kernel.integrand.variate, kernel.integrand.context)
    if len(inside.atoms(*CASES)) < len(statistic.atoms(*CASES)):
        return mean(inside, kernel)
    for point in breaks([statistic], kernel.integrand.variate):
        pieces = split_at(point, kernel.integrand)
        found = None if pieces is None else _over_parts(statistic, pieces)
        if found is not None:
            return found
    return None


def _over_exponential(statistic: Expr, kernel: Kernel) -> Moment | None:
    """The mean of a log of exponentials, over an exponential as the variate."""
    moved = of_statistic(statistic, kernel.integrand)
    return None if moved is None else _over_parts(statistic, moved)
