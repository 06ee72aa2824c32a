"""Replay: the evidence of a file checked again, without the search that found it.

>>> from klsym import check
>>> result = check("KL(Poisson(a) || Poisson(b))", "a*log(a/b)")
>>> print(replay(result.evidence))
1 claim: all evidence holds
>>> altered = result.evidence
>>> altered["claims"][0]["counterexample"]["point"]["b"] = "1"
>>> print(replay(altered))
1 claim: some evidence does not hold
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

from flint import arb, fmpq
from sympy import Rational, S

from klsym.deriving import derivation_of, request_of
from klsym.domain import Context, Domain
from klsym.equality.decide import within
from klsym.equality.prove import prove
from klsym.equality.sides import INFINITIES, MOST_BITS, MOST_BITS_OF_MEANS, Outcome, Sides
from klsym.equality.witness import LEAST_DIGITS, value_at, written_out
from klsym.errors import KlsymError
from klsym.expectation import Expectation
from klsym.integrals.engine import defined
from klsym.integrals.unit import in_unit
from klsym.numerics.balls import Unsupported, exact, precision
from klsym.verdict import Proof, Question, Verdict
from klsym.writing import jsonform, replayed
from klsym.writing.evidence import SCHEMA, domain_data
from klsym.writing.plain import plain
from klsym.writing.trees import from_data, to_data

LARGEST_FILE = 1 << 26
POINTS = 3
"""At how many points an agreement is looked at again."""
HELP = "a file that klsym check or klsym run wrote with --evidence"

Data = Mapping[str, Any]
Source = str | os.PathLike[str] | Data


@dataclass(frozen=True)
class Check:
    """One thing that was checked again, whether it holds, and what was found where it does not."""

    what: str
    holds: bool
    found: str = ""


@dataclass(frozen=True)
class ReplayedClaim:
    """A claim with all that was checked again; nothing was of one that is undecided."""

    name: str
    verdict: Verdict
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether everything that was checked holds."""
        return all(check.holds for check in self.checks)


@dataclass(frozen=True)
class Replayed:
    """The claims of all files, replayed."""

    claims: tuple[ReplayedClaim, ...]

    @property
    def holds(self) -> bool:
        """Whether the evidence of every claim holds."""
        return all(claim.holds for claim in self.claims)

    @property
    def exit_code(self) -> int:
        """0 if all evidence holds, 1 if some does not, 3 if a claim has none."""
        if not self.holds:
            return 1
        return 0 if all(claim.checks for claim in self.claims) else 3

    def to_dict(self) -> dict[str, Any]:
        """The result as the JSON object of ``klsym replay``."""
        return {
            "schema": jsonform.SCHEMA,
            "command": "replay",
            "holds": self.holds,
            "claims": [
                {
                    "name": claim.name,
                    "verdict": str(claim.verdict),
                    "holds": claim.holds,
                    "checks": [
                        {"what": check.what, "holds": check.holds, "found": check.found}
                        for check in claim.checks
                    ],
                }
                for claim in self.claims
            ],
        }

    def to_text(self, *, colour: bool = False, verbose: int = 0) -> str:
        """The result for a terminal."""
        return replayed.text(self.to_dict(), colour=colour, verbose=verbose)

    def __str__(self) -> str:
        return replayed.summary(self.to_dict())


def replay(sources: Source | Sequence[Source]) -> Replayed:
    """Check evidence again: of a file, of what `json.load` gives of one, or of several.

    Raises KlsymError ``no-evidence`` for what is no evidence.
    """
    claims = []
    several: Sequence[Any] = (
        [sources] if isinstance(sources, (str, os.PathLike, Mapping)) else sources
    )
    for source in several:
        for data in _claims(source if isinstance(source, Mapping) else _load(source)):
            try:
                claims.append(_replayed(data))
            except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
                told = f"{type(error).__name__} {error}"
                raise _malformed(f"a claim is not formed as evidence is: {told}") from None
    return Replayed(tuple(claims))


def _malformed(message: str, place: str = "") -> KlsymError:
    return KlsymError("no-evidence", message, help=f"give {HELP}", place=place)


def _load(path: str | os.PathLike[str]) -> Data:
    place = os.fspath(path)
    try:
        if Path(path).stat().st_size > LARGEST_FILE:
            raise _malformed("the file is too large", place)
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise _malformed(f"cannot read it: {error.strerror or error}", place) from None
    except (ValueError, RecursionError):
        raise _malformed("the file is not JSON", place) from None
    if not isinstance(data, dict):
        raise _malformed("the file holds no evidence", place)
    return data


