"""The search for the slip: amendments in the order of their cost, each tested and then proved.

Most amendments are wrong, and balls at two points show it; only what agrees there is given to
the prover.  What is not proved is not shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice
from typing import Any

from klsym.derivation import Derivation
from klsym.diagnoses import slips
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.equality.components import is_sum
from klsym.equality.prove import prove
from klsym.errors import KlsymError
from klsym.expectation import DivergenceValue, Expectation
from klsym.integrals.engine import derive_closed_form
from klsym.meaning import read_formula
from klsym.numerics.balls import Unsupported, compile_balls, exact
from klsym.verdict import Diagnosis, Proof

MOST_SHOWN = 3
TEST_POINTS = 2

Restate = Callable[[str], Derivation]
"""The derivation of another statement, given as text."""


def diagnose(claim: Claim, restate: Restate, seconds: float = 1.0) -> tuple[Diagnosis, ...]:
    """The slips that explain a refuted claim, the smallest change first.

    Stops after ``seconds``; what was proved by then is shown.
    """
    deadline = time.monotonic() + seconds
    test = _Test(claim)
    found: list[tuple[int, Diagnosis]] = []
    for slip in slips().values():
        if claim.closed_form is None and slip.amends == "formula":
            continue
        for amendment in slip.amendments(claim):
            if time.monotonic() > deadline:
                break
            proved = _proved(slip, amendment, claim, restate, test)
            if proved is not None:
                found.append((amendment.size, proved))
                break
    return tuple(diagnosis for _, diagnosis in sorted(found, key=lambda f: f[0])[:MOST_SHOWN])


def _proved(
    slip: Slip, amendment: Amendment, claim: Claim, restate: Restate, test: _Test
) -> Diagnosis | None:
    if slip.certified:
        return Diagnosis(slip.name, amendment.help, amendment.text, "", slip.amends)
    try:
        if slip.amends == "statement":
            derivation = restate(amendment.text)
            left, right = derivation.closed_form, claim.value
        else:
            left = claim.closed_form
            reading = read_formula(amendment.text, claim.scope).readings[0]
            if not all(claim.context.real(part) for part in reading.parts):
                return None  # what cancels must have a value all the same
            right = _closed(reading.expr, claim)
    except KlsymError:
        return None
    if left is None or right is None or not test.passes(left, right):
        return None
    if not isinstance(prove(left, right, claim.context), Proof):
        return None
    repair = amendment.shown or amendment.text
    latex = repair if claim.is_latex or slip.amends == "statement" else ""
    return Diagnosis(slip.name, amendment.help, repair, latex, slip.amends)


def _closed(value: Any, claim: Claim) -> Any:
    """An amended formula without means; None if they cannot be taken."""
    if not value.has(Expectation, DivergenceValue):
        return value
    return derive_closed_form(value, claim.context).closed_form


class _Test:
    """Balls at a few points of the domain, at which most amendments turn out wrong."""

    def __init__(self, claim: Claim) -> None:
        self.symbols = claim.context.symbols
        self.points = list(islice(claim.context.points(seed=1), TEST_POINTS))

    def passes(self, left: Any, right: Any) -> bool:
        """Whether the two sides have values that cannot be told apart at any of the points."""
        if is_sum(left, right):
            return True  # the prover knows these, balls do not
        pairs = zip(self._at(left), self._at(right), strict=False)
        return all(a is not None and b is not None and a.overlaps(b) for a, b in pairs)

    def _at(self, expr: Any) -> list[Any]:
        try:
            function = compile_balls(expr, self.symbols)
        except Unsupported:
            return [None]
        return [
            function.evaluate_real([exact(point[s]) for s in self.symbols]) for point in self.points
        ]
