"""Every step confirmed by numbers: both sides of each equality enclosed at one exact point.

The enclosures come from the definitions by certified quadrature, so they trust none of the algebra
that made the step.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from klsym.derivation import Derivation, Step
from klsym.expectation import DensityAt, DivergenceValue
from klsym.meaning import expand_definition
from klsym.numerics.balls import Unsupported
from klsym.numerics.confirm import well_conditioned
from klsym.numerics.enclose import enclose

DIGITS = 12


def contradicted_step(derivation: Derivation) -> Step | None:
    """The first step whose two sides have disjoint enclosures, which would be a fault of klsym."""
    context = derivation.context.assume(*derivation.conditions)
    symbols: set[Any] = set()
    for step in derivation.steps:
        symbols |= step.after.free_symbols
    for point in islice(well_conditioned(context, symbols), 1):
        before = _value(derivation.statement, point)
        for step in derivation.steps:
            if step.rule == "support":
                # Until here an integrand may stand where its densities are zero.
                before = None
            after = _value(step.after, point)
            if before is not None and after is not None and not before.overlaps(after):
                return step
            before = after
    return None


def _value(expr: Any, point: dict[Any, Any]) -> Any:
    """The enclosure of a side, with its divergences and densities written out."""
    while values := expr.atoms(DivergenceValue):
        expr = expr.xreplace({value: expand_definition(value) for value in values})
    expr = expr.xreplace({letter: letter.value for letter in expr.atoms(DensityAt)})
    try:
        return enclose(expr, point, DIGITS)
    except Unsupported:
        return None
