"""Change of variable to the logarithm: x = exp(u).

integral of f(x) over (a, b) = integral of f(exp(u))*exp(u) over (log(a), log(b))

An integrand in log(x) on a part of the positive half-line becomes one in u: so the log-normal
reduces to the normal, and the log-uniform to the uniform.

>>> from klsym import derive
>>> print(derive("E(LogNormal(mu, sigma), x)"))
exp(mu + sigma**2/2)

Reference: the substitution rule.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Dummy, Expr, S, exp, log

from klsym.canonical import contains, replaced, sum_of
from klsym.integrals.change import changed
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import expand

U = Dummy("u", real=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel over u = log(x), with its statistics read back as functions of x."""
    x = integrand.variate
    if not integrand.on_positive or integrand.by_cases or RULE.name in integrand.changes:
        return None
    if not all(contains(t, integrand.log) for t in integrand.carrier):
        return None

    def carry(statistic: Expr) -> tuple[Expr, ...]:
        return (replaced(replaced(statistic, {integrand.log: U}), {x: exp(U)}),)

    moved = {replaced(t, {integrand.log: U}): c for t, c in integrand.carrier.items()}
    if any(contains(t, x) for t in moved):
        return None
    statistics = expand(moved, U)
    statistics[U] = sum_of(statistics.get(U, S.Zero), S.One)
    inner = replace(
        integrand,
        variate=U,
        lower=log(integrand.lower) if integrand.lower != 0 else S.NegativeInfinity,
        upper=log(integrand.upper),
        statistics=statistics,
    )
    return changed(RULE, integrand, inner, carry)


RULE = Rule("logarithmic-change", "change of variable x = exp(u)", recognise, rank=1)
