"""Derive: a request read and derived once, which is what every other answer begins with too."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import sympy

from klsym.deadline import left_of, limited
from klsym.density import Density, Joint
from klsym.derivation import Derivation
from klsym.domain import Context
from klsym.errors import KlsymError, Span
from klsym.expectation import DivergenceValue, Law
from klsym.integrals.collection import collected
from klsym.integrals.convexity import convexity_bounds
from klsym.integrals.engine import derive_closed_form
from klsym.integrals.normalisation import require_unit_joint_mass, require_unit_mass
from klsym.integrals.truncation import filled, renormalised
from klsym.integrals.unit import in_unit
from klsym.meaning import FormulaReading, Request, read
from klsym.numerics.balls import Unsupported
from klsym.numerics.enclose import decimal, enclose
from klsym.results import Derived
from klsym.writing.plain import plain

ROUTES = ("definition", "entropies")


def derive(
    statement: object,
    *,
    let: Sequence[str] = (),
    assume: Sequence[str] = (),
    strict: bool = False,
    route: str = "definition",
    unit: str = "nats",
    digits: int = 15,
    time_limit: float | None = None,
) -> Derived:
    """Derive the closed form of a statement, with the steps that lead to it.

    ``statement`` is text (``"KL(Normal(mu, sigma) || Laplace(0, b))"``) or built from the families
    and divergences of this package.  ``route`` is ``"definition"`` or, for KL, ``"entropies"``:
    H(p, q) - H(p); ``unit`` is ``"nats"`` or ``"bits"``.  When the result is first shown, or its
    ``confirmation`` asked for, each step is enclosed at one exact point and the closed form
    confirmed there to ``digits`` digits by quadrature of the definition.  Raises KlsymError for
    what cannot be read, and OutOfTime after ``time_limit`` seconds.
    """
    started = time.perf_counter()
    request = request_of(str(statement), (), let, assume, strict)
    target = in_unit(routed(request.statement, route), unit)
    with limited(time_limit):
        derivation = derivation_of(target, request.scope.context)
        value = certified_number(derivation, digits)
        notes = (*request.scope.notes, *derivation.notes, *bounds_of_mixtures(derivation, unit))
    return Derived(
        request.statement_text,
        derivation,
        request.scope.assumptions,
        notes,
        time.perf_counter() - started,
        value,
        digits,
        left_of(time_limit, started, parts=2),
    )


def request_of(
    statement: str,
    formulas: tuple[str, ...],
    let: Sequence[str],
    assume: Sequence[str],
    strict: bool,
    reading: Sequence[str] = (),
) -> Request:
    """The request read, its typed densities found to have mass 1.  Raises KlsymError."""
    request = _renormalised(
        read(
            statement,
            formulas,
            let=tuple(let),
            assume=tuple(assume),
            reading=tuple(reading),
            strict=strict,
        )
    )
    for law in sorted(request.statement.atoms(Law), key=str):
        for _, part in law.density.components:
            if part.family is None:
                try:
                    _require_unit_mass(part, request.scope.context)
                except KlsymError as error:
                    raise _placed(error, part.name, let) from None
        joint = law.density
        if isinstance(joint, Joint) and joint.family is None:
            try:
                require_unit_joint_mass(joint, request.scope.context)
            except KlsymError as error:
                raise _placed(error, joint.name, let) from None
    return request


def _renormalised(request: Request) -> Request:
    """The request with the masses of truncated distributions in closed form."""
    scope = request.scope
    context = scope.context
    statement = renormalised(request.statement, context)

    def reading(one: FormulaReading) -> FormulaReading:
        return replace(
            one,
            expr=renormalised(one.expr, context),
            parts=tuple(renormalised(part, context) for part in one.parts),
        )

    return replace(
        request,
        scope=replace(scope, laws={name: filled(law, context) for name, law in scope.laws.items()}),
        statement=statement,
        parts=tuple(renormalised(part, context) for part in request.parts),
        alternatives=tuple(map(reading, request.alternatives)),
        formulas=tuple(
            replace(formula, readings=tuple(map(reading, formula.readings)))
            for formula in request.formulas
        ),
    )


def _placed(error: KlsymError, name: str, let: Sequence[str]) -> KlsymError:
    """The error of a density, placed at the declaration of its name."""
    for text in let:
        if re.match(rf"\s*\\?{re.escape(name)}\s*[(=]", text):
            error.span = Span(0, len(text))
            return error.within(text).at("--let")
    return error


@lru_cache(maxsize=256)
def _require_unit_mass(density: Density, context: Context) -> None:
    require_unit_mass(density, context)


@lru_cache(maxsize=1024)
def derivation_of(statement: Any, context: Context) -> Derivation:
    """The derivation of a statement, remembered."""
    return derive_closed_form(statement, context)


def routed(statement: Any, route: str) -> Any:
    """The statement with its divergences defined by the route asked for.  Raises KlsymError."""
    if route not in ROUTES:
        raise KlsymError(
            "route",
            f"expected a route among {', '.join(ROUTES)}, got route={route}",
            help="route='entropies'",
        )
    if route == "definition":
        return statement
    values = [v for v in statement.atoms(DivergenceValue) if v.name == "KL"]
    if not values:
        raise KlsymError(
            "route",
            "the route by entropies is for KL, which the statement does not contain",
            help="leave --route out",
        )
    by_entropies = {v: DivergenceValue.of(v.name, v.laws, {route: sympy.true}) for v in values}
    return statement.xreplace(by_entropies)


def certified_number(derivation: Derivation, digits: int) -> str | None:
    """A certified number where there is no closed form and no parameter is left open."""
    if derivation.closed_form is not None or derivation.statement.free_symbols:
        return None
    try:
        return decimal(enclose(derivation.definition, {}, digits), digits)
    except Unsupported:
        return None


def bounds_of_mixtures(derivation: Derivation, unit: str) -> tuple[str, ...]:
    """What convexity says of a divergence of mixtures without a closed form."""
    if derivation.closed_form is not None or unit != "nats":
        return ()
    context = derivation.context

    def closed(statement: Any) -> Any:
        part = derivation_of(statement, context)
        return None if part.infinite or part.conditions else part.closed_form

    bounds = convexity_bounds(derivation.statement, closed)
    if bounds is None:
        return ()
    lower, upper = (collected(bound, context) for bound in bounds)
    sign = context.sign(lower)
    if sign != 1:
        lower = sympy.S.Zero if sign is not None else sympy.Max(0, lower)
    return (f"by convexity it lies between {plain(lower)} and {plain(upper)}",)
