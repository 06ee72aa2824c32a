"""Total variation distance: the largest difference of the probabilities of one event.

TotalVariation(p, q) = E_p[max(0, 1 - q(x)/p(x))], half the integral of |p(x) - q(x)|

It always exists, is symmetric and between 0 and 1.  In closed form it is a difference of
distribution functions at the points where the densities cross.

>>> from klsym import derive
>>> print(derive("TotalVariation(Normal(m, s), Normal(n, s))"))
erf(abs(m - n)/(2*s*sqrt(2)))

Reference: Tsybakov, Introduction to Nonparametric Estimation (2009), section 2.4.
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="TotalVariation",
    arity=2,
    definition="E(p, max(0, 1 - q(x)/p(x)))",
    notation=r"\mathrm{TV}(p, q)",
    aliases=("TV",),
    bounds=("0", "1"),
)
