"""Binomial distribution: successes in n independent trials.

p(x) = n!/(x!*(n - x)!) * p**x * (1 - p)**(n - x),  x in {0, 1, ..., n}

Parameters
    n                number of trials
    p                probability of success
    logit=...        for p: log(p/(1 - p))
    failure=...      for p: 1 - p
    mean=...         for p: n*p
    probs=...        another name for p
    total_count=...  another name for n

Moments
    mean n*p
    variance n*p*(1 - p)

Elsewhere
    torch      Binomial(total_count, probs)
    TFP        total_count, probs or logits
    scipy      binom(n, p)
    Stan       binomial(N, theta)
    Wikipedia  n, p

The divergence of binomials with different n is infinite if n is greater on the left, and
otherwise has no closed form unless n is a small number.

>>> from klsym import derive
>>> print(derive("E(Binomial(n, c), x)"))
c*n

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 3.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import NATURAL, POSITIVE, REAL, UNIT

FAMILY = Family(
    name="Binomial",
    parameters=(
        Parameter("n", NATURAL, "number of trials"),
        Parameter("p", UNIT, "probability of success"),
    ),
    density="binomial(n, x)*p**x*(1 - p)**(n - x)",
    support="{0..n}",
    alternatives=(
        Alternative("logit", REAL, "p", "1/(1 + exp(-logit))", "log(p/(1 - p))"),
        Alternative("failure", UNIT, "p", "1 - failure", "probability of failure, 1 - p"),
        Alternative("mean", POSITIVE, "p", "mean/n", "mean, n*p"),
        Alternative("probs", UNIT, "p", "probs", "p"),
        Alternative("total_count", NATURAL, "n", "total_count", "n"),
    ),
    aliases=("Binom", "Bin"),
)
