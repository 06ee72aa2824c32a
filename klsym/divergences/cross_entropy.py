"""Cross-entropy of q relative to p, in nats.

H(p, q) = -E_p[log(q(x))] = H(p) + KL(p || q)

>>> from klsym import derive
>>> derive("H(Exponential(a), Exponential(b))").closed_form
-log(b) + b/a

Reference: Cover and Thomas, Elements of Information Theory (2006), ch. 2 and 8.
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="CrossEntropy",
    arity=2,
    definition="-E(p, log(q(x)))",
    notation=r"H(p, q)",
    logarithmic=True,
    chained=True,
    additive=True,
)
