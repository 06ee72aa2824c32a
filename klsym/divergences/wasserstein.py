"""2-Wasserstein distance: the least root-mean-square distance that mass has to be moved.

Wasserstein2(p, q) = sqrt(Wasserstein2Squared(p, q))

>>> from klsym import derive
>>> print(derive("Wasserstein2(Normal(m, 1), Normal(n, 1))"))
abs(m - n)

Reference: Villani, Optimal Transport (2009), ch. 6.
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="Wasserstein2",
    arity=2,
    definition="sqrt(Wasserstein2Squared(p, q))",
    notation=r"W_2(p, q)",
    bounds=("0", ""),
)
