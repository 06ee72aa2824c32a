r"""Gradient: the formula has the right gradient in some parameters, and another value.

A loss leaves out what does not depend on what is fitted; it is then equal to the divergence up to
a term that the gradient does not see, and as a value it is wrong.

>>> from klsym import check
>>> statement = "KL(Normal(m, s) || Normal(mu, sigma))"
>>> result = check(statement, "log(sigma) + (s^2 + (m - mu)^2)/(2*sigma^2)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('gradient', 'log(sigma) + (s^2 + (m - mu)^2)/(2*sigma^2) - log(s) - 1/2')

Seen in: OpenRLHF/OpenRLHF pull request 1309.
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.remainder import Remainder
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import addends, minus, plain, plus
from klsym.writing.plain import plain as in_plain


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula and the term it lacks, if that is free of some of the parameters."""
    found = claim.remainder
    if found is not None and found.value.free_symbols:
        yield completed(claim, found, f"equal up to a term free of {', '.join(found.free)}: the ")


def completed(claim: Claim, found: Remainder, told: str) -> Amendment:
    """The formula with the rest at its end."""
    tree = claim.formula_tree
    rest = plain(in_plain(found.value))
    for sign, term in addends(rest):
        tree = plus(tree, term) if sign > 0 else minus(tree, term)
    told += f"gradient in {'them' if len(found.free) > 1 else 'it'} is right, and the value is not"
    return Amendment(told, ((claim.formula_tree, tree),))


DIAGNOSIS = Slip("gradient", "formula", 7, amendments)
