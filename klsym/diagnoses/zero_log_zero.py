r"""0 log 0: the formula has no value where a count is zero, though its limit is right there.

p*log(p) is taken to be 0 at p = 0, by continuity; a formula says so by cases, or is written so
that no logarithm of zero arises.

>>> from klsym import check
>>> result = check("n*log(n + 1)", r"n\log n + n\log\frac{n+1}{n}", let=["n in {0..oo}"])
>>> print(result.diagnoses[0].name, result.diagnoses[0].repair)
zero-log-zero \begin{cases} 0 & n = 0 \\ n\log n + n\log\frac{n+1}{n} & n > 0 \end{cases}

Seen in: pytorch/pytorch issue 144279.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.writing.latex import latex


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula by cases, for each count that may be zero and at which it has no value there."""
    closed, value = claim.closed_form, claim.value
    for symbol in claim.context.symbols:
        domain = claim.context.domains[symbol.name]
        if not (domain.integer and domain.lower == 0 and domain.contains(Fraction(0))):
            continue
        limit = closed.subs(symbol, 0)
        if not limit.is_finite or value.subs(symbol, 0).is_finite:
            continue
        formula = claim.formula if claim.is_latex else latex(value)
        zero, count = latex(limit), latex(symbol)
        cases = rf"{zero} & {count} = 0 \\ {formula} & {count} > 0"
        told = f"at {symbol.name} = 0 the formula has no value; 0*log(0) is to be read as 0"
        yield Amendment(told, text=rf"\begin{{cases}} {cases} \end{{cases}}")


DIAGNOSIS = Slip("zero-log-zero", "formula", 0, amendments)
