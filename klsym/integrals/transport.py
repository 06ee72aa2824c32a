"""Transport: the increasing map that carries p to q, where it is affine, or so in the logarithm.

q(T(x))*T'(x) = p(x)  for  T(x) = m + s*x,  or for  T(x) = exp(m)*x**s  on x > 0

If such a map exists it is the one that matches the ends of the supports or, where these are not
finite, mean and variance, of x or of log(x): so it is computed, and the identity is checked.

>>> from klsym import derive
>>> print(derive("Wasserstein2Squared(Exponential(a), Exponential(b))"))
2*(1/b - 1/a)**2

Reference: Villani, Topics in Optimal Transportation (2003), section 2.2.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

import sympy
from sympy import Expr, log

from klsym.canonical import exp_of, factored, replaced
from klsym.density import Density
from klsym.domain import Context
from klsym.equality.prove import prove
from klsym.expectation import Transport
from klsym.integrals.conditions import settle
from klsym.integrals.integrand import within_support
from klsym.integrals.logarithm import expand_log
from klsym.integrals.moments import mean
from klsym.integrals.recognition import kernel_of
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import expand, separate
from klsym.integrals.support import places
from klsym.numerics.balls import Unsupported, compile_balls, exact
from klsym.verdict import Proof

PLACES = 4
"""So many numbers are asked whether a map carries p to q before it is proved."""
RULE = Rule("transport", "the increasing map from p to q")


def transport(head: Transport, context: Context) -> Expr | None:
    """The map in closed form, or None if it is neither affine nor affine in the logarithm."""
    p, q = (law.density for law in head.args[:2])
    if not isinstance(p, Density) or not isinstance(q, Density) or p.support.discrete:
        return None
    x = p.variate
    maps = [_matching(x, x, p, q, context)]
    if context.holds(p.support.lower >= 0) and context.holds(q.support.lower >= 0):
        maps.append(_matching(log(x), x, p, q, context))
    for found in maps:
        if found is not None and _carries(found, p, q, context):
            return replaced(found, {x: head.args[2]})
    return None


def _matching(statistic: Expr, x: Any, p: Density, q: Density, context: Context) -> Any:
    """The map that is affine in a statistic and matches its ends, or its mean and variance."""
    ends = [(density.support.lower, density.support.upper) for density in (p, q)]
    if all(end.is_finite for pair in ends for end in pair):
        (low, high), (start, end) = ends
        if statistic == x:
            return start + (x - low) * (end - start) / (high - low)
        if low != 0 and start != 0:
            return start * (x / low) ** (log(end / start) / log(high / low))
    ours, theirs = _moments(statistic, p, context), _moments(statistic, q, context)
    if ours is None or theirs is None:
        return None
    slope = _without_signs(sympy.sqrt(factored(theirs[1] / ours[1])), context)
    shift = sympy.expand(theirs[0] - slope * ours[0])
    if statistic == x:
        return theirs[0] + slope * (x - ours[0]) if shift != 0 else slope * x
    return exp_of(shift) * x**slope


def _without_signs(expr: Expr, context: Context) -> Any:
    """The expression without absolute values, where the sign inside is known."""
    signs = {a: context.sign(a.args[0]) for a in expr.atoms(sympy.Abs)}
    return replaced(expr, {a: sign * a.args[0] for a, sign in signs.items() if sign})


def _moments(statistic: Expr, density: Density, context: Context) -> tuple[Any, Any] | None:
    """Mean and variance of a statistic, where both are known to be finite."""
    kernel = kernel_of(density, context)
    if kernel is None:
        return None
    statistic = replaced(statistic, {_variate(statistic): density.variate})
    if statistic in kernel.statistics:
        return kernel.mean(statistic), kernel.variance(statistic)
    first, second = mean(statistic, kernel), mean(statistic**2, kernel)
    if first is None or second is None:
        return None
    conditions, failing = settle((*first.conditions, *second.conditions), kernel.integrand.context)
    if conditions or failing is not None or first.diverges or second.diverges:
        return None
    return first.value, factored(sympy.simplify(second.value - first.value**2))


def _variate(statistic: Expr) -> Any:
    (variate,) = statistic.free_symbols
    return variate


def _carries(found: Expr, p: Density, q: Density, context: Context) -> bool:
    """Whether q(T(x))*T'(x) is p(x) on the support of p, as a sum of statistics of log(x)."""
    x, inside = p.variate, within_support(p, context)
    carried = q.at(found) * sympy.diff(found, x)
    if _differ(carried, p, context):
        return False
    if isinstance(prove(carried, p.expression, inside), Proof):
        return True
    moved = expand_log(q.at(found), inside) + expand_log(sympy.diff(found, x), inside)
    difference = sympy.expand_log(sympy.expand(moved - expand_log(p.expression, inside)))
    rest = expand(separate(sympy.powsimp(difference), x), x)
    return all(sympy.simplify(coefficient) == 0 for coefficient in rest.values())


def _differ(moved: Expr, p: Density, context: Context) -> bool:
    """Whether a number shows that the density carried back is not p."""
    point = next(iter(context.points()), {})
    for place in islice(places(p.support, point), PLACES):
        shown = {**point, p.variate: place}
        try:
            gap = compile_balls(moved - p.expression, tuple(shown))
            value = gap.evaluate_real([exact(number) for number in shown.values()])
        except Unsupported:
            return False
        if value is not None and value.is_finite() and not value.contains(0):
            return True
    return False
