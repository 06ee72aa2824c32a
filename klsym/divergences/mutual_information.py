r"""Mutual information of the two variates of a joint distribution p.

MutualInformation(p) = KL(p || p(x)*p(y)) = E_p(x)[KL(p(y|x) || p(y))]

It is never negative, and zero only if the variates are independent.  ``p`` is a joint family, such
as ``BivariateNormal``, or a density of two variates: ``p(x, y) = ... on (0, oo) x (0, oo)``.  The
margins are found by integration, and so is each of the two means.

>>> from klsym import derive
>>> print(derive("MutualInformation(BivariateNormal(m, n, s, t, rho))"))
-log(1 - rho**2)/2

Reference: Cover and Thomas, Elements of Information Theory (2006), section 2.3.
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="MutualInformation",
    arity=1,
    definition="KL(p || margins(p))",
    notation=r"I(p)",
    aliases=("MI", "I"),
    logarithmic=True,
    joint=True,
)
