"""Evaluate: certified digits of a statement at a point.

>>> print(evaluate("KL(Normal(mu, sigma) || Laplace(0, 1))", at="mu=0, sigma=2").value)
0.176830588401058
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy

from klsym.derivation import Derivation
from klsym.deriving import derivation_of, request_of
from klsym.equality.components import at_point, is_sum
from klsym.errors import KlsymError, Span
from klsym.expectation import DivergenceValue
from klsym.integrals.product import by_components
from klsym.integrals.unit import in_unit
from klsym.meaning import Request, read_point
from klsym.numerics.balls import Unsupported
from klsym.numerics.enclose import decimal, enclose, radius
from klsym.results import Evaluated


def evaluate(
    statement: object,
    *,
    at: str = "",
    let: Sequence[str] = (),
    assume: Sequence[str] = (),
    strict: bool = False,
    unit: str = "nats",
    digits: int = 15,
) -> Evaluated:
    """A number for a statement at a point, in nats or bits; every digit printed is right.

    ``at`` gives each parameter a value: ``"mu=0, sigma=2"``.  The value is a certified enclosure
    of the definition itself, not of a closed form.  Raises KlsymError for what cannot be read,
    and if a parameter has no value.
    """
    started = time.perf_counter()
    request = request_of(str(statement), (), let, assume, strict)
    point = read_point(at, request.scope)
    missing = _missing(request, point)
    if missing:
        names = ", ".join(missing)
        help_ = "--at '" + ", ".join(f"{name}=..." for name in missing) + "'"
        raise KlsymError(
            "missing-value",
            f"no value is given for {names}",
            text=at,
            span=Span(len(at), len(at)),
            place="--at",
            help=help_,
        )
    derivation = derivation_of(in_unit(request.statement, unit), request.scope.context)
    found = _evaluated(derivation, point, digits)
    return replace(
        found,
        statement=request.statement_text,
        notes=(*request.scope.notes, *found.notes),
        seconds=time.perf_counter() - started,
    )


def _missing(request: Request, point: dict[Any, Any]) -> list[str]:
    """The names of the parameters, and of their components, for which a point has no value."""
    needed = request.statement.free_symbols - set(point)
    parts = by_components(request.statement)
    if not needed and is_sum(parts):
        found = at_point((parts,), request.scope.context, point)
        needed = found.values[0].free_symbols - set(point)
        if not needed and not found.context.satisfies(
            {s: point[s] for s in found.context.symbols if s in point}
        ):
            raise KlsymError("point", "this point lies outside the domain", place="--at")
    return sorted(s.name for s in needed)


def _evaluated(derivation: Derivation, point: dict[Any, Any], digits: int) -> Evaluated:
    certified = Evaluated("", None, digits, "0", {s.name: v for s, v in point.items()})
    if derivation.infinite:
        return replace(certified, value="oo", reason=derivation.reason)
    for condition in derivation.conditions:
        if condition.xreplace(point) == sympy.false:
            return replace(certified, value="oo", reason=f"{condition} does not hold")
    definition, closed = derivation.definition, derivation.closed_form
    if is_sum(definition):
        sides = (definition,) if closed is None else (definition, closed)
        definition, *rest = at_point(sides, derivation.context, point).values
        closed = rest[0] if rest else None
    try:
        ball = enclose(definition, point, digits)
    except Unsupported as unsupported:
        if closed is None:
            reason = derivation.reason if definition.has(DivergenceValue) else None
            return replace(certified, certified=False, reason=reason or unsupported.reason)
        whole = definition.has(DivergenceValue)
        told = "the definition is no integral over one variate" if whole else unsupported.reason
        certified = replace(certified, certified=False, notes=(f"from the closed form: {told}",))
        try:
            ball = enclose(closed, point, digits)
        except Unsupported as second:
            return replace(certified, notes=(), reason=second.reason)
    try:
        return replace(certified, value=decimal(ball, digits), radius=radius(ball))
    except Unsupported as unsure:
        return replace(certified, certified=False, notes=(), reason=unsure.reason)
