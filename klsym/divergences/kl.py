"""Kullback-Leibler divergence of q from p, in nats.

KL(p || q) = E_p[log(p(x)/q(x))]

It is infinite unless q is positive wherever p is and the mean exists; it is never negative, and
zero only if p and q are the same distribution.

>>> from klsym import derive
>>> print(derive("KL(Exponential(a) || Exponential(b))"))
log(a/b) + b/a - 1

Reference: Kullback and Leibler, On Information and Sufficiency, Ann. Math. Statist. 22 (1951).
"""

from __future__ import annotations

from klsym.divergence import Divergence, Option

DIVERGENCE = Divergence(
    name="KL",
    arity=2,
    definition="E(p, log(p(x)/q(x)))",
    notation=r"D_{\mathrm{KL}}(p \,\|\, q)",
    options=(Option("entropies", flag=True, meaning="written as H(p, q) - H(p)"),),
    variants={"entropies": "H(p, q) - H(p)"},
    aliases=("KullbackLeibler",),
    logarithmic=True,
    chained=True,
    additive=True,
    bounds=("0", ""),
)
