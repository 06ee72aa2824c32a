"""Alpha-divergence: one family that holds KL in both directions, chi-squared and Hellinger.

Alpha(p, q, order=a) = (E_p[(p(x)/q(x))**(a - 1)] - 1)/(a*(a - 1))

``Alpha(p, q, alpha=c)`` is Amari's, 4/(1 - c**2)*(1 - E_p[(q(x)/p(x))**((1 + c)/2)]), which is the
same for a = (1 - c)/2.  As a -> 1, or c -> -1, it tends to KL(p || q), which ``order=1`` and
``alpha=-1`` give; as a -> 0, or c -> 1, to KL(q || p), which ``alpha=1`` gives.  At a = 1/2 it is
four times the squared Hellinger distance, at a = 2 half of the chi-squared divergence.  For a > 1
it is infinite unless q is positive wherever p is and the integral exists.

>>> from klsym import derive
>>> print(derive("Alpha(Poisson(a), Poisson(b), order=2)"))
exp((a - b)**2/b)/2 - 1/2

Reference: Amari, Information Geometry and Its Applications (2016), ch. 3.
"""

from __future__ import annotations

from klsym.divergence import Divergence, Option

DIVERGENCE = Divergence(
    name="Alpha",
    arity=2,
    definition="(E(p, (p(x)/q(x))**(order - 1)) - 1)/(order*(order - 1))",
    notation=r"D^{(order)}_{\mathrm{A}}(p \,\|\, q)",
    notations={"alpha": r"D^{(alpha)}(p \,\|\, q)"},
    options=(
        Option(
            "order",
            required=True,
            condition="order > 0 and order != 1",
            meaning="the order a",
            limits={"1": "KL(p || q)"},
        ),
        Option(
            "alpha",
            condition="alpha != 1 and alpha != -1",
            meaning="Amari's alpha",
            limits={"-1": "KL(p || q)", "1": "KL(q || p)"},
        ),
    ),
    variants={"alpha": "4/(1 - alpha**2)*(1 - E(p, (q(x)/p(x))**((1 + alpha)/2)))"},
    aliases=("AlphaDivergence",),
)
