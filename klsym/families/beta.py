"""Beta distribution on the unit interval.

p(x) = x**(a - 1)*(1 - x)**(b - 1)/beta(a, b),  0 < x < 1

Parameters
    a                   first shape
    b                   second shape
    mean=...            for a: a/(a + b)
    precision=...       for b, with mean: a + b
    variance=...        for b, with mean: a*b/((a + b)**2*(a + b + 1))
    concentration1=...  another name for a
    concentration0=...  another name for b
    alpha=...           another name for a
    beta=...            another name for b

Moments
    mean a/(a + b)
    variance a*b/((a + b)**2*(a + b + 1))

Elsewhere
    torch      concentration1, concentration0
    TFP        concentration1, concentration0
    scipy      a, b
    Stan       alpha, beta
    Wikipedia  alpha, beta

>>> from klsym import derive
>>> print(derive("E(Beta(a, b), x)"))
a/(a + b)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 25.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, UNIT

FAMILY = Family(
    name="Beta",
    parameters=(
        Parameter("a", POSITIVE, "first shape"),
        Parameter("b", POSITIVE, "second shape"),
    ),
    density="x**(a - 1)*(1 - x)**(b - 1)/beta(a, b)",
    support="(0, 1)",
    alternatives=(
        Alternative("mean", UNIT, "a", "mean*b/(1 - mean)", "mean, a/(a + b)"),
        Alternative("precision", POSITIVE, "b", "(1 - mean)*precision", "with mean: a + b"),
        Alternative(
            "variance",
            POSITIVE,
            "b",
            "(1 - mean)*(mean*(1 - mean)/variance - 1)",
            "with mean: the variance",
        ),
        Alternative("concentration1", POSITIVE, "a", "concentration1", "a"),
        Alternative("concentration0", POSITIVE, "b", "concentration0", "b"),
        Alternative("alpha", POSITIVE, "a", "alpha", "a"),
        Alternative("beta", POSITIVE, "b", "beta", "b"),
    ),
)
