"""Renyi divergence of an order alpha, positive and not 1.

Renyi(p, q, order=alpha) = log(E_p[(p(x)/q(x))**(alpha - 1)])/(alpha - 1)

As alpha -> 1 it tends to KL(p || q), which ``order=1`` gives; it never decreases in alpha.  For
alpha < 1 it is infinite only if p and q share no point; for alpha > 1 it is infinite unless q is
positive wherever p is and the integral of p**alpha * q**(1 - alpha) exists.

>>> from klsym import derive
>>> print(derive("Renyi(Poisson(a), Poisson(b), order=2)"))
(a - b)**2/b

Reference: van Erven and Harremoes, Renyi Divergence and Kullback-Leibler Divergence, IEEE Trans.
IT 60 (2014).
"""

from __future__ import annotations

from klsym.divergence import Divergence, Option

DIVERGENCE = Divergence(
    name="Renyi",
    arity=2,
    definition="log(E(p, (p(x)/q(x))**(order - 1)))/(order - 1)",
    notation=r"D_{order}(p \,\|\, q)",
    signs=(r"D^{\mathrm{R}}_{order}",),
    options=(
        Option(
            "order",
            required=True,
            condition="order > 0 and order != 1",
            meaning="the order alpha",
            limits={"1": "KL(p || q)"},
        ),
    ),
    aliases=("RenyiDivergence",),
    logarithmic=True,
    additive=True,
)
