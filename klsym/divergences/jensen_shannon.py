"""Jensen-Shannon divergence: the mean divergence of p and q from their average.

JensenShannon(p, q) = KL(p || (p + q)/2)/2 + KL(q || (p + q)/2)/2

It is always finite, symmetric, and at most log(2), which it reaches where p and q share no point;
its square root is a metric.  Of two normals, as of most pairs, no closed form is known.

>>> from klsym import derive
>>> print(derive("JensenShannon(Uniform(0, 1), Uniform(2, 3))"))
log(2)

Reference: Lin, Divergence Measures Based on the Shannon Entropy, IEEE Trans. IT 37 (1991).
"""

from __future__ import annotations

from klsym.divergence import Divergence

DIVERGENCE = Divergence(
    name="JensenShannon",
    arity=2,
    definition="E(p, log(2*p(x)/(p(x) + q(x))))/2 + E(q, log(2*q(x)/(p(x) + q(x))))/2",
    notation=r"\mathrm{JS}(p, q)",
    aliases=("JS", "JSD"),
    logarithmic=True,
    bounds=("0", "log(2)"),
)
