"""A derivation confirmed by numbers, along two paths that trust none of the algebra.

Both sides of each step are enclosed at one exact point by certified quadrature of the definitions,
and there mpmath's quadrature agrees with the closed form to many digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from sympy import Integer

from klsym.canonical import replaced
from klsym.derivation import Derivation, Step
from klsym.domain import Context
from klsym.equality.components import Instance, counts, instance, is_sum
from klsym.expectation import DensityAt, DivergenceValue, Expectation
from klsym.integrals.chain import is_joint
from klsym.integrals.product import by_components
from klsym.meaning import expand_definition
from klsym.numerics.balls import Unsupported
from klsym.numerics.confirm import confirm, well_conditioned
from klsym.numerics.enclose import enclose
from klsym.verdict import Confirmation

DIGITS = 12


class Contradiction(Exception):
    """Numbers contradict a derivation, which is a fault of klsym."""


def require_steps(derivation: Derivation) -> None:
    """Raises Contradiction if both sides of a step have disjoint enclosures."""
    if derivation.closed_form is None or derivation.infinite:
        return
    step = contradicted_step(derivation)
    if step is not None:
        raise Contradiction(f"numbers contradict the step {step.rule}, please report it")


def confirmation_of(derivation: Derivation, digits: int) -> Confirmation | None:
    """The closed form confirmed by quadrature of the definition; None where that fails."""
    closed = derivation.closed_form
    if closed is None or derivation.infinite or not derivation.steps:
        return None
    if any(map(is_joint, derivation.statement.atoms(DivergenceValue))):
        return None  # There is no quadrature over two variates.
    context = derivation.context.assume(*derivation.conditions)
    definition = derivation.definition
    if is_sum(definition, closed):
        components = two_components((definition, closed), context)
        if components is None:
            return None
        (definition, closed), context = components.values, components.context
    return confirm(definition, closed, context, digits)


def contradicted_step(derivation: Derivation) -> Step | None:
    """The first step whose two sides have disjoint enclosures, which would be a fault of klsym."""
    context = derivation.context.assume(*derivation.conditions)
    start, *ends = by_components(derivation.statement), *(s.after for s in derivation.steps)
    if is_sum(start, *ends):
        components = two_components((start, *ends), context)
        if components is None:
            return None
        start, *ends = components.values
        context = components.context
    symbols: set[Any] = set().union(*(end.free_symbols for end in ends))
    for point in islice(well_conditioned(context, symbols), 1):
        before = _value(start, point)
        for step, end in zip(derivation.steps, ends, strict=True):
            if step.rule == "support":
                # Until here an integrand may stand where its densities are zero.
                before = None
            after = _value(end, point)
            if before is not None and after is not None and not before.overlaps(after):
                return step
            before = after
    return None


def two_components(values: Sequence[Any], context: Context) -> Instance | None:
    """Expressions with their sums over components written out for two of them."""
    return instance(values, context, dict.fromkeys(counts(*values), Integer(2)))


def _value(expr: Any, point: dict[Any, Any]) -> Any:
    """The enclosure of a side, with its divergences and densities written out."""
    while values := expr.atoms(DivergenceValue):
        if any(map(is_joint, values)) or any(
            m.integrand.has(DivergenceValue) for m in expr.atoms(Expectation)
        ):
            return None
        expr = replaced(expr, {value: expand_definition(value) for value in values})
    expr = replaced(expr, {letter: letter.value for letter in expr.atoms(DensityAt)})
    try:
        return enclose(expr, point, DIGITS)
    except Unsupported:
        return None
