"""Comparing two values that may hold means: by linearity alone, or by their closed forms.

What holds by linearity of the mean and the rules of logarithms is proved before any integral is
taken, with the means as unknowns; so it is proved for distributions of which nothing is known.
Otherwise each side is derived, and the closed forms are decided upon like those of one statement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sympy import Integral, Sum

from klsym.derivation import Derivation
from klsym.domain import Context
from klsym.equality.decide import decide, decide_parts
from klsym.equality.order import turned
from klsym.equality.parts import decide_on_part
from klsym.gibbs import has_means, linearly
from klsym.integrals.engine import derive_closed_form
from klsym.integrals.plain import without_integrals
from klsym.meaning import FormulaReading
from klsym.verdict import Decision, Verdict


@dataclass(frozen=True)
class Comparison:
    """The decision on two values, and the conditions under which it holds."""

    decision: Decision
    conditions: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Closed:
    """A value after derivation: without means if one was found, else what defines it.

    ``derivation`` is how it was found, where it has a divergence or a mean.
    """

    value: Any
    conditions: tuple[Any, ...] = ()
    found: bool = True
    reason: str | None = None
    definition: Any = None
    derivation: Derivation | None = None

    @property
    def closes(self) -> bool:
        """Whether nothing in the value is left to be integrated."""
        return self.found and self.value is not None


def compare(left: Any, right: Any, context: Context, tolerance: Any = None) -> Comparison:
    """Whether two values are equal on a context, within a tolerance if one is given."""
    # Means that stand on one side alone are taken first, and are unknowns where that fails.
    taken = None
    if not (has_means(left) and has_means(right)):
        taken = close(left, context), close(right, context)
    if tolerance is None and (taken is None or not all(side.closes for side in taken)):
        by_linearity = linearly(left, right, context)
        if by_linearity is not None:
            return Comparison(by_linearity)
    a, b = taken or (close(left, context), close(right, context))
    for side in (a, b):
        if side.value is None:
            return Comparison(Decision(Verdict.UNDECIDED, reason=side.reason))
    conditions = tuple(dict.fromkeys((*a.conditions, *b.conditions)))
    inside = context.assume(*conditions)
    # The derived side stands first: where it has no value, nothing is claimed.
    backwards = has_means(right) and not has_means(left)
    first, second = (b.value, a.value) if backwards else (a.value, b.value)
    definitions = (b.definition, a.definition) if backwards else (a.definition, b.definition)
    decision = decide(first, second, inside, tolerance=tolerance, definitions=definitions)
    found = decision.counterexample
    if found is not None and found.right == "undefined":
        part = decide_on_part(first, second, inside, definitions)
        if part is not None:
            return Comparison(part[0], (*conditions, part[1]))
    return Comparison(turned(decision) if backwards else decision, conditions)


def compare_readings(
    left: FormulaReading, right: FormulaReading, context: Context, tolerance: Any = None
) -> Comparison:
    """Whether two sides as read are equal; a part that cancels must have a real value too."""
    found = compare(left.expr, right.expr, context, tolerance)
    if not right.parts or tolerance is not None:
        return found
    inside = context.assume(*found.conditions)
    parts = [part for part in right.parts if not _has_number(part, inside)]
    decision = decide_parts(found.decision, left.expr, right.expr, inside, parts, left.parts)
    return replace(found, decision=decision)


def _has_number(part: Any, context: Context) -> bool:
    """Whether a part is a mean that has a value everywhere."""
    if not has_means(part):
        return False
    closed = close(part, context)
    return closed.found and not closed.conditions and bool(context.real(closed.value))


@lru_cache(maxsize=1024)
def close(value: Any, context: Context) -> Closed:
    """A value after derivation, found once for all links that share it."""
    conditions: tuple[Any, ...] = ()
    if value.has(Integral, Sum):
        taken = without_integrals(value, context)
        if taken is None:
            return Closed(None, reason="no rule reaches an integral in it, or it diverges")
        value, conditions = taken
    if not has_means(value):
        return Closed(value, conditions)
    derivation = derive_closed_form(value, context)
    conditions = tuple(dict.fromkeys((*conditions, *derivation.conditions)))
    if derivation.closed_form is None:
        return Closed(derivation.definition, conditions, False, derivation.reason)
    defined = derivation.definition
    return Closed(derivation.closed_form, conditions, definition=defined, derivation=derivation)
