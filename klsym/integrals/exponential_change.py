"""Change of variable to an exponential: u = exp(t*x).

integral of f(x) over (a, b) = integral of f(log(u)/t)/(|t|*u) over (exp(t*a), exp(t*b))

with the ends exchanged if t < 0.  So the logistic reduces to a beta-prime-type integral, the
Gumbel to a gamma-type one, and the Gompertz to an incomplete one.  The exponential may also occur
in the log that is averaged alone.

>>> from klsym import derive
>>> print(derive("E(Gumbel(m, s), x)"))
m + EulerGamma*s
>>> print(derive("KL(Exponential(1) || Logistic(0, 1))"))
4*log(2) - 2

Reference: the substitution rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sympy
from sympy import Expr, S, Symbol, exp, log

from klsym.canonical import (
    contains,
    exp_of,
    factored,
    log_of,
    multiplied_out,
    parts_of,
    power_of,
    product_of,
    replaced,
    sum_of,
)
from klsym.integrals.change import changed
from klsym.integrals.integrand import Integrand, between_ends
from klsym.integrals.kernel import Kernel
from klsym.integrals.logarithm import expand_log
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine, expand

U = sympy.Dummy("u", positive=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel over u = exp(t*x), for the exponential that occurs in the integrand."""
    x = integrand.variate
    if integrand.discrete or integrand.by_cases or RULE.name in integrand.changes:
        return None
    rates = _rates(integrand.carrier, x)
    if not rates or any(contains(rate, x) for rate in rates):
        return None
    slowest = min(rates, key=sympy.default_sort_key) if len(rates) > 1 else rates[0]
    return over_exponential(integrand, slowest)


def _rates(statistics: Iterable[Expr], x: Symbol) -> list[Any]:
    """The derivatives of the exponents in statistics, each once."""
    rates: dict[Any, None] = {}
    for statistic in statistics:
        for node in parts_of(statistic, exp):
            if contains(node, x):
                rate, _ = affine(node.exp, x)
                rates[sympy.diff(node.exp, x) if rate is None else rate] = None
    return list(rates)


def of_statistic(statistic: Expr, integrand: Integrand) -> Kernel | None:
    """The kernel over u = exp(t*x) for an exponential that occurs in a statistic alone."""
    x = integrand.variate
    rates = _rates(parts_of(statistic, log), x)
    if integrand.discrete or RULE.name in integrand.changes:
        return None
    if any(contains(rate, x) for rate in rates):
        return None
    slowest = min(rates, key=lambda rate: (sympy.count_ops(rate), str(rate)), default=None)
    numbers = [abs(rate) for rate in rates if rate.is_Rational]
    if rates and len(numbers) == len(rates):
        step = sympy.gcd_list(numbers) if len(numbers) > 1 else numbers[0]
        slowest = -step if integrand.upper is S.Infinity else step
    return None if slowest is None else over_exponential(integrand, slowest)


def over_exponential(integrand: Integrand, rate: Expr) -> Kernel | None:
    """The kernel over u = exp(rate*x)."""
    x = integrand.variate
    sign = integrand.context.sign(rate)
    if not sign:
        return None

    def carry(statistic: Expr) -> tuple[Expr, ...]:
        return (_in_exponential(statistic, x, rate),)

    moved = {carry(t)[0]: c for t, c in integrand.carrier.items()}
    statistics = expand(moved, U)
    logarithm = log_of(U)
    statistics[logarithm] = sum_of(statistics.get(logarithm, S.Zero), S.NegativeOne)
    width = product_of(S.NegativeOne, log_of(product_of(sign, rate)))
    statistics[S.One] = sum_of(statistics.get(S.One, S.Zero), width)
    ends = [_exp_at(end, rate, sign) for end in (integrand.lower, integrand.upper)]
    lower, upper = ends if sign == 1 else ends[::-1]
    inside = between_ends(U, lower, upper, integrand.context)
    inner = replace(
        integrand, variate=U, lower=lower, upper=upper, statistics=statistics, context=inside
    )

    def carry_factored(statistic: Expr) -> tuple[Expr, ...]:
        (moved,) = carry(statistic)
        logs = {part: expand_log(factored(part.args[0]), inside) for part in parts_of(moved, log)}
        return (replaced(moved, logs),)

    return changed(RULE, integrand, inner, carry_factored)


def _in_exponential(statistic: Expr, x: Symbol, rate: Expr) -> Expr:
    """A statistic with ``log(u)/rate`` for x; each exponential becomes a power of u."""
    place = product_of(log_of(U), power_of(rate, S.NegativeOne))
    powers = {
        node: exp_of(multiplied_out(replaced(node.exp, {x: place})))
        for node in parts_of(statistic, exp)
    }
    return replaced(replaced(statistic, powers), {x: place})


def _exp_at(end: Expr, rate: Expr, sign: int) -> Any:
    """``exp(rate*x)`` at an end."""
    if end.is_infinite:
        return S.Infinity if (end is S.Infinity) == (sign == 1) else S.Zero
    return exp(rate * end)


RULE = Rule("exponential-change", "change of variable u = exp(t*x)", recognise, rank=1)
