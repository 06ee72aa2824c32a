"""Beta distribution on the unit interval.

p(x) = x**(a - 1)*(1 - x)**(b - 1)/beta(a, b),  0 < x < 1

Parameters
    a  first shape
    b  second shape

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

from klsym.density import Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Beta",
    parameters=(
        Parameter("a", POSITIVE, "first shape"),
        Parameter("b", POSITIVE, "second shape"),
    ),
    density="x**(a - 1)*(1 - x)**(b - 1)/beta(a, b)",
    support="(0, 1)",
)