def _claims(data: Data) -> Sequence[Data]:
    if data.get("schema") != SCHEMA:
        raise _malformed(f"expected schema {SCHEMA}, got schema={data.get('schema')!r}")
    claims = data.get("claims")
    if not isinstance(claims, list):
        raise _malformed("it holds no list of claims")
    return claims


def _replayed(data: Data) -> ReplayedClaim:
    asked, verdict = data["asked"], Verdict(data["verdict"])
    name = str(asked.get("statement", ""))
    if "path" in asked:
        name = f"{asked['path']}:{int(asked['line'])}:{int(asked['column'])}"
    return ReplayedClaim(name, verdict, tuple(_checked(data, asked, verdict)))


def _checked(data: Data, asked: Data, verdict: Verdict) -> Iterator[Check]:
    if verdict in (Verdict.UNDECIDED, Verdict.UNREAD):
        backed = [name for name in ("proof", "counterexample", "agreement") if data.get(name)]
        if backed:
            yield Check(f"a claim that is {verdict} has no {backed[0]}", False)
        return
    if data["question"] is None:
        yield Check("the evidence is there", False, str(data.get("reason") or "there is none"))
        return
    question = _question(data["question"])
    yield from _texts(data["question"], question)
    if "statement" in asked:
        yield from _reading(data, asked, question)
    found = {
        Verdict.PROVED: _proof,
        Verdict.REFUTED: _counterexample,
        Verdict.AGREES: _agreement,
    }[verdict]
    try:
        yield from found(data, question)
        for enclosure in data.get("enclosures", ()):
            yield from _enclosure(enclosure, question)
    except (Unsupported, KlsymError) as error:
        yield Check("the numbers can be computed again", False, str(error))


# -- what was asked


def _question(data: Data) -> Question:
    context = Context({str(name): _domain(domain) for name, domain in data["symbols"].items()})
    relations = [from_data(relation["tree"]) for relation in data["relations"]]
    sides = [data["left"], data["right"]]
    definitions = tuple(
        None if side["definition"] is None else from_data(side["definition"]) for side in sides
    )
    left, right = (from_data(side["tree"]) for side in sides)
    tolerance = None if data["tolerance"] is None else _number(data["tolerance"])
    context = Context(context.domains, tuple(relations))
    return Question(left, right, context, tolerance, definitions)  # type: ignore[arg-type]


def _domain(data: Data) -> Domain:
    lower, upper = (
        None if data[end] is None else _fraction(data[end]) for end in ("lower", "upper")
    )
    flags = [bool(data[flag]) for flag in ("lower_closed", "upper_closed", "integer")]
    return Domain(lower, upper, *flags)


def _number(text: Any) -> Rational:
    value = _fraction(text)
    return Rational(value.numerator, value.denominator)


def _fraction(text: Any) -> Fraction:
    """A number written as ``-3/2`` or ``1.5e-20``, not longer than any klsym writes."""
    if not re.fullmatch(r"-?\d{1,2000}(/\d{1,2000}|(\.\d{1,2000})?(e[+-]?\d{1,4})?)", str(text)):
        raise ValueError(f"a number was expected, got {str(text)[:40]!r}")
    return Fraction(str(text))


def _point(data: Data) -> dict[str, Rational]:
    return {str(name): _number(value) for name, value in data.items()}


def _texts(data: Data, question: Question) -> Iterator[Check]:
    """What is printed is what the trees say."""
    pairs = [(data["left"], question.left), (data["right"], question.right)]
    pairs += zip(data["relations"], question.context.relations, strict=True)
    wrong = [part["text"] for part, value in pairs if part["text"] != plain(value)]
    yield Check("the texts are those of the trees", not wrong, "; ".join(map(str, wrong)))


