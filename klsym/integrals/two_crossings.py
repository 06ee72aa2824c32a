"""Two crossings: the positive part of 1 - q/p where the densities cross at two points.

E_p[max(0, 1 - q(x)/p(x))] = |P(c < X < d) - Q(c < X < d)|

with P and Q the distributions of p and q on the line, and c and d the roots of the quadratic that
p = q comes to: where log(q/p) is a polynomial of degree two, or q/p a quotient of two quadratics.
If they cross once, at d, c is the lower end of the line.

>>> from klsym import derive
>>> print(derive("TotalVariation(Cauchy(0, 1), Cauchy(2, 1))"))
1/2

Reference: Tsybakov, Introduction to Nonparametric Estimation (2009), section 2.4.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import S, Symbol, log

from klsym.domain import Context
from klsym.equality.prove import prove
from klsym.integrals.kernel import Kernel
from klsym.integrals.logarithm import joined_log
from klsym.integrals.rule import Rule
from klsym.integrals.tilting import Tilt
from klsym.verdict import Proof

RULE = Rule("two-crossings", "split where the densities cross")

SPREAD = sympy.Dummy("spread", positive=True)

LEVEL = sympy.Dummy("level", real=True)

HIGHEST_POWER = 4
"""Of quotients of higher powers of quadratics no polynomial is made."""


def positive_mean(tilt: Tilt, kernel: Kernel, tilted: Kernel) -> Any:
    """The mean of ``1 - C*exp(h)`` where that is positive, or None."""
    integrand = kernel.integrand
    if not integrand.on_line or kernel.between is None or tilted.between is None:
        return None
    found = crossings(tilt, integrand.variate, integrand.context)
    if found is None:
        return None
    low, high, spread = found
    shares = []
    for law in (kernel, tilted):
        assert law.between is not None
        part, whole = (
            law.between(S.One, *ends) for ends in ((low, high), (-S.Infinity, S.Infinity))
        )
        if part is None or whole is None:
            return None
        shares.append((part / whole, whole))
    (first, whole), (second, other) = shares
    if not isinstance(prove(tilt.constant * other / whole, S.One, integrand.context), Proof):
        return None
    return sympy.Abs(first - second).xreplace({SPREAD: spread})


def crossings(tilt: Tilt, x: Symbol, context: Context) -> tuple[Any, Any, Any] | None:
    """Two points between which ``C*exp(h) - 1`` has one sign, and outside the other.

    They are written with `SPREAD` for the root of the discriminant, which comes third.
    """
    shift, level = joined_log(tilt.constant, context).as_independent(log, as_Add=True)
    polynomial = _equation(tilt, shift, x)
    if polynomial is None or polynomial.degree() not in (1, 2):
        return None
    if polynomial.degree() == 1:
        a, b = polynomial.all_coeffs()
        return -S.Infinity, sympy.factor(-b / a).xreplace({LEVEL: level}), S.Zero
    a, b, c = _cleared(polynomial.all_coeffs())
    # Densities of the same mass cross, so that the roots are real; their order does not matter.
    square = sympy.factor(b**2 / 4 - a * c).xreplace({LEVEL: level})
    return (-b / 2 - SPREAD) / a, (-b / 2 + SPREAD) / a, sympy.sqrt(square)


def _cleared(coefficients: list[Any]) -> list[Any]:
    """The coefficients of a polynomial times their common denominator."""
    below = sympy.fraction(sympy.together(sympy.Add(*coefficients)))[1]
    return [sympy.cancel(c * below) for c in coefficients]


def _equation(tilt: Tilt, shift: Any, x: Symbol) -> Any:
    """A polynomial whose roots are those of ``C*exp(h) - 1``, or None.

    `LEVEL` stands in it for the logs in log(C); ``shift`` is the rest.
    """
    if all(statistic.is_polynomial(x) for statistic in tilt.exponent):
        exponent = sympy.Add(*(c * t for t, c in tilt.exponent.items()))
        return sympy.Poly(exponent + shift + LEVEL, x)
    above, below = tilt.constant, S.One
    for statistic, power in tilt.exponent.items():
        if not isinstance(statistic, log) or not statistic.args[0].is_polynomial(x):
            return None
        if not power.is_Integer or abs(power) > HIGHEST_POWER:
            return None
        if power > 0:
            above *= statistic.args[0] ** power
        else:
            below *= statistic.args[0] ** -power
    return sympy.Poly(above - below, x)
