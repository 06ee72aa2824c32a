"""Support not nested: a finite formula for a divergence that is infinite.

KL(p || q) is infinite where p puts mass on what q excludes, and where the tail of log(p/q) is too
heavy for p.

>>> from klsym import check
>>> result = check("KL(Exponential(a) || Uniform(0, b))", "log(a*b) - 1")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('support-not-nested', 'oo')

Seen in: PyTorch, whose KL of a Uniform and a narrower one is finite outside.
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.derivation import is_infinite
from klsym.diagnoses.slip import Amendment, Claim, Slip


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Infinity, where that was derived."""
    closed = claim.closed_form
    if is_infinite(closed):
        told = "the statement is infinite: supports do not nest, or the integral does not exist"
        yield Amendment(told, text=r"\infty" if claim.is_latex else "oo")


DIAGNOSIS = Slip("support-not-nested", "formula", 0, amendments)
