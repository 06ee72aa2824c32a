"""Jeffreys divergence: the Kullback-Leibler divergences in both directions, added.

Jeffreys(p, q) = KL(p || q) + KL(q || p)

``Jeffreys(p, q, average=True)`` is half of the sum; both are called "symmetrised KL" in print.

>>> from klsym import derive
>>> derive("Jeffreys(Poisson(a), Poisson(b))").closed_form
(a - b)*log(a/b)

Reference: Jeffreys, An invariant form for the prior probability, Proc. R. Soc. A 186 (1946).
"""

from __future__ import annotations

from klsym.divergence import Divergence, Option

DIVERGENCE = Divergence(
    name="Jeffreys",
    arity=2,
    definition="KL(p || q) + KL(q || p)",
    notation=r"J(p, q)",
    notations={"average": r"J_{\mathrm{average}}(p, q)"},
    signs=(r"D_{\mathrm{J}}",),
    options=(Option("average", flag=True, meaning="half of the sum"),),
    variants={"average": "(KL(p || q) + KL(q || p))/2"},
    aliases=("SymmetrisedKL", "SymmetrizedKL"),
    logarithmic=True,
    additive=True,
    bounds=("0", ""),
)