def _reading(data: Data, asked: Data, question: Question) -> Iterator[Check]:
    """The statement and the formula, read again, are the two sides, on the same domain."""
    texts = [str(asked["statement"]), str(asked["formula"])]
    let, assume = ([str(text) for text in asked[name]] for name in ("let", "assume"))
    try:
        request = request_of(texts[0], (texts[1],), let, assume, bool(asked["strict"]))
        statement = in_unit(request.statement, str(asked["unit"]))
    except KlsymError as error:
        yield Check("the statement and the formula can be read", False, error.message)
        return
    context = request.scope.context
    statements = [statement, *(other.expr for other in request.alternatives)]
    readings = [part for r in request.formulas[0].readings for part in (r.expr, *r.parts)]
    meant = ((question.left, statements), (question.right, readings))
    for side, (value, read) in enumerate(meant):
        what = f"the {('statement', 'formula')[side]} is what is compared"
        same = _is_read(value, question.definitions[side], read, context)
        yield Check(what, same, "" if same else plain(value))
    known = {name: domain_data(domain) for name, domain in context.domains.items()}
    more = [r for r in question.context.relations if r not in context.relations]
    same = known == dict(data["question"]["symbols"]) and list(map(plain, more)) == list(
        data["conditions"]
    )
    same = same and all(r in question.context.relations for r in context.relations)
    yield Check("the domain is that of the statement, under the conditions printed", same)


def _is_read(value: Any, definition: Any, read: Sequence[Any], context: Context) -> bool:
    """Whether a side is one of the readings, or is said to be derived from one of them."""
    if value in (S.Infinity, S.NegativeInfinity) and value not in read:
        return any(derivation_of(one, context).closed_form == value for one in read)
    wanted = to_data(value if definition is None else definition)
    return any(wanted == _data(one) or wanted == _data(defined(one, context)) for one in read)


def _data(expr: Any) -> Any:
    try:
        return None if expr is None else to_data(expr)
    except KlsymError:
        return None


# -- what backs the verdict


def _proof(data: Data, question: Question) -> Iterator[Check]:
    recorded = data.get("proof")
    if recorded is None:
        yield Check("a proof is recorded", False)
        return
    left, right, context = question.left, question.right, question.context
    if question.tolerance is not None:
        proof: Any = within(left, right, context, question.tolerance).proof
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


def _counterexample(data: Data, question: Question) -> Iterator[Check]:
    recorded = data.get("counterexample")
    if recorded is None:
        yield Check("a counterexample is recorded", False)
        return
    named, bits = _point(recorded["point"]), int(recorded["bits"])
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
    digits = max(LEAST_DIGITS, int(bits * 0.302))
    values = [value_at(question, side, named, digits) for side in (0, 1)]
    known = [value for value in values if value is not None]
    if "undefined" in (recorded["left"], recorded["right"]):
        return recorded["defined"] is (len(known) > 0)
    return recorded["defined"] is (len(known) == 2 and not known[0].overlaps(known[1]))


def _apart(sides: Sides, point: Any, bits: int, question: Question) -> bool:
    values = sides.values(point)
    left, right = sides.balls(values, bits)
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
    value = _fraction(text)
    with precision(1024):
        gap = abs(ball - arb(fmpq(value.numerator, value.denominator)))
        unit = arb(10) ** -places
        return bool(gap <= unit)


def _agreement(data: Data, question: Question) -> Iterator[Check]:
    recorded = data.get("agreement")
    if recorded is None:
        yield Check("an agreement is recorded", False)
        return
    digits, count = int(recorded["digits"]), int(recorded["points"])
    sides = Sides(question.left, question.right, question.context)
    limit = exact(question.tolerance or 0)
    for point in islice(sides.random_points(), min(count, POINTS)):
        found = sides.compare(point)
        if found.outcome is Outcome.SAME:
            holds = found.digits >= digits
        else:
            left, right = sides.balls(sides.values(point), 256)
            holds = None not in (left, right) and not abs(left - right) > arb(limit)  # type: ignore
            holds = holds and found.outcome is not Outcome.UNKNOWN
        shown = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
        yield Check(f"the two agree to {digits} digits at {shown}", holds)


def _enclosure(recorded: Data, question: Question) -> Iterator[Check]:
    named, digits = _point(recorded["point"]), int(recorded["digits"])
    if not 1 <= digits <= 1000:
        raise ValueError(f"{digits} digits")
    values = [value_at(question, side, named, digits) for side in (0, 1)]
    for name, value in zip(("left", "right"), values, strict=True):
        holds = _right_digits(str(recorded[name]), value)
        yield Check(f"the {name} side by its definition", holds)
    if None not in values:
        with precision(4 * digits):
            gap = abs(values[0] - values[1])  # type: ignore[operator]
            same = not gap > arb(exact(question.tolerance or 0))
        yield Check("the two definitions agree there", same)
