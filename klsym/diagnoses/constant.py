"""Constant: a constant term was dropped, added or mistyped.

The difference of the two sides is the same number everywhere, and that number is simple.

>>> from klsym import check
>>> result = check("KL(Normal(mu, s) || Normal(0, 1))", "(mu^2 + s^2)/2 - log(s)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('constant', '(mu^2 + s^2)/2 - log(s) - 1/2')

Seen in: probml/pml2-book issue 297.
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.slip import Amendment, Claim, Slip

CONSTANTS = (
    (r"\frac{1}{2}", "1/2"),
    ("1", "1"),
    (r"\frac{3}{2}", "3/2"),
    ("2", "2"),
    (r"\frac{1}{4}", "1/4"),
    (r"\frac{1}{2}\log 2", "log(2)/2"),
    (r"\log 2", "log(2)"),
    (r"\frac{1}{2}\log\pi", "log(pi)/2"),
    (r"\log\pi", "log(pi)"),
    (r"\frac{1}{2}\log(2\pi)", "log(2*pi)/2"),
    (r"\log(2\pi)", "log(2*pi)"),
    (r"\frac{1}{2}\log(2\pi e)", "log(2*pi*e)/2"),
    (r"\gamma_E", "EulerGamma"),
)
"""Each as LaTeX and as plain text."""


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula with a constant added or taken away at its end."""
    for latex, plain in CONSTANTS:
        constant = latex if claim.is_latex else plain
        for sign, told in (("-", "subtracted"), ("+", "added")):
            text = f"{claim.formula.rstrip()} {sign} {constant}"
            yield Amendment(text, f"the constant {plain} is to be {told}", 2)


DIAGNOSIS = Slip("constant", "formula", 3, amendments)
