r"""Up to a constant: the formula differs from the statement by the same number everywhere.

Terms that depend on no parameter are often left out, as they move no optimum.  Where the number
is a simple one the slip ``constant`` names it; here any number is written out.

>>> from klsym import check
>>> result = check("H(Gumbel(m, b))", "log(b)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('up-to-constant', 'log(b) + EulerGamma + 1')
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.gradient import completed
from klsym.diagnoses.slip import Amendment, Claim, Slip


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula and the number by which it differs."""
    found = claim.remainder if claim.value.free_symbols else None
    if found is not None and not found.value.free_symbols:
        yield completed(claim, found, "equal up to a constant: the ")


DIAGNOSIS = Slip("up-to-constant", "formula", 8, amendments)
