"""Gamma-type integral: a power times the exponential of a power, over the positive half-line.

integral of x**(s - 1) * exp(-b*x**c) over (0, oo) = gamma(s/c) * b**(-s/c) / |c|,  s/c > 0, b > 0

by the substitution u = b*x**c; up to a point y it is the same with the incomplete gamma function
at b*y**c.  The mean of log(x) follows by differentiation in s, that of x**k by s -> s + k.

>>> from klsym import derive
>>> derive("E(Gamma(k, rate=b), x**2)").closed_form
k*(k + 1)/b**2

Reference: Gradshteyn and Ryzhik, Table of Integrals, Series, and Products, 3.478.1.
"""

from __future__ import annotations

from sympy import Expr, S, Symbol, log, loggamma, lowergamma, uppergamma

from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Integrand

SHAPE, RATE, POWER = (Symbol(name, positive=True) for name in ("s", "b", "c"))
LOG_NORMALISER = loggamma(SHAPE / POWER) - SHAPE / POWER * log(RATE) - log(POWER)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``(s - 1) log(x) - b x**c`` on the positive half-line."""
    x, carrier = integrand.variate, integrand.carrier
    if integrand.discrete or integrand.lower != 0 or integrand.upper != S.Infinity:
        return None
    powers = [t for t in carrier if t == x or (t.is_Pow and t.base == x)]
    if len(powers) != 1 or not carrier.keys() <= {log(x), powers[0]}:
        return None
    power = powers[0].as_base_exp()[1]
    sign = integrand.context.sign(power)
    if power.has(x) or sign is None:
        return None
    shape, rate = carrier.get(log(x), S.Zero) + 1, -carrier[powers[0]]
    if integrand.context.sign(rate) == -1:
        return None

    def incomplete(end: Expr) -> Expr:
        order = shape / power
        function = lowergamma if sign == 1 else uppergamma
        return function(order, rate * end**power) * rate ** (-order) / (sign * power)

    return Kernel(
        RULE.name,
        integrand,
        LOG_NORMALISER,
        {SHAPE: sign * shape, RATE: rate, POWER: sign * power},
        {log(x): (SHAPE, sign), powers[0]: (RATE, -1)},
        (rate > 0, sign * shape > 0),
        incomplete=incomplete,
    )


RULE = Rule("gamma-type", "gamma integral", recognise)
