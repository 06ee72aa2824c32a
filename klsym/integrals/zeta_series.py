"""Zeta series: a sum of powers of the positive integers.

sum of x**(-s) over x = 1, 2, 3, ... = zeta(s),  for s > 1

The mean of log(x), -zeta'(s)/zeta(s), follows by differentiation for a letter s (there is no
notation for zeta' at a number), that of x**k by s -> s - k.

>>> from klsym import derive
>>> print(derive("KL(Zeta(s) || Zeta(t))"))
log(zeta(t)/zeta(s)) + (s - t)*Derivative(zeta(s), s)/zeta(s)

Reference: Titchmarsh, The Theory of the Riemann Zeta-Function (1986), ch. 1.
"""

from __future__ import annotations

import sympy
from sympy import S, Symbol, log

from klsym.integrals.conditions import positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

P = Symbol("s", positive=True)
LOG_NORMALISER = log(sympy.zeta(P))


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``-s log(x)`` on the integers from 1."""
    carrier = integrand.carrier
    if not integrand.discrete or integrand.lower != 1 or integrand.upper != S.Infinity:
        return None
    if carrier.keys() != {integrand.log}:
        return None
    power = -carrier[integrand.log]
    statistics = {integrand.log: (P, -1)} if power.is_Symbol else {}
    return Kernel(
        RULE.name, integrand, LOG_NORMALISER, {P: power}, statistics, (positive(power - 1),)
    )


RULE = Rule("zeta-series", "zeta series", recognise)
