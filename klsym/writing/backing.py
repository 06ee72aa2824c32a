"""What backs a verdict, as data: the question, the proof or the point, certified enclosures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from klsym.equality.witness import value_at
from klsym.errors import KlsymError
from klsym.numerics.balls import Unsupported
from klsym.numerics.decimals import decimal
from klsym.verdict import Decision, Question, Verdict
from klsym.writing.plain import plain, plain_point
from klsym.writing.trees import to_data

if TYPE_CHECKING:
    from klsym.domain import Domain

DIGITS = 20
"""How many digits of an enclosure are recorded."""
POINTS = 4
"""At how many points an enclosure is tried before it is left out."""


def claim_of(
    asked: Mapping[str, Any],
    verdict: Verdict,
    decision: Decision | None,
    reason: str | None = None,
    declared: Sequence[Any] = (),
) -> dict[str, Any]:
    """One claim; ``asked`` is the object that says what was asked, and where.

    ``declared`` are the relations that were declared; the others are conditions that were found.
    """
    claim: dict[str, Any] = {"asked": dict(asked), "verdict": str(verdict), "reason": reason}
    claim["conditions"] = []
    question = None if decision is None else decision.question
    if decision is None or question is None:
        return {**claim, "question": None}
    try:
        claim["question"] = question_data(question)
    except KlsymError as error:
        return {**claim, "question": None, "reason": error.message}
    more = [r for r in question.context.relations if r not in declared]
    claim["conditions"] = [plain(relation) for relation in more]
    found, agreement = decision.counterexample, decision.agreement
    if decision.proof is not None:
        claim["proof"] = {"rules": list(decision.proof.rules), "cases": decision.proof.cases}
    if found is not None:
        claim["counterexample"] = {
            "point": plain_point(found.point),
            "left": found.left,
            "right": found.right,
            "difference": found.difference,
            "digits": found.digits,
            "bits": found.bits,
            "defined": found.defined,
        }
    if agreement is not None:
        claim["agreement"] = {"digits": agreement.digits, "points": agreement.points}
    if verdict in (Verdict.PROVED, Verdict.AGREES):
        claim["enclosures"] = _enclosures(question)
    return claim


def question_data(question: Question) -> dict[str, Any]:
    """A question as data; raises KlsymError if an expression cannot be written."""
    context = question.context
    values = (question.left, question.right)
    sides = zip(("left", "right"), values, question.definitions, strict=True)
    return {
        "symbols": {name: domain_data(domain) for name, domain in context.domains.items()},
        "relations": [_relation(relation) for relation in context.relations],
        **{
            name: {
                "text": plain(expr),
                "tree": to_data(expr),
                "definition": None if definition is None else to_data(definition),
            }
            for name, expr, definition in sides
        },
        "relation": question.relation,
        "tolerance": None if question.tolerance is None else str(question.tolerance),
    }


def domain_data(domain: Domain) -> dict[str, Any]:
    """A domain as data."""
    return {
        "lower": None if domain.lower is None else str(domain.lower),
        "upper": None if domain.upper is None else str(domain.upper),
        "lower_closed": domain.lower_closed,
        "upper_closed": domain.upper_closed,
        "integer": domain.integer,
    }


def _relation(relation: Any) -> Any:
    return {"text": plain(relation), "tree": to_data(relation)}


def _enclosures(question: Question) -> list[dict[str, Any]]:
    """Both sides from their definitions at the first exact point at which that can be had."""
    if all(definition is None for definition in question.definitions):
        return []
    points = question.context.points() if question.context.domains else iter(({},))
    for point in islice(points, POINTS):
        named = {symbol.name: value for symbol, value in point.items()}
        values = [value_at(question, side, named, DIGITS) for side in (0, 1)]
        try:
            left, right = (None if v is None else decimal(v, DIGITS) for v in values)
        except Unsupported:
            continue
        if left is not None and right is not None:
            shown = plain_point(named)
            return [{"point": shown, "left": left, "right": right, "digits": DIGITS}]
    return []
