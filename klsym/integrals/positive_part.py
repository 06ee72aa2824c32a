"""Positive part: the mean of max(0, g(x)) and of |g(x)|, where g changes sign once.

E_p[max(0, 1 - C*exp(h(x)))] = F(c) - C*E_p[exp(h(x)); x < c]  for h increasing, h(c) = -log(C)

with F the distribution function of p, and the part above c for h decreasing; a crossing beyond an
end of the support counts as that end.  The second term is an integral up to c of the tilted
density.  If it integrates to 1 as p does, as q does in p*(1 - q/p), both cases are
|F_p(c) - F_q(c)|.  On a few integers the sum is written out instead.

>>> from klsym import derive
>>> print(derive("TotalVariation(Exponential(2), Exponential(1))"))
1/4

Reference: Tsybakov, Introduction to Nonparametric Estimation (2009), section 2.4.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, S, Symbol, log

from klsym.canonical import cancelled, exp_of, factored, replaced, sum_of
from klsym.domain import Context
from klsym.integrals import two_crossings
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.logarithm import joined_log
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import expand
from klsym.integrals.tilting import Tilt, as_powers, joined_exponentials, tilt_of

RULE = Rule("positive-part", "split where the densities cross")


def one_less(statistic: Expr, x: Symbol, context: Context) -> tuple[Any, Tilt] | None:
    """The factor a and the tilt of ``max(0, a*(1 - C*exp(h)))``, or None of anything else."""
    if not isinstance(statistic, sympy.Max) or S.Zero not in statistic.args:
        return None
    rest = [a for a in statistic.args if a != 0]
    if len(rest) != 1:
        return None
    constant, varying = rest[0].as_independent(x, as_Add=True)
    if context.sign(constant) != 1 or varying.is_Add:
        return None
    coefficient, factor = varying.as_independent(x, as_Add=False)
    tilt = tilt_of(factor, x, context)
    if tilt is None or tilt.rest.has(x):
        return None
    exponent = expand(tilt.exponent, x)
    scale = (
        -coefficient
        / constant
        * tilt.constant
        * tilt.rest
        * as_powers(exp_of(exponent.pop(S.One, S.Zero)))
    )
    if context.sign(scale) == -1:
        return None
    return constant, Tilt(scale, exponent, S.One)


def crossing(tilt: Tilt, x: Symbol, context: Context) -> tuple[Any, Any] | None:
    """Where C*exp(h) is 1 and the slope of h there, if h is one statistic x or log(x)."""
    if len(tilt.exponent) != 1:
        return None
    ((statistic, slope),) = tilt.exponent.items()
    base, power = statistic.as_base_exp()
    level = -joined_log(tilt.constant, context) / slope
    if statistic == log(x):
        return exp_of(level), slope
    if base == x and (power == 1 or x.is_positive):
        return cancelled(level) ** (1 / power), slope * sympy.sign(power)
    return None


def positive_mean(statistic: Expr, kernel: Kernel, recognise: Any) -> Any:
    """The mean of ``max(0, 1 - C*exp(h))`` in closed form, or None."""
    integrand, context = kernel.integrand, kernel.integrand.context
    x = integrand.variate
    found = one_less(statistic, x, context)
    if found is None or integrand.discrete or kernel.between is None:
        return None
    constant, tilt = found
    tilted = recognise(integrand.times_exp(tilt.exponent))
    if tilted is None or tilted.between is None:
        return None
    place = crossing(tilt, x, context)
    if place is None:
        value = two_crossings.positive_mean(tilt, kernel, tilted)
        return None if value is None else constant * value
    centre, slope = place
    total = as_powers(tilt.constant * kernel.quotient(tilted))
    same_mass = sympy.simplify(total - 1) == 0
    if not same_mass:
        if not centre.is_extended_real:
            return None
        centre = _clamped(centre, integrand)
    below = kernel.between(S.One, integrand.lower, centre)
    below_tilted = tilted.between(S.One, integrand.lower, centre)
    if below is None or below_tilted is None:
        return None
    share = below / kernel.normaliser
    other = tilt.constant * below_tilted / kernel.normaliser
    if same_mass:
        return constant * _absolute(_canonical(share) - _canonical(other))
    sign = context.sign(slope)
    if sign is None:
        return None
    return constant * (share - other if sign == 1 else 1 - share - total + other)


def _clamped(centre: Any, integrand: Integrand) -> Any:
    """The crossing moved to the end of the support beyond which it lies, or may lie."""
    for end, choose in ((integrand.lower, sympy.Max), (integrand.upper, sympy.Min)):
        beyond = centre <= end if choose is sympy.Max else centre >= end
        holds = False if end.is_infinite else integrand.context.holds(beyond)
        if holds is not False:
            centre = end if holds else choose(end, centre)
    return centre


def _canonical(value: Expr) -> Any:
    """A value in which the same arguments look the same."""
    found = {e: sympy.erf(factored(sympy.together(e.args[0]))) for e in value.atoms(sympy.erf)}
    return joined_exponentials(sympy.expand_mul(as_powers(replaced(value, found))))


def _absolute(value: Expr) -> Any:
    """An absolute value, taken inside an error function, which is odd and increasing."""
    number, function = value.as_coeff_Mul()
    if isinstance(function, sympy.erf):
        return abs(number) * sympy.erf(sympy.Abs(factored(function.args[0])))
    return sympy.Abs(value)


def joined(expr: Expr, context: Context) -> Any:
    """Positive parts with their factors taken inside, and ``max(0, a) + max(0, -a)`` as ``|a|``."""
    found: dict[Any, Any] = {}
    rest = []
    for term in sympy.Add.make_args(expr):
        factor, part = term.as_independent(sympy.Max, as_Add=False)
        inside = [a for a in part.args if a != 0] if isinstance(part, sympy.Max) else []
        if len(inside) == 1 and S.Zero in part.args and context.sign(factor) == 1:
            value = sympy.expand(cancelled(factor * inside[0]))
            found[value] = found.get(value, 0) + 1
        else:
            rest.append(term)
    for value in list(found):
        while found.get(value, 0) and found.get(-value, 0) and value != 0:
            found[value] -= 1
            found[-value] -= 1
            rest.append(sympy.Abs(value))
    return sum_of(*rest, *(n * sympy.Max(0, value) for value, n in found.items()))
