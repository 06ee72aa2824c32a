"""Normalisation: a density typed as an expression must integrate to 1.

The mass is found by the same master integral that gives the means, or else enclosed by certified
quadrature at one point; a density of another mass is refused, with the mass stated.

>>> from klsym import derive
>>> derive("H(p)", let=["p(x) = a*exp(-b*x) on (0, oo)"])
Traceback (most recent call last):
klsym.errors.KlsymError: error[mass]: p(x) integrates to a/b, and a density has mass 1
help: divide it by a/b

Reference: the definition of a density.
"""

from __future__ import annotations

from itertools import islice

from sympy import S

from klsym.density import Density
from klsym.domain import Context
from klsym.equality.decide import decide
from klsym.equality.prove import prove
from klsym.errors import KlsymError
from klsym.integrals.collection import collected
from klsym.integrals.moments import mass
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import within_support
from klsym.numerics.balls import Unsupported, compile_balls, exact
from klsym.numerics.enclose import decimal, enclose_mass
from klsym.verdict import Proof, Verdict

RULE = Rule("normalisation", "a density has mass 1")

DIGITS = 12
POINTS_OF_SIGN = 8


def require_unit_mass(density: Density, context: Context) -> None:
    """Raise KlsymError if a typed density is negative somewhere or its mass is not 1."""
    _require_positive(density, context)
    total = mass(density, context)
    if total is not None:
        if isinstance(prove(total, S.One, context), Proof):
            return
        if decide(total, S.One, context).verdict is Verdict.REFUTED:
            raise _wrong_mass(density, str(collected(total)))
        return
    for point in islice(context.points(), 1):
        try:
            ball = enclose_mass(density, point, DIGITS)
        except Unsupported:
            return
        if not ball.contains(1):
            where = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
            raise _wrong_mass(density, decimal(ball, DIGITS) + (f" at {where}" if where else ""))


def _wrong_mass(density: Density, total: str) -> KlsymError:
    verb = "sums" if density.support.discrete else "integrates"
    return KlsymError(
        "mass",
        f"{density.name}({density.variate}) {verb} to {total}, and a density has mass 1",
        help=f"divide it by {total}",
    )


def _require_positive(density: Density, context: Context) -> None:
    inside = within_support(density, context)
    if density.variate.name not in inside.domains:
        return
    function = compile_balls(density.expression, inside.symbols)
    for point in islice(inside.points(), POINTS_OF_SIGN):
        value = function.evaluate_real([exact(point[s]) for s in inside.symbols])
        if value is not None and value < 0:
            where = ", ".join(f"{symbol} = {number}" for symbol, number in point.items())
            raise KlsymError(
                "negative-density", f"{density.name}({density.variate}) is negative at {where}"
            )
