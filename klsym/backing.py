"""What backs a verdict, checked again: proofs, counterexamples, agreements and enclosures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from flint import arb, fmpq
from sympy import Rational

from klsym.equality.decide import within
from klsym.equality.order import decide_order
from klsym.equality.prove import prove
from klsym.equality.sides import INFINITIES, MOST_BITS, MOST_BITS_OF_MEANS, Outcome, Sides
from klsym.equality.witness import LEAST_DIGITS, MOST_DIGITS, value_at, written_out
from klsym.expectation import Expectation
from klsym.gibbs import ordered_whatever
from klsym.numerics.balls import exact, precision
from klsym.verdict import Proof, Question

POINTS = 3
"""At how many points an agreement is looked at again."""

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """One thing that was checked again, whether it holds, and what was found where it does not."""

    what: str
    holds: bool
    found: str = ""


def number(text: Any) -> Rational:
    """A number as an exact rational of sympy; raises ValueError."""
    value = fraction(text)
    return Rational(value.numerator, value.denominator)


def fraction(text: Any) -> Fraction:
    """A number written as ``-3/2`` or ``1.5e-20``, not longer than any klsym writes."""
    if not re.fullmatch(r"-?\d{1,2000}(/\d{1,2000}|(\.\d{1,2000})?(e[+-]?\d{1,4})?)", str(text)):
        raise ValueError(f"a number was expected, got {str(text)[:40]!r}")
    return Fraction(str(text))


def point_of(data: Data) -> dict[str, Rational]:
    """A point, by the names of its coordinates."""
    return {str(name): number(value) for name, value in data.items()}


def proof_again(data: Data, question: Question) -> Iterator[Check]:
    """The rules applied again, and whether they are those recorded."""
    recorded = data.get("proof")
    if recorded is None:
        yield Check("a proof is recorded", False)
        return
    left, right, context = question.left, question.right, question.context
    if question.relation != "=":
        proof: Any = _proof_of_order(question)
    elif question.tolerance is not None:
        proof = within(left, right, context, question.tolerance).proof
        proof = "the two are not that close" if proof is None else proof
    else:
        proof = prove(left, right, context)
    if not isinstance(proof, Proof):
        yield Check("the rules bring the difference to zero", False, str(proof))
        return
    yield Check("the rules bring the difference to zero", True)
    rules, cases = [str(rule) for rule in recorded["rules"]], int(recorded["cases"])
    same = sorted(rules) == sorted(proof.rules) and cases == proof.cases
    told = "" if same else f"it takes {', '.join(proof.rules)}; {proof.cases} case(s)"
    yield Check("these rules, in as many cases, and no others", same, told)


def _proof_of_order(question: Question) -> Proof | str:
    smaller, larger = question.left, question.right
    if question.relation in (">=", ">"):
        smaller, larger = larger, smaller
    strict = question.relation in ("<", ">")
    decision = None if strict else ordered_whatever(smaller, larger, question.context)
    decision = decision or decide_order(smaller, larger, question.context, strict=strict)
    return decision.proof or str(decision.reason)


def _against(question: Question, left: arb, right: arb) -> bool:
    """Whether two enclosures are certainly against the relation."""
    if question.relation != "=":
        return _out_of_order(question, left, right)
    return bool(abs(left - right) > arb(exact(question.tolerance or 0)))


def _out_of_order(question: Question, left: arb, right: arb) -> bool:
    if question.relation in (">=", ">"):
        left, right = right, left
    if left > right:
        return True
    # Where the two are not to be equal, they are refuted by being equal.
    return question.relation in ("<", ">") and not left < right


def counterexample_again(data: Data, question: Question) -> Iterator[Check]:
    """The point in the domain, both sides there, their digits, and their definitions."""
    recorded = data.get("counterexample")
    if recorded is None:
        yield Check("a counterexample is recorded", False)
        return
    named, bits = point_of(recorded["point"]), int(recorded["bits"])
    if not 1 <= bits <= MOST_BITS:
        raise ValueError(f"a precision of {bits} bits")
    (left, right), context = written_out((question.left, question.right), question.context, named)
    sides = Sides(left, right, context)
    point = {s: named[s.name] for s in sides.context.symbols if s.name in named}
    inside = sides.context.satisfies(point) if sides.symbols else True
    yield Check("the point lies in the domain", inside)
    if not inside:
        return
    yield Check("the two differ there, at that precision", _apart(sides, point, bits, question))
    values = sides.values(point)
    balls = sides.balls(values, MOST_BITS_OF_MEANS if sides.means else max(4 * bits, 256))
    for name, ball in zip(("left", "right"), balls, strict=True):
        yield Check(f"the digits of the {name} side", _right_digits(str(recorded[name]), ball))
    if all(ball is not None and ball.is_finite() for ball in balls):
        with precision(max(4 * bits, 256)):
            gap = balls[0] - balls[1]  # type: ignore[operator]
        yield Check("the digits of the difference", _right_digits(str(recorded["difference"]), gap))
    if recorded["defined"] is not None or any(question.definitions):
        yield Check("so do their definitions", _defined(recorded, named, bits, question))


def _defined(recorded: Data, named: Any, bits: int, question: Question) -> bool:
    """Whether the definitions are apart at a point, if that is said, and only then."""
    if not any(question.definitions):
        held = question.left, question.right
        return recorded["defined"] is any(side.has(Expectation) for side in held)
    infinite = any(side in INFINITIES for side in (question.left, question.right))
    if infinite:
        return recorded["defined"] is None
    digits = min(max(LEAST_DIGITS, int(bits * 0.302)), MOST_DIGITS)
    values = [value_at(question, side, named, digits) for side in (0, 1)]
    known = [value for value in values if value is not None]
    if "undefined" in (recorded["left"], recorded["right"]):
        return recorded["defined"] is (len(known) > 0)
    if len(known) < 2:
        return recorded["defined"] is False
    if question.relation != "=":
        return recorded["defined"] is _out_of_order(question, *known)
    return recorded["defined"] is not known[0].overlaps(known[1])


def _apart(sides: Sides, point: Any, bits: int, question: Question) -> bool:
    values = sides.values(point)
    left, right = sides.balls(values, bits)
    if question.relation != "=":
        return left is not None and right is not None and _out_of_order(question, left, right)
    if left is not None and right is not None and left.is_finite() and right.is_finite():
        with precision(bits):
            return bool(abs(left - right) > arb(exact(question.tolerance or 0)))
    if question.right.is_extended_real is False:
        return left is not None and left.is_finite()
    most = max(bits, 256)
    return sides.compare(point, most).outcome in (Outcome.APART, Outcome.UNDEFINED)


def _right_digits(text: str, ball: arb | None) -> bool:
    """Whether a decimal is that of a ball, to a unit of its last digit."""
    if ball is None or not ball.is_finite():
        return text in ("undefined", "oo", "-oo")
    if text == "undefined":
        return False
    mantissa, _, exponent = text.lower().partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent or 0)
    value = fraction(text)
    with precision(1024):
        gap = abs(ball - arb(fmpq(value.numerator, value.denominator)))
        unit = arb(10) ** -places
        return bool(gap <= unit)


def agreement_again(data: Data, question: Question) -> Iterator[Check]:
    """Both sides at some of the points, to the digits recorded."""
    recorded = data.get("agreement")
    if recorded is None:
        yield Check("an agreement is recorded", False)
        return
    digits, count = int(recorded["digits"]), int(recorded["points"])
    sides = Sides(question.left, question.right, question.context)
    for point in islice(sides.random_points(), min(count, POINTS)):
        found = sides.compare(point)
        if found.outcome is Outcome.SAME:
            holds = found.digits >= digits
        else:
            left, right = sides.balls(sides.values(point), 256)
            holds = found.outcome is not Outcome.UNKNOWN and None not in (left, right)
            holds = holds and not _against(question, left, right)  # type: ignore[arg-type]
        shown = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
        yield Check(f"the two agree to {digits} digits at {shown}", holds)


def enclosure_again(recorded: Data, question: Question) -> Iterator[Check]:
    """Both sides by their definitions, at the point and to the digits recorded."""
    named, digits = point_of(recorded["point"]), int(recorded["digits"])
    if not 1 <= digits <= 1000:
        raise ValueError(f"{digits} digits")
    values = [value_at(question, side, named, digits) for side in (0, 1)]
    for name, value in zip(("left", "right"), values, strict=True):
        holds = _right_digits(str(recorded[name]), value)
        yield Check(f"the {name} side by its definition", holds)
    if None not in values:
        with precision(4 * digits):
            same = not _against(question, *values)  # type: ignore[arg-type]
        yield Check("the two definitions agree there", same)
