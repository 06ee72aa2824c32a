"""Beta-prime distribution: the odds of a beta variate.

p(x) = x**(a - 1)*(1 + x)**(-a - b)/beta(a, b),  x > 0

Parameters
    a          first shape
    b          second shape
    alpha=...  another name for a
    beta=...   another name for b

Moments
    mean a/(b - 1), for b > 1
    variance a*(a + b - 1)/((b - 2)*(b - 1)**2), for b > 2

Elsewhere
    torch      not there
    TFP        not there
    scipy      betaprime(a, b)
    Stan       not there
    Wikipedia  alpha, beta

>>> from klsym import derive
>>> print(derive("E(BetaPrime(a, b), log(x))"))
digamma(a) - digamma(b)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 27.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="BetaPrime",
    parameters=(
        Parameter("a", POSITIVE, "first shape"),
        Parameter("b", POSITIVE, "second shape"),
    ),
    density="x**(a - 1)*(1 + x)**(-a - b)/beta(a, b)",
    support="(0, oo)",
    alternatives=(
        Alternative("alpha", POSITIVE, "a", "alpha", "a"),
        Alternative("beta", POSITIVE, "b", "beta", "b"),
    ),
)
