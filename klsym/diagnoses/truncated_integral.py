"""Truncated integral: a printed number is the value on a part of the line only.

A number computed on a grid from -10 to 10, as scipy.stats.entropy does for two arrays, is that of
the two densities cut to the range of the grid and normalised there; where a tail reaches beyond,
it is not the divergence.  The number on each of a few round ranges is enclosed with certainty, and
the range is named if it gives the printed digits.

>>> from klsym import check
>>> mixture = "1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2)"
>>> result = check(f"KL({mixture} || Normal(0, 3.268))", "0.31247")
>>> result.diagnoses[0].name
'truncated-integral'

Seen in: a post on forward and reverse KL, whose numbers come from a grid of 2000 points.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy
from flint import arb

from klsym.density import Density, Support
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.errors import KlsymError
from klsym.expectation import DivergenceValue
from klsym.meaning import read_formula
from klsym.numerics.balls import Unsupported, compile_balls, exact, precision
from klsym.numerics.enclose import enclose_expectation, enclose_mass

HALF_WIDTHS = (10, 5, 20, 100, 4, 6, 8, 3, 15, 30, 50, 7, 9, 12, 25, 2, 1, 1000)
"""The ranges tried, from minus to plus so much; for a half-line from zero."""
DIGITS = 12
NODES = 400
"""Nodes of the first, rough look at a range."""


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The statement cut to each range on which it has the digits printed."""
    tolerance = _tolerance(claim)
    value = _statement(claim)
    if tolerance is None or not isinstance(value, DivergenceValue) or value.name != "KL":
        return
    p, q = (law.density for law in value.laws)
    if value.free_symbols or p.support.discrete or p.support.upper.is_finite:
        return
    integrand = sympy.log(p.expression / q.at(p.variate))
    printed = exact(claim.value)
    for width in HALF_WIDTHS:
        lower = -width if p.support.lower.is_infinite else p.support.lower
        support = Support(sympy.Integer(lower), sympy.Integer(width))
        rough = _rough(p, q, integrand, support)
        if rough is None or abs(rough - float(claim.value)) > 20 * float(tolerance):
            continue
        try:
            ball = _cut(p, q, integrand, support)
        except Unsupported:
            continue
        if abs(ball - arb(printed)) <= arb(exact(tolerance)):
            ends = f"[{support.lower}, {support.upper}]"
            told = f"the printed number is that of the integral over {ends}, "
            told += "with both densities normalised there"
            yield Amendment(told, text=f"{claim.statement} cut to {ends}")
            return


def _tolerance(claim: Claim) -> Any:
    """Half a unit of the last digit printed, where the formula is a decimal alone."""
    whole, _, decimals = claim.formula.strip().rstrip(".,").partition(".")
    if not decimals.isdigit() or not whole.lstrip("-").isdigit() or not claim.value.is_Rational:
        return None
    return sympy.Rational(1, 2) / 10 ** len(decimals)


def _statement(claim: Claim) -> Any:
    try:
        return read_formula(claim.statement, claim.scope).readings[0].expr
    except KlsymError:
        return None


def _rough(p: Any, q: Any, integrand: Any, support: Support) -> float | None:
    """The value on a range by the trapezoidal rule, in doubles."""
    x = p.variate
    functions = [compile_balls(e, (x,)) for e in (p.expression, q.at(x), integrand)]
    step = (support.upper - support.lower) / sympy.Integer(NODES)
    sums = [0.0, 0.0, 0.0]
    with precision(64):
        for k in range(NODES + 1):
            node = [exact(support.lower + k * step)]
            values = [function.evaluate_real(node) for function in functions]
            finite = [value for value in values if value is not None and value.is_finite()]
            if len(finite) < len(values):
                return None
            a, b, g = (float(value.mid()) for value in finite)
            weight = 0.5 if k in (0, NODES) else 1.0
            for i, term in enumerate((a, b, a * g)):
                sums[i] += weight * term * float(step)
    mass_p, mass_q, total = sums
    if mass_p <= 0 or mass_q <= 0:
        return None
    return total / mass_p + float(sympy.log(mass_q / mass_p))


def _cut(p: Any, q: Any, integrand: Any, support: Support) -> arb:
    """A ball around the value on a range, both densities normalised there."""
    cut_p, cut_q = (
        Density(p.variate, support, density.at(p.variate), density.label) for density in (p, q)
    )
    with precision(int(DIGITS * 3.33) + 60):
        total = enclose_expectation(cut_p, integrand, {}, arb(10) ** -DIGITS)
        mass_p, mass_q = (enclose_mass(cut, {}, DIGITS) for cut in (cut_p, cut_q))
        return total / mass_p + (mass_q / mass_p).log()


DIAGNOSIS = Slip("truncated-integral", "statement", 0, amendments, certified=True)
