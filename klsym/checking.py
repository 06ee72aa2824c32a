"""One statement: read, derived, decided, diagnosed.  The public derive, check and evaluate.

>>> result = check("KL(Normal(mu, sigma) || Normal(0, 1))", "(mu^2 + sigma^2 - 1)/2 - log(sigma)")
>>> str(result.verdict)
'proved'
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import sympy

from klsym.deadline import OutOfTime, limited
from klsym.derivation import Derivation
from klsym.deriving import (
    bounds_of_mixtures,
    certified_number,
    derivation_of,
    request_of,
    routed,
)
from klsym.diagnoses.search import Restate, diagnose
from klsym.diagnoses.slip import Claim
from klsym.equality.components import at_point, is_sum
from klsym.errors import KlsymError, Span
from klsym.expectation import DivergenceValue
from klsym.integrals.product import by_components
from klsym.integrals.unit import in_unit
from klsym.judgement import Judgement, judge, supported
from klsym.meaning import Formula, FormulaReading, Request, read_point
from klsym.meaning.declarations import declared_names
from klsym.numerics.balls import Unsupported
from klsym.numerics.enclose import decimal, enclose, radius
from klsym.results import Checked, Derived, Evaluated
from klsym.syntax import parse
from klsym.syntax.printing import printed
from klsym.syntax.tree import Chain
from klsym.verdict import Diagnosis, Verdict
from klsym.writing.latex import latex

UNSUPPORTED = "unsupported"
"""The error's name for what was read and has no value that klsym can use."""


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
        time_limit,
    )


def check(
    statement: object,
    formula: str | None = None,
    *,
    let: Sequence[str] = (),
    assume: Sequence[str] = (),
    reading: Sequence[str] = (),
    show_reading: bool = False,
    strict: bool = False,
    unit: str = "nats",
    digits: int = 15,
    time_limit: float | None = None,
) -> Checked:
    """Decide whether a formula is equal to a statement, or an inequality holds.

    A formula that begins with ``<=`` or ``>=`` states an inequality; without a formula the
    statement is a relation, ``log(x) <= x - 1``.  The verdict is ``proved``, ``refuted``,
    ``agrees`` or ``undecided``; a refutation carries the smallest exact counterexample found and,
    where a known slip explains it, its name and a repair that was proved.  ``reading``
    chooses among readings (``"log-quotient log(p)/q"``), and with ``show_reading`` the result
    shows all that were tried.  Raises KlsymError for what cannot be read.
    """
    started = time.perf_counter()
    if formula is None:
        statement, formula = _two_sides(str(statement), let)
    asked = {
        "statement": str(statement),
        "formula": formula,
        "let": list(let),
        "assume": list(assume),
        "strict": strict,
        "unit": unit,
    }
    try:
        request = request_of(str(statement), (formula,), let, assume, strict, reading)
    except KlsymError as error:
        if error.name != UNSUPPORTED:
            raise
        shown = printed(parse(formula, declared_names(let)).tree)
        return Checked(
            Verdict.UNDECIDED,
            str(statement),
            formula,
            shown,
            reason=error.message,
            seconds=time.perf_counter() - started,
            asked=asked,
            readings=((shown, ""),) if show_reading else (),
        )
    request = replace(request, statement=in_unit(request.statement, unit))
    (read_formula,) = request.formulas
    result = Checked(
        Verdict.UNDECIDED,
        request.statement_text,
        formula,
        latex(read_formula.readings[0].expr),
        assumptions=request.scope.assumptions,
        notes=request.scope.notes,
        digits=digits,
        time_limit=time_limit,
        asked=asked,
        declared=request.scope.context.relations,
        readings=tuple((printed(r.tree), r.note) for r in read_formula.readings)
        if show_reading
        else (),
    )
    try:
        with limited(time_limit):
            result = _checked(result, request, read_formula)
            if result.verdict is Verdict.REFUTED:
                restate = partial(_restated, let=let, assume=assume, strict=strict, unit=unit)
                result = replace(result, diagnoses=_diagnoses(result, request, restate))
    except OutOfTime as limit:
        result = replace(result, reason=str(limit))
    return replace(result, seconds=time.perf_counter() - started)


def _two_sides(relation: str, let: Sequence[str]) -> tuple[str, str]:
    """A statement and a formula from the one text of a relation.  Raises KlsymError."""
    try:
        tree = parse(relation, declared_names(let)).tree
    except KlsymError as error:
        raise error.within(relation).at("statement") from None
    if not isinstance(tree, Chain) or len(tree.terms) < 2:
        raise KlsymError(
            "formula",
            "a formula is missing, and the statement is no relation",
            text=relation,
            span=Span(0, len(relation)),
            place="statement",
            help="klsym check STATEMENT FORMULA, or klsym check 'log(x) <= x - 1'",
        )
    start = tree.relations[0].span.start
    return relation[:start].strip(), relation[start:].strip()


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


def _checked(result: Checked, request: Request, formula: Formula) -> Checked:
    derivation, judgement = _judged(request, formula)
    decision = supported(judgement.decision, request.scope)
    judgement = replace(judgement, decision=decision)
    decision = judgement.decision
    return replace(
        result,
        verdict=decision.verdict,
        derivation=derivation,
        reading=latex(judgement.reading.expr),
        proof=decision.proof,
        counterexample=decision.counterexample,
        conditions=judgement.conditions,
        reason=decision.reason,
        notes=(*result.notes, *judgement.notes),
        decision=decision,
    )


def _judged(request: Request, formula: Formula) -> tuple[Derivation, Judgement]:
    """The judgement on the default reading of the statement, or on one that is not refuted."""
    context = request.scope.context
    stated = FormulaReading(request.statement, request.tree, parts=request.parts)
    derivation = derivation_of(stated.expr, context)
    judgement = judge(formula, derivation, stated)
    for other in request.alternatives:
        if judgement.decision.verdict is not Verdict.REFUTED:
            break
        instead = derivation_of(other.expr, context)
        second = judge(formula, instead, other)
        if second.decision.verdict is not Verdict.REFUTED:
            notes = (f"in the statement {other.note}", *second.notes)
            return instead, replace(second, notes=notes)
    return derivation, judgement


def _restated(
    statement: str, *, let: Sequence[str], assume: Sequence[str], strict: bool, unit: str
) -> Derivation:
    request = request_of(statement, (), let, assume, strict)
    return derivation_of(in_unit(request.statement, unit), request.scope.context)


def _diagnoses(result: Checked, request: Request, restate: Restate) -> tuple[Diagnosis, ...]:
    derivation, (formula,) = result.derivation, request.formulas
    if derivation is None:
        return ()
    claim = Claim(
        request.statement_text,
        request.tree,
        formula.text,
        formula.readings[0].tree,
        formula.readings[0].expr,
        derivation.closed_form,
        request.scope,
        derivation.context.assume(*derivation.conditions),
        stated=request.statement,
    )
    return diagnose(claim, restate)


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
