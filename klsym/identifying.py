"""Identification: which divergence between two distributions is a formula?

Every divergence there is a file for is tried, in both directions and with its variants, and what
is proved is named.

>>> found = identify("(a - b)*log(a/b)", "Poisson(a)", "Poisson(b)")
>>> str(found)
'Jeffreys(Poisson(a), Poisson(b))'
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from klsym import version
from klsym.deadline import OutOfTime, limited
from klsym.divergence import Divergence
from klsym.divergences import divergences
from klsym.equality.decide import decide
from klsym.errors import KlsymError
from klsym.integrals.engine import derive_closed_form
from klsym.judgement import tolerance_of
from klsym.meaning import read
from klsym.verdict import Decision, Verdict
from klsym.writing import identification as writing
from klsym.writing import jsonform

FOUND, NONE = 0, 3
SHARE = 0.25
"""The part of the time limit that a single divergence may take."""
ORDERS = ("1/2", "2")
"""Values at which an option is tried that has to be given and is an order."""
FIRST = ("KL", "Jeffreys")


@dataclass(frozen=True)
class Identification:
    """A divergence that the formula was compared with: ``statement`` as one would write it."""

    statement: str
    divergence: str
    verdict: Verdict
    conditions: tuple[Any, ...] = ()
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The identification as an object of the JSON."""
        return {
            "statement": self.statement,
            "divergence": self.divergence,
            "verdict": str(self.verdict),
            "conditions": jsonform.conditions(self.conditions),
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Identified:
    """What a formula was found to be.

    ``found`` are the divergences it was proved to be, ``near`` those that only agree with it in
    their digits, ``open`` those that could not be compared.
    """

    formula: str
    p: str
    q: str
    found: tuple[Identification, ...]
    near: tuple[Identification, ...] = ()
    open: tuple[Identification, ...] = ()
    tried: int = 0
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str | None = None
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 if it was identified, 3 if not."""
        return FOUND if self.found else NONE

    def to_dict(self) -> dict[str, Any]:
        """The result as the JSON object of ``klsym identify``."""
        return {
            "schema": version.SCHEMA,
            "command": "identify",
            "formula": self.formula,
            "p": self.p,
            "q": self.q,
            "found": [each.to_dict() for each in self.found],
            "near": [each.to_dict() for each in self.near],
            "open": [each.to_dict() for each in self.open],
            "tried": self.tried,
            "assumptions": list(self.assumptions),
            "reason": self.reason,
            "notes": list(self.notes),
            "seconds": round(self.seconds, 6),
        }

    def to_text(self, *, colour: bool = False, verbose: int = 0) -> str:
        """The result for a terminal."""
        return writing.identify(self.to_dict(), colour=colour, verbose=verbose)

    def __str__(self) -> str:
        """The first divergence it was proved to be, or that none was found."""
        return self.found[0].statement if self.found else "no divergence found"


def identify(
    formula: str,
    p: object,
    q: object,
    *,
    let: Sequence[str] = (),
    assume: Sequence[str] = (),
    strict: bool = False,
    time_limit: float | None = None,
) -> Identified:
    """Find the divergences between ``p`` and ``q`` that a formula is equal to.

    ``p`` and ``q`` are distributions as text or from this package.  A variant of a divergence
    is tried only where the divergence itself is not what was looked for.  Raises KlsymError for
    what cannot be read.
    """
    started = time.perf_counter()
    texts = str(p), str(q)
    request = read(
        f"KL({texts[0]} || {texts[1]})", (formula,), tuple(let), tuple(assume), strict=strict
    )
    compared: list[Identification] = []
    proved: set[str] = set()
    reason = None
    for divergence, statements in _candidates(texts):
        for statement in statements:
            spent = time.perf_counter() - started
            if time_limit is not None and spent > (1 - SHARE) * time_limit:
                reason = "the time limit was reached before all divergences were tried"
                break
            one = None if time_limit is None else SHARE * time_limit
            found = _compared(statement, divergence, formula, let, assume, strict, one)
            if found.verdict is Verdict.PROVED and divergence in proved:
                break  # A symmetric one, named already in the other direction.
            compared.append(found)
            proved |= {divergence} if found.verdict is Verdict.PROVED else set()
            if found.verdict is Verdict.PROVED:
                break

    def with_verdict(*verdicts: Verdict) -> tuple[Identification, ...]:
        return tuple(each for each in compared if each.verdict in verdicts)

    return Identified(
        formula,
        *texts,
        with_verdict(Verdict.PROVED),
        with_verdict(Verdict.AGREES),
        with_verdict(Verdict.UNDECIDED),
        len(compared),
        request.scope.assumptions,
        request.scope.notes,
        reason,
        time.perf_counter() - started,
    )


def _candidates(texts: tuple[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each divergence in each direction, with the ways to state it, the plain one first."""
    known = divergences()
    for name in sorted(known, key=lambda n: (n not in FIRST, FIRST.index(n) if n in FIRST else n)):
        divergence = known[name]
        if divergence.arity == 2:
            for p, q in (texts, texts[::-1]):
                yield name, [_stated(divergence, p, q, given) for given in _options(divergence)]


def _options(divergence: Divergence) -> list[str]:
    """The options to try, as text: none, each flag, and orders where one must be given."""
    needed = [option for option in divergence.options if option.required]
    if needed and all(option.name == "order" for option in needed):
        return [f"order={order}" for order in ORDERS]
    if needed:
        return []
    return ["", *(f"{option.name}=True" for option in divergence.options if option.flag)]


def _stated(divergence: Divergence, p: str, q: str, given: str) -> str:
    if divergence.name == "KL" and not given:
        return f"KL({p} || {q})"
    return f"{divergence.name}({', '.join(filter(None, (p, q, given)))})"


def _compared(
    statement: str,
    divergence: str,
    formula: str,
    let: Sequence[str],
    assume: Sequence[str],
    strict: bool,
    time_limit: float | None,
) -> Identification:
    conditions: tuple[Any, ...] = ()
    try:
        with limited(time_limit):
            request = read(statement, (formula,), tuple(let), tuple(assume), strict=strict)
            derivation = derive_closed_form(request.statement, request.scope.context)
            closed, conditions = derivation.closed_form, derivation.conditions
            context = derivation.context.assume(*conditions)
            value = derivation.definition if closed is None else closed
            tolerance = tolerance_of(request.formulas[0])
            decision = Decision(Verdict.UNDECIDED)
            for reading in request.formulas[0].readings:
                decision = decide(value, reading.expr, context, tolerance=tolerance)
                if decision.verdict is Verdict.PROVED:
                    break
    except OutOfTime as limit:
        decision = Decision(Verdict.UNDECIDED, reason=str(limit))
    except KlsymError as error:
        decision = Decision(Verdict.UNDECIDED, reason=error.message)
    return Identification(statement, divergence, decision.verdict, conditions, decision.reason)
