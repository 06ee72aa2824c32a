"""Entropy of p in nats: Shannon's for a discrete p, differential for a continuous one.

H(p) = -E_p[log(p(x))]

>>> from klsym import derive
>>> derive("H(Uniform(0, b))").closed_form
log(b)

Reference: Shannon, A Mathematical Theory of Communication, Bell Syst. Tech. J. 27 (1948).
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="Entropy",
    arity=1,
    definition="-E(p, log(p(x)))",
    notation=r"H(p)",
    logarithmic=True,
    chained=True,
    additive=True,
)
