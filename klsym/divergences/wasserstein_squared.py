"""Squared 2-Wasserstein distance on the line: the mean square distance under the monotone map.

Wasserstein2Squared(p, q) = E_p[(x - T(x))**2], T the increasing map that carries p to q

It is finite where both second moments are.  T is found where q is p moved and stretched, or is so
on a logarithmic scale: in location-scale families, and in families such as the log-normal and the
Weibull.  Elsewhere T is the quantile function of q at the distribution function of p, which seldom
gives a closed form, and none is tried.

>>> from klsym import derive
>>> print(derive("Wasserstein2Squared(Normal(m, s), Normal(n, t))"))
(m - n)**2 + (s - t)**2

Reference: Villani, Topics in Optimal Transportation (2003), section 2.2.
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="Wasserstein2Squared",
    arity=2,
    definition="E(p, (x - transport(p, q, x))**2)",
    notation=r"W_2^2(p, q)",
    aliases=("Wasserstein2sq",),
    bounds=("0", ""),
)
