"""Tsallis divergence of an order alpha, positive and not 1: the Renyi divergence without its log.

Tsallis(p, q, order=alpha) = (E_p[(p(x)/q(x))**(alpha - 1)] - 1)/(alpha - 1)

As alpha -> 1 it tends to KL(p || q), which ``order=1`` gives.  For alpha < 1 it is at most
1/(1 - alpha); for alpha > 1 it is infinite unless q is positive wherever p is and the integral of
p**alpha * q**(1 - alpha) exists.

>>> from klsym import derive
>>> print(derive("Tsallis(Exponential(a), Exponential(b), order=1/2)"))
2 - 4*sqrt(a*b)/(a + b)

Reference: Tsallis, Generalized entropy-based criterion for consistent testing, Phys. Rev. E 58
(1998).
"""

from __future__ import annotations

from klsym.divergence import Divergence, Option

DIVERGENCE = Divergence(
    name="Tsallis",
    arity=2,
    definition="(E(p, (p(x)/q(x))**(order - 1)) - 1)/(order - 1)",
    notation=r"D^{\mathrm{T}}_{order}(p \,\|\, q)",
    options=(
        Option(
            "order",
            required=True,
            condition="order > 0 and order != 1",
            meaning="the order alpha",
            limits={"1": "KL(p || q)"},
        ),
    ),
    aliases=("TsallisDivergence",),
)
