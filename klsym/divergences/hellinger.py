"""Squared Hellinger distance: between 0 and 1.

Hellinger2(p, q) = 1 - E_p[sqrt(q(x)/p(x))], half the integral of (sqrt(p(x)) - sqrt(q(x)))**2

It always exists, is symmetric, and is 1 where p and q share no point; its root is a metric.  Some
authors leave out the half.  It is 1 - exp(-Bhattacharyya(p, q)).

>>> from klsym import derive
>>> print(derive("Hellinger2(Exponential(a), Exponential(b))"))
1 - 2*sqrt(a*b)/(a + b)

Reference: Liese and Vajda, Convex Statistical Distances (1987), ch. 2.
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="Hellinger2",
    arity=2,
    definition="1 - E(p, sqrt(q(x)/p(x)))",
    notation=r"H^2(p, q)",
    signs=(r"D^2_{\mathrm{H}}",),
    aliases=("SquaredHellinger", "HellingerSquared"),
    bounds=("0", "1"),
)
