"""Poisson distribution given that it is not zero.

p(x) = rate**x/(x!*(exp(rate) - 1)),  x in {1, 2, 3, ...}

Parameters
    rate          mean before truncation
    log_rate=...  for rate: log(rate)

Moments
    mean rate/(1 - exp(-rate))

Elsewhere
    torch      none
    TFP        none
    scipy      none
    Stan       poisson(lambda) T[1, ]
    Wikipedia  lambda

>>> from klsym import derive
>>> print(derive("E(ZeroTruncatedPoisson(a), x)"))
a*exp(a)/(exp(a) - 1)

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), section 4.10.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="ZeroTruncatedPoisson",
    parameters=(Parameter("rate", POSITIVE, "mean before truncation"),),
    density="rate**x/((exp(rate) - 1)*factorial(x))",
    support="{1..oo}",
    alternatives=(Alternative("log_rate", REAL, "rate", "exp(log_rate)", "log(rate)"),),
    aliases=("PositivePoisson",),
)
