"""Poisson distribution: counts with a given mean.

p(x) = rate**x * exp(-rate) / x!,  x in {0, 1, 2, ...}

Parameters
    rate          mean and variance
    mean=...      another name for rate
    log_rate=...  for rate: log(rate)

Moments
    mean rate
    variance rate

Elsewhere
    torch      Poisson(rate)
    TFP        rate or log_rate
    scipy      poisson(mu)
    Stan       poisson(lambda), poisson_log(alpha)
    Wikipedia  lambda

>>> from klsym import derive
>>> print(derive("E(Poisson(a), x**2)"))
a**2 + a

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 4.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Poisson",
    parameters=(Parameter("rate", POSITIVE, "mean and variance"),),
    density="rate**x*exp(-rate)/factorial(x)",
    support="{0..oo}",
    alternatives=(
        Alternative("mean", POSITIVE, "rate", "mean", "rate"),
        Alternative("log_rate", REAL, "rate", "exp(log_rate)", "log(rate)"),
    ),
    aliases=("Poiss", "Pois"),
)
