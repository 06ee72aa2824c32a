"""Expansion: a natural power of a sum of powers or exponentials is integrated term by term.

integral of (a + b*x)**n * f(x) = sum of binomial(n, k)*a**(n - k)*b**k * integral of x**k * f(x)

where each term is a master integral of its own, so that the density is a mixture of theirs.  Terms
of both signs are taken apart only where the integral of each of them is certain to converge.

>>> from klsym import derive
>>> print(derive("E(Lindley(1), x**k)", let=["k positive"]))
gamma(k + 1)/2 + gamma(k + 2)/2

Reference: Lindley, Fiducial distributions and Bayes' theorem (1958), for the mixture of two gammas.
"""

from __future__ import annotations

from dataclasses import replace

import sympy
from sympy import Expr, S, log

from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel, Part
from klsym.integrals.logarithm import expand_log
from klsym.integrals.recognition import recognise as known
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import expand, separate

HIGHEST_POWER, MOST_TERMS = 8, 12


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernels of the terms of a power of a sum."""
    if integrand.discrete or integrand.by_cases or RULE.name in integrand.changes:
        return None
    for statistic, power in integrand.carrier.items():
        if not (isinstance(statistic, log) and power.is_Integer and 0 < power <= HIGHEST_POWER):
            continue
        terms = sympy.Add.make_args(sympy.expand(statistic.args[0] ** power))
        if not 2 <= len(terms) <= MOST_TERMS:
            continue
        parts: list[Part] = []
        for term in terms:
            part = _part(term, statistic, integrand)
            kernel = None if part is None else known(part)
            if kernel is None:
                break
            parts.append(Part(kernel, _same, integrand.context.sign(term) or 1))
        else:
            conditions = tuple(dict.fromkeys(c for p in parts for c in p.kernel.conditions))
            negative = any(part.weight != 1 for part in parts)
            if negative and any(integrand.context.holds(c) is not True for c in conditions):
                continue
            return Kernel(
                RULE.name, integrand, S.Zero, {}, conditions=conditions, parts=tuple(parts)
            )
    return None


def _part(term: Expr, statistic: Expr, integrand: Integrand) -> Integrand | None:
    """The integrand with the absolute value of one term for the power of the sum."""
    sign = integrand.context.sign(term)
    if sign not in (1, -1):
        return None
    rest = {t: c for t, c in integrand.carrier.items() if t != statistic}
    more = separate(expand_log(sign * term, integrand.context), integrand.variate)
    for each, coefficient in expand(more, integrand.variate).items():
        rest[each] = rest.get(each, S.Zero) + coefficient
    kept = {t: c for t, c in rest.items() if c != 0}
    return replace(integrand, statistics=kept, changes=(*integrand.changes, RULE.name))


def _same(statistic: Expr) -> tuple[Expr, ...]:
    return (statistic,)


RULE = Rule("expansion", "a power of a sum, term by term", recognise, rank=1)
