"""Divergence of a generator f: any convex function of t > 0 with f(1) = 0.

FDivergence(p, q, generator=f) = E_q[f(p(x)/q(x))], where f is written over t

``t*log(t)`` generates KL(p || q), ``-log(t)`` KL(q || p), ``(t - 1)**2`` the chi-squared
divergence, ``(sqrt(t) - 1)**2/2`` the squared Hellinger distance and ``abs(t - 1)/2`` total
variation.  Where p has mass and q has none, it is infinite if f(t)/t grows without bound.

>>> from klsym import derive
>>> print(derive("FDivergence(Poisson(a), Poisson(b), generator=t*log(t))"))
a*log(a/b) + b - a

Reference: Csiszar and Shields, Information Theory and Statistics: A Tutorial (2004), section 4.
"""

from __future__ import annotations

from klsym.divergence import Divergence, Option

DIVERGENCE = Divergence(
    name="FDivergence",
    arity=2,
    definition="E(q, generator(p(x)/q(x)))",
    notation=r"D_{f(t) = generator}(p \,\|\, q)",
    signs=(r"D_f", r"D_{\phi}", r"D_{\varphi}"),
    options=(
        Option(
            "generator",
            required=True,
            variable="t",
            convex=True,
            meaning="the generator f, over t",
        ),
    ),
    absolutely_continuous=True,
)
