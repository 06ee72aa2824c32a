"""Beta distribution on an interval.

p(x) = (x - low)**(a - 1)*(high - x)**(b - 1) / ((high - low)**(a + b - 1)*beta(a, b)),
low < x < high

Parameters
    a     first shape
    b     second shape
    low   left end
    high  right end

Moments
    mean low + (high - low)*a/(a + b)

Elsewhere
    torch      not there
    TFP        a moved and scaled Beta
    scipy      beta(a, b, loc=low, scale=high - low)
    Stan       beta with offset and multiplier
    Wikipedia  alpha, beta, a, c

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 25.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="ScaledBeta",
    parameters=(
        Parameter("a", POSITIVE, "first shape"),
        Parameter("b", POSITIVE, "second shape"),
        Parameter("low", REAL, "left end"),
        Parameter("high", REAL, "right end"),
    ),
    density="(x - low)**(a - 1)*(high - x)**(b - 1)/((high - low)**(a + b - 1)*beta(a, b))",
    support="(low, high)",
    constraints=("low < high",),
    aliases=("FourParameterBeta",),
)
