"""Normalisation: a density typed as an expression must integrate to 1.

The mass is found by the same master integral that gives the means, or else enclosed by certified
quadrature at one point; a density of another mass is refused, with the mass stated.

>>> from klsym import KlsymError, derive
>>> try:
...     derive("H(p)", let=["p(x) = a*exp(-b*x) on (0, oo)"])
... except KlsymError as error:
...     print(error.message)
p(x) integrates to a/b, and a density has mass 1

Reference: the definition of a density.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product

from sympy import S

from klsym.density import Density, Joint
from klsym.domain import Context
from klsym.equality.decide import decide
from klsym.equality.prove import prove
from klsym.errors import KlsymError
from klsym.integrals.chain import margin
from klsym.integrals.collection import collected
from klsym.integrals.conditions import settle
from klsym.integrals.recognition import kernel_of, mass
from klsym.integrals.rule import Rule
from klsym.integrals.support import places
from klsym.numerics.balls import Unsupported, compile_balls, exact
from klsym.numerics.enclose import decimal, enclose_mass
from klsym.verdict import Proof, Verdict

RULE = Rule("normalisation", "a density has mass 1")

DIGITS = 12
POINTS_OF_SIGN = 3
UNBOUNDED = "fall off fast enough"
"""What the quadrature says of an integrand whose tail it cannot bound."""
_NARROWER = "say which values its parameters take, such as --let 'c unit' or --assume 'a < b'"
_CHECKED = "check its expression and its support"


def require_unit_mass(density: Density, context: Context) -> None:
    """Raise KlsymError if a typed density is negative somewhere or its mass is not 1."""
    _require_positive(density, context)
    total = mass(density, context)
    if total is not None:
        kernel = kernel_of(density, context)
        diverges = (
            kernel is not None
            and settle(kernel.conditions, kernel.integrand.context)[1] is not None
        )
        if diverges or total.has(S.Infinity, S.NaN, S.ComplexInfinity):
            raise _wrong_mass(density, "oo")
        if isinstance(prove(total, S.One, context), Proof):
            return
        if decide(total, S.One, context).verdict is Verdict.REFUTED:
            raise _wrong_mass(density, str(collected(total)))
        return
    for point in islice(context.points(), 1):
        try:
            ball = enclose_mass(density, point, DIGITS)
        except Unsupported as unsupported:
            if UNBOUNDED not in unsupported.reason:
                return
            letter = f"{density.name}({density.variate})"
            message = f"{letter} does not fall off fast enough to have mass 1"
            if not density.expression.has(density.variate):
                message = f"{letter} does not depend on {density.variate}, and has no finite mass"
            raise KlsymError("mass", message, help="check its exponent and its support") from None
        if not ball.contains(1):
            where = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
            raise _wrong_mass(density, decimal(ball, DIGITS) + (f" at {where}" if where else ""))


def require_unit_joint_mass(joint: Joint, context: Context) -> None:
    """Raise KlsymError if a typed joint density is negative somewhere or its mass is not 1.

    The mass is that of a margin; where no margin is known, no closed form depends on it.
    """
    for point in islice(context.points(), POINTS_OF_SIGN):
        sides = (list(islice(places(support, point), 5)) for support in joint.supports)
        for pair in product(*sides):
            shown = {**dict(zip(joint.variates, pair, strict=True)), **point}
            value = compile_balls(joint.expression, tuple(shown)).evaluate_real(
                [exact(number) for number in shown.values()]
            )
            if value is not None and value < 0:
                where = ", ".join(f"{symbol} = {number}" for symbol, number in shown.items())
                message = f"{joint.name} is negative at {where}"
                help_ = _NARROWER if point else _CHECKED
                raise KlsymError("negative-density", message, help=help_)
    for kept in (0, 1):
        alone = margin(joint, kept, context)
        if alone is not None:
            require_unit_mass(replace(alone, name=joint.name), context)
            return


def _wrong_mass(density: Density, total: str) -> KlsymError:
    verb = "sums" if density.support.discrete else "integrates"
    return KlsymError(
        "mass",
        f"{density.name}({density.variate}) {verb} to {total}, and a density has mass 1",
        help=f"divide it by {total}" if total != "oo" else "check its exponent and its support",
    )


def _require_positive(density: Density, context: Context) -> None:
    symbols = (density.variate, *context.symbols)
    function = compile_balls(density.expression, symbols)
    for point in islice(context.points(), POINTS_OF_SIGN):
        for place in places(density.support, point):
            value = function.evaluate_real([exact(place), *(exact(point[s]) for s in symbols[1:])])
            if value is not None and value < 0:
                shown = {density.variate: place, **point}
                where = ", ".join(f"{symbol} = {number}" for symbol, number in shown.items())
                message = f"{density.name}({density.variate}) is negative at {where}"
                help_ = _NARROWER if point else _CHECKED
                raise KlsymError("negative-density", message, help=help_)
