"""A sum of divergences term by term: it is plus infinity where one term is, and none is minus that.

A term whose value stays open does no harm if it is bounded below: no divergence is negative, so
``KL(p || q) + KL(r || s)`` is infinite where the second is, whatever is known of the first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from klsym.derivation import Derivation
from klsym.divergences import divergences
from klsym.domain import Context
from klsym.expectation import DivergenceValue, Expectation
from klsym.meaning import expand_definition

Derive = Callable[[Any, Context], Derivation]


def infinite_by_terms(statement: Any, context: Context, derive: Derive) -> str | None:
    """Why a sum is plus infinity, if one of its terms is and the others cannot outweigh it."""
    reason = None
    for weight, value in _terms(statement):
        if value == 1:
            if not context.real(weight):
                return None
            continue
        if not isinstance(value, DivergenceValue):
            return None
        derivation = derive(value, context)
        if derivation.infinite:
            if context.sign(weight) != 1:
                return None
            reason = reason or f"{value} is infinite: {derivation.reason}"
        elif not _is_bounded_below(weight, value, derivation, context):
            return None
    return reason


def _terms(statement: Any) -> list[tuple[Any, Any]]:
    """Weights and values; a single divergence that is a sum of others is that sum."""
    if isinstance(statement, DivergenceValue):
        meaning = expand_definition(statement, abstract=True)
        statement = meaning if meaning.has(DivergenceValue) else statement
    terms = sympy.Add.make_args(sympy.expand_mul(statement))
    if len(terms) < 2:
        return []
    split: list[tuple[Any, Any]] = [
        term.as_independent(DivergenceValue, Expectation, as_Add=False) for term in terms
    ]
    return split


def _is_bounded_below(
    weight: Any, value: DivergenceValue, derivation: Derivation, context: Context
) -> bool:
    if derivation.closed_form is not None and not derivation.conditions:
        return context.real(weight) and context.real(derivation.closed_form)
    lower, upper = divergences()[value.name].bounds
    if lower and context.nonnegative(weight):
        return True
    return bool(upper) and context.nonnegative(-weight)
