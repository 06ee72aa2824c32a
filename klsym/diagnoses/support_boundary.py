"""Support boundary: a divergence called infinite though one support lies within the other.

An open and a closed end make no difference, since an end has no mass: what counts is whether p
puts mass outside the support of q.

>>> from klsym import check
>>> result = check("KL(Uniform(0, b) || Exponential(a))", "oo")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('support-boundary', 'a*b/2 - log(a*b)')

Seen in: torch 2.11.0, _kl_continuous_bernoulli_uniform.
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.derivation import is_infinite
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.writing.latex import latex
from klsym.writing.plain import plain


def amendments(claim: Claim) -> Iterator[Amendment]:
    """What was derived, where the formula says infinity."""
    closed, value = claim.closed_form, claim.value
    if closed is not None and is_infinite(value) and not is_infinite(closed):
        told = "the value is finite: the supports nest, since an end point has no mass"
        yield Amendment(told, text=latex(closed) if claim.is_latex else plain(closed))


DIAGNOSIS = Slip("support-boundary", "formula", 0, amendments)
