"""Poisson distribution given that it is not zero.

p(x) = rate**x/(x!*(exp(rate) - 1)),  x in {1, 2, 3, ...}

Mean rate/(1 - exp(-rate)).  ``rate`` is the mean of the Poisson distribution before it is
truncated; also called the conditional or the positive Poisson distribution.

>>> from klsym import derive
>>> print(derive("E(ZeroTruncatedPoisson(a), x)"))
a*exp(a)/(exp(a) - 1)

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), section 4.10.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="ZeroTruncatedPoisson",
    parameters=(Parameter("rate", POSITIVE, "mean before truncation"),),
    density="rate**x/((exp(rate) - 1)*factorial(x))",
    support="{1..oo}",
    aliases=("PositivePoisson",),
)
