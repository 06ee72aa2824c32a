"""Rate: a rate is written where a scale is meant, its inverse, or the reverse.

>>> from klsym import check
>>> statement = "E(Gamma(k, scale=t), x)"
>>> result = check(statement, "k/t")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('rate', 'k*t')

Seen in: pymc-devs/pymc issue 45, stan-dev/math issue 514.
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.laws import inverse_letters, reciprocal
from klsym.diagnoses.slip import Amendment, Claim, Slip


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula with the inverse of each rate or scale, of all of them and of one."""
    places = claim.letters()
    letters = [n for n in places if n in inverse_letters(claim)]
    groups = [tuple(letters)] if len(letters) > 1 else []
    for group in [*groups, *((n,) for n in letters)]:
        occurrences = [place for n in group for place in places[n]]
        edits = tuple(reciprocal(claim, place) for place in occurrences)
        told = f"{' and '.join(group)} written as a rate where it is a scale, or the reverse"
        yield Amendment(told, edits)


DIAGNOSIS = Slip("rate", "formula", 1, amendments)
