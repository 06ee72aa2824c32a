"""Bhattacharyya distance: minus the log of the overlap of the square roots.

Bhattacharyya(p, q) = -log(E_p[sqrt(q(x)/p(x))])

It is symmetric, half of the Renyi divergence of order 1/2, and infinite only if p and q share no
point.

>>> from klsym import derive
>>> print(derive("Bhattacharyya(Poisson(a), Poisson(b))"))
(sqrt(a) - sqrt(b))**2/2

Reference: Bhattacharyya, On a measure of divergence, Bull. Calcutta Math. Soc. 35 (1943).
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="Bhattacharyya",
    arity=2,
    definition="-log(E(p, sqrt(q(x)/p(x))))",
    notation=r"D_{\mathrm{B}}(p, q)",
    logarithmic=True,
    bounds=("0", ""),
)
