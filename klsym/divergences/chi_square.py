"""Pearson's chi-squared divergence of p from q.

ChiSquare(p, q) = E_p[p(x)/q(x)] - 1, the integral of (p(x) - q(x))**2/q(x)

It is infinite unless q is positive wherever p is and the integral of p**2/q exists; it is
exp(Renyi(p, q, order=2)) - 1, and at least KL(p || q).

>>> from klsym import derive
>>> print(derive("ChiSquare(Poisson(a), Poisson(b))"))
exp((a - b)**2/b) - 1

Reference: Pardo, Statistical Inference Based on Divergence Measures (2006), ch. 1.
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="ChiSquare",
    arity=2,
    definition="E(p, p(x)/q(x)) - 1",
    notation=r"\chi^2(p \,\|\, q)",
    signs=(r"D_{\chi^2}",),
    aliases=("PearsonChiSquare", "ChiSquareDivergence", "Pearson"),
    bounds=("0", ""),
)
