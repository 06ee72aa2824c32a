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

from dataclasses import replace

import sympy
from sympy import Expr, S, Symbol, exp, log

from klsym.canonical import replaced
from klsym.integrals.change import changed
from klsym.integrals.kernel import Kernel
from klsym.integrals.logarithm import expand_log
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Integrand, expand

U = sympy.Dummy("u", positive=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel over u = exp(t*x), for the exponential that occurs in the integrand."""
    x = integrand.variate
    if integrand.discrete or integrand.by_cases or RULE.name in integrand.changes:
        return None
    rates = {
        sympy.diff(node.exp, x)
        for statistic in integrand.carrier
        for node in statistic.atoms(exp)
        if node.has(x)
    }
    if not rates or any(rate.has(x) for rate in rates):
        return None
    return over_exponential(integrand, min(rates, key=sympy.default_sort_key))


def of_statistic(statistic: Expr, integrand: Integrand) -> Kernel | None:
    """The kernel over u = exp(t*x) for an exponential that occurs in a statistic alone."""
    x = integrand.variate
    logs = statistic.atoms(log)
    rates = {sympy.diff(n.exp, x) for part in logs for n in part.atoms(exp) if n.has(x)}
    if integrand.discrete or RULE.name in integrand.changes or any(rate.has(x) for rate in rates):
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
    statistics[log(U)] = statistics.get(log(U), S.Zero) - 1
    statistics[S.One] = statistics.get(S.One, S.Zero) - log(sign * rate)
    ends = [exp(rate * end) for end in (integrand.lower, integrand.upper)]
    lower, upper = ends if sign == 1 else ends[::-1]
    inside = integrand.context
    if lower != 0 or upper is not S.Infinity:
        inside = inside.assume(*(r for r in (lower < U, upper > U) if r not in (True, S.true)))
    inner = replace(
        integrand, variate=U, lower=lower, upper=upper, statistics=statistics, context=inside
    )

    def carry_factored(statistic: Expr) -> tuple[Expr, ...]:
        (moved,) = carry(statistic)
        logs = {part: expand_log(sympy.factor(part.args[0]), inside) for part in moved.atoms(log)}
        return (moved.xreplace(logs),)

    return changed(RULE, integrand, inner, carry_factored)


def _in_exponential(statistic: Expr, x: Symbol, rate: Expr) -> Expr:
    """A statistic with ``log(u)/rate`` for x; each exponential becomes a power of u."""
    powers = {
        node: exp(sympy.expand(replaced(node.exp, {x: log(U) / rate})))
        for node in statistic.atoms(exp)
    }
    return replaced(replaced(statistic, powers), {x: log(U) / rate})


RULE = Rule("exponential-change", "change of variable u = exp(t*x)", recognise, rank=1)
