"""Check: a formula read, decided against what is derived for its statement, and diagnosed.

>>> result = check("KL(Normal(mu, sigma) || Normal(0, 1))", "(mu^2 + sigma^2 - 1)/2 - log(sigma)")
>>> str(result.verdict)
'proved'
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from klsym.deadline import OutOfTime, left_of, limited
from klsym.derivation import Derivation
from klsym.deriving import derivation_of, request_of
from klsym.diagnoses.search import Restate, diagnose
from klsym.diagnoses.slip import Claim
from klsym.errors import KlsymError, Span
from klsym.integrals.unit import in_unit
from klsym.judgement import Judgement, judge, supported
from klsym.meaning import Formula, FormulaReading, Request
from klsym.meaning.declarations import declared_names
from klsym.results import Checked
from klsym.syntax import parse
from klsym.syntax.printing import printed
from klsym.syntax.tree import Chain
from klsym.verdict import Diagnosis, Verdict
from klsym.writing.latex import latex

UNSUPPORTED = "unsupported"
"""The error's name for what was read and has no value that klsym can use."""


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
    left = left_of(time_limit, started)
    return replace(result, seconds=time.perf_counter() - started, time_limit=left)


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
