r"""Rounded value: a decimal stands for a number that is known exactly.

A decimal within a formula is exact, so 0.5772 is not Euler's constant.

>>> from klsym import check
>>> result = check("H(Normal(mu, s))", "log(s) + 1.4189")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('rounded-value', 'log(s) + log(2*pi*e)/2')
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import arb, fmpq

from klsym.diagnoses.constants import constant_of
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import plain
from klsym.syntax.tree import Number


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each decimal replaced by the constant of which it is the rounded value."""
    for node in claim.nodes:
        if not isinstance(node, Number) or "." not in node.text or "e" in node.text.lower():
            continue
        wanted = claim.needed(node)
        if wanted is None:
            continue
        decimals = len(node.text.partition(".")[2])
        printed = claim.values.of(node)[0]
        near = all(abs(arb(w) - arb(printed)) < arb(fmpq(1, 10**decimals)) for w in wanted)
        found = constant_of(wanted)
        if near and found is not None:
            told = f"{node.text} is {found}, rounded"
            yield Amendment(told, ((node, plain(found)),))


DIAGNOSIS = Slip("rounded-value", "formula", 0, amendments)
