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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sympy import S

from klsym import version
from klsym.backing import (
    Check,
    Data,
    agreement_again,
    counterexample_again,
    enclosure_again,
    fraction,
    number,
    proof_again,
)
from klsym.deriving import derivation_of, request_of
from klsym.domain import Context, Domain
from klsym.equality.order import TURNED
from klsym.errors import KlsymError
from klsym.integrals.engine import defined
from klsym.integrals.unit import in_unit
from klsym.numerics.balls import Unsupported
from klsym.verdict import Question, Verdict
from klsym.writing import replayed
from klsym.writing.backing import domain_data
from klsym.writing.evidence import SCHEMA
from klsym.writing.plain import plain
from klsym.writing.trees import from_data, to_data

LARGEST_FILE = 1 << 26
LONGEST_INTEGER = 18
HELP = "a file that klsym check or klsym run wrote with --evidence"

Source = str | os.PathLike[str] | Data


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
            "schema": version.SCHEMA,
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
        with Path(path).open("rb") as file:
            held = file.read(LARGEST_FILE + 1)
        if len(held) > LARGEST_FILE:
            raise _malformed("the file is too large", place)
        data = json.loads(held.decode(), parse_int=_integer)
    except OSError as error:
        raise _malformed(f"cannot read it: {error.strerror or error}", place) from None
    except (ValueError, RecursionError):
        raise _malformed("the file is not JSON", place) from None
    if not isinstance(data, dict):
        raise _malformed("the file holds no evidence", place)
    return data


def _integer(text: str) -> int:
    """A count, a line or a precision; raises ValueError for a number that is none of these."""
    if len(text) > LONGEST_INTEGER:
        raise ValueError("an integer is too long")
    return int(text)


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
        return
    question = _question(data["question"])
    yield from _texts(data["question"], question)
    if "statement" in asked:
        yield from _reading(data, asked, question)
    found = {
        Verdict.PROVED: proof_again,
        Verdict.REFUTED: counterexample_again,
        Verdict.AGREES: agreement_again,
    }[verdict]
    try:
        yield from found(data, question)
        for enclosure in data.get("enclosures", ()):
            yield from enclosure_again(enclosure, question)
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
    tolerance = None if data["tolerance"] is None else number(data["tolerance"])
    context = Context(context.domains, tuple(relations))
    relation = data["relation"]
    if relation not in TURNED:
        raise ValueError(f"the relation {relation}")
    first, second = definitions
    return Question(left, right, context, tolerance, (first, second), relation)


def _domain(data: Data) -> Domain:
    lower, upper = (
        None if data[end] is None else fraction(data[end]) for end in ("lower", "upper")
    )
    flags = [bool(data[flag]) for flag in ("lower_closed", "upper_closed", "integer")]
    return Domain(lower, upper, *flags)


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
    signs = {reading.sign for reading in request.formulas[0].readings}
    yield Check("the relation is the one stated", question.relation in signs)
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
