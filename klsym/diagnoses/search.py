"""The search for the slip: all amendments, the smallest change of what was printed first.

An amended formula is worth a proof if it has the right value at a few points; almost none has.
What is left is written out as the author's text with the change in it, read again, and shown if
that is proved.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from klsym.derivation import Derivation, is_infinite
from klsym.diagnoses import slips
from klsym.diagnoses.editing import texts
from klsym.diagnoses.marking import changes, distance
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.values import BITS, same
from klsym.equality.components import is_sum
from klsym.equality.prove import prove
from klsym.errors import KlsymError
from klsym.expectation import DivergenceValue, Expectation
from klsym.integrals.engine import derive_closed_form
from klsym.meaning import FormulaReading
from klsym.numerics.balls import precision
from klsym.verdict import Diagnosis, Proof

SECONDS = 0.9
"""So much time of the processor is spent on one claim, at the most."""
MOST_SHOWN = 3
MOST_PROOFS = 12
SIZE_OF_A_STATEMENT = 1
"""Another statement of which the formula is right is one change, however much it prints."""

Restate = Callable[[str], Derivation]
"""The derivation of another statement, given as text."""


@dataclass(frozen=True)
class _Candidate:
    """An amendment with the text it leads to, which has the right value at a few points."""

    slip: Slip
    amendment: Amendment
    text: str
    size: int

    @property
    def rank(self) -> tuple[int, int]:
        return self.size, self.slip.cost


def diagnose(claim: Claim, restate: Restate, seconds: float = SECONDS) -> tuple[Diagnosis, ...]:
    """The slips that explain a refuted claim, the smallest change first.

    Stops after ``seconds`` of the processor's time; what was proved by then is shown.
    """
    return _Search(claim, restate, time.process_time() + seconds).found()


class _Search:
    def __init__(self, claim: Claim, restate: Restate, deadline: float) -> None:
        self.claim = claim
        self.restate = restate
        self.deadline = deadline

    def found(self) -> tuple[Diagnosis, ...]:
        """The diagnoses; all balls are computed at the precision of the values."""
        with precision(BITS):
            return self._found()

    def _found(self) -> tuple[Diagnosis, ...]:
        proved: list[tuple[tuple[int, int], Diagnosis]] = []
        tried = 0
        for candidate in self._formulas():
            if self._is_over() or (proved and candidate.rank > proved[0][0]):
                break  # the next would change more, or is a rarer slip, than one that is proved
            try:
                reading = self.claim.read(candidate.text)
            except KlsymError:
                continue
            tried += 1
            diagnosis = self._proved(candidate, reading)
            if diagnosis is not None and diagnosis.repair not in {d.repair for _, d in proved}:
                proved.append((candidate.rank, diagnosis))
            if len(proved) >= MOST_SHOWN or tried >= MOST_PROOFS:
                break
        proved += self._statements()
        names: dict[str, Diagnosis] = {}
        for _, diagnosis in sorted(proved, key=lambda each: each[0]):
            names.setdefault(diagnosis.name, diagnosis)
        return tuple(names.values())[:MOST_SHOWN]

    def _is_over(self) -> bool:
        return time.process_time() > self.deadline

    def _formulas(self) -> list[_Candidate]:
        """What amends the formula and has the right values, the smallest change first."""
        if self.claim.closed_form is None:
            return []
        found = []
        for slip in slips().values():
            if slip.amends != "formula":
                continue
            try:
                for amendment in slip.amendments(self.claim):
                    if self._is_over():
                        break
                    candidate = self._candidate(slip, amendment)
                    if candidate is not None:
                        found.append(candidate)
            except (KlsymError, ValueError, ArithmeticError):
                continue  # what was derived has a part that no formula can be written with
        return sorted(found, key=lambda candidate: candidate.rank)

    def _candidate(self, slip: Slip, amendment: Amendment) -> _Candidate | None:
        claim = self.claim
        if amendment.edits:
            if not claim.has_target or not claim.fits(amendment.edits):
                return None
            wanted = claim.values.of(claim.edited(amendment.edits))
            written = texts(
                claim.formula, claim.formula_tree, amendment.edits, latex=claim.is_latex
            )
        else:
            wanted, written = claim.target, iter([amendment.text])
        for text in written:
            if text == claim.formula:
                continue
            try:
                tree = claim.tree_of(text)
            except KlsymError:
                continue
            infinite = is_infinite(claim.closed_form) and not amendment.edits
            if infinite or (claim.has_target and same(claim.values.of(tree), wanted)):
                size = amendment.size or max(1, distance(claim.formula, text))
                return _Candidate(slip, amendment, text, size)
        return None

    def _proved(self, candidate: _Candidate, reading: FormulaReading) -> Diagnosis | None:
        claim = self.claim
        try:
            if not all(claim.context.real(part) for part in reading.parts):
                return None  # what cancels must have a value all the same
            right = _closed(reading.expr, claim)
        except KlsymError:
            return None
        if right is None or not isinstance(prove(claim.closed_form, right, claim.context), Proof):
            return None
        repair = candidate.amendment.shown or candidate.text
        return Diagnosis(
            candidate.slip.name,
            candidate.amendment.help,
            repair,
            repair if claim.is_latex else "",
            "formula",
            changes(claim.formula, repair),
        )

    def _statements(self) -> Iterator[tuple[tuple[int, int], Diagnosis]]:
        """The first proved amendment of the statement of each slip that makes one."""
        for slip in slips().values():
            if slip.amends != "statement":
                continue
            for amendment in slip.amendments(self.claim):
                if self._is_over() and not slip.certified:
                    return
                if slip.certified or self._is_true_of(amendment):
                    repair = amendment.shown or amendment.text
                    marks = changes(self.claim.statement, repair)
                    found = Diagnosis(slip.name, amendment.help, repair, repair, "statement", marks)
                    yield (SIZE_OF_A_STATEMENT, slip.cost), found
                    break

    def _is_true_of(self, amendment: Amendment) -> bool:
        try:
            derivation = self.restate(amendment.text)
            context = derivation.context.assume(*derivation.conditions)
        except KlsymError:
            return False
        left, right = derivation.closed_form, self.claim.value
        if left is None or right is None:
            return False
        if not is_sum(left, right):
            values = self.claim.values
            if not same(values.of_expression(left), values.of_expression(right)):
                return False
        return isinstance(prove(left, right, context), Proof)


def _closed(value: Any, claim: Claim) -> Any:
    """An amended formula without means; None if they cannot be taken."""
    if not value.has(Expectation, DivergenceValue):
        return value
    return derive_closed_form(value, claim.context).closed_form
