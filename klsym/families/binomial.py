"""Binomial distribution: successes in n independent trials.

p(x) = n!/(x!*(n - x)!) * p**x * (1 - p)**(n - x),  x in {0, 1, ..., n}

Mean n*p, variance n*p*(1 - p).  The probability is ``probs`` in torch and TFP, ``p`` in scipy,
``theta`` in Stan; ``Binomial(n, logit=l)`` gives its log odds.  Binomials with different n on the
left and right have no closed form unless n is a number, and infinite divergence if it is greater
on the left.

>>> from klsym import derive
>>> print(derive("E(Binomial(n, c), x)"))
c*n

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 3.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import NATURAL, REAL, UNIT

FAMILY = Family(
    name="Binomial",
    parameters=(
        Parameter("n", NATURAL, "number of trials"),
        Parameter("p", UNIT, "probability of success"),
    ),
    density="binomial(n, x)*p**x*(1 - p)**(n - x)",
    support="{0..n}",
    alternatives=(Alternative("logit", REAL, "p", "1/(1 + exp(-logit))", "log(p/(1 - p))"),),
    aliases=("Binom", "Bin"),
)
