"""Reverse Kullback-Leibler divergence: the other direction, minimised by variational inference.

ReverseKL(p, q) = KL(q || p) = E_q[log(q(x)/p(x))]

It is finite only if p is positive wherever q is and the mean exists.

>>> from klsym import derive
>>> print(derive("ReverseKL(Exponential(a), Exponential(b))"))
log(b/a) + a/b - 1

Reference: Murphy, Machine Learning: A Probabilistic Perspective (2012), section 21.2.2.
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="ReverseKL",
    arity=2,
    definition="KL(q || p)",
    notation=r"D_{\mathrm{KL}}(q \,\|\, p)",
    logarithmic=True,
    additive=True,
    bounds=("0", ""),
)
