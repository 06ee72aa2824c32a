"""Neyman's chi-squared divergence: Pearson's with the two distributions exchanged.

NeymanChiSquare(p, q) = ChiSquare(q, p), the integral of (p(x) - q(x))**2/p(x)

It is infinite unless p is positive wherever q is and the integral of q**2/p exists.

>>> from klsym import derive
>>> result = derive("NeymanChiSquare(Exponential(a), Exponential(b))")
>>> print(result, result.conditions)
b**2/(a*(2*b - a)) - 1 (a < 2*b,)

Reference: Pardo, Statistical Inference Based on Divergence Measures (2006), ch. 1.
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="NeymanChiSquare",
    arity=2,
    definition="ChiSquare(q, p)",
    notation=r"\chi^2_{\mathrm{N}}(p \,\|\, q)",
    aliases=("Neyman",),
    bounds=("0", ""),
)
